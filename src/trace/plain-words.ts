/**
 * Words that a message may use although the run used them too: those that every text has, and those of the library's own
 * feedback, schemas and errors. None is a name, and none says anything of a person.
 */
export const plainWords: ReadonlySet<string> = new Set(
  `a about above accept accepted access account add address after again alias aliases all allow allowed allows alone
  already also alternatives always among amount an anchors and another answer answered answering any are around array
  arrays as ask asks at attempt away back balance bank be because been before begin begins behind below beside better
  between big block blocks boolean bot both bound braces bracket briefly broke budget but by call called calls can
  cannot card change changed character characters check checked chunk circles cite claim claims clause clear close
  closed closer closes closing code colon column columns come comes comma comment comments compared comparison complete
  composite const contain contains content contradict contradicts control correct costly could count currency cut data
  database date datetime day declare deeply define delete delivered describe did differ different do document does doesn
  don done down duplicate during each early either element else email empty end ended ends enough enum error escape
  every exact exactly example execute expect expected explain expression extra fact failed false fence fewer field
  fields file find finish first fit fits flag follow for form format found from full function further get give given
  gives go greater guard had half hand has have heading here hides holds host hosts how however id ids if in include
  includes index indices input instead int integer integers into invalid is isn issue issues it item items its itself
  join judge judged judging just keep kept key keys kind known knows language large last lead leads least leave left
  length less let letter letters levels like limit line lines link links list lists long longer look looked low lower
  made make many mapping match matches material maximum may me mean means meant member members mention message method
  minimum minus missing mistake model month more most move much multiple must name named names near needed needs neither
  nest nested never new next no none nor not note nothing now null number numbers object objects of off ok old on once
  one ones only open operation operator operators option options or order other others otherwise our out output over own
  page paragraph parameter parse parser part parts pass passage passages password path pattern per percent place
  placeholder places plain please plus point policy position price private prompt properties property provider put
  quantity query question quotation quote quoted quotes range rather read reason reasoning received refer reference
  references refused regular remove rename repeat repeated repeats replace reply report request required resolved
  respond rest rests result return right row rows rubric rule rules run s same satisfy say says schema schemas second
  see send sentence sentences separate sequence set several shape short shorten shorter should show side since single
  size small so some something source sources spaces stack stand stands start starts state statement still stop stream
  string strings structure style such suggestion sum summary support supported sure syntax system t table tag tags take
  takes template test text texts than that the their them then there these they thing this those three through time
  times title to together token tokens too tool tools top total totals translate true try twice two type undecided under
  unexpected union unique unit unknown unless unrecognized until up upper url use used user using valid value values
  variable very wait want was way we web well were what when where whether which while who whole whose why with within
  without word words work write written wrong year you your zero escalation lacked stage pairs imperative pending security scheme contradiction contradictions leaves
  API ASCII CSV FROM HTML HTTP ISO JSON NATURAL OpenAPI SQL URL UTC XML YAML operationId`.split(/\s+/),
);
