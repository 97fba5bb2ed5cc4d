import type { EvidenceCase } from './cases.ts';

/** Of other kinds, written after the rules. */
export const moreEvidenceCases: readonly EvidenceCase[] = [
  {
    title: 'a contract, with its numbers in words',
    source: `LEASE AGREEMENT made this first day of October two thousand and twenty-three between Harrow & Vale Estates LLP ("Landlord") and
Mr. Tobias Nkemelu ("Tenant"). 1. Term. Twenty-four (24) months from 1 November 2023. 2. Rent. One thousand eight hundred fifty
pounds (£1,850) per calendar month, payable in advance on the fifth day of each month. 3. Deposit. Six weeks' rent, namely £2,561.54.
4. Late payment. Interest of three per cent above the base rate of Lloyds Bank plc. 5. Notice. Either party may end this lease after the
first twelve months with not less than two months' written notice. 6. Governing law: England and Wales.`,
    faithful: [
      {
        landlord: 'Harrow & Vale Estates LLP',
        tenant: 'Tobias Nkemelu',
        rent: 1850,
        currency: 'GBP',
        term: '24 months',
      },
      { start: '2023-11-01', signed: '2023-10-01', deposit: 2561.54, lateInterest: 0.03, noticeMonths: 2 },
      'Tobias Nkemelu rents from Harrow and Vale Estates for two years, that is 24 months, at £1,850 a month.',
      'The rent is due on the 5th of each month, and the deposit of £2,561.54 equals six weeks of rent.',
      'Either side may give two months’ notice after the first 12 months. The law of England and Wales applies.',
      'Late payments bear interest at 3% above the base rate of Lloyds Bank.',
    ],
    invented: [
      [{ rent: 1580 }, 'rent'],
      [{ noticeMonths: 3 }, 'noticeMonths'],
      ['The rent is due on the 15th of each month.', '15'],
      ['The lease runs for thirty-six months from 1 November 2023.', 'thirty-six'],
      ['Interest is charged above the base rate of Barclays Bank.', 'Barclays'],
      ['The law of Scotland applies.', 'Scotland'],
    ],
  },
  {
    title: 'a laboratory report',
    source: `Patient: Ilse Vandermeulen   DOB 17/08/1961   Sample 23-LB-90417   Collected 04/09/2023 07:50
Analyte            Result   Unit       Reference
Haemoglobin        11.2 L   g/dL       12.0 - 15.5
Leukocytes         6.84     10^9/L     4.0 - 10.0
Potassium          5.4 H    mmol/L     3.5 - 5.1
Creatinine         88       umol/L     45 - 84
CRP                < 0.6    mg/L       < 5.0
TSH                2.31     mIU/L      0.27 - 4.20
Validated by Dr. R. Achterberg, 04/09/2023 11:15`,
    faithful: [
      { patient: 'Ilse Vandermeulen', born: '1961-08-17', sample: '23-LB-90417', haemoglobin: 11.2, potassium: 5.4 },
      {
        patient: 'Vandermeulen, Ilse',
        collected: '4 September 2023',
        time: '07:50',
        tsh: '2.31 mIU/L',
        crp: '<0.6 mg/L',
      },
      'Haemoglobin is low at 11.2 g/dL (reference 12.0–15.5), and potassium is raised at 5.4 mmol/L.',
      'CRP is below 0.6 mg/L. TSH is 2.31 mIU/L and lies within 0.27 to 4.20.',
      'Dr. Achterberg validated the report at 11:15 on 4 September 2023.',
      { results: [{ analyte: 'Creatinine', value: 88, unit: 'umol/L', low: 45, high: 84 }] },
    ],
    invented: [
      [{ haemoglobin: 12.1 }, 'haemoglobin'],
      [{ results: [{ analyte: 'Sodium', value: 88 }] }, 'analyte'],
      ['Leukocytes are 6.48 x 10^9/L.', '6.48'],
      ['Potassium is raised at 5.4 mmol/L; ferritin was 14 ug/L.', '14'],
      ['The sample was collected at 08:50 on 4 September 2023.', '08:50'],
      [{ born: '1961-07-18' }, 'born'],
    ],
  },
  {
    title: 'a timetable',
    source: `Line R7  Bergholt - Tynemoor (Mon-Fri)
              101    103    105
Bergholt     06:12  07:42  09:12
Silsden Jn   06:31  08:01  09:31
Castlewick   06:58    |    09:58
Tynemoor     07:20  08:41  10:20
Train 103 does not stop at Castlewick. No service on 25 and 26 December. Single EUR 8.40, return EUR 14.90, under 12s half price.`,
    faithful: [
      'Train 101 leaves Bergholt at 6:12 am and reaches Tynemoor at 7:20.',
      'The 07:42 from Bergholt (train 103) does not stop at Castlewick.',
      'A return ticket costs €14.90, a single one €8.40. Children under 12 pay half.',
      { line: 'R7', from: 'Bergholt', to: 'Tynemoor', departures: ['06:12', '07:42', '09:12'], fare: 8.4 },
      'There are no trains on December 25 and 26. From Silsden Jn the last one leaves at 9:31.',
      '| Train | Bergholt | Tynemoor |\n|---|---|---|\n| 101 | 06:12 | 07:20 |\n| 105 | 09:12 | 10:20 |',
    ],
    invented: [
      ['Train 103 reaches Tynemoor at 8:51.', '8:51'],
      ['Train 107 leaves Bergholt at 06:12.', '107'],
      ['The train also calls at Fenwick Road.', 'Fenwick'],
      ['A return ticket costs €15.90.', '15.90'],
      ['There are no trains on 24 December.', '24 December'],
      [{ departures: ['06:12', '07:24'] }, 'departures'],
    ],
  },
  {
    title: 'a table in Markdown',
    source: `| Region | Q1 2024 | Q2 2024 | Change | Owner |
|---|---:|---:|---:|---|
| Nordics | 412,300 | 398,150 | -3.4% | Saga Holmqvist |
| Iberia | 287,900 | 301,420 | +4.7% | Rui Teixeira |
| Benelux | (18,250) | 6,400 | n/a | Femke de Wit |
| **Total** | **681,950** | **705,970** | **+3.5%** | |

All figures in thousands of DKK. *Benelux opened in March 2024.*`,
    faithful: [
      'Sales in the Nordics fell by 3.4% from 412,300 to 398,150, while Iberia gained 4.7%.',
      'Benelux, run by Femke de Wit, made a loss of 18,250 in the first quarter of 2024.',
      { region: 'Iberia', owner: 'Rui Teixeira', q2: 301420, change: 0.047 },
      { rows: [{ region: 'Benelux', q1: -18250, q2: 6400 }], total: '705,970', currency: 'DKK' },
      'The total rose from 681,950 to 705,970 thousand DKK (+3.5 %).',
      'Benelux opened in March 2024; its Q1 figure is negative (-18,250).',
    ],
    invented: [
      [{ region: 'Iberia', q2: 310420 }, 'q2'],
      ['Sales in the Nordics fell by 4.3%.', '4.3%'],
      ['Benelux opened in May 2024.', 'May 2024'],
      ['Sanna Holmqvist runs the Nordics.', 'Sanna'],
      ['The total in Q3 2024 was 705,970.', 'Q3'],
      [{ owner: 'Joost de Wit' }, 'owner'],
    ],
  },
  {
    title: 'a bilingual notice',
    source: `AVIS / NOTICE — Ville de Sainte-Aurélie
Les travaux sur le pont Lavigueur débuteront le lundi 6 mai 2024 et dureront environ neuf semaines. Coût : 2,4 M$.
Work on the Lavigueur Bridge starts on Monday, May 6, 2024 and will take about nine weeks. Cost: $2.4 million.
Fermeture de nuit / Night closure: 21 h 30 – 5 h 00 (9:30 p.m. – 5:00 a.m.). Détour par / Detour via: rue des Forges.
Renseignements / Information: 418 555-0173, travaux@ste-aurelie.example`,
    faithful: [
      'Work on the Lavigueur Bridge begins on 6 May 2024 and lasts nine weeks. It costs 2.4 million dollars.',
      'Le pont Lavigueur sera fermé de 21 h 30 à 5 h. Le détour passe par la rue des Forges.',
      'Les travaux coûtent 2,4 millions de dollars et commencent le 6 mai 2024.',
      {
        bridge: 'Lavigueur',
        start: '2024-05-06',
        weeks: 9,
        cost: 2400000,
        closure: '21:30-05:00',
        detour: 'rue des Forges',
      },
      { city: 'Sainte-Aurélie', phone: '418-555-0173', email: 'travaux@ste-aurelie.example' },
      'Die Bauarbeiten beginnen am 6. Mai 2024 und dauern 9 Wochen.',
    ],
    invented: [
      ['Work on the bridge starts on 16 May 2024.', '16 May 2024'],
      ['Les travaux dureront environ douze semaines.', 'douze'],
      ['Le pont sera fermé de 20 h 30 à 5 h.', '20'],
      ['The detour goes via rue Saint-Paul.', 'Saint-Paul'],
      [{ cost: 4200000 }, 'cost'],
      [{ phone: '418-555-0137' }, 'phone'],
    ],
  },
  {
    title: 'a bank statement with negative amounts',
    source: `Kontoauszug 7/2024, Konto DE44 2004 0000 0628 3919 00, Inhaberin: Renate Obermayr
01.07. Saldo alt                         1.204,18
02.07. Miete Juli, Hausverwaltung Krantz   -985,00
09.07. Gehalt, Stadtwerke Lorchheim      +2.731,44
15.07. Stromabschlag                        -74,00
22.07. Kartenzahlung Buchhandlung Ellert    -31,95
31.07. Saldo neu                         2.844,67`,
    faithful: [
      { inhaberin: 'Renate Obermayr', saldoAlt: 1204.18, saldoNeu: 2844.67, iban: 'DE44 2004 0000 0628 3919 00' },
      {
        buchungen: [
          { datum: '02.07.2024', betrag: -985 },
          { datum: '09.07.2024', betrag: 2731.44 },
        ],
      },
      'Am 9. Juli gingen 2.731,44 € Gehalt von den Stadtwerken Lorchheim ein.',
      'Die Miete von 985 € ging am 2. Juli an die Hausverwaltung Krantz.',
      {
        payments: [
          { to: 'Buchhandlung Ellert', amount: -31.95 },
          { to: 'Stromabschlag', amount: '-74,00' },
        ],
      },
      'Renate Obermayr paid 74 euros for electricity on 15 July and ended the month with 2,844.67 euros.',
    ],
    invented: [
      [{ saldoNeu: -2844.67 }, 'saldoNeu'],
      [{ saldoAlt: 1240.18 }, 'saldoAlt'],
      ['Am 10. Juli gingen 2.731,44 € Gehalt ein.', '10. Juli'],
      ['Die Miete betrug 958 €.', '958'],
      [{ buchungen: [{ empfaenger: 'Buchhandlung Thalia', betrag: -31.95 }] }, 'empfaenger'],
      [{ inhaberin: 'Renate Obermeier' }, 'inhaberin'],
    ],
  },
  {
    title: 'shares and fractions of a survey',
    source: `Of the 1,860 households asked, two thirds heat with gas, 0.21 with district heating and one in eight with a heat pump.
A quarter plan to change within three years; of these, 58% name cost and 17.5 percent name noise. The response rate was 0.62.
Fieldwork: Brandl & Söhne Institut, Graz, 8-19 January 2024. Margin of error: ±2.3 percentage points.`,
    faithful: [
      'One in eight of the 1,860 households uses a heat pump, and 21% are on district heating.',
      { households: 1860, districtHeating: 0.21, responseRate: '62%', cost: 0.58, noise: 0.175 },
      'The response rate was 62%, with a margin of error of 2.3 points.',
      'Brandl & Söhne asked households between 8 and 19 January 2024; 58% of those who plan a change name cost.',
      { heatPump: 0.125, changing: '25%', gas: '2/3' },
      'Half of nothing is said about oil; two-thirds use gas and 17.5% of the planners fear noise.',
    ],
    invented: [
      ['One in nine of the households uses a heat pump.', 'nine'],
      [{ districtHeating: 0.12 }, 'districtHeating'],
      ['The response rate was 0.26.', '0.26'],
      ['Three quarters plan to change within three years.', 'Three quarters'],
      [{ changing: '35%' }, 'changing'],
      ['Fieldwork was done by the Institut Brandl in Linz.', 'Linz'],
    ],
  },
  {
    title: 'dates of five locales',
    source: `Ημερομηνία / dates of the audit trail:
en-US: filed 11/30/2022. de-DE: geprüft am 9. Dezember 2022. fr-FR : validé le 1er février 2023. es-MX: firmado el 14 de marzo de 2023.
ja-JP: 2023年4月27日に公開. Reference year 2022. Auditors: Noor Haddad, Ewan Pryce-Jones.`,
    faithful: [
      {
        filed: '2022-11-30',
        checked: '2022-12-09',
        validated: '2023-02-01',
        signed: '2023-03-14',
        published: '2023-04-27',
      },
      'The report was filed on 30 November 2022, checked on December 9 and validated on 1 February 2023.',
      'Se firmó el 14/03/2023 y se publicó el 27 de abril de 2023.',
      'Le rapport a été validé le 1er février 2023 et signé le 14 mars 2023.',
      'Geprüft wurde am 09.12.2022, veröffentlicht am 27.04.2023.',
      'Ewan Pryce-Jones and Noor Haddad audited the year 2022.',
    ],
    invented: [
      [{ filed: '2022-11-03' }, 'filed'],
      [{ checked: '2022-09-12' }, 'checked'],
      ['Le rapport a été validé le 2 février 2023.', '2 février 2023'],
      ['Se firmó el 14 de mayo de 2023.', '14 de mayo de 2023'],
      ['The report was published on April 27, 2024.', 'April 27, 2024'],
      ['Ewan Pryce-Davies audited the year 2022.', 'Ewan Pryce-Davies'],
    ],
  },
  {
    title: 'currencies',
    source: `Quote Q-3381 for Atelier Fujimori, valid 30 days. Kiln model TK-900: ¥1,480,000 (ex works). Freight to Rotterdam: US$2,150.00.
Import duty 4.7 % (≈ EUR 430). Installation CHF 1'250.–, training 6 500 NOK, spare elements £96.50 each. Down payment: 40 %.
Bank: Mizuho, SWIFT MHCBJPJT. Contact: Haruka Fujimori.`,
    faithful: [
      { quote: 'Q-3381', kiln: 'TK-900', price: 1480000, currency: 'JPY', freight: '$2,150', swift: 'MHCBJPJT' },
      { installation: 'CHF 1,250', training: 'NOK 6,500', elements: '96.50 GBP', duty: '4.7%', downPayment: 0.4 },
      'The kiln costs 1.48 million yen, and freight to Rotterdam is 2150 US dollars.',
      'Installation is 1250 Swiss francs; spare elements cost £96.50 each.',
      'A down payment of 40 percent is asked for, and the duty comes to about €430.',
      'Training costs 6500 NOK. The quote of Atelier Fujimori is valid for thirty days.',
    ],
    invented: [
      [{ price: 1840000 }, 'price'],
      [{ currency: 'KRW' }, 'currency'],
      ['Freight to Antwerp is $2,150.', 'Antwerp'],
      ['Installation costs CHF 1,520.', '1,520'],
      ['Spare elements cost £69.50 each.', '69.50'],
      [{ swift: 'MHCBJPJX' }, 'swift'],
    ],
  },
  {
    title: 'a recipe, and what a shop has in stock',
    source: `{"recipe":"Rhubarb galette","serves":6,"oven":{"c":190,"f":375},"minutes":{"prep":25,"bake":42},"ingredients":[
{"name":"rhubarb","g":450},{"name":"cane sugar","g":110},{"name":"ground almonds","g":60},{"name":"egg","count":1}],
"stock":{"rhubarb":{"kg":3.5,"eurPerKg":4.2},"almonds":{"packs":0}},"author":"Maëlle Corbin","rating":4.8,"votes":213}`,
    faithful: [
      'The rhubarb galette by Maëlle Corbin serves six people and bakes for 42 minutes at 190 °C (375 °F).',
      'You need 450 g of rhubarb, 110 g of cane sugar, 60 g of ground almonds and one egg.',
      { name: 'Rhubarb galette', servings: 6, prep: '25 min', bake: 42, author: 'Maelle Corbin', rating: '4.8' },
      'Rhubarb costs €4.20 a kilo and there are 3.5 kg left, but almonds are out of stock (0 packs).',
      'It is rated 4.8 by 213 voters. Preparation takes 25 minutes.',
      {
        shopping: [
          { item: 'rhubarb', grams: 450 },
          { item: 'cane sugar', grams: 110 },
        ],
        inStock: false,
      },
    ],
    invented: [
      ['Bake it at 180 °C for 42 minutes.', '180'],
      ['The galette serves eight people.', 'eight'],
      [{ servings: 6, calories: 310 }, 'calories'],
      ['You also need 20 g of butter.', '20'],
      ['Rhubarb costs €4.80 a kilo from Bauer Hof Lindner.', 'Lindner'],
      [{ author: 'Maëlle Corbet' }, 'author'],
    ],
  },
];
