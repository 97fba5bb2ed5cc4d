import { isObject, type JsonObject, objectsIn } from '../../examples/practice-server/json.ts';

/** The JSON Schemas of a request's tools by name, in any provider's spelling. */
export function readToolSchemas(request: JsonObject): ReadonlyMap<string, JsonObject> {
  const declared = objectsIn(request.tools).flatMap((tool) => {
    const declarations = [...objectsIn(tool.functionDeclarations), ...objectsIn(tool.function_declarations)];
    if (declarations.length > 0) return declarations;
    return [[tool.function, tool.toolSpec, tool].find(isObject) ?? tool];
  });
  return new Map(declared.map((tool) => [String(tool.name), inputSchemaOf(tool)]));
}

/** The JSON Schema of the output a request asks for, wherever the provider puts it. */
export function readOutputSchema({ messages: _messages, tools: _tools, ...rest }: JsonObject): JsonObject | undefined {
  return findSchema(rest);
}

function inputSchemaOf(tool: JsonObject): JsonObject {
  const names = [
    'parameters',
    'parametersJsonSchema',
    'parameters_json_schema',
    'input_schema',
    'inputSchema',
    'schema',
  ];
  const schema = names.map((name) => tool[name]).find(isObject) ?? {};
  return asJsonSchema(isObject(schema.json) ? schema.json : schema);
}

function findSchema(value: JsonObject): JsonObject | undefined {
  for (const [name, member] of Object.entries(value)) {
    if (!isObject(member)) continue;
    if (/schema$/i.test(name) && ['type', 'properties', '$ref', 'anyOf'].some((word) => word in member)) {
      if (!isObject(member.schema)) return asJsonSchema(member);
    }
    const found = findSchema(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Google spells types in capitals, as OpenAPI's proto form does. */
function asJsonSchema(schema: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    name === 'type' && typeof value === 'string' && /^[A-Z]+$/.test(value) ? value.toLowerCase() : value,
  );
}
