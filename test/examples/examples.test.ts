import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PracticeServer, startPracticeServer } from '../../examples/practice-server/server.ts';
import { runExample } from './run-example.ts';

describe('the demo', () => {
  let printed: string;
  beforeAll(async () => {
    printed = await runExample('demo.ts');
  });

  test('says which model it runs on', () => {
    expect(printed).toMatch(/^Three invoices for the practice model at http:\/\/127\.0\.0\.1:\d+\/v1/);
  });

  test('gets one invoice right by a retry', () => {
    expect(story(printed, 'INV-2041')).toEqual([
      'attempt 1  stage retry',
      '✗ adds-up /currency',
      '✗ adds-up /total',
      'attempt 2  stage retry',
      '✓ passes the checks',
      'answer',
      '2 attempts',
    ]);
  });

  test('gets one right by a tool of the MCP server', () => {
    expect(story(printed, 'INV-2042')).toEqual([
      'attempt 1  stage retry',
      '✗ in-the-books /vendorId',
      'attempt 2  stage retry',
      '✗ in-the-books /vendorId',
      'tool lookUpVendor({"name":"Harbor Light Trading"})',
      'attempt 3  stage tools',
      '✓ passes the checks',
      'answer',
      '3 attempts',
    ]);
    expect(printed).toContain('"vendorId":"V-20417"');
  });

  test('gets one right by a person', () => {
    expect(story(printed, 'INV-2043').slice(-7)).toEqual([
      'escalation',
      '✗ adds-up /total',
      'decision retry by the script',
      'attempt 5  stage human',
      '✓ passes the checks',
      'answer',
      '5 attempts',
    ]);
    expect(printed).toContain('"unitPrice":128.5');
  });

  test('is plain where there is no terminal', () => {
    expect(printed).not.toContain('\u001b');
  });
});

describe('the demo with a key', () => {
  let server: PracticeServer;
  beforeAll(async () => {
    server = await startPracticeServer();
  });
  afterAll(() => server.close());

  test('asks the model of OPENAI_MODEL at OPENAI_BASE_URL by Chat Completions', async () => {
    const env = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'llama' };
    const printed = await runExample('demo.ts', env);
    expect(printed).toContain(`Three invoices for llama at ${server.url}.`);
    expect(printed.match(/^ {2}answer/gm)).toHaveLength(3);
    expect(server.requests).toHaveLength(11);
    for (const { path, body } of server.requests) {
      expect({ path, model: body?.model }).toEqual({ path: '/v1/chat/completions', model: 'llama' });
    }
  });
});

test('checked.ts prints both attempts and the typed output', async () => {
  const printed = await runExample('checked.ts');
  expect(printed).toMatch(
    /^attempt 1: fail\n {2}Invalid option: .*\n {2}Invalid input: .*\nattempt 2: pass\n1284\.5 EUR\n$/,
  );
});

test('stream.ts streams the accepted answer and nothing of the rejected one', async () => {
  const [json = '', report] = (await runExample('stream.ts')).trim().split('\n');
  expect(JSON.parse(json)).toMatchObject({ currency: 'EUR', total: 1284.5 });
  expect(report).toMatch(/^\d\d parts, accepted in attempt [23] of stage retry$/);
});

test('escalation-listener.ts hears of the escalation and of the decision', async () => {
  expect((await runExample('escalation-listener.ts')).trim().split('\n')).toEqual([
    expect.stringMatching(/^to the team: [\w-]{24}: The lines add up to 2048, the total says 1636\.$/),
    'event: 2 attempts failed',
    'pending: 1 issue',
    'event: ada decided: edit',
    'answer: Fisher & Sons Print, 1688 GBP',
  ]);
});

test('mcp.ts looks the vendor up in the third attempt', async () => {
  expect((await runExample('mcp.ts')).trim().split('\n')).toEqual([
    'attempt 1 (retry): fail',
    'attempt 2 (retry): fail',
    'tool lookUpVendor: {"name":"Harbor Light Trading"}',
    'attempt 3 (tools): pass',
    'answer: Harbor Light Trading is V-20417',
  ]);
});

test('telemetry.ts prints the trace of a run, below the spans of the SDK', async () => {
  expect((await runExample('telemetry.ts')).trimEnd().split('\n')).toEqual([
    'invoke_agent gpt-5-mini',
    '  step 1',
    '    chat gpt-5-mini',
    expect.stringMatching(/^ {6}staged_retry\.run {2}stage=tools outcome=accepted attempts=3 output_tokens=\d+$/),
    '        · staged_retry.stage_end  stage=retry attempts=2 reason=attempts-used',
    '        · staged_retry.stage_end  stage=tools attempts=1 reason=accepted',
    expect.stringMatching(/^ {8}staged_retry\.attempt {2}stage=retry verdict=fail output_tokens=\d+$/),
    expect.stringMatching(/^ {10}· gen_ai\.evaluation\.result {2}name=in-the-books explanation=\/vendorId: Correct/),
    expect.stringMatching(/^ {8}staged_retry\.attempt {2}stage=retry verdict=fail/),
    expect.stringContaining('· gen_ai.evaluation.result  name=in-the-books'),
    expect.stringMatching(/^ {8}staged_retry\.attempt {2}stage=tools verdict=pass/),
    '          execute_tool lookUpVendor',
  ]);
});

/** What happened to one invoice: the first words of each line, without the answers' text. */
function story(printed: string, invoice: string): readonly string[] {
  const [section = ''] = printed.split('\n\n').filter((text) => text.startsWith(invoice));
  const words =
    /^ +(attempt \d {2}stage \w+|[✗✓] [^:]+|tool \S+\([^)]*\)|decision [^:]+|escalation|answer|\d attempts)/;
  return section.split('\n').flatMap((line) => words.exec(line)?.[1] ?? []);
}
