import { expect, test } from 'vitest';
import { check, fallback, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { says } from '../fixtures.ts';

const right = check('right', ({ text }) => text === 'Acme.' || 'Say Acme.');

const required = { type: 'required' };
const search = { type: 'tool', toolName: 'search' };
const anthropic = 'anthropic/claude-sonnet-4-5';

test.each<
  [string, provider: string, modelId: string, id: string, own: boolean, choice: object, sent: object | undefined]
>([
  ['its own tool', 'openai.responses', 'gpt-5', 'openai.web_search', false, required, required],
  ['a tool of who made its model', 'azure.responses', 'gpt-5', 'openai.web_search', false, search, search],
  ['a tool of another', 'anthropic.messages', 'claude', 'openai.web_search', false, required, undefined],
  [
    'a tool of another beside the own',
    'anthropic.messages',
    'claude',
    'openai.web_search',
    true,
    search,
    { type: 'auto' },
  ],
  ['the own beside a tool of another', 'anthropic.messages', 'claude', 'openai.web_search', true, required, required],
  ['a tool that a gateway hands on', 'gateway', anthropic, 'anthropic.web_search', false, search, search],
  ['a tool that a gateway does not hand on', 'gateway', anthropic, 'openai.web_search', false, search, undefined],
  ['a tool of a provider nobody hosts', 'xai.responses', 'grok-4', 'xai.x_search', false, search, search],
  ['a tool of a provider nobody else hosts', 'groq.chat', 'llama', 'xai.x_search', false, search, undefined],
])(
  'a fallback keeps to the choice of %s as far as its provider can',
  async (_, provider, modelId, id, own, choice, sent) => {
    const other = scriptedModel(['Acme.'], { provider, modelId });
    const model = withStagedRetry(says('I guess.'), {
      checks: [right],
      stages: [fallback({ model: other, attempts: 1 })],
    });
    const search = { type: 'provider', name: 'search', id, args: {} };
    const ask = { type: 'function', name: 'ask', inputSchema: { type: 'object' } };
    const tools = own ? [search, ask] : [search];
    await model.doGenerate({ prompt: [{ role: 'user', content: [] }], tools, toolChoice: choice } as never);
    expect(other.calls[0]?.toolChoice).toEqual(sent);
  },
);
