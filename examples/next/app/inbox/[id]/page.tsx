import { EscalationPage } from '../../../components/escalation-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <EscalationPage id={(await params).id} />;
}
