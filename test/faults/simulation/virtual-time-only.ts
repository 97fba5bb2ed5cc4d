import { createHash } from 'node:crypto';
import 'ai';
// What loads when it is first used is there before the virtual time begins.
import '../../../src/answers/read-answer.ts';
import '../../../src/cache/cache.ts';
import '../../../src/errors/escalation-pending-error.ts';
import '../../../src/errors/messages.ts';
import '../../../src/feedback/clean-prompt.ts';
import '../../../src/incremental/prototype-member.ts';
import '../../../src/limits/meter.ts';
import '../../../src/provider/keeping-released.ts';
import '../../../src/provider/limited-call.ts';
import '../../../src/provider/metered-model.ts';
import '../../../src/provider/request-stream.ts';
import '../../../src/reading/index.ts';
import '../../../src/run/ask-person.ts';
import '../../../src/run/deliver-unaccepted.ts';
import '../../../src/run/give-up.ts';
import '../../../src/run/guard-prompt.ts';
import '../../../src/run/observe.ts';
import '../../../src/run/resume.ts';
import '../../../src/run/run-stream.ts';
import '../../../src/run/stage-context.ts';
import '../../../src/run/through-cache.ts';
import '../../../src/stages/choice-for.ts';
import { afterAll, beforeAll, vi } from 'vitest';

/** Keeps real time out of the simulated runs of a test file. */
export function virtualTimeOnly(): void {
  beforeAll(() => {
    // Digests come from a thread, whose time is not ours.
    vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (_, data) => {
      return new Uint8Array(
        createHash('sha256')
          .update(data as Uint8Array)
          .digest(),
      ).buffer;
    });
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });
}
