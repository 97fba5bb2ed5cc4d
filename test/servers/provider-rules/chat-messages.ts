import { isObject, type JsonObject, objectsIn, textIn } from '../../../examples/practice-server/json.ts';
import { placesOf, type Rule, rule } from './rule.ts';

/*
 * Rules of the Chat Completions dialect, which most providers speak, each with manners of its own.
 */

export function messagesOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.messages);
}

export function callsOf(message: JsonObject): readonly JsonObject[] {
  return objectsIn(message.tool_calls);
}

function functionOf(holder: JsonObject): JsonObject {
  return isObject(holder.function) ? holder.function : {};
}

/** Every name of a tool in the request: declared, chosen, called. */
function toolNamesOf(body: JsonObject): string[] {
  const declared = objectsIn(body.tools)
    .filter(({ type }) => type === 'function')
    .map((tool) => functionOf(tool).name);
  const called = messagesOf(body).flatMap((message) => callsOf(message).map((call) => functionOf(call).name));
  return [...declared, ...called].map(String);
}

export function legalToolNames(source: string, pattern = /^[a-zA-Z0-9_-]{1,64}$/): Rule {
  return rule(`Function names must match ${pattern}.`, source, ({ body }) =>
    toolNamesOf(body).filter((name) => !pattern.test(name)),
  );
}

export function callsAnswered(source: string): Rule {
  return rule(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
    source,
    ({ body }) => {
      const messages = messagesOf(body);
      return placesOf(messages, (message, index) => {
        const answered = answersAfter(messages, index).map(({ tool_call_id }) => tool_call_id);
        return callsOf(message).some(({ id }) => !answered.includes(id));
      });
    },
  );
}

export function answersHaveCalls(source: string): Rule {
  return rule(
    "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
    source,
    ({ body }) => {
      const messages = messagesOf(body);
      return placesOf(messages, ({ role, tool_call_id }, index) => {
        if (role !== 'tool') return false;
        const caller = messages.slice(0, index).findLast((message) => message.role !== 'tool');
        return caller === undefined || !callsOf(caller).some(({ id }) => id === tool_call_id);
      });
    },
  );
}

function answersAfter(messages: readonly JsonObject[], index: number): JsonObject[] {
  const rest = messages.slice(index + 1);
  const end = rest.findIndex(({ role }) => role !== 'tool');
  return rest.slice(0, end === -1 ? undefined : end);
}

export function callIds(says: string, source: string, pattern: RegExp): Rule {
  return rule(says, source, ({ body }) =>
    messagesOf(body)
      .flatMap((message) => [
        ...callsOf(message).map(({ id }) => id),
        ...('tool_call_id' in message ? [message.tool_call_id] : []),
      ])
      .map(String)
      .filter((id) => !pattern.test(id)),
  );
}

/** An assistant message says something or calls something. */
export function assistantSaysSomething(says: string, source: string): Rule {
  return rule(says, source, ({ body }) =>
    placesOf(
      messagesOf(body),
      (message) => message.role === 'assistant' && callsOf(message).length === 0 && textIn(message.content) === '',
    ),
  );
}

export function argumentsAreObjects(source: string): Rule {
  return rule('The arguments of a function call must be a JSON object in a string.', source, ({ body }) =>
    messagesOf(body).flatMap((message) =>
      callsOf(message)
        .map((call) => String(functionOf(call).arguments))
        .filter((text) => !isObjectText(text)),
    ),
  );
}

function isObjectText(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

export function functionParametersAreObjects(source: string): Rule {
  return rule("Function parameters must be a schema of type 'object' with properties.", source, ({ body }) =>
    objectsIn(body.tools)
      .filter(({ type }) => type === 'function')
      .map(functionOf)
      .filter(({ parameters }) => parameters !== undefined && !isPlainObjectSchema(parameters))
      .map(({ name }) => String(name)),
  );
}

/** An object schema with properties, and no choice between schemas at its root. */
export function isPlainObjectSchema(schema: unknown): boolean {
  if (!isObject(schema) || schema.type !== 'object' || !isObject(schema.properties)) return false;
  return ['oneOf', 'anyOf', 'allOf', 'enum', 'not'].every((keyword) => schema[keyword] === undefined);
}

/** JSON mode without the word is refused, lest the model write white space for ever. */
export function jsonModeNamesJson(source: string): Rule {
  return rule(
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    source,
    ({ body }) => {
      const isJsonMode = isObject(body.response_format) && body.response_format.type === 'json_object';
      return isJsonMode && !/json/i.test(JSON.stringify(body.messages)) ? ['response_format'] : [];
    },
  );
}

export function jsonWithoutTools(says: string, source: string): Rule {
  return rule(says, source, ({ body }) => {
    const wantsJson = isObject(body.response_format) && String(body.response_format.type).startsWith('json');
    return wantsJson && objectsIn(body.tools).length > 0 ? ['response_format'] : [];
  });
}

export function rolesAlternate(says: string, source: string): Rule {
  return rule(says, source, ({ body }) => {
    const turns = messagesOf(body).filter(({ role }) => role !== 'system' && role !== 'developer');
    const side = ({ role }: JsonObject) => (role === 'assistant' ? 'assistant' : 'user');
    return placesOf(turns, (message, index) => {
      const previous = turns[index - 1];
      const isNextAnswer = message.role === 'tool' && previous?.role === 'tool';
      return previous !== undefined && !isNextAnswer && side(previous) === side(message);
    });
  });
}

export function endsWithUserOrTool(says: string, source: string): Rule {
  return rule(says, source, ({ body }) => {
    const last = messagesOf(body).at(-1);
    return last?.role === 'user' || last?.role === 'tool' ? [] : ['messages'];
  });
}

/** A strict schema: every object closed, every member required, every value of a type. */
export function strictSchema(source: string): Rule {
  return rule(
    'Invalid schema for response_format: strict schemas are closed, complete and typed.',
    source,
    ({ body }) => {
      const format = isObject(body.response_format) ? body.response_format.json_schema : undefined;
      if (!isObject(format) || format.strict !== true) return [];
      return [...unstrictPlaces(format.schema, '#')];
    },
  );
}

export function* unstrictPlaces(schema: unknown, place: string): Generator<string> {
  if (!isObject(schema)) return;
  const isTyped = ['type', 'anyOf', '$ref', 'enum', 'const'].some((keyword) => schema[keyword] !== undefined);
  if (!isTyped) yield `${place} has no type`;
  if (isObject(schema.properties) || schema.type === 'object') {
    const names = Object.keys(isObject(schema.properties) ? schema.properties : {});
    const required = Array.isArray(schema.required) ? schema.required : [];
    if (schema.additionalProperties !== false) yield `${place} is not closed`;
    if (names.some((name) => !required.includes(name))) yield `${place} does not require all members`;
    for (const name of names) yield* unstrictPlaces((schema.properties as JsonObject)[name], `${place}/${name}`);
  }
  if (schema.type === 'array') yield* unstrictPlaces(schema.items ?? {}, `${place}/items`);
  for (const branch of objectsIn(schema.anyOf)) yield* unstrictPlaces(branch, `${place}/anyOf`);
}
