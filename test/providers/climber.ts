import * as ai7 from 'ai';
import * as ai6 from 'ai-v6';
import { z } from 'zod';
import { type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { type ProviderReply, startProviderServer } from '../servers/provider-server.ts';
import { type ProviderModels, providerModels, type Sdk } from '../support/provider-models.ts';
import { type Subject, takesTools } from './subjects.ts';

export const lookUp = ai7.tool({
  description: 'Looks something up.',
  inputSchema: z.object({ query: z.string() }),
  execute: ({ query }) => `found ${query}`,
});

export interface Climb {
  readonly sdk: Sdk;
  readonly kind: 'generate' | 'stream';
  readonly subject: Subject;
  readonly options: (models: ProviderModels) => StagedRetryOptions;
  readonly replies: readonly ProviderReply[];
  /** The text a climb has to end with. */
  readonly ends: (text: string) => boolean;
  /** More of the call. */
  readonly call?: Readonly<Record<string, unknown>>;
  /** Model calls of the agent. @default 1 */
  readonly steps?: number;
  /** Whether the call has tools, before the ladder too. @default where the model takes any */
  readonly hasTools?: boolean;
  /** Whether the chat goes on after the answer. @default true */
  readonly goesOn?: boolean;
  /** Passes over what the bare model would be refused as well. @default false */
  readonly comparesBare?: boolean;
  /** Lets a person decide, and has the request sent again. */
  readonly decide?: (error: unknown) => Promise<boolean>;
}

// What a package cannot send back it says; here it would be said a thousand times.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

type Messages = ai7.ModelMessage[];

const sdkOf = { 'ai@7': ai7, 'ai@6': ai6 as unknown as typeof ai7 };

/** What a model says before the ladder, so that every ladder has a past: thoughts, a search, a call and its result. */
const calling: ProviderAnswer = { reasoning: 'Let me look.', calls: [{ name: 'lookUp', input: '{"query": "past"}' }] };
const telling: ProviderAnswer = { reasoning: 'Now I know.', text: 'Acme it was.' };
const searching: ProviderAnswer = { ...telling, found: 'https://example.com/past' };

/** Climbs ladders before a server that holds the providers' rules. */
export async function createClimber() {
  let replies: readonly ProviderReply[] = [];
  let asked = 0;
  const server = await startProviderServer(() => replies[Math.min(asked++, replies.length - 1)] ?? {});
  const pasts = new Map<string, Promise<Messages>>();

  async function send(climb: Climb, model: unknown, messages: Messages) {
    const { sdk, kind, subject, steps = 1, call = {} } = climb;
    const { generateText, streamText } = sdkOf[sdk];
    const given = {
      model: model as never, // of either major
      messages,
      maxRetries: 0,
      ...(hasTools(climb) ? { tools: { lookUp } } : {}),
      ...(subject.providerOptions === undefined ? {} : { providerOptions: subject.providerOptions as never }),
      stopWhen: (state: { steps: readonly unknown[] }) => state.steps.length >= steps,
      ...call,
    };
    if (kind === 'generate') return outcomeOf(await generateText(given as never));
    const result = streamText({ ...given, onError: () => {} } as never);
    // A failed stream stays open for a while, in which there is nothing to read.
    for await (const part of result.fullStream) if (part.type === 'error') throw part.error;
    return outcomeOf({ text: await result.text, response: await result.response });
  }

  async function sendUntilDecided(climb: Climb, model: unknown, messages: Messages): ReturnType<typeof send> {
    for (;;) {
      try {
        return await send(climb, model, messages);
      } catch (error) {
        if ((await climb.decide?.(error)) !== true) throw error;
      }
    }
  }

  /** What the bare model said in an earlier turn. */
  function pastOf(climb: Climb): Promise<Messages> {
    const key = JSON.stringify([climb.sdk, climb.subject, hasTools(climb)]);
    const known = pasts.get(key) ?? tellPast(climb);
    pasts.set(key, known);
    return known;
  }

  /** Some packages write a search back in a way their provider refuses, whoever asks. */
  async function tellPast(given: Climb): Promise<Messages> {
    const { sdk, subject } = given;
    const bare = providerModels(sdk, server.urlOf)[subject.model];
    const question = { role: 'user', content: 'Who was it?' } as const;
    for (const answer of [searching, telling]) {
      replies = hasTools(given) ? [calling, answer] : [answer];
      asked = 0;
      const climb: Climb = { ...given, kind: 'generate', steps: replies.length, call: {} };
      const told: Messages = [question, ...(await send(climb, bare, [question])).messages];
      const isTaken = await send({ ...climb, steps: 1 }, bare, [...told, question]).then(
        () => true,
        () => false,
      );
      if (isTaken) return told;
    }
    throw new Error(`${subject.model} refuses its own answers.`);
  }

  function broken(before: number): string[] {
    return server.exchanges.slice(before).flatMap((exchange) => exchange.broken);
  }

  /** An agent goes on by itself after a call that cannot be executed. */
  async function isRefusedBare(climb: Climb, messages: Messages): Promise<boolean> {
    const before = server.exchanges.length;
    const bare = providerModels(climb.sdk, server.urlOf)[climb.subject.model];
    replies = [climb.replies[0] ?? {}, climb.replies.at(-1) ?? {}];
    asked = 0;
    const text = await send(climb, bare, messages).then(
      (outcome) => outcome.text,
      () => undefined,
    );
    replies = climb.replies;
    return broken(before).length > 0 || text === undefined || !climb.ends(text);
  }

  return {
    /** The rules the requests broke, and what the climb ended with where that is wrong; nothing where all went well. */
    async climb(climb: Climb): Promise<string[]> {
      const { sdk, subject, ends } = climb;
      const earlier = await pastOf(climb);
      replies = climb.replies;
      asked = 0;
      const models = providerModels(sdk, server.urlOf);
      const model = withStagedRetry(models[subject.model], climb.options(models));
      const messages: Messages = [...earlier, { role: 'user', content: 'Who, as JSON?' }];
      if (climb.comparesBare === true && (await isRefusedBare(climb, messages))) return [];
      const before = server.exchanges.length;
      asked = 0;
      const found: string[] = [];
      try {
        const outcome = await sendUntilDecided(climb, model, messages);
        if (!ends(outcome.text)) found.push(`ended with ${JSON.stringify(outcome.text).slice(0, 200)}`);
        if (climb.goesOn === false) return broken(before);
        await send({ ...climb, call: {} }, model, [
          ...messages,
          ...outcome.messages,
          { role: 'user', content: 'Sure?' },
        ]);
      } catch (error) {
        found.push(`ended with ${error}`);
      }
      return [...broken(before), ...found];
    },
    requests: () => server.exchanges.length,
    close: () => server.close(),
  };
}

function hasTools({ subject, hasTools: has = true }: Climb): boolean {
  return has && takesTools(subject.model);
}

function outcomeOf({ text, response }: { text: string; response: { messages: readonly unknown[] } }) {
  return { text, messages: response.messages as Messages };
}
