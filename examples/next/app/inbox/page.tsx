import { Empty } from '../../components/empty.tsx';

export default function Page() {
  return (
    <Empty title="Open one from the queue">
      <p>
        Press <kbd className="kbd kbd-sm">j</kbd> for the first one, <kbd className="kbd kbd-sm">?</kbd> for all keys.
      </p>
    </Empty>
  );
}
