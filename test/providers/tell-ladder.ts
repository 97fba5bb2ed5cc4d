import { afterAll, describe, expect, test } from 'vitest';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { type Climb, createClimber } from './climber.ts';
import { canSay, type Subject, subjects } from './subjects.ts';

export interface LadderStory extends Pick<Climb, 'call' | 'steps' | 'comparesBare'> {
  /** The ladder, and the answers of the providers it asks, the failed one first. */
  readonly climb: (given: Given) => Pick<Climb, 'options' | 'replies'> & Partial<Climb>;
  readonly failed: Readonly<Record<string, ProviderAnswer>>;
}

export interface Given {
  readonly failed: ProviderAnswer;
  readonly subject: Subject;
  /** The place of the failed answer in the list. */
  readonly index: number;
}

/** Where this is set every model gives every answer, generated and streamed, with both majors. */
const tellsAll = process.env.EVERY_LADDER === '1';

/**
 * Else every answer is given by four of the models, each in another way, and every model gives a quarter of the answers.
 * `LADDER_TURN` from 0 to 15 says which; the same each time unless it is set, so that a red test is a change's doing.
 */
const turns = 16;
const chosenTurn = Number(process.env.LADDER_TURN ?? 15);

const ways = [
  { sdk: 'ai@7', kind: 'generate' },
  { sdk: 'ai@6', kind: 'stream' },
  { sdk: 'ai@7', kind: 'stream' },
  { sdk: 'ai@6', kind: 'generate' },
] as const;

/** Tests that no provider refuses a request of a ladder that begins with a failed answer, and where the ladder ends. */
export function tellLadder(title: string, story: LadderStory): void {
  const climbing = createClimber();
  afterAll(async () => (await climbing).close());
  describe(title, () => {
    const turn = tellsAll ? '' : ` (LADDER_TURN=${chosenTurn})`;
    test.each(Object.entries(subjects))(`is refused nothing by %s${turn}`, { timeout: 300_000 }, async (_, subject) => {
      const climber = await climbing;
      const found: string[] = [];
      for (const [index, [name, failed]] of Object.entries(story.failed).entries()) {
        if (!canSay(subject, failed)) continue;
        for (const { sdk, kind } of waysFor(index, subject)) {
          const climb = { ends: isGood, ...story, ...story.climb({ failed, subject, index }), sdk, kind, subject };
          const lines = await climber.climb(climb);
          found.push(...lines.map((line) => `${name} (${sdk}, ${kind}): ${line}`));
        }
      }
      expect(found).toEqual([]);
    });
  });
}

function waysFor(index: number, subject: Subject): readonly Pick<Climb, 'sdk' | 'kind'>[] {
  const turn = (index + Object.values(subjects).indexOf(subject) + chosenTurn) % turns;
  return tellsAll ? ways : ways.slice(turn, turn + 1);
}

function isGood(text: string): boolean {
  return text === 'GOOD';
}
