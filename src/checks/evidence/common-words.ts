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
`;

const common = new Set(words.trim().split(/\s+/));

/** Whether a sentence may begin with a word that is no name. */
export function isCommonWord(word: string): boolean {
  return common.has(word) || /(?:ly|tion|tions|ment|ments|ness|ities|ically|wards)$/.test(word);
}
