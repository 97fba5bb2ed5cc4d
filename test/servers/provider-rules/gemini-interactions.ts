import { isObject, type JsonObject, objectsIn } from '../../../examples/practice-server/json.ts';
import { placesOf, type Rule, rule, wellFormedText } from './rule.ts';

const interactions = 'https://ai.google.dev/gemini-api/docs/interactions';
const reference = 'https://ai.google.dev/api/interactions-api';

/** What Google demands of a request for an interaction. */
export const geminiInteractionsRules: readonly Rule[] = [
  rule('Every step has content.', reference, ({ body }) =>
    placesOf(stepsOf(body), ({ type, content }) => isSpoken(type) && objectsIn(content).length === 0, 'input'),
  ),
  rule('A text is not empty.', reference, ({ body }) =>
    placesOf(
      stepsOf(body).flatMap(({ content }) => objectsIn(content)),
      ({ type, text }) => type === 'text' && text === '',
      'content',
    ),
  ),
  rule('A function_result answers a function_call by its call_id.', `${interactions}#function-calling`, ({ body }) => {
    const steps = stepsOf(body);
    const called = steps.filter(({ type }) => type === 'function_call').map(({ id }) => String(id));
    const answered = steps
      .flatMap((step) => [step, ...objectsIn(step.content)])
      .filter(({ type }) => type === 'function_result')
      .map(({ call_id }) => String(call_id));
    return [...called.filter((id) => !answered.includes(id)), ...answered.filter((id) => !called.includes(id))];
  }),
  rule('A thought comes back with the signature it came with.', interactions, ({ body, issued }) =>
    placesOf(
      stepsOf(body),
      ({ type, signature }) => type === 'thought' && signature !== undefined && !issued.has(String(signature)),
      'input',
    ),
  ),
  rule('The arguments of a function_call are an object.', reference, ({ body }) =>
    placesOf(stepsOf(body), (step) => step.type === 'function_call' && !isObject(step.arguments), 'input'),
  ),
  rule('An interaction ends with what the user says or a function gave.', interactions, ({ body }) =>
    ['user_input', 'function_result'].includes(String(stepsOf(body).at(-1)?.type)) ? [] : ['input'],
  ),
  wellFormedText,
];

function stepsOf({ input }: JsonObject): readonly JsonObject[] {
  return objectsIn(input);
}

function isSpoken(type: unknown): boolean {
  return type === 'user_input' || type === 'model_output';
}
