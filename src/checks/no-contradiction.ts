import { InvalidArgumentError } from '@ai-sdk/provider';
import { inTurns } from '../effects/in-turns.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { excerpt } from '../feedback/excerpt.ts';
import { quote, quotingNote } from '../feedback/feedback.ts';
import { type ModelInput, resolveModelNow } from '../model/resolve-model.ts';
import type { Check } from './check.ts';
import { wordsOf } from './evidence/fold.ts';
import { wordIndexOf } from './evidence/word-index.ts';
import { type Sources, sourceTexts } from './grounded.ts';

/** Which model looks for contradictions, and between which texts. */
export interface NoContradictionOptions {
  /** The model that looks for contradictions. */
  readonly model: ModelInput;
  /**
   * Texts that the answer must not contradict, in addition to the prompt, its text files and what tools returned.
   * @default []
   */
  readonly sources?: Sources;
  /** The check's name; unique on a model. @default 'noContradiction' */
  readonly name?: string;
  /** The names of the checks that must pass first. @default [] */
  readonly after?: readonly string[];
  /** How long the check of one answer may take, in milliseconds. @default 30_000 */
  readonly timeoutMs?: number;
}

interface Contradiction {
  readonly answer: string;
  readonly other: string;
  readonly message: string;
}

const longestText = 200_000;

const schema = {
  type: 'object',
  properties: {
    contradictions: {
      type: 'array',
      description: 'Pairs of passages that cannot both be true; empty when there are none.',
      items: {
        type: 'object',
        properties: {
          answer: { type: 'string', description: 'The passage of the answer, word for word.' },
          other: {
            type: 'string',
            description: 'The passage that says otherwise, word for word: of the answer or of the material.',
          },
          message: { type: 'string', description: 'One imperative sentence that says what to change in the answer.' },
        },
        required: ['answer', 'other', 'message'],
        additionalProperties: false,
      },
    },
  },
  required: ['contradictions'],
  additionalProperties: false,
} as const;

/**
 * The answer contradicts neither itself nor its sources. A model looks for pairs of contradicting passages. A pair
 * counts only if both passages occur word for word where the model says.
 *
 * @throws InvalidArgumentError without a model.
 * @example noContradiction({ model: openai('gpt-5-mini') })
 */
export function noContradiction(options: NoContradictionOptions): Check {
  refuseBadOptions('noContradiction', options, {
    model: true,
    sources: true,
    name: 'string',
    after: 'list',
    timeoutMs: 'number',
  });
  const { model, sources = [], name = 'noContradiction', after, timeoutMs = 30_000 } = options;
  if (model === undefined || model === null)
    throw new InvalidArgumentError({ argument: 'model', message: 'noContradiction() needs a model.' });
  if (typeof sources !== 'function' && !(Array.isArray(sources) && sources.every((text) => typeof text === 'string')))
    throw new InvalidArgumentError({
      argument: 'sources',
      message: 'noContradiction() takes sources: a list of texts, or a function that returns one.',
    });
  if (typeof model !== 'string') resolveModelNow(model);
  return {
    name,
    ...(after === undefined ? {} : { after }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs }),
    async test(answer, context) {
      const { text } = answer;
      if (text.length > longestText)
        return `Shorten the answer to at most ${longestText} characters; a longer one is not judged.`;
      const given = typeof sources === 'function' ? await sources(context) : sources;
      const texts = [...sourceTexts(answer, context), ...given];
      const deadline = AbortSignal.timeout(timeoutMs);
      const { abortSignal } = context;
      const { askForJson } = await import('./judging/ask-for-json.ts');
      const nonce = crypto.randomUUID().slice(0, 8);
      const { contradictions } = (await askForJson({
        model: await context.metered(model),
        system: `You look for contradictions: two passages that cannot both be true, in the answer, or in the answer and the material. ${quotingNote(nonce)} What one of them leaves open is no contradiction.`,
        prompt: `The material:\n${quote(excerpt(texts.join('\n\n'), longestText), nonce)}\n\nThe answer:\n${quote(text, nonce)}`,
        schema,
        signal: abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]),
      })) as { contradictions: readonly Contradiction[] }; // it fits the schema
      const everything = [text, ...texts].join('\n\n');
      const own = await inTurns(wordIndexOf(text), { length: text.length, abortSignal });
      const all = await inTurns(wordIndexOf(everything), { length: everything.length, abortSignal });
      return contradictions
        .map((found) => ({ ...found, words: wordsOf(found.answer), otherWords: wordsOf(found.other) }))
        .filter(
          ({ words, otherWords }) =>
            words.length > 0 && otherWords.length > 0 && words.join(' ') !== otherWords.join(' '),
        )
        .filter(({ words, otherWords }) => own.hasPhrase(words) && all.hasPhrase(otherWords))
        .map(({ message, answer: said, other }) => ({
          message: `${message.trim() === '' ? 'Settle the contradiction.' : message} ${JSON.stringify(said)} contradicts ${JSON.stringify(other)}.`,
        }));
    },
  };
}
