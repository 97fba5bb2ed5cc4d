import type { ContentPart, Prompt } from '../model/language-model.ts';
import { promptTexts } from '../model/prompt-text.ts';
import { parseJson } from '../trace/parse-json.ts';

/** What was said in a run. */
export interface Said {
  readonly params: { readonly prompt: Prompt };
  readonly toolResults: readonly { readonly output: unknown }[];
  readonly candidates: ReadonlyMap<number, { readonly answer: SaidAnswer }>;
  readonly state: { readonly earlier: { readonly attempts: readonly { readonly text: string }[] } | undefined };
}

interface SaidAnswer {
  readonly text: string;
  readonly content: readonly ContentPart[];
}

const around = Symbol('said');

/** Lets a sink keep back what the run of an event said: nobody else sees it, and no copy of the event has it. */
export function rememberSaid(event: object, said: Said): void {
  Object.defineProperty(event, around, { value: said });
}

/** The prompt, the answers, and what tools returned, of the run an event belongs to. */
export function saidIn(event: object): readonly string[] {
  const { [around]: said } = event as { readonly [around]?: Said };
  return said === undefined ? [] : textsOf(said);
}

/** What the answers of the run an event belongs to say: their texts, what they thought, and what they asked tools for. */
export function answersIn(event: object): readonly string[] {
  const { [around]: said } = event as { readonly [around]?: Said };
  return said === undefined ? [] : [...said.candidates.values()].flatMap(({ answer }) => wordsOf(answer));
}

function wordsOf({ text, content }: SaidAnswer): readonly string[] {
  const beside = content.map((part) =>
    part.type === 'tool-call' ? part.input : part.type === 'reasoning' ? part.text : '',
  );
  return [text, ...beside].flatMap((written) => [written, ...unescaped(written)]);
}

/** JSON whose letters are written as escapes, with the letters. */
function unescaped(text: string): readonly string[] {
  const value = text.includes('\\u') ? parseJson(text)?.value : undefined;
  return value === undefined ? [] : [textOf(value)];
}

/** The prompt, the answers, and what tools returned. */
export function textsOf({ params, toolResults, candidates, state }: Said): readonly string[] {
  return [
    ...saidInPrompt(params.prompt),
    ...toolResults.map(({ output }) => textOf(output)),
    ...[...candidates.values()].flatMap(({ answer }) => wordsOf(answer)),
    ...(state.earlier?.attempts ?? []).map(({ text }) => text),
  ];
}

/** What a prompt says, with what the model thought and what it asked tools for. */
export function saidInPrompt(prompt: Prompt): string[] {
  const own = prompt.flatMap(({ content }) =>
    typeof content === 'string'
      ? []
      : content.map((part) => ('input' in part ? textOf(part.input) : part.type === 'reasoning' ? part.text : '')),
  );
  return [...promptTexts(prompt), ...own];
}

/** A value as the text that words could repeat. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
