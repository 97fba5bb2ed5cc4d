import { isObject, type JsonObject, objectsIn } from '../../../examples/practice-server/json.ts';
import { placesOf, type Rule, repeated, rule, wellFormedText } from './rule.ts';

const api = 'https://ai.google.dev/api/caching#Content';
const functions = 'https://ai.google.dev/gemini-api/docs/function-calling';
const signatures = 'https://ai.google.dev/gemini-api/docs/thought-signatures';

/** Stands for a signature that is not there: https://ai.google.dev/gemini-api/docs/thought-signatures#faqs */
const skipped = 'skip_thought_signature_validator';

/** What Google demands of a generateContent request. */
export const geminiRules: readonly Rule[] = [
  rule('contents.parts must not be empty.', api, ({ body }) =>
    placesOf(contentsOf(body), ({ parts }) => objectsIn(parts).length === 0, 'contents'),
  ),
  rule('Unable to submit request because it must have a text parameter.', api, ({ body }) =>
    contentsOf(body).flatMap(({ parts }, index) =>
      placesOf(
        objectsIn(parts),
        (part) => part.text === '' && part.thoughtSignature === undefined,
        `contents.${index}`,
      ),
    ),
  ),
  rule(
    'Please ensure that multiturn requests end with a user role or a function response.',
    'https://github.com/songquanpeng/one-api/issues/836',
    ({ body }) => (contentsOf(body).at(-1)?.role === 'user' ? [] : ['contents']),
  ),
  rule(
    'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
    'https://github.com/google-gemini/gemini-cli/issues/26956',
    ({ body }) => {
      const contents = contentsOf(body);
      return placesOf(
        contents,
        (content, index) => callsOf(content).length > 0 && contents[index - 1]?.role !== 'user',
        'contents',
      );
    },
  ),
  rule(
    'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
    `${functions}#parallel_function_calling`,
    ({ body }) => {
      const contents = contentsOf(body);
      return placesOf(
        contents,
        (content, index) => {
          const previous = contents[index - 1];
          const called = previous === undefined ? 0 : callsOf(previous).length;
          const answered = partsOf(content, 'functionResponse').length;
          return (called > 0 || answered > 0) && called !== answered;
        },
        'contents',
      );
    },
  ),
  rule(
    'Invalid function name. Must start with a letter or an underscore. Must be a-z, A-Z, 0-9, or contain underscores, dots, colons and dashes, with a maximum length of 64.',
    'https://googleapis.github.io/java-genai/javadoc/google-genai/com.google.genai.types/-function-declaration/-builder/name.html',
    ({ body }) =>
      [
        ...declarationsOf(body),
        ...contentsOf(body).flatMap((content) => [...callsOf(content), ...partsOf(content, 'functionResponse')]),
      ]
        .map(({ name }) => String(name))
        .filter((name) => !/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/.test(name)),
  ),
  rule('Duplicate function declaration found.', `${functions}#function-declarations`, ({ body }) =>
    repeated(declarationsOf(body).map(({ name }) => String(name))),
  ),
  rule(
    "Function calling with a response mime type: 'application/json' is unsupported",
    'https://github.com/googleapis/js-genai/issues/727',
    ({ body }) => {
      const config = isObject(body.generationConfig) ? body.generationConfig : {};
      return config.responseMimeType === 'application/json' && declarationsOf(body).length > 0 ? ['tools'] : [];
    },
  ),
  rule('Function call is missing a thought_signature in functionCall parts.', signatures, ({ body, path, issued }) => {
    if (!wantsSignatures(path)) return [];
    const contents = contentsOf(body);
    const turn = contents.findLastIndex(
      (content) => content.role === 'user' && partsOf(content, 'functionResponse').length === 0,
    );
    return placesOf(
      contents,
      (content, index) => {
        const first = objectsIn(content.parts).find((part) => part.functionCall !== undefined);
        return index > turn && first !== undefined && !isSigned(first, issued);
      },
      'contents',
    );
  }),
  rule('Image part is missing a thought_signature.', `${signatures}#model-behavior`, ({ body, path, issued }) =>
    (wantsSignatures(path) ? contentsOf(body) : []).flatMap(({ role, parts }, index) =>
      placesOf(
        objectsIn(parts),
        (part) => role === 'model' && part.inlineData !== undefined && !isSigned(part, issued),
        `contents.${index}`,
      ),
    ),
  ),
  wellFormedText,
];

/** Models before Gemini 3 sign, and do not insist. */
function wantsSignatures(path: string): boolean {
  return path.includes('gemini-3');
}

function contentsOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.contents);
}

function partsOf({ parts }: JsonObject, name: string): readonly JsonObject[] {
  return objectsIn(objectsIn(parts).map((part) => part[name]));
}

function callsOf(content: JsonObject): readonly JsonObject[] {
  return partsOf(content, 'functionCall');
}

function declarationsOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.tools).flatMap(({ functionDeclarations }) => objectsIn(functionDeclarations));
}

function isSigned({ thoughtSignature }: JsonObject, issued: ReadonlySet<string>): boolean {
  return thoughtSignature === skipped || issued.has(String(thoughtSignature));
}
