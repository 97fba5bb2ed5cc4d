import type { EvidenceCase } from './cases.ts';

/** Written last, and measured once before any rule was changed for them. */
export const laterEvidenceCases: readonly EvidenceCase[] = [
  {
    title: 'an energy bill in Dutch',
    source: `Jaarafrekening 2023 - klant 5510 2294 - mevr. A. Terpstra, Koggeschipstraat 31, 8446 LC Heerenveen
Periode: 12 januari 2023 t/m 11 januari 2024
Stroom normaal 1.412 kWh x € 0,3175 = € 448,31; dal 1.986 kWh x € 0,2890 = € 573,95; teruglevering -640 kWh
Gas 1.104 m³ x € 1,1820 = € 1.304,93. Vaste kosten € 142,20. Vermindering energiebelasting € -596,86
Betaalde termijnen: 12 x € 165,00 = € 1.980,00. U ontvangt terug: € 107,47. Nieuw termijnbedrag per 1 maart: € 158,00`,
    faithful: [
      { klantnummer: '55102294', naam: 'A. Terpstra', gas_m3: 1104, terug: 107.47, nieuwTermijnbedrag: 158 },
      'Mevrouw Terpstra krijgt € 107,47 terug. Vanaf 1 maart betaalt ze € 158 per maand.',
      'The gas used was 1,104 m³ at €1.182 each, which comes to €1,304.93.',
      { period: { from: '2023-01-12', to: '2024-01-11' }, energyTax: -596.86, feedIn: -640, fixed: 142.2 },
      'She paid twelve instalments of €165, i.e. €1,980 in all, and lives in Heerenveen.',
    ],
    invented: [
      [{ klantnummer: '55102249' }, 'klantnummer'],
      ['Vanaf 1 april betaalt ze € 158 per maand.', '1 april'],
      [{ terug: 170.47 }, 'terug'],
      ['She paid eleven instalments of €165.', 'eleven'],
      ['Het contract is met Vattenfall gesloten.', 'Vattenfall'],
    ],
  },
  {
    title: 'a job advertisement in Spanish',
    source: `Técnica/o de laboratorio (ref. TL-208), Granada. Empresa: Biolúmina S.L. Jornada de 37,5 horas semanales, de lunes a viernes.
Salario: entre 24.000 y 27.500 euros brutos al año en 14 pagas. Contrato de dos años. Incorporación: 2 de septiembre de 2024.
Se exige inglés B2 y al menos tres años de experiencia. Candidaturas hasta el 15 de julio a Inmaculada Reyes, rrhh@biolumina.example.`,
    faithful: [
      {
        empresa: 'Biolúmina S.L.',
        ciudad: 'Granada',
        salarioMinimo: 24000,
        salarioMaximo: 27500,
        pagas: 14,
        inicio: '2024-09-02',
      },
      'Biolúmina busca una técnica de laboratorio en Granada. Las candidaturas se envían a Inmaculada Reyes hasta el 15 de julio.',
      'The post is for two years at 37.5 hours a week, and pays between 24,000 and 27,500 euros a year before tax.',
      'Applicants need English at level B2 and at least 3 years of experience. The start is on September 2, 2024.',
      { referencia: 'TL-208', horas: 37.5, experiencia: '3 años', contacto: 'Inmaculada Reyes' },
    ],
    invented: [
      [{ salarioMaximo: 29500 }, 'salarioMaximo'],
      ['El contrato es de tres meses y medio.', 'tres'],
      ['Applicants need English at level C1.', 'C1'],
      ['The laboratory is in Almería.', 'Almería'],
      [{ inicio: '2024-09-12' }, 'inicio'],
    ],
  },
  {
    title: 'an obituary',
    source: `Wilhelmina "Mina" Ashgrove, who taught three generations of Penrith children to swim, has died at the age of ninety-one.
Born in Carlisle on 3 June 1932, the second of five sisters, she swam the length of Ullswater in 1951 in just under six hours. She
married the baker Hector Ashgrove in 1956; he died in 2009. In the 1970s she led the campaign that saved the town baths. She is
survived by two sons, Alistair and Keir, four grandchildren and a great-granddaughter. The funeral is at St Cuthbert's on Friday at noon.`,
    faithful: [
      'Mina Ashgrove, born in Carlisle on June 3, 1932, died aged 91. She taught children in Penrith to swim.',
      {
        name: 'Wilhelmina Ashgrove',
        nickname: 'Mina',
        born: '1932-06-03',
        age: 91,
        children: ['Alistair', 'Keir'],
        spouse: 'Hector Ashgrove',
      },
      'She swam Ullswater in 1951 in less than 6 hours. In the seventies she fought for the town baths.',
      'Her husband Hector, a baker, whom she married in 1956, died in 2009. The couple had two sons.',
      'Relatives include 4 grandchildren. Mourners will meet at St Cuthbert’s at 12 noon on Friday.',
    ],
    invented: [
      ['Mina Ashgrove died aged 93.', '93'],
      ['She swam Windermere in 1951.', 'Windermere'],
      ['She married in 1965.', '1965'],
      [{ children: ['Alistair', 'Fergus'] }, 'children'],
      ['The funeral is on Saturday.', 'Saturday'],
    ],
  },
  {
    title: 'a manifest as CSV',
    source: `container,seal,type,gross_kg,cbm,temp_c,pol,pod,eta
MSKU 740221-8,SL88213,40RF,24310,58.2,-18,Callao,Algeciras,2024-08-19
TGHU 319004-5,SL88217,20DV,9875,27.4,,Callao,Algeciras,2024-08-19
CAIU 552713-0,SL88230,40HC,18040,66.9,,Guayaquil,Rotterdam,2024-08-27
remarks: reefer set to -18 C / 0 F; vents closed; freight prepaid; vessel Estrella del Norte voyage 418N`,
    faithful: [
      { container: 'MSKU7402218', seal: 'SL88213', grossKg: 24310, temperature: -18, eta: '19 August 2024' },
      'The reefer MSKU 740221-8 travels at minus 18 degrees from Callao to Algeciras and weighs 24,310 kg.',
      'Container CAIU 552713-0 is due in Rotterdam on 27 August 2024.',
      { vessel: 'Estrella del Norte', voyage: '418N', ports: ['Callao', 'Guayaquil', 'Algeciras', 'Rotterdam'] },
      'Both boxes from Callao arrive on August 19; the 20DV weighs 9.875 tonnes, that is 9,875 kg.',
    ],
    invented: [
      [{ temperature: 18 }, 'temperature'],
      [{ seal: 'SL88231' }, 'seal'],
      ['Container CAIU 552713-0 is due in Antwerp.', 'Antwerp'],
      ['The cargo is 24,310 kg of frozen Merluza.', 'Merluza'],
      ['The vessel arrives on 28 August 2024.', '28 August 2024'],
    ],
  },
  {
    title: 'a mortgage offer',
    source: `Offer 77/0391 of the Cooperative Bank of Ålund to Siobhán and Piotr Wójcik, 6 May 2024. Loan: SEK 2,450,000 over 30 years.
Nominal rate 4.12 % fixed until 31 May 2029, effective rate 4.31 %. Monthly payment: SEK 11,866 (first payment on 28 June 2024).
Loan-to-value: 70 %. Arrangement fee waived (usually SEK 3,900). Early repayment: one half of a percent of what is repaid. Valid for 21 days.`,
    faithful: [
      {
        borrowers: ['Siobhán Wójcik', 'Piotr Wójcik'],
        amount: 2450000,
        currency: 'SEK',
        nominalRate: 0.0412,
        years: 30,
      },
      'The Cooperative Bank of Ålund lends 2.45 million Swedish kronor for thirty years at 4.12 percent.',
      'The rate is fixed to the end of May 2029. The first of the payments of SEK 11,866 is due on June 28, 2024.',
      { ltv: '70%', fee: 3900, effectiveRate: '4.31 %', validDays: 21, offer: '77/0391' },
      'Siobhan and Piotr Wojcik can accept within 21 days. Repaying early costs 0.5 percent.',
    ],
    invented: [
      [{ nominalRate: 0.0421 }, 'nominalRate'],
      ['The rate is fixed for ten years.', 'ten'],
      ['The monthly payment is SEK 11,686.', '11,686'],
      [{ validDays: 30 }, 'validDays'],
      ['The loan is secured on a flat in Malmö.', 'Malmö'],
    ],
  },
  {
    title: 'minutes of a town council',
    source: `Councillors voted 11 to 4 on Tuesday night to close Garrick Lane to cars between Ivy Row and the market square. The trial begins on
2 September and runs for six months; traffic counts from last spring showed 3,140 vehicles a day. Cllr Beatrix Olawale (Green), who
proposed the scheme, said shopkeepers would be consulted again in the new year. Opponents, among them Cllr Ned Farraday, warned of
longer ambulance journeys. Barriers and signs will cost about £86,000, three quarters of it from a county grant. Buses 14 and 22 are exempt.`,
    faithful: [
      'Garrick Lane will be closed to cars from 2 September for a six-month trial. Councillors approved it by 11 votes to four.',
      'Beatrix Olawale of the Greens proposed the scheme. Shopkeepers will be asked again next year.',
      'Critics such as Ned Farraday fear that ambulances will take longer. Buses on routes 14 and 22 may still pass.',
      'Signs and barriers cost roughly £86,000, of which 75% comes from the county.',
      { street: 'Garrick Lane', start: '2 September', durationMonths: 6, votesFor: 11, votesAgainst: 4, cost: 86000 },
      'Drivers made 3140 trips along the lane each day last spring. Cyclists are not mentioned.',
    ],
    invented: [
      ['Councillors voted 12 to 4.', '12'],
      ['The trial runs for six weeks.', 'six'],
      ['Two thirds of the money comes from the county.', 'Two thirds'],
      ['Cllr Beatrix Farraday proposed the scheme.', 'Beatrix Farraday'],
    ],
  },
  {
    title: 'a ticket of a help desk, as JSON',
    source: `{"ticket":58213,"opened":"2024-10-07T08:14:22Z","priority":"P2","customer":{"company":"Thornbury Glassworks","contact":"Adaeze Umeh","plan":"Business"},
"messages":[{"from":"Adaeze Umeh","text":"Since the update to 7.4.1 our nightly export stops after about 40 % with error E-1187. We have 3 sites and 212 users; only Leeds is affected."},
{"from":"Jonas Keller","text":"Thanks, Adaeze. I could reproduce it. A fix is planned for 7.4.3 on Thursday; until then please set batch_size to 500."}]}`,
    faithful: [
      'Thornbury Glassworks reports that its nightly export has stopped at around 40% since version 7.4.1, with error E-1187.',
      'Jonas Keller reproduced the problem. Setting batch_size to 500 helps until the fix in 7.4.3, due Thursday.',
      {
        ticket: 58213,
        priority: 'P2',
        company: 'Thornbury Glassworks',
        contact: 'Adaeze Umeh',
        users: 212,
        sites: 3,
        site: 'Leeds',
      },
      'Ticket #58213 was opened on 7 October 2024 at 8:14 am. Users in Leeds are affected, the other two sites are not.',
      '**Summary**\n- Customer: Thornbury Glassworks (Business plan)\n- Workaround: batch_size 500\n- Fix: 7.4.3',
      'Hi Adaeze, thanks for your patience. Engineering plans to ship the fix on Thursday. Best regards, Support',
    ],
    invented: [
      ['The export stops at 60%.', '60%'],
      [{ contact: 'Adaeze Umez' }, 'contact'],
      ['The fix is planned for 7.4.4.', '7.4.4'],
      ['Manchester is affected too.', 'Manchester'],
    ],
  },
  {
    title: 'a research abstract',
    source: `We followed 4,873 adults (52.6 % women, mean age 47 ± 9 years) in Malmö and Tampere for a median of 11.4 years. Night work of more than ten
years was associated with a higher incidence of type 2 diabetes (HR 1.38, 95 % CI 1.12-1.71; p = 0.003), but not with hypertension (HR 1.04).
The association vanished after adjustment for body mass index. Funding: Nordic Research Council, grant 2013-0447. Correspondence: L. Hakkarainen.`,
    faithful: [
      'The study followed 4873 adults from Malmö and Tampere over a median of 11.4 years.',
      'Those who worked nights for over ten years had a 38% higher risk of type 2 diabetes (hazard ratio 1.38, 95% CI 1.12 to 1.71).',
      {
        participants: 4873,
        women: 0.526,
        meanAge: 47,
        hazardRatio: 1.38,
        ci: [1.12, 1.71],
        p: 0.003,
        grant: '2013-0447',
      },
      'Hypertension showed no association (HR 1.04). Adjusting for BMI removed the effect.',
      'It was funded by the Nordic Research Council; Hakkarainen is the corresponding author.',
    ],
    invented: [
      ['The study followed 4873 adults from Malmö and Turku.', 'Turku'],
      [{ hazardRatio: 1.83 }, 'hazardRatio'],
      ['The median follow-up was 14.1 years.', '14.1'],
      ['The work was funded by the Novo Nordisk Foundation.', 'Novo Nordisk'],
    ],
  },
];
