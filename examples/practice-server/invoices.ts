/** An invoice as it comes in a mail, and what the practice model makes of it. */
export interface PracticeInvoice {
  readonly number: string;
  readonly mail: string;
  /** What the model reads out of the mail, right or wrong. */
  readonly read: (told: Told) => InvoiceReading;
}

/** What the model has been told about an invoice besides the mail. */
export interface Told {
  /** The feedback, results of tools and advice since the first answer; empty before it. */
  readonly feedback: string;
  /** The last answer followed by the feedback. */
  readonly recent: string;
}

/** The members of an invoice; one that is `undefined` was forgotten. */
export type InvoiceReading = { readonly [NAME in keyof InvoiceFacts]: unknown } & { readonly isFenced?: boolean };

/** A rightly read invoice. */
export interface InvoiceFacts {
  readonly vendor: string;
  readonly vendorId: string;
  readonly currency: string;
  readonly lines: readonly { readonly description: string; readonly quantity: number; readonly unitPrice: number }[];
  readonly total: number;
}

/** Needs feedback: the model writes the total as text, forgets the currency and talks around its JSON. What is right it keeps. */
export const carelessInvoice: PracticeInvoice = {
  number: 'INV-2041',
  mail: `From: billing@alder-office.example
Subject: Invoice INV-2041

Alder Office Supply (supplier no. V-30112) bills you for

  12 x desk lamp                39.75
   5 x monitor arm             129.00
   1 x assembly on site        162.50

Total due within 30 days:  1,284.50 EUR`,
  read: ({ feedback, recent }) => ({
    vendor: 'Alder Office Supply',
    vendorId: 'V-30112',
    currency: recent.includes('currency') ? 'EUR' : undefined,
    lines: [
      { description: 'desk lamp', quantity: 12, unitPrice: 39.75 },
      { description: 'monitor arm', quantity: 5, unitPrice: 129 },
      { description: 'assembly on site', quantity: 1, unitPrice: 162.5 },
    ],
    total: feedback.includes('total') || recent.includes('1284.5') ? 1284.5 : '1,284.50 EUR',
    isFenced: feedback === '',
  }),
};

/** Needs a tool: the vendor's number is not in the mail, and the model makes one up until it can look it up. */
export const unnumberedInvoice: PracticeInvoice = {
  number: 'INV-2042',
  mail: `From: accounts@harbor-light.example
Subject: Your order, invoice INV-2042

Thank you for buying from Harbor Light Trading.

  40 x LED strip, 2 m            7.25
   8 x lantern, brass           62.50

Total:  790.00 USD`,
  read: ({ feedback, recent }) => ({
    vendor: 'Harbor Light Trading',
    vendorId: vendorIdIn(feedback) ?? next(INVENTED_IDS, recent),
    currency: 'USD',
    lines: [
      { description: 'LED strip, 2 m', quantity: 40, unitPrice: 7.25 },
      { description: 'lantern, brass', quantity: 8, unitPrice: 62.5 },
    ],
    total: 790,
  }),
};

/** Needs a person: a price cannot be read, and no reading of it adds up to the printed total. */
export const smudgedInvoice: PracticeInvoice = {
  number: 'INV-2043',
  mail: `From: scanner@yourcompany.example
Subject: Scan of invoice INV-2043

FISHER & SONS PRINT, supplier no. V-11860

  12 x paper, A2, carton       1#8.50     <- smudged
   2 x toner                    64.00
   1 x delivery                 18.00

TOTAL GBP                    1,636.00`,
  read: ({ feedback, recent }) => {
    const isAdvised = /128[.,]5|1[.,]?688/.test(feedback);
    return {
      vendor: 'Fisher & Sons Print',
      vendorId: 'V-11860',
      currency: 'GBP',
      lines: [
        {
          description: 'paper, A2, carton',
          quantity: 12,
          unitPrice: isAdvised ? 128.5 : Number(next(READINGS, recent)),
        },
        { description: 'toner', quantity: 2, unitPrice: 64 },
        { description: 'delivery', quantity: 1, unitPrice: 18 },
      ],
      total: isAdvised ? 1688 : 1636,
    };
  },
};

/** The invoices the practice model knows, by their numbers. */
export const invoices: readonly PracticeInvoice[] = [carelessInvoice, unnumberedInvoice, smudgedInvoice];

const INVENTED_IDS = ['V-10234', 'V-20001', 'V-24600', 'V-42042'] as const;
const READINGS = ['118.5', '158.5', '138.5', '108.5', '188.5'] as const;

function vendorIdIn(text: string): string | undefined {
  return text.match(/V-\d{5}/g)?.find((id) => !INVENTED_IDS.some((invented) => invented === id));
}

function next(guesses: readonly string[], recent: string): string | undefined {
  const positions = guesses.map((guess) => recent.lastIndexOf(guess));
  const latest = Math.max(...positions);
  return guesses[latest === -1 ? 0 : (positions.indexOf(latest) + 1) % guesses.length];
}
