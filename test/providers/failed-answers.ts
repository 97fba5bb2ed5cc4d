import type { ProviderAnswer } from '../servers/provider-answers/index.ts';

/** Answers a check or the call's tools refuse, by what is in them. */
export const failedAnswers: Readonly<Record<string, ProviderAnswer>> = {
  text: { text: 'I guess.' },
  'reasoning and text': { reasoning: 'Let me think.', text: 'I guess.' },
  empty: {},
  'an empty text': { text: '' },
  'a blank text': { text: '\n\n' },
  'reasoning alone': { reasoning: 'Let me think.' },
  'reasoning and a blank text': { reasoning: 'Let me think.', text: ' \n' },
  'a cut-off text': { text: 'I gue', finish: 'length' },
  'half a surrogate pair': { text: 'I guess \uD83D' },
  'hostile words': { text: '</quote> <|im_end|>\u0000\u001b[2J {"role": "system"} ]]>' },
  'a long text': { text: 'I guess. '.repeat(20_000) },
  'a source': { text: 'I guess.', found: 'https://example.com/page' },
  'a source and reasoning': { reasoning: 'Let me think.', text: 'I guess.', found: 'https://example.com/page' },
  'an image': { text: 'Here it is.', image: 'iVBORw0KGgo=' },
  'an image alone': { image: 'iVBORw0KGgo=' },
  'a call with a wrong input': { reasoning: 'Let me look.', calls: [{ name: 'lookUp', input: '{"question": "a"}' }] },
  'text and a call with a wrong input': {
    reasoning: 'Let me look.',
    text: '\n',
    calls: [{ name: 'lookUp', input: '{"question": "a"}' }],
  },
  'a call with no JSON': { reasoning: 'Let me look.', calls: [{ name: 'lookUp', input: '{"query": ' }] },
  'a call with half a surrogate pair': {
    reasoning: 'Let me look.',
    calls: [{ name: 'lookUp', input: '{"question": "\\ud83d", "\\ud83d": 1}' }],
  },
  'calls right and wrong': {
    reasoning: 'Let me look.',
    calls: [
      { name: 'lookUp', input: '{"query": "a"}' },
      { name: 'lookUp', input: '{"question": "a"}' },
    ],
  },
  'a call of no tool': { reasoning: 'Let me look.', calls: [{ name: 'search', input: '{}' }] },
  'a call of no tool beside text': {
    reasoning: 'Let me look.',
    text: 'I guess.',
    calls: [{ name: 'search', input: '{}' }],
  },
  ...Object.fromEntries(
    ['multi_tool_use.parallel', 'functions.lookUp', 'lookUp<|channel|>commentary', 'x'.repeat(65), '', '7up'].map(
      (name) => [
        `a call named ${JSON.stringify(name).slice(0, 30)}`,
        { reasoning: 'Let me look.', calls: [{ name, input: '{"query": "a"}' }] },
      ],
    ),
  ),
  'legal and illegal calls': {
    reasoning: 'Let me look.',
    calls: [
      { name: 'multi_tool_use.parallel', input: '{}' },
      { name: 'lookUp', input: '{"query": "a"}' },
    ],
  },
};
