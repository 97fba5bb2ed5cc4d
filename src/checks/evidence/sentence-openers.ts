const words = `
a about above according across actually additionally after afterwards again against ago all almost along already also although always
am among an analysis and annual another answer any anyone anything are around as ask at average based be because been before begin
behind below besides best better between beyond both briefly but by call can cannot clearly close companies company compared conclusion
consequently consider contact context continue contrary cost costs could currently customer customers data date day days delivery demand
depending despite details did do does done due during each earlier either employees end especially even eventually every everyone
everything evidently example except expected few final finally find first following for former fortunately from full further furthermore
generally get given go good growth had half has have having he hence her here hers herself him himself his historically how however
if immediately important in including income increase indeed initially inside instead interestingly into invoice is it its itself just
key know last lastly late later latest least less let like likely list little look made main make management many market may maybe me
meanwhile members might month months more moreover most much must my name namely near nearly neither net never nevertheless new next
no nobody none nor not note nothing notably now number obviously of off often old on once one only onto operating or order originally
other others otherwise our out outside over overall own page part particularly payment people per perhaps please plus possibly price
prices previously prior probably product products profit project provided put quarterly question quite rather read really recently
regarding regardless report reports request result results revenue review right roughly said sales same say second see seems send
several shall she shipment shipping should similarly simply since so some someone something sometimes soon source sources specifically
staff start status still subsequently such summary sure table take team teams technically than thanks that the their theirs them
themselves then there thereafter therefore these they third this those though through throughout thus to today together tomorrow too
total toward towards traditionally ultimately under unfortunately unless unlike until up upon us use used users usually various very
via was we week weeks well were what whatever when whenever where whereas wherever whether which whichever while who whoever whole whose
why will with within without work workers would year years yes yesterday yet you your yours
below contains correct currency customer dear description discount document email employees engineers everything expenses experts
found following fees fiscal founded hours investors items late lines located management meeting meetings minutes notes officials one two
three four five six seven eight nine ten operations orders output owners participants parties patients percent phase plan point points
problem problems production profits purchase quantity reason reasons researchers residents returns risk risks safety scientists
section services shares sign signed since sorry spending step steps stock students subject subtotal suppliers support tax taxes thank
outbound inbound these units value values vendor
der die das den dem des ein eine einer eines es er sie wir ihr bei mit für auf von im am zum zur nach vor aus über unter wenn weil dass dieser diese dieses el los las un una le les des du il lo gli em na no os as uma de het een op voor met visitors volume warning
accept access accounts action actions adults age air animals app application applications apply areas arrival articles banks birth births boats body
books both boys breakfast building buildings buses business businesses buy cars case cases cash change changes charges chart check checks children choose
cities citizens city classes clients coffee colleagues come complaints computers conditions construction control copies countries country courses
credit crew criminals critics crops death deaths debt decisions deposit departments diners dinner doctors dogs drink drivers drugs eat education energy
engine entry equipment errors events exports factories failure families family farmers fans field figures files fire fish flights food foods forms fuel
funds gas girls goods government governments group groups growth guests half health heat help high homes hospitals hotels house houses housing
ice ideas images immigrants imports industry information insurance interest internet issues jobs judges keep labour labor land law laws lawyers leaders learn
leave letters light lines loans local long lunch machines mail majority maps markets materials measures meat media medicine men messages metal methods
milk mix models money mothers movies music nations nature news newspapers night nights nurses objects office offices oil open options organisers organizers
others owners pages parents parking passengers passwords pay payments performance permits pets phones photos pictures pilots plants players police
politicians pollution power practice press primary programs projects public pupils radio rain rates readers records reduce refunds refer regions rents repairs repeat
replace reporters research restaurants rice roads rooms rules run salaries salt samples sand schools science sea search seats sellers separate service set ships shops
short show small snow social soldiers songs space speakers sport sports stations statistics stone stop storage stores stories storms streets studies subscribers
sugar summer sun surgery systems talks targets tea teachers technology temperature tenants tenders tests texts thieves tickets times tools top tourists
towns trade traffic trains transport travel travellers travelers treatment trees trucks try turn two-thirds unemployment union unions university usage users vehicles
victims videos view violence visit voters votes wages wait walk war water weather websites wheat wind windows wine winter women wood words work works writers writing young
se su sus si sin son son ser esta este esto estos hay fue para por con como cuando donde donde hoy entre desde hasta según todos todas
je tu il elle nous vous ils elles ce cet cette ces son sa ses leur leurs mon ma mes par pour avec sans sur sous dans lors quand aucun aucune chaque
si non per con come quando dopo prima ogni tutti tutte questo questa questi queste sono al alla nel nella dal dalla della
o os um uns umas ao aos com sem por para quando depois antes cada todos todas este esta isso
vanaf ik je hij zij wij ze dit dat deze die er met naar bij als dan toen alle geen
ich man kein keine alle jede jeder jedes nach seit bis durch gegen ohne um als auch noch dort hier heute wer was wie wo
`;

const common = new Set(words.trim().split(/\s+/));

// What nouns of many end in, and other words that are made of words.
const derived =
  /(?:ly|tions?|ments?|ness|ities|ically|wards|ants|ents|ers|ors|ists|ives|ees|ages|ances|ences|isms|ships)$/;

const namesInIng = new Set(
  'boeing beijing nanjing chongqing sterling irving fleming browning harding manning keating reading corning lansing kipling epping'.split(
    ' ',
  ),
);

/** Whether a sentence may begin with a word that is no name. */
export function isCommonWord(word: string): boolean {
  return common.has(word) || derived.test(word) || (word.endsWith('ing') && !namesInIng.has(word));
}
