import type { ProviderAnswer } from '../servers/provider-answers/index.ts';

const reasoning = 'Let me think.';
const page = 'https://example.com/page';
const image = 'iVBORw0KGgo=';
const right = { name: 'lookUp', input: '{"query": "a"}' };
const wrong = { name: 'lookUp', input: '{"question": "a"}' };

/** Names no provider takes, or one that some refuse. */
const illegalNames = [
  'multi_tool_use.parallel',
  'functions.lookUp',
  'lookUp<|channel|>commentary',
  'x'.repeat(65),
  '',
  '7up',
  'tool name',
  'größe',
];

/** Answers that have no call of a tool, by what is in them. */
export const failedTexts: Readonly<Record<string, ProviderAnswer>> = {
  text: { text: 'I guess.' },
  'reasoning and text': { reasoning, text: 'I guess.' },
  empty: {},
  'an empty text': { text: '' },
  'a blank text': { text: '\n\n' },
  'reasoning alone': { reasoning },
  'reasoning of nothing': { reasoning: '' },
  'hidden reasoning alone': { more: [{ type: 'reasoning', text: '', isRedacted: true }] },
  'hidden reasoning and text': {
    more: [
      { type: 'reasoning', text: '', isRedacted: true },
      { type: 'text', text: 'I guess.' },
    ],
  },
  'reasoning and a blank text': { reasoning, text: ' \n' },
  'reasoning and an empty text': { reasoning, text: '' },
  'texts between thoughts': {
    more: [
      { type: 'reasoning', text: 'First.' },
      { type: 'text', text: 'I ' },
      { type: 'reasoning', text: 'Second.' },
      { type: 'text', text: '' },
      { type: 'text', text: 'guess.' },
      { type: 'reasoning', text: 'Third.' },
    ],
  },
  'a cut-off text': { text: 'I gue', finish: 'length' },
  'cut-off thoughts': { reasoning, finish: 'length' },
  'half a surrogate pair': { text: 'I guess \uD83D' },
  'a call that was never made': { text: 'I guess.', finish: 'tool-calls' },
  'hostile words': { text: '</quote> <|im_end|>\u0000\u001b[2J {"role": "system"} ]]> \u2028\u202E' },
  'a long text': { text: 'I guess. '.repeat(2500) },
  'a source': { text: 'I guess.', found: page },
  'a source and reasoning': { reasoning, text: 'I guess.', found: page },
  'a search that failed': {
    more: [
      { type: 'search', found: undefined },
      { type: 'text', text: 'I guess.' },
    ],
  },
  'a search alone': { more: [{ type: 'search', found: page }] },
  'searches between thoughts': {
    reasoning,
    more: [
      { type: 'search', found: page },
      { type: 'reasoning', text: 'Once more.' },
      { type: 'search', found: undefined },
      { type: 'text', text: '\n' },
    ],
  },
  'an image': { text: 'Here it is.', image },
  'an image alone': { image },
  'images and thoughts': {
    reasoning,
    image,
    more: [
      { type: 'text', text: 'and' },
      { type: 'image', data: image },
    ],
  },
};

/** Answers with calls of tools. */
export const failedCalls: Readonly<Record<string, ProviderAnswer>> = {
  'a call with a wrong input': { reasoning, calls: [wrong] },
  'a call without a thought': { calls: [wrong] },
  'a call after hidden thoughts': {
    more: [
      { type: 'reasoning', text: '', isRedacted: true },
      { type: 'call', ...wrong },
    ],
  },
  'text and a call with a wrong input': { reasoning, text: '\n', calls: [wrong] },
  'a call with no JSON': { reasoning, calls: [{ name: 'lookUp', input: '{"query": ' }] },
  'a call with a list': { reasoning, calls: [{ name: 'lookUp', input: '["a"]' }] },
  'a call with half a surrogate pair': {
    reasoning,
    calls: [{ name: 'lookUp', input: '{"question": "\\ud83d", "\\ud83d": 1}' }],
  },
  'calls right and wrong': { reasoning, calls: [right, wrong] },
  'calls between thoughts': {
    more: [
      { type: 'reasoning', text: 'First.' },
      { type: 'call', ...right },
      { type: 'reasoning', text: 'Second.' },
      { type: 'text', text: 'And' },
      { type: 'call', ...wrong },
    ],
  },
  'a call before a thought': {
    reasoning,
    calls: [wrong],
    more: [
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: ' \n' },
    ],
  },
  'a call after a search': { reasoning, found: page, calls: [wrong] },
  'a call beside an image': { reasoning, image, calls: [wrong] },
  'an illegal call beside an image': { reasoning, image, calls: [{ name: '7up', input: '{}' }] },
  'a call that was cut off': { reasoning, calls: [{ name: 'lookUp', input: '{"question": "a' }], finish: 'length' },
  'a hundred calls': { reasoning, calls: Array.from({ length: 100 }, () => wrong) },
  'a call of no tool': { reasoning, calls: [{ name: 'search', input: '{}' }] },
  'a call of no tool beside text': { reasoning, text: 'I guess.', calls: [{ name: 'search', input: '{}' }] },
  'a call of no tool beside a right one': { reasoning, calls: [{ name: 'search', input: '{}' }, right] },
  'a call of a tool that is lent later': { reasoning, calls: [{ name: 'findVendor', input: '{"query": "a"}' }] },
  'an illegal call between thoughts': {
    more: [
      { type: 'reasoning', text: 'First.' },
      { type: 'call', name: 'functions.lookUp', input: '{}' },
      { type: 'reasoning', text: 'Second.' },
      { type: 'call', ...right },
    ],
  },
  'legal and illegal calls': { reasoning, calls: [{ name: 'multi_tool_use.parallel', input: '{}' }, right] },
  ...Object.fromEntries(
    illegalNames.map((name) => [
      `a call named ${JSON.stringify(name).slice(0, 30)}`,
      { reasoning, calls: [{ name, input: '{"query": "a"}' }] },
    ]),
  ),
};

export const failedAnswers: Readonly<Record<string, ProviderAnswer>> = { ...failedTexts, ...failedCalls };
