import { generateText, type LanguageModel, streamText, type ToolSet } from 'ai';
import { objectsIn } from '../../examples/practice-server/json.ts';

/** All that a caller sees of a result, as plain data to compare: without times, headers and ids made up on the way. */
export type ResultDescription = { readonly [member: string]: unknown };

/** The errors a description tells of: a rejection of the call, and error parts of the stream. */
export function errorsIn({ error, parts }: ResultDescription): readonly unknown[] {
  const failed = objectsIn(parts).filter(({ type }) => type === 'error');
  return [...(error === undefined ? [] : [error]), ...failed.map((part) => part.error)];
}

/** What both descriptions are made with. */
export interface DescribedCall {
  readonly model: LanguageModel;
  readonly tools?: ToolSet;
  /** @default 'Replay.' */
  readonly prompt?: string;
}

/** Describes what `generateText` gives; a rejection is described too. */
export async function describeGenerated(call: DescribedCall): Promise<ResultDescription> {
  try {
    return plain(membersOf(await generateText(settingsOf(call))));
  } catch (error) {
    return plain({ error });
  }
}

/** Describes what `streamText` gives: the parts of its full stream, then the settled members of the result. */
export async function describeStreamed(call: DescribedCall): Promise<ResultDescription> {
  const result = streamText({ ...settingsOf(call), onError: () => undefined });
  const parts: unknown[] = [];
  for await (const part of result.fullStream) parts.push(part);
  const settled = Object.entries(membersOf(result)).map(async ([name, member]) => {
    return [name, await Promise.resolve(member).catch((error: unknown) => ({ rejected: error }))] as const;
  });
  return plain({ parts, ...Object.fromEntries(await Promise.all(settled)) });
}

function settingsOf({ model, tools = {}, prompt = 'Replay.' }: DescribedCall) {
  return { model, prompt, maxRetries: 0, ...(Object.keys(tools).length > 0 && { tools }) };
}

type Result = Record<(typeof MEMBERS)[number], unknown>;

const MEMBERS = [
  'content',
  'text',
  'reasoning',
  'reasoningText',
  'sources',
  'files',
  'toolCalls',
  'toolResults',
  'finishReason',
  'rawFinishReason',
  'usage',
  'totalUsage',
  'warnings',
  'providerMetadata',
  'request',
  'response',
  'steps',
] as const;

function membersOf(result: Result): Record<string, unknown> {
  return Object.fromEntries(MEMBERS.map((name) => [name, result[name]]));
}

/** Members that no two runs share: times, and the id of the call itself. */
const ONE_TIME = new Set(['timestamp', 'headers', 'performance', 'callId']);

/** Ids the SDK makes up have 16 or 24 letters and digits, alone or after a prefix. */
const MADE_UP_ID = /^(?:[a-z]+-)?(?:[A-Za-z0-9]{16}|[A-Za-z0-9]{24})$/;

function plain(value: Record<string, unknown>): ResultDescription {
  const ids = new Map<string, string>();
  return JSON.parse(
    JSON.stringify(value, (name, member: unknown) => {
      if (ONE_TIME.has(name)) return undefined;
      if (member instanceof Error) return { name: member.name, message: member.message };
      if (member instanceof Uint8Array) return Buffer.from(member).toString('base64');
      const isId = name === 'id' || name === 'toolCallId' || name === 'sourceId';
      if (!isId || typeof member !== 'string' || !MADE_UP_ID.test(member)) return member;
      if (!ids.has(member)) ids.set(member, `made-up-${ids.size + 1}`);
      return ids.get(member);
    }),
  );
}
