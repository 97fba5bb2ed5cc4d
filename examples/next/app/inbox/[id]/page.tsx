import { Review } from '../../../components/review/review.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <Review key={id} id={id} />;
}
