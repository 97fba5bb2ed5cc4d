import type { LanguageModel } from './language-model.ts';

/** What a provider refuses that others take, or wants that others do not. */
export interface ProviderTraits {
  /** Its models know no tools. */
  readonly knowsNoTools?: boolean;
  /** A turn that goes on after tool results begins with the model's own thoughts. */
  readonly wantsOwnThoughts?: boolean;
  /** What was thought before a call goes back, were it nothing. */
  readonly wantsEmptyThoughts?: boolean;
  /** A JSON response format beside tools is refused. */
  readonly refusesFormatWithTools?: boolean;
  /** Members of a tool's input, and of an answer, have names of letters, digits, `_`, `.` and `-`. */
  readonly refusesPointers?: boolean;
  /** Its package, of ai@6, sends back what the provider executed as a call of a function, with no response to it. */
  readonly losesExecuted?: boolean;
  /** The most tools a request may have. */
  readonly maxTools?: number;
  /** Its package sends each text of a tool's result as a response of its own, and a file as none. */
  readonly splitsResults?: boolean;
}

/** By the name a provider package, or a gateway before it, has for the provider. */
const traits: readonly (readonly [RegExp, ProviderTraits])[] = [
  // https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking#extended-thinking-with-tool-use
  [/anthropic|bedrock/, { wantsOwnThoughts: true, refusesPointers: true }],
  // https://api-docs.deepseek.com/guides/thinking_mode#tool-calls
  [/^deepseek/, { wantsOwnThoughts: true, wantsEmptyThoughts: true }],
  // https://github.com/googleapis/js-genai/issues/727
  [/^(?:google|vertex)(?!.*anthropic)/, { refusesFormatWithTools: true, losesExecuted: true, splitsResults: true }],
  // https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools
  [/^(?:openai|azure)[^/]*\.chat|^openai\//, { maxTools: 128 }],
  // https://docs.x.ai/docs/guides/function-calling
  [/^xai/, { maxTools: 200 }],
  // https://console.groq.com/docs/structured-outputs, https://console.groq.com/docs/api-reference#chat-create
  [/^groq/, { refusesFormatWithTools: true, maxTools: 128 }],
  // https://docs.perplexity.ai/api-reference/chat-completions-post
  [/^perplexity/, { knowsNoTools: true }],
];

/** These hand a request on to the provider that the model's id begins with. */
const gateways = /^(?:gateway|openrouter)/;

export function traitsOf({ provider, modelId }: Pick<LanguageModel, 'provider' | 'modelId'>): ProviderTraits {
  const name = gateways.test(provider) ? modelId : provider;
  return Object.assign({}, ...traits.map(([names, given]) => (names.test(name) ? given : {})));
}
