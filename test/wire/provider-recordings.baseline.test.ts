import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplayServer } from '../servers/replay-server.ts';
import { describeGenerated, describeStreamed, errorsIn, type ResultDescription } from './describe-result.ts';
import { toolsOf } from './recorded-tools.ts';
import { modelFor, openAiRecordings, type Recording } from './recordings.ts';
import { serveRecordings } from './serve-recordings.ts';

const recordings = openAiRecordings();
const reason = recordings === undefined ? ' (skipped: ../shared/data/provider-recordings is absent)' : '';

describe.skipIf(recordings === undefined)(`recorded answers through the bare OpenAI provider${reason}`, () => {
  let server: ReplayServer;
  beforeAll(async () => {
    server = await serveRecordings(recordings ?? []);
  });
  afterAll(() => server.close());

  const callOf = (recording: Recording) => ({ model: modelFor(recording, server.url), tools: toolsOf(recording) });

  for (const recording of recordings ?? []) {
    test(`${recording.file} streams the same result twice`, async () => {
      const first = await describeStreamed(callOf(recording));
      expect(await describeStreamed(callOf(recording))).toEqual(first);
      expect(unexpectedErrors(first, recording)).toEqual([]);
    });
  }

  for (const recording of (recordings ?? []).filter(({ json }) => json !== undefined)) {
    test(`${recording.file} generates the same result twice`, async () => {
      const first = await describeGenerated(callOf(recording));
      expect(await describeGenerated(callOf(recording))).toEqual(first);
      expect(unexpectedErrors(first, recording)).toEqual([]);
    });
  }
});

/** The provider validates what it reads, and may refuse the dialects of others, but never OpenAI's own answers. */
function unexpectedErrors(description: ResultDescription, { provider }: Recording): readonly unknown[] {
  const isDialect = (error: unknown) => /AI_TypeValidationError|Invalid JSON response/.test(JSON.stringify(error));
  return errorsIn(description).filter((error) => provider === 'openai' || !isDialect(error));
}
