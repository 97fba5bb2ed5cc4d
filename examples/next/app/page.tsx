import { carelessInvoice, smudgedInvoice, unnumberedInvoice } from '../../practice-server/invoices.ts';
import { Extraction } from '../components/extraction.tsx';

const samples = [
  { ...carelessInvoice, story: 'The model is careless: feedback will do.' },
  { ...unnumberedInvoice, story: 'A number is missing: it needs a tool.' },
  { ...smudgedInvoice, story: 'A price cannot be read: it needs you.' },
];

export default function Page() {
  return (
    <main className="mx-auto flex max-w-6xl flex-col gap-5 px-4 py-6">
      <div>
        <h1>Turn a mail into an invoice</h1>
        <p className="text-muted max-w-prose">
          A model reads the mail. Its answer is used only when it passes the checks; until then it is corrected, step by
          step, and at last by a person.
        </p>
      </div>
      <Extraction samples={samples.map(({ number, mail, story }) => ({ number, mail, story }))} />
    </main>
  );
}
