import type { LanguageModel } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { excludes } from '../../src/checks/index.ts';
import { check, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { ReplayServer } from '../servers/replay-server.ts';
import { describeGenerated, describeStreamed, errorsIn, type ResultDescription } from './describe-result.ts';
import { toolsOf } from './recorded-tools.ts';
import { modelFor, openAiRecordings, type Recording } from './recordings.ts';
import { serveRecordings } from './serve-recordings.ts';

const recordings = openAiRecordings();
const reason = recordings === undefined ? ' (skipped: ../shared/data/provider-recordings is absent)' : '';

const passes: StagedRetryOptions = { checks: [check('passes', () => true)] };

/** Text goes out while it is judged. */
const released: StagedRetryOptions = { checks: [excludes('what no recording says')], delivery: 'live' };

describe.skipIf(recordings === undefined)(`recorded answers through a wrapped OpenAI provider${reason}`, () => {
  let server: ReplayServer;
  beforeAll(async () => {
    server = await serveRecordings(recordings ?? []);
  });
  afterAll(() => server.close());

  const callOf = (recording: Recording, options?: StagedRetryOptions | 'bare') => {
    const bare = modelFor(recording, server.url);
    const model: LanguageModel = options === 'bare' ? bare : withStagedRetry(bare, options);
    return { model, tools: toolsOf(recording) };
  };

  for (const recording of recordings ?? []) {
    test(`${recording.file} streams the same result wrapped, without checks and with one that passes`, async () => {
      const bare = withoutReport(await describeStreamed(callOf(recording, 'bare')));
      const unchecked = callOf(recording);
      const isJudged = Object.keys(unchecked.tools).length > 0;
      expect(withoutReport(await describeStreamed(unchecked))).toEqual(isJudged ? expectedOf(bare) : bare);
      expect(withoutReport(await describeStreamed(callOf(recording, passes)))).toEqual(expectedOf(bare));
    });
  }

  for (const recording of recordings ?? []) {
    test(`${recording.file} gives the same content and messages when it is released live`, async () => {
      const bare = withoutReport(await describeStreamed(callOf(recording, 'bare')));
      if (errorsIn(bare).length > 0) return;
      const { parts: _, steps: __, ...expected } = bare;
      expect(withoutReport(await describeStreamed(callOf(recording, released)))).toMatchObject(expected);
    });
  }

  for (const recording of (recordings ?? []).filter(({ json }) => json !== undefined)) {
    test(`${recording.file} generates the same result wrapped, without checks and with one that passes`, async () => {
      const bare = withoutReport(await describeGenerated(callOf(recording, 'bare')));
      expect(withoutReport(await describeGenerated(callOf(recording)))).toEqual(bare);
      expect(withoutReport(await describeGenerated(callOf(recording, passes)))).toEqual(bare);
    });
  }
});

/** A judged stream that the provider itself cannot read to its end is the provider's failure, for which there is an error. */
function expectedOf(bare: ResultDescription): unknown {
  if (errorsIn(bare).length === 0) return bare;
  const error = { name: 'StagedRetry_ProviderFailedError' };
  const parts = expect.arrayContaining([
    expect.objectContaining({ type: 'error', error: expect.objectContaining(error) }),
  ]);
  return expect.objectContaining({ finishReason: 'error', text: '', parts });
}

/** Our report is the one thing a judged answer has more; where the provider gives no metadata, it is all there is. */
function withoutReport(description: ResultDescription): ResultDescription {
  return JSON.parse(JSON.stringify(description), (name, member: unknown) => {
    if (name === 'stagedRetry') return undefined;
    return name === 'providerMetadata' && isEmpty(member) ? undefined : member;
  });
}

function isEmpty(member: unknown): boolean {
  return typeof member === 'object' && member !== null && Object.keys(member).length === 0;
}
