import { isObject, type JsonObject, objectsIn } from '../../../examples/practice-server/json.ts';
import { placesOf, type Rule, repeated, rule, wellFormedText } from './rule.ts';

const toolUse = 'https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/implement-tool-use';
const definitions = `${toolUse}#specifying-client-tools`;
const results = `${toolUse}#handling-tool-use-and-tool-result-content-blocks`;
const thinking = 'https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking';
const messagesApi = 'https://docs.anthropic.com/en/api/messages';
const prefill = 'https://docs.claude.com/en/docs/prefill-claudes-response';
/** Where it says which models take the beginning of an answer. */
export const prefillRemoval =
  'https://platform.claude.com/docs/en/about-claude/models/whats-new-claude-4-6#prefill-removal';

/** What Anthropic demands of a Messages request. */
export const anthropicRules: readonly Rule[] = [
  rule(
    'text content blocks must contain non-whitespace text',
    'https://github.com/home-assistant/core/issues/175637',
    ({ body }) => blockPlaces(body, ({ type, text }) => type === 'text' && String(text).trim() === ''),
  ),
  rule(
    'all messages must have non-empty content except for the optional final assistant message',
    'https://github.com/anthropics/claude-code/issues/6774',
    ({ body }) => placesOf(messagesOf(body), ({ content }) => blocksIn(content).length === 0),
  ),
  rule('The first message must use the user role.', `${messagesApi}#body-messages`, ({ body }) =>
    messagesOf(body)[0]?.role === 'user' ? [] : ['messages.0'],
  ),
  rule(
    'This model does not support assistant message prefill. The conversation must end with a user message.',
    prefillRemoval,
    ({ body }) => (messagesOf(body).at(-1)?.role === 'user' || takesPrefill(String(body.model)) ? [] : ['messages']),
  ),
  rule('Prefilling is not supported with extended thinking.', prefill, ({ body }) => {
    const thinks = isObject(body.thinking) && body.thinking.type !== 'disabled';
    return thinks && messagesOf(body).at(-1)?.role === 'assistant' ? ['messages'] : [];
  }),
  rule('final assistant content cannot end with trailing whitespace', prefill, ({ body }) => {
    const last = messagesOf(body).at(-1);
    const { text } = blocksIn(last?.content).at(-1) ?? {};
    return last?.role === 'assistant' && /\s$/.test(String(text)) ? ['messages'] : [];
  }),
  rule('tools: Tool names must be unique.', definitions, ({ body }) =>
    repeated(toolsOf(body).map(({ name }) => String(name))),
  ),
  rule("tools[].name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'", definitions, ({ body }) =>
    [...toolsOf(body), ...blocksOf(body, 'tool_use')]
      .map(({ name }) => String(name))
      .filter((name) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name)),
  ),
  rule(
    "tools[].custom.input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'",
    'https://github.com/anthropics/claude-code/issues/79418',
    ({ body }) =>
      toolsOf(body).flatMap(({ input_schema }) =>
        isObject(input_schema) && isObject(input_schema.properties)
          ? Object.keys(input_schema.properties).filter((key) => !/^[a-zA-Z0-9_.-]{1,64}$/.test(key))
          : [],
      ),
  ),
  rule(
    'tools[].custom.input_schema: type object is required, and oneOf, allOf, or anyOf are not supported at the top level',
    'https://github.com/anthropics/claude-code/issues/40075',
    ({ body }) =>
      toolsOf(body)
        .filter(({ input_schema }) => isObject(input_schema))
        .filter(({ input_schema }) => {
          const schema = input_schema as JsonObject;
          return schema.type !== 'object' || ['oneOf', 'allOf', 'anyOf'].some((keyword) => keyword in schema);
        })
        .map(({ name }) => String(name)),
  ),
  rule('`tool_use` ids must be unique', results, ({ body }) =>
    repeated(blocksOf(body, 'tool_use').map(({ id }) => String(id))),
  ),
  rule("tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'", results, ({ body }) =>
    blocksOf(body, 'tool_use')
      .map(({ id }) => String(id))
      .filter((id) => !/^[a-zA-Z0-9_-]+$/.test(id)),
  ),
  rule('tool_use.input: Input should be a valid dictionary', results, ({ body }) =>
    blocksOf(body, 'tool_use')
      .filter(({ input }) => !isObject(input))
      .map(({ id }) => String(id)),
  ),
  rule('`tool_use` ids were found without `tool_result` blocks immediately after', results, ({ body }) => {
    const messages = messagesOf(body);
    return placesOf(messages, (message, index) => {
      const answered = blocksIn(messages[index + 1]?.content).map(({ tool_use_id }) => tool_use_id);
      return ofType(message, 'tool_use').some(({ id }) => !answered.includes(id));
    });
  }),
  rule('unexpected `tool_use_id` found in `tool_result` blocks', results, ({ body }) => {
    const messages = messagesOf(body);
    return placesOf(messages, (message, index) => {
      const called = blocksIn(messages[index - 1]?.content).map(({ id }) => id);
      return ofType(message, 'tool_result').some(({ tool_use_id }) => !called.includes(tool_use_id));
    });
  }),
  rule('tool_result blocks must come first in the content of a user message', results, ({ body }) =>
    placesOf(messagesOf(body), ({ content }) => {
      const types = blocksIn(content).map(({ type }) => type === 'tool_result');
      return types.lastIndexOf(true) > types.filter(Boolean).length - 1;
    }),
  ),
  rule('Invalid `signature` in `thinking` block', `${thinking}#preserving-thinking-blocks`, ({ body, issued }) =>
    blockPlaces(body, (block) => {
      const thought = thoughtOf(block);
      return thought !== undefined && !issued.has(thought);
    }),
  ),
  rule(
    '`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.',
    'https://github.com/anthropics/claude-code/issues/63574',
    ({ body, answers }) => {
      const latest = messagesOf(body).findLast(({ role }) => role === 'assistant');
      const thoughts = blocksIn(latest?.content)
        .map(thoughtOf)
        .filter((thought) => thought !== undefined);
      if (thoughts.length === 0) return [];
      const original = answers.find(({ content }) =>
        blocksIn(content).some((block) => thoughtOf(block) === thoughts[0]),
      );
      const originals = blocksIn(original?.content)
        .map(thoughtOf)
        .filter((thought) => thought !== undefined);
      return original === undefined || originals.join() === thoughts.join() ? [] : ['messages'];
    },
  ),
  rule(
    'Requests which include `tool_use` or `tool_result` blocks must define tools',
    'https://github.com/anthropics/anthropic-sdk-python/issues/494',
    ({ body }) => (blocksOf(body, 'tool_use').length > 0 && toolsOf(body).length === 0 ? ['tools'] : []),
  ),
  rule('tool_choice: only valid when tools are given', `${messagesApi}#body-tool-choice`, ({ body }) =>
    body.tool_choice !== undefined && toolsOf(body).length === 0 ? ['tool_choice'] : [],
  ),
  rule(
    'Thinking may not be enabled when tool_choice forces tool use.',
    `${thinking}#extended-thinking-with-tool-use`,
    ({ body }) => {
      const isForced = isObject(body.tool_choice) && ['any', 'tool'].includes(String(body.tool_choice.type));
      return isForced && isObject(body.thinking) && body.thinking.type === 'enabled' ? ['tool_choice'] : [];
    },
  ),
  rule(
    'Expected `thinking` or `redacted_thinking`, but found `tool_use`',
    `${thinking}#extended-thinking-with-tool-use`,
    ({ body }) => {
      if (!isObject(body.thinking) || body.thinking.type === 'disabled') return [];
      const messages = messagesOf(body);
      const last = messages.at(-1);
      const isInLoop = last !== undefined && ofType(last, 'tool_result').length > 0;
      const [first] = blocksIn(isInLoop ? messages.at(-2)?.content : undefined);
      return isInLoop && !['thinking', 'redacted_thinking'].includes(String(first?.type))
        ? [`messages.${messages.length - 2}`]
        : [];
    },
  ),
  rule(
    'tool use was found without a corresponding result block',
    'https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool#response',
    ({ body }) =>
      placesOf(messagesOf(body), (message) => {
        const answered = blocksIn(message.content).map(({ tool_use_id }) => tool_use_id);
        return ofType(message, 'server_tool_use').some(({ id }) => !answered.includes(id));
      }),
  ),
  rule(
    "server_tool_use.id: String should match pattern '^srvtoolu_[a-zA-Z0-9_]+$'",
    `${messagesApi}#body-messages`,
    ({ body }) =>
      blocksOf(body, 'server_tool_use')
        .map(({ id }) => String(id))
        .filter((id) => !/^srvtoolu_[a-zA-Z0-9_]+$/.test(id)),
  ),
  wellFormedText,
];

/** Claude takes the beginning of its answer up to 4.5. */
export function takesPrefill(model: string): boolean {
  return /claude-(?:2|3|instant|[a-z]+-4-(?:[0-5](?!\d)|\d{8}))/.test(model);
}

function messagesOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.messages);
}

function toolsOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.tools);
}

function blocksIn(content: unknown): readonly JsonObject[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : objectsIn(content);
}

/** What a thinking block is known by. */
function thoughtOf({ type, signature, data }: JsonObject): string | undefined {
  if (type === 'thinking') return String(signature);
  return type === 'redacted_thinking' ? String(data) : undefined;
}

function ofType({ content }: JsonObject, type: string): readonly JsonObject[] {
  return blocksIn(content).filter((block) => block.type === type);
}

function blocksOf(body: JsonObject, type: string): readonly JsonObject[] {
  return messagesOf(body).flatMap((message) => ofType(message, type));
}

function blockPlaces(body: JsonObject, isBroken: (block: JsonObject) => boolean): string[] {
  return messagesOf(body).flatMap(({ content }, index) =>
    placesOf(blocksIn(content), isBroken, `messages.${index}.content`),
  );
}
