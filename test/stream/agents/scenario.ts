import { jsonSchema, type Tool, tool } from 'ai';
import type { ContentPart } from '../../../src/model/language-model.ts';
import type { Random } from '../../faults/simulation/random.ts';
import type { Answer } from '../law/answer.ts';

const schema = jsonSchema({ type: 'object', properties: { n: { type: 'number' } }, required: ['n'] });
const look: Tool = tool({ inputSchema: schema, execute: (input) => ({ seen: (input as { n: number }).n }) });

export const tools = { look, read: look };

/** The words that no text of an accepted answer has. */
export const forbidden = 'forbidden';

/** The answers to each step of an agent, of which all but the last are refused. */
export function stepsOf(random: Random): readonly (readonly Answer[])[] {
  const length = random.between(1, 3);
  return Array.from({ length }, (_, index) => (index === length - 1 ? lastStep(random) : callingStep(random, index)));
}

function callingStep(random: Random, step: number): readonly Answer[] {
  const right = calling(random, `${step}-2`, true);
  if (random.chance(0.5)) return [right];
  return [random.chance(0.4) ? wrongText(random) : calling(random, `${step}-1`, false), right];
}

function lastStep(random: Random): readonly Answer[] {
  const right = saying(random, 'The answer is seven, as far as I see.');
  return random.chance(0.5) ? [wrongText(random), right] : [right];
}

/** One call or two, with text before and behind them. */
function calling(random: Random, id: string, isRight: boolean): Answer {
  const call = (index: number, input: string): ContentPart => {
    return { type: 'tool-call', toolCallId: `call-${id}-${index}`, toolName: random.pick(['look', 'read']), input };
  };
  const calls = Array.from({ length: random.between(1, 2) }, (_, index) => call(index, `{"n":${index}}`));
  const wrong = () =>
    calls.with(random.between(0, calls.length - 1), call(9, random.pick(['{"n":{}}', '{"n":"many"}', '{}'])));
  return {
    content: [...thoughts(random), ...texts(random, 0.7), ...(isRight ? calls : wrong()), ...texts(random, 0.3)],
    finishReason: 'tool-calls',
  };
}

function wrongText(random: Random): Answer {
  return saying(random, `The answer is ${random.pick(['seven, ', ''])}${forbidden}, and more.`);
}

function saying(random: Random, text: string): Answer {
  return { content: [...thoughts(random), { type: 'text', text }], finishReason: 'stop' };
}

function thoughts(random: Random): ContentPart[] {
  return random.chance(0.3) ? [{ type: 'reasoning', text: `So ${random.between(1, 99)}.` }] : [];
}

function texts(random: Random, probability: number): ContentPart[] {
  const text = random.pick(['Let me look. ', 'I will look now.', 'One moment, please.', 'Let me look. And read it.']);
  return random.chance(probability) ? [{ type: 'text', text }] : [];
}
