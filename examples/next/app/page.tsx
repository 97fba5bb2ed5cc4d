import { invoices } from '../../practice-server/invoices.ts';
import { InvoiceForm } from './invoice-form.tsx';

export default function Page() {
  return (
    <main>
      <h1>Extract an invoice</h1>
      <p>An answer that fails its checks is asked for again, then with a tool. Only the accepted one is shown.</p>
      <InvoiceForm samples={invoices.map(({ number, mail }) => ({ number, mail }))} />
    </main>
  );
}
