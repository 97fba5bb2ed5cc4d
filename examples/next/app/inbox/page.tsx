import { NothingOpen } from '../../components/inbox/nothing-open.tsx';

export default function Page() {
  return <NothingOpen />;
}
