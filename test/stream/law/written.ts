import type { Random } from '../../faults/simulation/random.ts';

/** The value as one of the many ways in which models write JSON. */
export function written(value: unknown, right: unknown, random: Random): string {
  const json = JSON.stringify(value, undefined, random.pick([0, 1]));
  if (random.chance(0.5)) return json;
  return random.pick(ways)({ json, value, isRight: value === right, draft: JSON.stringify(draftOf(right)) });
}

interface Way {
  readonly json: string;
  readonly value: unknown;
  readonly isRight: boolean;
  /** Another answer, that is not meant. */
  readonly draft: string;
}

const ways: readonly ((way: Way) => string)[] = [
  ({ json }) => `Here it is:\n\n${json}\n\nAnything else?`,
  ({ json }) => `\`\`\`json\n${json}\n\`\`\``,
  ({ json }) => `\n \`\`\`\n${json}\n\`\`\`\n`,
  ({ json }) => `\`\`\`json\n${json}`,
  ({ json }) => `${json}\n\`\`\``,
  ({ json }) => `  \n${json}  `,
  ({ json }) => `\uFEFF${json}`,
  ({ json, draft }) => `<think>Maybe ${draft}. No.</think>${json}`,
  ({ json, draft }) => `For example ${draft}, or so.\n\n${json}`,
  ({ json }) => `[${json}]`,
  ({ json }) => `{"answer":${json}}`,
  ({ json }) => json.replaceAll('true', 'True'),
  ({ json }) => `${json.slice(0, -1)},${json.slice(-1)}`,
  ({ json }) => json.replaceAll(/:\s*(\d+(?:\.\d+)?|true)(?=[,}\s])/g, ':"$1"'),
  ({ json }) => json.replaceAll('"', "'").replaceAll("\\'", '"'),
  ({ json }) => json.replaceAll('\\"', '"'),
  ({ json }) => json.replaceAll(/[^ -~\n\r\t]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ({ json, value }) => (isObject(value) ? JSON.stringify(reversed(value)) : json),
  ({ json, isRight }) => (isRight ? `${json}\ncount: 99` : json),
  ({ json, isRight, draft }) => (isRight ? `${json}\n${draft}` : json),
  ({ json }) => `${json}${json}`,
  () => '',
  () => 'I would rather not.',
];

function draftOf(right: unknown): unknown {
  if (!isObject(right)) return right;
  return Object.fromEntries(
    Object.entries(right).map(([name, value]) => [name, typeof value === 'string' ? 'Paris' : value]),
  );
}

function reversed(value: object): object {
  return Object.fromEntries(Object.entries(value).toReversed());
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
