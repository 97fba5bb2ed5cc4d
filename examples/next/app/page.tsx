import { connection } from 'next/server';
import { carelessInvoice, smudgedInvoice, unnumberedInvoice } from '../../practice-server/invoices.ts';
import { Extraction } from '../components/extraction.tsx';
import { isPractice } from '../lib/practice.ts';

const samples = [
  { ...carelessInvoice, story: 'The model is careless: feedback is enough.' },
  { ...unnumberedInvoice, story: 'A number is missing: it needs a tool.' },
  { ...smudgedInvoice, story: 'A price is unreadable: it needs you.' },
];

export default async function Page() {
  await connection(); // the key is one of the server that runs, not of the one that built this page
  return (
    <main className="mx-auto flex max-w-6xl flex-col gap-5 px-4 py-6">
      <div>
        <h1>Turn an email into an invoice</h1>
        <p className="text-muted max-w-prose">
          A model reads the email. Its answer is used only once it passes the checks. Until then it is corrected step by
          step, and finally by a person.
        </p>
      </div>
      {isPractice() && (
        <p className="alert alert-soft alert-info text-sm">
          No OPENAI_API_KEY is set, so a practice model answers. It knows the three emails below and makes mistakes on
          purpose. For any other email it makes up an invoice.
        </p>
      )}
      <Extraction
        samples={samples.map(({ number, mail, story }) => ({ number, mail, story }))}
        isPractice={isPractice()}
      />
    </main>
  );
}
