import { jsonSchema, type LanguageModel, type ModelMessage, streamText, type ToolSet, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { excludes } from '../../src/checks/index.ts';
import { check, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import { startProviderServer } from '../servers/provider-server.ts';
import { describeStreamed, errorsIn } from '../wire/describe-result.ts';
import { type RecordedAnswer, recordedAnswers } from './recorded-answers.ts';

// Those of OpenAI are in test/wire/provider-recordings.test.ts, with OpenAI's own tools.
const recorded = recordedAnswers()?.filter(({ kind, file }) => kind === 'stream' && !file.startsWith('openai/'));
const reason = recorded === undefined ? ' (skipped: ../shared/data/provider-recordings is absent)' : '';

const ways: Readonly<Record<string, StagedRetryOptions>> = {
  'held until it is judged': { checks: [check('passes', () => true)] },
  'released while it is judged': { checks: [excludes('what no recording says')], delivery: 'live' },
};

const anyInput = tool({ inputSchema: jsonSchema({ type: 'object' }) });

/** What a caller sees of the stream, and the request that the next turn of the conversation makes. */
async function twoTurns(answer: RecordedAnswer, options?: StagedRetryOptions) {
  const server = await startProviderServer(() => ({ raw: answer.raw }));
  const bare = answer.model(server.urlOf(answer.provider), 'ai@7') as LanguageModel;
  const model = options === undefined ? bare : withStagedRetry(bare, options);
  const tools = Object.fromEntries(answer.tools.map((name) => [name, anyInput])) as ToolSet;
  try {
    const described = await describeStreamed({ model, tools });
    if (errorsIn(described).length > 0) return { described, next: undefined };
    const first = streamText({ model, tools, prompt: 'Replay.' });
    const messages: ModelMessage[] = [{ role: 'user', content: 'Replay.' }, ...(await first.response).messages];
    const open = (await first.toolCalls).filter(({ providerExecuted }) => providerExecuted !== true);
    const results = open.map(({ toolCallId, toolName }) => {
      return { type: 'tool-result', toolCallId, toolName, output: { type: 'text', value: 'Looked up.' } } as const;
    });
    if (results.length > 0) messages.push({ role: 'tool', content: results });
    messages.push({ role: 'user', content: 'Go on.' });
    await streamText({ model, tools, messages, onError: () => {} }).consumeStream();
    return { described, next: server.exchanges[2]?.body };
  } finally {
    await server.close();
  }
}

/** Ids the SDK makes up have 16 or 24 letters and digits; our report is all that a judged answer has more. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, member: unknown) => {
    if (name === 'stagedRetry') return undefined;
    if (name === 'providerMetadata' && JSON.stringify(member) === '{}') return undefined;
    return typeof member === 'string' && /^(?:[a-z]+-)?(?:[A-Za-z0-9]{16}|[A-Za-z0-9]{24})$/.test(member)
      ? 'id'
      : member;
  });
}

describe.skipIf(recorded === undefined).each(Object.entries(ways))(`a recorded stream, %s${reason}`, (_, options) => {
  test.each((recorded ?? []).map((answer) => [answer.file, answer] as const))(
    '%s gives the content, the messages and the next request of the bare model',
    async (_, answer) => {
      const bare = await twoTurns(answer);
      if (errorsIn(bare.described).length > 0) return;
      const wrapped = await twoTurns(answer, options);
      const { parts: _parts, steps: _steps, request: _request, ...expected } = bare.described;
      expect(comparable(wrapped.described)).toMatchObject(comparable(expected) as object);
      expect(wrapped.next).toBeDefined();
      expect(comparable(wrapped.next)).toEqual(comparable(bare.next));
    },
  );
});
