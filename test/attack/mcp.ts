import { fileURLToPath } from 'node:url';
import { lendTools, retry, withStagedRetry } from '../../src/index.ts';
import { mcpServers } from '../../src/mcp/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { type Attack, lineOf, tried, unhandledOf } from './attack.ts';
import { longestBlock } from './longest-block.ts';

const program = fileURLToPath(new URL('./programs/hostile-mcp.ts', import.meta.url));

const ways = [
  'dies at once',
  'dies when it lists',
  'dies when it is called',
  'hangs when it is called',
  'floods',
  'lists no tools',
  'has a huge schema',
  'has a deep schema',
  'has a schema that is none',
  'has a schema that refers to itself',
  'has a name of a prototype',
  'answers no JSON',
  'answers at length',
  'answers nonsense',
  'gives orders',
  // These take as long as a server may take to connect.
  'hangs at once',
  'hangs when it lists',
];

/** Real MCP servers over stdio that mean no good: the run goes on without them, in time. */
export const mcp: Attack = async (options) => {
  let worst = { ms: 0, what: '' };
  const { result, unhandled } = await unhandledOf(() =>
    tried({ ...options, tries: Math.min(options.tries, ways.length) }, async (_, number) => {
      const how = ways[(number + options.seed) % ways.length] ?? '';
      const model = scriptedModel([
        'bad',
        { content: [{ type: 'tool-call', toolCallId: '1', toolName: 'look', input: '{}' }] },
        'good',
      ]);
      const servers = { mcpServers: { hostile: { command: process.execPath, args: [program, how] } } };
      const wrapped = withStagedRetry(model, {
        checks: [{ name: 'good', test: ({ text }) => text === 'good' || 'Say good.' }],
        stages: [
          retry({ attempts: 1 }),
          lendTools({ attempts: 1, tools: mcpServers(servers), timeout: 1000 }),
          retry({ name: 'again', attempts: 2 }),
        ],
      });
      let failure: string | undefined;
      const ms = await longestBlock(async () => {
        const asking = wrapped.doGenerate({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'Go on.' }] }] });
        const late = new Promise<never>((_resolve, reject) =>
          setTimeout(() => reject(new Error('no answer in 50 s')), 50_000).unref(),
        );
        try {
          const { content } = await Promise.race([asking, late]);
          const text = content.map((part) => ('text' in part ? part.text : '')).join('');
          if (text !== 'good') failure = `went out: ${text.slice(0, 40)}`;
        } catch (error) {
          failure = lineOf(error);
        }
      });
      // The first one loads what is needed.
      if (number > 0 && ms > worst.ms) worst = { ms, what: how };
      return failure === undefined ? undefined : `a server that ${how}: ${failure}`;
    }),
  );
  const figures = { 'longest block': `${Math.round(worst.ms)} ms (${worst.what})` };
  return { ...result, failures: [...result.failures, ...unhandled], figures };
};
