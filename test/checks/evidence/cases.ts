/** A source, answers that keep to it, and answers that do not, each with what it makes up. */
export interface EvidenceCase {
  readonly title: string;
  readonly source: string;
  readonly faithful: readonly (string | object)[];
  readonly invented: readonly (readonly [answer: string | object, what: string])[];
}

export const evidenceCases: readonly EvidenceCase[] = [
  {
    title: 'an English invoice',
    source: `INVOICE No. INV-2024-0117
Acme Corporation, 12 Harbour Street, Boston, MA 02110
Invoice date: March 5, 2024. Due within 30 days.
Bill to: Jane O'Neill, Northwind Traders Ltd., 4 Mill Lane, Leeds LS1 4DY

Widget, large        3 x $400.00      $1,200.00
Gadget, blue         2 x $12.50          $25.00
Shipping                                 $15.00
Subtotal $1,240.00, sales tax 6.25% $77.50, total $1,317.50
Questions: billing@acme.example, +1 (617) 555-0142, https://acme.example/help`,
    faithful: [
      { vendor: 'Acme Corporation', total: 1317.5, currency: 'USD', date: '2024-03-05' },
      { vendor: 'ACME Corp.', total: '1,317.50', tax: 77.5, taxRate: 0.0625 },
      { vendor: 'acme corporation', tax_rate: '6.25 %', lines: [{ item: 'Widget, large', quantity: 3, price: 400 }] },
      { number: 'INV-2024-0117', customer: "Jane O'Neill", company: 'Northwind Traders Limited' },
      { number: 'INV 2024 0117', customer: 'Jane O’Neill', zip: '02110', postcode: 'LS1 4DY' },
      { address: '12 Harbour Street, Boston, MA 02110', phone: '+1 617 555 0142', email: 'billing@acme.example' },
      {
        phone: '+16175550142',
        help: 'https://acme.example/help/',
        shipping: '$15',
        items: ['Gadget, blue', 'Widget large'],
      },
      { date: '5 March 2024', terms: '30 days', notes: null, paid: false, discount: 'N/A' },
      { date: '03/05/2024', subtotal: '1240', total: '1 317,50' },
      'The invoice from Acme Corporation is dated 5 March 2024 and comes to $1,317.50.',
      'Jane O’Neill of Northwind Traders owes USD 1317.50, which includes sales tax of $77.50 (6.25 percent).',
      'Three large widgets at $400 each and two gadgets were bought. Shipping is $15.',
      '- **Vendor:** Acme Corporation\n- **Total:** $1,317.50\n- **Due:** 30 days after March 5',
      '1. The widgets cost $1,200.\n2. The gadgets cost $25.\n3. Shipping costs $15.',
      '# Invoice Summary\n\n| Item | Amount |\n|---|---|\n| Widget, large | 1,200.00 |\n| Gadget, blue | 25.00 |',
      'Payment is due within thirty days. For questions, write to billing@acme.example.',
      'The subtotal is 1.24k dollars; with tax and shipping the total is 1,317.5 dollars.',
    ],
    invented: [
      [{ vendor: 'Globex', total: 1317.5 }, 'vendor'],
      [{ vendor: 'Acme Corporation', total: 1371.5 }, 'total'],
      [{ vendor: 'Acme Corporation', iban: 'DE89 3704 0044 0532 0130 00' }, 'iban'],
      [{ date: '2024-03-15' }, 'date'],
      [{ date: '2023-03-05' }, 'date'],
      [{ dueDate: 'April 4, 2024' }, 'dueDate'],
      [{ customer: 'John O’Neill' }, 'customer'],
      [{ lines: [{ item: 'Widget, large', quantity: 7 }] }, 'quantity'],
      [{ lines: [{ item: 'Widget, small', quantity: 3 }] }, 'item'],
      [{ number: 'INV-2024-0118' }, 'number'],
      [{ email: 'sales@acme.example' }, 'email'],
      [{ phone: '+1 617 555 0143' }, 'phone'],
      [{ tax: '7.25%' }, 'tax'],
      [{ currency: 'EUR' }, 'currency'],
      [{ discount: 50 }, 'discount'],
      ['The invoice from Acme Corporation comes to $1,317.60.', '1,317.60'],
      ['The invoice was sent by Globex on March 5, 2024.', 'Globex'],
      ['Jane O’Neill has to pay by April 4, 2024.', 'April 4, 2024'],
      ['The order has seven widgets.', 'seven'],
      ['Northwind Traders is based in Manchester.', 'Manchester'],
      ['The total is $1,317.50, of which 8% is tax.', '8%'],
      ['The invoice says "payable on receipt" of the goods.', 'payable on receipt'],
      ['See https://acme.example/pay for payment.', 'acme.example/pay'],
      ['Globex sent the invoice.', 'Globex'],
      ['Order PO-7781 was billed by Acme.', 'PO-7781'],
    ],
  },
  {
    title: 'a news report',
    source: `BERLIN, 14 June 2023 - Carmaker Veltra AG said on Wednesday that it will close its plant in Zwickau by the end of 2025,
with the loss of 2,300 jobs. Chief executive Marta Lindqvist called the decision "painful but unavoidable, given that demand for
small diesel cars has fallen by more than half since 2019". Veltra's revenue fell 4.2 percent to 11.6 billion euros last year.
The union IG Metall, led in the region by Thomas Krause, announced strikes. Shares in Veltra rose 1.8% in Frankfurt. Analysts at
Hauck & Partner had expected a loss of 120 million euros; the company reported EUR 95m. A second plant, in Győr, Hungary, with about
900 workers, stays open.`,
    faithful: [
      'Veltra AG will close its Zwickau plant by the end of 2025, costing 2,300 jobs.',
      'On 14 June 2023, the carmaker announced the closure. CEO Marta Lindqvist called it "painful but unavoidable".',
      'Revenue fell by 4.2% to €11.6 billion. Shares gained 1.8 percent in Frankfurt.',
      'Ms Lindqvist said that "demand for small diesel cars has fallen by more than half since 2019".',
      'Thomas Krause of IG Metall announced strikes, while the Hungarian plant in Győr stays open with around 900 workers.',
      'Analysts at Hauck & Partner expected a loss of 120 million euros. Veltra reported a loss of 95 million euros.',
      'The plant in Gyor will not be closed.',
      'According to the report of June 14, the loss was €95m, smaller than the EUR 120 million that analysts had expected.',
      'Lindqvist said the decision was “painful but unavoidable [...] demand for small diesel cars has fallen”.',
      'However, Veltra will keep its second plant. Meanwhile, unions plan strikes.',
      '**Key facts**\n\n* Jobs lost: 2300\n* Plant: Zwickau\n* Closing: end of 2025',
      { company: 'Veltra AG', plant: 'Zwickau', jobs: 2300, closing: '2025', ceo: 'Marta Lindqvist' },
      { revenue: '11.6 billion euros', change: -4.2, shares: '+1.8%' },
      { revenue: 11_600_000_000, loss: 95_000_000, expectedLoss: '120 million' },
      { reportDate: '2023-06-14', union: 'IG Metall', unionLeader: 'Krause, Thomas', country: 'Hungary' },
      { summary: 'Veltra closes the plant in Zwickau by the end of 2025, and 2,300 people lose their jobs.' },
      'The announcement came on a Wednesday; the strike was announced by IG Metall.',
    ],
    invented: [
      ['Veltra AG will close its Zwickau plant by the end of 2026.', '2026'],
      ['Veltra will cut 2,500 jobs in Zwickau.', '2,500'],
      ['The decision was announced in Munich by Marta Lindqvist.', 'Munich'],
      ['Chief executive Martin Lindqvist defended the plan.', 'Martin Lindqvist'],
      ['Lindqvist said it was "the hardest day of my career".', 'the hardest day of my career'],
      ['Revenue fell 4.2 percent to 11.6 million euros.', '11.6 million'],
      ['Shares fell 3.5% in London.', 'London'],
      ['The works council, led by Petra Vogel, protested.', 'Petra Vogel'],
      ['The plant opened in 1991.', '1991'],
      ['Analysts at Morgan Stanley expected a larger loss.', 'Morgan Stanley'],
      ['IG Metall plans a strike on 3 July.', '3 July'],
      ['Volkswagen may take over the site.', 'Volkswagen'],
      ['The Győr plant employs 1,900 workers.', '1,900'],
      ['The Slovak plant stays open.', 'Slovak'],
      [{ company: 'Veltra AG', jobs: 3200 }, 'jobs'],
      [{ ceo: 'Maria Lindqvist' }, 'ceo'],
      [{ closing: '2024' }, 'closing'],
      [{ country: 'Slovakia' }, 'country'],
      [
        {
          summary:
            'Veltra closes the plant in Zwickau and moves production to Poland, and 2,300 people lose their jobs.',
        },
        'Poland',
      ],
      [{ loss: '150 million' }, 'loss'],
    ],
  },
  {
    title: 'a German letter',
    source: `Sehr geehrte Frau Dr. Yıldız,
hiermit bestätigen wir Ihre Bestellung Nr. 88-4521 vom 3. Februar 2024 über 12 Bürostühle, Modell „Komfort 3", zum Preis von
je 249,90 € (zzgl. 19 % MwSt.). Die Lieferung erfolgt am 21.02.2024 zwischen 8 und 12 Uhr an die Lindenallee 14, 50667 Köln.
Rechnungsbetrag: 3.568,57 €. Zahlbar innerhalb von 14 Tagen auf IBAN DE12 5001 0517 0648 4898 90.
Mit freundlichen Grüßen
Holger Petersen, Möbelhaus Brandt GmbH, Tel. 0221 / 98 76 54`,
    faithful: [
      { lieferant: 'Möbelhaus Brandt GmbH', betrag: 3568.57, waehrung: 'EUR', lieferdatum: '2024-02-21' },
      { kunde: 'Dr. Yildiz', bestellnummer: '88-4521', bestelldatum: '03.02.2024', menge: 12, einzelpreis: 249.9 },
      { iban: 'DE12500105170648489890', plz: '50667', ort: 'Köln', strasse: 'Lindenallee 14', mwst: 0.19 },
      { telefon: '0221 987654', ansprechpartner: 'Holger Petersen', zahlungsziel: '14 Tage', modell: 'Komfort 3' },
      { ort: 'Koeln'.replace('oe', 'ö'), betrag: '3568,57 €', zeit: '8-12 Uhr', mwstSatz: '19%' },
      { betrag: '3,568.57', lieferung: '21 February 2024' },
      'Die Bestellung über zwölf Bürostühle wird am 21. Februar 2024 nach Köln geliefert.',
      'Der Rechnungsbetrag von 3568,57 Euro ist innerhalb von 14 Tagen zu zahlen. Die Mehrwertsteuer beträgt 19 Prozent.',
      'Frau Yıldız erhält die Ware in der Lindenallee 14. Der Ansprechpartner ist Holger Petersen.',
      'The order of 3 February 2024 covers 12 office chairs at EUR 249.90 each, plus 19% VAT.',
      'Möbelhaus Brandt will deliver to Lindenallee 14, 50667 Köln on 21 February 2024.',
    ],
    invented: [
      [{ lieferant: 'Möbelhaus Schmidt GmbH' }, 'lieferant'],
      [{ betrag: 3658.57 }, 'betrag'],
      [{ lieferdatum: '2024-02-12' }, 'lieferdatum'],
      [{ iban: 'DE12500105170648489891' }, 'iban'],
      [{ plz: '50668' }, 'plz'],
      [{ mwst: 0.07 }, 'mwst'],
      [{ bestellnummer: '88-4512' }, 'bestellnummer'],
      [{ ort: 'Düsseldorf' }, 'ort'],
      [{ rabatt: '3 %' }, 'rabatt'],
      [{ ansprechpartner: 'Helga Petersen' }, 'ansprechpartner'],
      ['Die Lieferung erfolgt am 22. Februar 2024.', '22. Februar 2024'],
      ['Der Betrag von 3.586,57 € ist innerhalb von 14 Tagen zu zahlen.', '3.586,57'],
      ['Bei Zahlung innerhalb von 10 Tagen gewähren wir 2 % Skonto.', '10'],
      ['Es wurden fünfzehn Stühle bestellt und 20 Tische geliefert.', '20'],
      ['Herr Klaus Brandt hat die Bestellung bestätigt und die Ware verschickt.', 'Klaus Brandt'],
    ],
  },
  {
    title: 'a flight and a hotel, as a tool returns them',
    source: JSON.stringify({
      booking: { reference: 'XK7Q2P', passenger: { first: 'Amélie', last: 'Dubois' }, status: 'confirmed' },
      flights: [
        {
          number: 'AF1234',
          from: 'CDG',
          to: 'LIS',
          departs: '2025-07-09T14:35:00',
          arrives: '2025-07-09T16:10:00',
          seat: '17C',
        },
        {
          number: 'AF1235',
          from: 'LIS',
          to: 'CDG',
          departs: '2025-07-16T18:05:00',
          arrives: '2025-07-16T21:40:00',
          seat: '22A',
        },
      ],
      hotel: { name: 'Casa do Alecrim', nights: 7, price: { amount: 1043.0, currency: 'EUR' }, breakfast: true },
    }),
    faithful: [
      { reference: 'XK7Q2P', passenger: 'Amélie Dubois', outbound: 'AF1234', seat: '17C' },
      { passenger: 'Dubois, Amelie', hotel: 'Casa do Alecrim', nights: 7, price: '1,043 EUR' },
      { departure: '9 July 2025', time: '2:35 pm', arrival: '16:10' },
      {
        flights: [
          { flight: 'AF 1234', day: 'July 9' },
          { flight: 'AF 1235', day: 'July 16' },
        ],
        status: 'Confirmed',
      },
      'Amélie Dubois flies from CDG to LIS on 9 July 2025 at 14:35 (flight AF1234, seat 17C).',
      'The return flight, AF1235, leaves at 6:05 pm on July 16 and arrives at 9:40 pm.',
      'Seven nights at Casa do Alecrim cost €1,043, breakfast included.',
      'Your booking XK7Q2P is confirmed. The hotel costs 1043.00 EUR for 7 nights.',
      'Outbound is Wednesday, 9 July 2025; the return is on Wednesday, 16 July.',
      'Le vol AF1234 part le 9 juillet 2025 à 14h35.',
      'El vuelo AF1235 sale el 16 de julio de 2025 a las 18:05.',
    ],
    invented: [
      [{ reference: 'XK7Q2B' }, 'reference'],
      [{ passenger: 'Amélie Dupont' }, 'passenger'],
      [{ departure: '2025-07-10' }, 'departure'],
      [{ seat: '17A' }, 'seat'],
      [{ hotel: 'Hotel Lisboa Plaza' }, 'hotel'],
      [{ price: 1143 }, 'price'],
      [{ time: '15:35' }, 'time'],
      [{ gate: 'B42' }, 'gate'],
      ['The flight AF1234 leaves at 2:35 am on 9 July.', '2:35 am'],
      ['The return flight AF1236 leaves on July 16.', 'AF1236'],
      ['Ms Dubois pays €149 per night.', '149'],
      ['The hotel has a pool and is 2 km from the beach.', '2'],
      ['The flight goes from CDG to OPO.', 'OPO'],
      ['Please be at gate K27 by then.', 'K27'],
      ['You fly with Lufthansa to LIS.', 'Lufthansa'],
    ],
  },
  {
    title: 'notes of a meeting',
    source: `Project Heron, steering meeting, Tue 9 Apr 2024, 10:00-11:30
Present: Priya Raman (chair), Luis Ortega, Dana Whitfield; excused: Ken Mori
1. Migration: 14 of 40 services moved; Luis reports the database cut-over is delayed by two weeks, new date 6 May.
2. Budget: spent $310k of $480k. Dana: the vendor wants 5% more from July.
3. Decision: hire two contractors, at most 650 USD per day each.
Action: Ken to send the risk list by Friday. Next meeting 23 April, Room 4B.`,
    faithful: [
      'Priya Raman chaired the steering meeting of Project Heron on 9 April 2024.',
      'So far, 14 of the 40 services have been moved. The database cut-over is delayed by 2 weeks, to 6 May.',
      'Of the budget of $480,000, $310,000 has been spent.',
      'Dana Whitfield said that the vendor asks for 5 percent more from July.',
      'Two contractors will be hired at up to $650 a day. Ken Mori was excused and sends the risk list by Friday.',
      'The next meeting takes place on April 23 in Room 4B.',
      'Luis Ortega reported on the migration; the meeting lasted from 10:00 to 11:30.',
      { project: 'Heron', chair: 'Priya Raman', date: '2024-04-09', next: '2024-04-23', room: '4B' },
      { moved: 14, services: 40, spent: 310000, budget: '480k', increase: 0.05 },
      {
        present: ['Priya Raman', 'Luis Ortega', 'Dana Whitfield'],
        excused: ['Ken Mori'],
        contractors: 2,
        rate: '650 USD',
      },
      { cutover: '6 May 2024', start: '10:00', end: '11:30', delay: 'two weeks' },
      'Decisions:\n- Hire two contractors (max. 650 USD per day)\n\nActions:\n- Ken: risk list by Friday',
    ],
    invented: [
      ['Priya Raman chaired the meeting on 10 April 2024.', '10 April 2024'],
      ['So far, 16 of the 40 services have been moved.', '16'],
      ['The cut-over is delayed by three weeks.', 'three'],
      ['Luis Whitfield reported on the migration.', 'Luis Whitfield'],
      ['The vendor, Oracle, asks for 5 percent more.', 'Oracle'],
      ['Of the budget, $340k has been spent.', '340k'],
      ['Ken Mori sends the risk list by Thursday.', 'Thursday'],
      ['The next meeting takes place in Room 5A.', '5A'],
      ['The contractors cost at most 750 USD per day.', '750'],
      ['Sarah Chen was excused.', 'Sarah Chen'],
      [{ chair: 'Priya Patel' }, 'chair'],
      [{ budget: 520000 }, 'budget'],
      [{ next: '2024-04-30' }, 'next'],
      [{ present: ['Priya Raman', 'Luis Ortega', 'Tom Baker'] }, 'present'],
      [{ deadline: '2024-04-12T17:00:00Z' }, 'deadline'],
    ],
  },
  {
    title: 'a leaflet and a data sheet',
    source: `Cardivex 20 mg film-coated tablets. Active substance: melotriptine hydrochloride. Adults take one tablet twice daily with water.
The maximum dose is 80 mg in 24 hours. Do not take Cardivex with grapefruit juice. In a trial with 1,204 patients, 3.1 % reported
headache and 0.4 % a rash (Okafor et al., 2021). Store below 25 °C. Shelf life: 36 months. Manufacturer: Helios Pharma B.V., Utrecht.
Contains lactose (48.5 mg per tablet). pH 6.5-7.2. Lot X99-A. Authorised on 1 December 2019 under EU/1/19/1432/001.`,
    faithful: [
      'Adults take one 20 mg tablet of Cardivex two times a day; the maximum is 80 mg in 24 hours.',
      'Headache was reported by 3.1% of 1204 patients, and a rash by 0.4%.',
      'The tablets must be stored below 25 °C and keep for 36 months. They contain 48.5 mg of lactose.',
      'Cardivex is made by Helios Pharma in Utrecht. Okafor et al. (2021) report on the trial.',
      'It was authorised on 1 December 2019 (EU/1/19/1432/001).',
      'The pH lies between 6.5 and 7.2. The lot is X99-A.',
      'Patients should not take Cardivex with grapefruit juice.',
      { name: 'Cardivex', strength: '20 mg', substance: 'melotriptine hydrochloride', maxDose: '80mg', patients: 1204 },
      { headache: 3.1, rash: '0.4%', shelfLife: '36 months', manufacturer: 'Helios Pharma BV', city: 'Utrecht' },
      { headacheShare: 0.031, authorised: '2019-12-01', lactose: 48.5, lot: 'X99-A' },
      { manufacturer: 'Helios Pharma B.V.', storage: 'below 25 °C', ph: '6.5–7.2' },
    ],
    invented: [
      ['Adults take one tablet three times daily.', 'three'],
      ['The maximum dose is 100 mg in 24 hours.', '100'],
      ['Headache was reported by 3.4% of the patients.', '3.4%'],
      ['Cardivex must not be taken with Warfarin.', 'Warfarin'],
      ['Nausea was reported by 12 patients.', '12'],
      ['Okafor et al. (2022) report on the trial.', '2022'],
      ['Store below 30 °C.', '30'],
      ['The manufacturer is Novalis Pharma in Utrecht.', 'Novalis Pharma'],
      ['The trial was led by Professor Adeyemi.', 'Adeyemi'],
      [{ strength: '40 mg' }, 'strength'],
      [{ substance: 'melotriptine sulfate' }, 'substance'],
      [{ patients: 1240 }, 'patients'],
      [{ shelfLife: '24 months' }, 'shelfLife'],
      [{ lot: 'X98-A' }, 'lot'],
      [{ authorised: '2020-12-01' }, 'authorised'],
    ],
  },
  {
    title: 'a Japanese notice, and a French one',
    source: `株式会社青空商事は2024年3月5日に東京で新製品を発表した。価格は12,800円。担当は田中花子。
La société Aubépine SARL, 8 rue des Tilleuls, 69003 Lyon, a livré 45 caisses de vin le 12 janvier 2024 pour 3 240,50 €. Contact : M. Éric Lefèvre, 04 72 00 11 22.`,
    faithful: [
      { company: '株式会社青空商事', date: '2024-03-05', price: 12800, contact: '田中花子', city: '東京' },
      { price: '１２，８００円', date: '2024年3月5日' },
      { fournisseur: 'Aubépine SARL', montant: 3240.5, date: '12/01/2024', ville: 'Lyon', contact: 'Eric Lefevre' },
      { telephone: '0472001122', codePostal: '69003', adresse: '8 rue des Tilleuls', caisses: 45 },
      'Aubépine a livré 45 caisses le 12 janvier 2024 pour 3240,50 euros.',
      'M. Lefèvre est le contact à Lyon.',
      'On 12 January 2024, Aubépine SARL delivered 45 cases for €3,240.50.',
    ],
    invented: [
      [{ company: '株式会社青山商事' }, 'company'],
      [{ contact: '田中太郎' }, 'contact'],
      [{ price: 12880 }, 'price'],
      [{ date: '2024-03-06' }, 'date'],
      [{ montant: '3 204,50 €' }, 'montant'],
      [{ ville: 'Dijon' }, 'ville'],
      [{ telephone: '0472001123' }, 'telephone'],
      ['Aubépine a livré 54 caisses le 12 janvier 2024.', '54'],
      ['Aubépine a livré 45 caisses le 21 janvier 2024.', '21 janvier 2024'],
      ['M. Lefèvre a signé avec Bernard Moreau.', 'Bernard Moreau'],
    ],
  },
  {
    title: 'a description without figures',
    source: `The lighthouse keeper, an old man named Silas Crowe, wrote in his diary every night. He complained about the wind, the gulls and
his brother Edmund, who had left for Halifax and never written. "The lamp does not care who tends it," he liked to say.`,
    faithful: [
      'Silas Crowe was a lighthouse keeper who kept a diary.',
      'He complained about the wind and the gulls. His brother Edmund had gone to Halifax.',
      'As Crowe put it, "The lamp does not care who tends it."',
      "Crowe's diary mentions his brother, Edmund.",
      'The keeper, Silas, wrote every night; nothing is said about his age or about when he lived.',
      { keeper: 'Silas Crowe', brother: 'Edmund', wentTo: 'Halifax' },
      { keeper: 'Crowe, Silas', age: null, quote: 'The lamp does not care who tends it' },
      'Old Crowe liked to say: «The lamp does not care who tends it».',
    ],
    invented: [
      ['Silas Crowe was born in 1842.', '1842'],
      ['His sister Martha had gone to Halifax.', 'Martha'],
      ['Edmund had left for Boston.', 'Boston'],
      ['Crowe liked to say: "The sea forgives no one."', 'The sea forgives no one'],
      ['He kept the lighthouse for 40 years.', '40'],
      [{ keeper: 'Silas Crane' }, 'keeper'],
      [{ age: 71 }, 'age'],
      [{ born: '1842-05-01' }, 'born'],
      [{ lighthouse: 'Peggys Point' }, 'lighthouse'],
    ],
  },
  {
    title: 'release notes',
    source: `Release notes v4.2.0 (2024-11-02). Added: dark mode, export to CSV and Parquet, SSO via Okta. Fixed: memory leak in the worker
pool (#1187), crash on files > 2 GB (#1203). Deprecated: the /v1/search endpoint, to be removed in v5.0. Minimum Node version is now 20.
Startup is 35% faster (1.9 s instead of 2.9 s).`,
    faithful: [
      'Version 4.2.0 adds dark mode, CSV and Parquet export, and SSO via Okta.',
      'The release of November 2, 2024 fixes a memory leak (#1187) and a crash with files over 2 GB (#1203).',
      'Startup takes 1.9 seconds instead of 2.9, which is 35% faster.',
      { version: '4.2.0', date: '2024-11-02', minNode: 20, fixed: ['#1187', '#1203'], removed: 'v5.0' },
    ],
    invented: [
      ['Version 4.3.0 adds dark mode.', '4.3.0'],
      ['The release fixes #1190.', '1190'],
      ['SSO via Auth0 was added.', 'Auth0'],
      ['Startup is 45% faster.', '45%'],
      [{ minNode: 22 }, 'minNode'],
      [{ version: '4.2.1' }, 'version'],
      [{ date: '2024-11-12' }, 'date'],
    ],
  },
];
