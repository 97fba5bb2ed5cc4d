/**
 * Words that a message may use although the run used them too: those that every text has, and those of feedback, schemas
 * and errors. None is a name, and none says anything of a person.
 */
export const plainWords: ReadonlySet<string> = new Set(
  `a about above accept accepted add after again alone all allow allowed also always among amount an and another any are as
  ask asks at away balance be because been before begin begins below beside better between both briefly but by call called
  calls can cannot change changed character characters check checked cite claim claims clear close closed code colon column
  columns come comes comma comment comments complete contain contains content contradict contradicts correct could count
  currency cut data date day delete describe did differ different do document does doesn don done down duplicate during each
  either element else email empty end ends enough error every exact exactly example expect expected explain extra fact failed
  fewer field fields file find finish first fit fits follow for form format found from full further get give given gives
  go greater had half has have heading here how however id if in include includes index input instead integer into invalid
  is isn issue it item items its itself just keep key keys kind known language last least leave left length less let
  letter letters like limit line lines link links list lists long longer look low lower made make many match matches
  maximum may me mean means member members mention message minimum minus missing month more most move much must name
  named names near needed needs neither never new next no none nor not note nothing now null number numbers object of off ok
  old on once one ones only open option or order other others our out output over own page paragraph parameter part
  parts pass passage path pattern per percent place places plain please plus point position price property put quantity
  query question quotation quote quoted range rather read reason received reference refer remove repeat repeated repeats
  replace reply report required rest return right row rows rule rules s same say says schema second see send sentence
  sentences separate set several shape short shorten shorter shorter should show side since single size so some something source
  sources start starts state statement still stop string strings style such sum summary support supported sure t table
  take text texts than that the their them then there these they thing this those through time times title to
  together token tokens too tool tools top total totals translate try twice two type under unexpected union unique unit
  unknown unless until up upper url use used using valid value values very wait want was way we well were what when where
  whether which while who whole whose why with within without word words work write written wrong year you your zero
  API CSV HTML HTTP ISO JSON SQL URL UTC XML`.split(/\s+/),
);
