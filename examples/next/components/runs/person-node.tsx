import { spanOf } from '../../lib/age.ts';
import { formatDuration } from '../../lib/labels.ts';
import type { EscalationView } from '../../lib/run-record.ts';
import { PageLink } from '../page-link.tsx';
import { decisionColor, decisionPast } from '../review/decision-words.ts';
import type { TimeScale } from './time-scale.ts';
import { Leaf, TreeNode } from './trace-tree.tsx';

interface PersonNodeProps {
  readonly escalation: EscalationView;
  readonly place: TimeScale;
}

/** The time that a person took, and what they decided. */
export function PersonNode({ escalation, place }: PersonNodeProps) {
  const { id, state, askedAt, decidedAt, decision, by } = escalation;
  const waitedMs = Date.parse(decidedAt ?? new Date().toISOString()) - Date.parse(askedAt);
  const past = decision === undefined ? undefined : decisionPast[decision as keyof typeof decisionPast];
  return (
    <TreeNode
      isOpen
      title="Review by a person"
      note={
        <span
          className={decision === undefined ? 'text-warning' : decisionColor[decision as keyof typeof decisionColor]}
        >
          {past === undefined ? (state === 'expired' ? 'expired' : 'waiting') : `${past} by ${by ?? 'someone'}`}
        </span>
      }
      time={decidedAt === undefined ? `${spanOf(waitedMs)} so far` : formatDuration(waitedMs)}
      span={place(askedAt, decidedAt === undefined ? 1 : waitedMs)}
      look="bg-person"
    >
      <Leaf title="Escalation">
        <PageLink className="link" href={`/inbox/${id}`}>
          Open it in the inbox
        </PageLink>
      </Leaf>
    </TreeNode>
  );
}
