import type { LanguageModel, ToolSet } from 'ai';
import { quote, quotingNote } from '../../feedback/feedback.ts';
import { readJson } from '../../reading/index.ts';
import type { NamedRubric } from './rubrics.ts';
import { type JudgeVerdict, verdictSchema } from './verdict-schema.ts';

export interface Question {
  readonly model: LanguageModel;
  readonly rubrics: readonly NamedRubric[];
  /** What is judged, in a word. */
  readonly subject: 'answer' | 'request';
  readonly request: string;
  readonly answer: string;
  readonly tools: ToolSet | undefined;
  readonly maxSteps: number;
  readonly signal: AbortSignal;
  /** Before each try, and told what it came to. */
  readonly open: () => void;
  readonly pay: (usage: { outputTokens?: number | undefined; totalTokens?: number | undefined }) => void;
}

/** A verdict that does not fit its schema is asked for once more. */
const mostTries = 2;

/** Asks a judge for a verdict. Rejects when none that fits its schema comes. */
export async function askJudge(question: Question): Promise<JudgeVerdict> {
  const schema = verdictSchema(question.rubrics);
  const nonce = crypto.randomUUID().slice(0, 8);
  let prompt = promptOf(question, nonce);
  for (let count = 1; ; count += 1) {
    question.open();
    const text = await textOf(question, { system: systemOf(question, nonce), prompt, schema });
    const verdict = readJson(text, schema);
    if (verdict !== undefined) return verdict.value as JudgeVerdict; // it fits the schema
    if (count === mostTries) throw new Error('The judge gave no verdict that fits its schema.');
    prompt = `${promptOf(question, nonce)}\n\nAnswer with one JSON value by this schema, and nothing around it:\n${JSON.stringify(schema)}`;
  }
}

async function textOf(
  { model, tools, maxSteps, signal, pay }: Question,
  { system, prompt, schema }: { system: string; prompt: string; schema: object },
): Promise<string> {
  const { generateText, jsonSchema, NoObjectGeneratedError, Output } = await import('ai');
  try {
    const { text, totalUsage } = await generateText({
      model,
      system,
      prompt,
      output: Output.object({ schema: jsonSchema(schema) }),
      abortSignal: signal,
      ...(tools === undefined
        ? {}
        : { tools, stopWhen: ({ steps }: { steps: unknown[] }) => steps.length >= maxSteps }),
    });
    pay(totalUsage);
    return text;
  } catch (error) {
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    pay(error.usage ?? {});
    return error.text ?? '';
  }
}

function systemOf({ rubrics, subject }: Question, nonce: string): string {
  const [first] = rubrics;
  const isSeveral = rubrics.length > 1;
  const shown = isSeveral ? rubrics.map(({ name, text }) => `- ${name}: ${text}`).join('\n') : (first?.text ?? '');
  const what = subject === 'answer' ? 'the answer of a language model' : 'a request to a language model';
  return [
    `You judge ${what} by ${isSeveral ? 'rubrics, each on its own' : 'a rubric'}. ${quotingNote(nonce)}`,
    `Judge by what the rubric${isSeveral ? 's say' : ' says'} alone: length, layout and a sure tone are neither a merit nor a fault${isSeveral ? ', and the order of the rubrics means nothing' : ''}.`,
    `Rubric${isSeveral ? 's' : ''}:\n${shown}`,
  ].join('\n\n');
}

function promptOf({ subject, request, answer }: Question, nonce: string): string {
  if (subject === 'request') return `The request:\n${quote(answer, nonce)}`;
  return `The request:\n${quote(request, nonce)}\n\nThe answer:\n${quote(answer, nonce)}`;
}
