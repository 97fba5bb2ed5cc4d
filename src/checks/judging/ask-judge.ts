import { quote, quotingNote } from '../../feedback/feedback.ts';
import { askForJson, type JsonQuestion } from './ask-for-json.ts';
import type { NamedRubric } from './rubrics.ts';
import { type JudgeVerdict, verdictSchema } from './verdict-schema.ts';

export interface Question extends Omit<JsonQuestion, 'system' | 'prompt' | 'schema' | 'accepts'> {
  readonly rubrics: readonly NamedRubric[];
  /** What is judged, in a word. */
  readonly subject: 'answer' | 'request';
  readonly request: string;
  readonly answer: string;
}

/** Asks a judge for a verdict. Rejects when none that fits its schema comes. */
export async function askJudge(question: Question): Promise<JudgeVerdict> {
  const nonce = crypto.randomUUID().slice(0, 8);
  const schema = verdictSchema(question.rubrics);
  const accepts = verdictSchema(question.rubrics, 'may lack path');
  const asked = { ...question, system: systemOf(question, nonce), prompt: promptOf(question, nonce), schema, accepts };
  return (await askForJson(asked)) as JudgeVerdict; // it fits the schema
}

function systemOf({ rubrics, subject }: Question, nonce: string): string {
  const isSeveral = rubrics.length > 1;
  const shown = rubrics.map(({ name, text }) => (isSeveral ? `- ${name}: ${text}` : text)).join('\n');
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
