import type { ModelMessage } from 'ai';
import { expect, test } from 'vitest';
import { excludes } from '../../src/checks/index.ts';
import type { Check } from '../../src/index.ts';
import type { ContentPart } from '../../src/model/language-model.ts';
import { seeded } from '../faults/simulation/random.ts';
import { play } from './agents/play.ts';
import { forbidden, stepsOf } from './agents/scenario.ts';

const runs = Number(process.env.AGENT_RUNS ?? 250);
const firstSeed = Number(process.env.AGENT_SEED ?? 1);

const whole = { length: () => 400, reusesIds: false, streamsInputs: true, interleaves: false };

test.each<[what: string, checks: readonly Check[], second: string, said: readonly string[]]>([
  ['another text that nothing judges', [], 'I will look.', ['Let me look. ', 'I will look.', 'call', 'Behind it.']],
  ['one that goes on', [], 'Let me look. And read.', ['Let me look. ', 'And read.', 'call', 'Behind it.']],
  ['another text', [excludes('no')], 'I will look.', ['Let me look.', 'I will look.', 'call', 'Behind it.']],
  ['one that goes on', [excludes('no')], 'Let me look. And read.', ['Let me look. And read.', 'call', 'Behind it.']],
])(
  'text behind a call stays there, where the first call was wrong, and the second has %s',
  async (_, checks, second, said) => {
    const call = (input: string): ContentPart => ({ type: 'tool-call', toolCallId: 'c', toolName: 'look', input });
    const text = (words: string): ContentPart => ({ type: 'text', text: words });
    const answers = [
      { content: [text('Let me look. '), call('{}')], finishReason: 'tool-calls' },
      { content: [text(second), call('{"n":1}'), text('Behind it.')], finishReason: 'tool-calls' },
      { content: [text('Seen.')], finishReason: 'stop' },
    ];
    const { messages } = await play(answers, whole, { checks });
    expect(partsIn(messages[0]).map((part) => part.text ?? 'call')).toEqual(said);
  },
);

/*
 * The steps of an agent are those of the bare model that gives the accepted answers at once: the same calls, results and
 * last text in the same messages. What was shown of a refused answer stands before the calls, and nothing is lost.
 */
test(`${runs} agents whose first answers are refused have the messages of the bare model`, {
  timeout: 120_000,
}, async () => {
  const broken: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const random = seeded(seed);
    const steps = stepsOf(random);
    const longest = random.pick([1, 4, 16, 400]);
    const cutting = {
      length: () => longest,
      reusesIds: random.chance(0.3),
      streamsInputs: random.chance(0.8),
      interleaves: false,
    };
    const isJudged = random.chance(0.6) || JSON.stringify(steps).includes(forbidden);
    const delivery = random.pick(['auto', 'live', 'buffer'] as const);
    const bare = await play(
      steps.map((answers) => answers.at(-1) ?? never()),
      cutting,
    );
    const options = { checks: isJudged ? [excludes(forbidden)] : [], delivery };
    const wrapped = await play(steps.flat(), cutting, options);
    const found = [...wrapped.faults];
    if (wrapped.text !== bare.text) found.push('another text');
    if (JSON.stringify(wrapped.messages.map(callsIn)) !== JSON.stringify(bare.messages.map(callsIn)))
      found.push('other messages');
    for (const [index, message] of wrapped.messages.entries()) {
      if (!saysAlike(message, bare.messages[index], delivery === 'buffer')) found.push(`another message ${index}`);
    }
    if (found.length > 0) broken.push(`AGENT_SEED=${seed} (${delivery}): ${found.join(', ')}`);
  }
  expect(broken).toEqual([]);
});

interface Part {
  readonly type: string;
  readonly text?: string;
}

function partsIn(message: ModelMessage | undefined): readonly Part[] {
  const content = (message?.content ?? []) as string | readonly Part[];
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return parts.filter(({ type }) => type !== 'reasoning');
}

function callsIn(message: ModelMessage) {
  return [
    message.role,
    partsIn(message)
      .filter(({ type }) => type !== 'text')
      .map(withoutMetadata),
  ];
}

function withoutMetadata(part: Part) {
  return { ...part, providerOptions: undefined };
}

/** Whether the texts are the same before the calls and behind them, but for what was shown of another answer. */
function saysAlike(message: ModelMessage, other: ModelMessage | undefined, isHeld: boolean): boolean {
  const [before, behind] = textsOf(message);
  const [wantedBefore, wantedBehind] = textsOf(other);
  if (isHeld) return before === wantedBefore && behind === wantedBehind;
  // A text that says again what was shown is not shown again; one behind the calls may go on from there.
  const isShown = before.trim().endsWith(wantedBefore.trim()) || before.startsWith(wantedBefore.trim());
  if (isShown && behind === wantedBehind) return true;
  return wantedBefore === '' && behind === '' && before.endsWith(wantedBehind);
}

function textsOf(message: ModelMessage | undefined): readonly [before: string, behind: string] {
  const parts = partsIn(message);
  const call = parts.findIndex(({ type }) => type === 'tool-call');
  const textIn = (some: readonly Part[]) => some.map(({ text = '' }) => text).join('');
  return call === -1 ? [textIn(parts), ''] : [textIn(parts.slice(0, call)), textIn(parts.slice(call))];
}

function never(): never {
  throw new Error('Each step has an answer.');
}
