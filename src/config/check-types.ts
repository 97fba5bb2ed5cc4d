import { InvalidArgumentError } from '@ai-sdk/provider';
import type { FlexibleSchema } from 'ai';
import { type Check, check } from '../checks/check.ts';
import { languages } from '../checks/code/languages.ts';
import * as factories from '../checks/index.ts';
import { compiledStandardSchema } from '../checks/json.ts';
import type { JudgeBudget } from '../checks/judging/judge-budget.ts';
import type { OpenApiVersion } from '../checks/open-api.ts';
import { mistakeIn } from '../checks/plan/schema-mistake.ts';
import { compileRegExp } from '../incremental/patterns/compile-pattern.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import { issueKinds } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import type { Price } from '../trace/price.ts';
import type { AnyCheckOptions, CheckOptionsByType } from './check-config.ts';
import type { EntryType } from './entry-type.ts';
import {
  anything,
  duration,
  either,
  flag,
  listOf,
  mapOf,
  members,
  number,
  type OptionsOf,
  oneOf,
  oneOrMore,
  placed,
  required,
  someText,
  text,
} from './option.ts';
import { modelOf, schemaOf, toolsOf } from './registry.ts';
import { unresolvedReference } from './unresolved-reference.ts';

/** What every entry may say. */
export const anyCheckOptions: OptionsOf<AnyCheckOptions> = {
  name: someText('Unique on a model. Default: the type.'),
  severity: oneOf(['error', 'warning'], 'A warning is told, and the answer is delivered.'),
  after: listOf(text(), 'The names of the checks that must have passed first.'),
  timeoutMs: duration('How long the check may take, in milliseconds. Default: 30000.'),
};

const place = placed(text('A place in a JSON answer: `vendor.id` or the JSON pointer `/vendor/id`.'));
const places = placed(
  oneOrMore(text(), 'A place in a JSON answer, or a list: `vendor.id` or the JSON pointer `/vendor/id`.'),
);
const model = required(text('The name of a model of the registry.'));
const sources = listOf(text(), 'Texts that count beside the prompt, its text files and what tools returned.');
const message = text('What to tell the model instead.');
const textAt = placed(
  text('Where a JSON answer has the text; `lines.*.name` is that of each line. Default: the whole text.'),
);
const linking = {
  protocols: listOf(text(), 'Default: https and http.'),
  hosts: listOf(text(), 'The only hosts to link to, with the hosts below them.'),
  reachable: either(flag(), members<{ readonly timeoutMs?: number }>({ timeoutMs: duration() }), 'Asks for each page.'),
};
const textList = {
  texts: required(oneOrMore(someText())),
  message,
  path: textAt,
  ignoreCase: flag('Default: false.'),
};
const dialect = oneOf(['postgresql', 'mysql', 'sqlite'], 'Default: postgresql.');
const statementAt = placed(text('Where a JSON answer has the statement. Default: the whole text, or its code blocks.'));

/** The built-in checks by their types. */
export const checkTypes: {
  readonly [TYPE in keyof CheckOptionsByType]: EntryType<CheckOptionsByType[TYPE], Check>;
} = {
  citations: {
    description: 'References lead to given sources, and quotations stand in them.',
    options: {
      sources: required(either(mapOf(text()), listOf(text()), 'Texts by their ids; a list is numbered from 1.')),
      required: flag('Whether the answer must have a reference.'),
      members: members(
        { source: required(text()), quote: required(text()) },
        'The members of a JSON answer that name a source and quote it.',
      ),
    },
    make: (options) => factories.citations(options),
  },
  code: {
    description: 'The code parses.',
    options: {
      language: required(oneOf(Object.keys(languages) as (keyof typeof languages)[])), // its keys
      path: place,
    },
    make: (options) => factories.code(options),
  },
  contains: {
    description: 'The text contains each of the texts.',
    options: textList,
    make: ({ texts, ...options }) => factories.contains(texts, options),
  },
  excludes: {
    description: 'The text contains none of the texts.',
    options: textList,
    make: ({ texts, ...options }) => factories.excludes(texts, options),
  },
  fieldPresent: {
    description: 'A JSON answer has something at each of the places; `lines.*.price` is the price of each line.',
    options: {
      paths: places,
      kind: oneOf(issueKinds, 'The kind of its issues. Default: content.'),
      absent: placed(oneOrMore(text(), 'Places that must have nothing.')),
      equals: placed(mapOf(anything(), 'JSON values that must stand at places.')),
    },
    make: ({ paths = [], ...options }) => factories.fieldPresent(paths, options),
  },
  finished: {
    description: 'No length limit, content filter or broken response cut the answer off.',
    options: {},
    make: () => factories.finished(),
  },
  grounded: {
    description: 'What the answer says is in its sources.',
    options: {
      sources,
      ignore: placed(listOf(text(), "Places that are the model's own to say: `summary`, `lines.*.id`.")),
      derived: placed(listOf(text(), 'Places whose values are computed.')),
      tolerance: number("How far a number may be from a source's, as a share of it. Default: 0."),
    },
    make: (options) => factories.grounded(options),
  },
  json: { description: 'The answer is one JSON value.', options: {}, make: () => factories.json() },
  judge: {
    description: 'A second model judges the answer by rubrics.',
    options: {
      model,
      rubric: required(
        either(text(), mapOf(text()), 'What makes an answer good, in words: one text, or several by name.'),
      ),
      tools: oneOrMore(text(), 'Names of tools of the registry that the judge may use.'),
      maxSteps: number('Model calls the judge may take with its tools. Default: 4.'),
      samples: number('Verdicts that are asked for, an odd number; what most of them find counts. Default: 1.'),
      budget: members<JudgeBudget>(
        { calls: number(), outputTokens: number(), totalTokens: number(), usd: number('Needs price.') },
        'What it may spend in a run.',
      ),
      price: members<Price>(
        {
          input: required(number()),
          output: required(number()),
          cachedInput: number(),
          cacheWrite: number(),
          reasoning: number(),
        },
        'What its model costs, in USD per million tokens.',
      ),
    },
    make: ({ model: name, tools, ...options }, registry) =>
      factories.judge({
        ...options,
        model: modelOf(registry, name),
        ...(tools === undefined ? {} : { tools: toolsOf(registry, tools) }),
      }),
  },
  language: {
    description: 'The answer is in one of the languages.',
    options: { languages: required(oneOrMore(text(), 'ISO 639-1 codes.')) },
    make: ({ languages: codes }) => factories.language(codes),
  },
  length: {
    description: 'The text is neither too short nor too long.',
    options: { min: number(), max: number(), unit: oneOf(['characters', 'words'], 'Default: characters.') },
    make: (options) => factories.length(options),
  },
  links: {
    description: 'The links of the text are URLs of allowed protocols and hosts.',
    options: linking,
    make: (options) => factories.links(options),
  },
  matches: {
    description: 'The text matches a regular expression.',
    options: {
      pattern: required(text('Without slashes.')),
      flags: text('`i` ignores case.'),
      message,
      path: textAt,
      backtracking: flag('Only in code: a pattern of a configuration must not be able to block the event loop.'),
    },
    make: ({ pattern, flags, backtracking, ...options }) => {
      if (backtracking === true) throw invalid('backtracking', blocking);
      return factories.matches(regExpOf(pattern, flags), options);
    },
  },
  maxTokens: {
    description: 'The text has at most so many tokens, estimated.',
    options: { tokens: required(number()) },
    make: ({ tokens }) => factories.maxTokens(tokens),
  },
  noContradiction: {
    description: 'The answer contradicts neither itself nor its sources.',
    options: { model, sources },
    make: ({ model: name, ...options }, registry) =>
      factories.noContradiction({ ...options, model: modelOf(registry, name) }),
  },
  noRefusal: {
    description: 'The answer does not decline the request.',
    options: {},
    make: () => factories.noRefusal(),
  },
  noSecrets: {
    description: 'The text has no keys, tokens, passwords, private keys, card or account numbers.',
    options: { allow: listOf(text(), 'Texts that only look like secrets.') },
    make: (options) => factories.noSecrets(options),
  },
  notEmpty: {
    description: 'The answer has text that is not blank, or a file.',
    options: {},
    make: () => factories.notEmpty(),
  },
  openApi: {
    description: 'The answer is an OpenAPI document.',
    options: { version: text<OpenApiVersion>('2.0, 3.0, 3.1, 3.2, or 3.1.1. Default: any version.'), path: place },
    make: (options) => factories.openApi(options),
  },
  schema: {
    description: 'The answer fits a schema.',
    options: {
      schema: required(
        either(
          text(),
          anything<Readonly<Record<string, unknown>>>({ type: 'object' }),
          'A JSON Schema, or the name of a schema of the registry.',
        ),
      ),
      incremental: flag('Releases a stream while it is judged.'),
    },
    make: ({ schema, incremental }, registry) =>
      check({
        name: 'schema',
        schema: typeof schema === 'string' ? schemaOf(registry, schema) : fromJsonSchema(schema),
        ...(incremental === undefined ? {} : { incremental }),
      }),
  },
  sql: {
    description: 'The SQL parses and names tables and columns that there are.',
    options: { dialect, schema: mapOf(listOf(text()), 'Tables and their columns.'), path: statementAt },
    make: (options) => factories.sql(options),
  },
  sqlSafe: {
    description: 'The answer is one SQL statement that does nothing but what is allowed.',
    options: {
      dialect,
      allow: listOf(oneOf(['select', 'insert', 'update', 'delete']), 'Default: select.'),
      tables: listOf(text(), 'The only tables that may be read or written.'),
      columns: listOf(text(), 'The only columns that may be named.'),
      functions: listOf(text(), 'The only functions that may be called.'),
      path: statementAt,
    },
    make: (options) => factories.sqlSafe(options),
  },
  toolInputs: {
    description: 'Tool calls name a tool there is, with an input that fits its schema.',
    options: { unknownMembers: oneOf(['judge', 'allow']) },
    make: (options) => factories.toolInputs(options),
  },
  url: {
    description: 'There is a URL at each of the places of a JSON answer.',
    options: { paths: required(places), ...linking },
    make: ({ paths, ...options }) => factories.url(paths, options),
  },
};

const blocking =
  'backtracking: true can block the process for ever, so it works in code alone. Write the pattern without back-references, or put the check into registry.checks.';

/** @throws InvalidArgumentError that names the option, and not what only code can say. */
function regExpOf(pattern: string, flags: string | undefined): RegExp {
  const from = (option: string, source: string): RegExp => {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      throw invalid(option, `Correct ${option}: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  from('flags', '');
  const made = from('pattern', pattern);
  const compiled = compileRegExp(made);
  if (compiled.type === 'runs') return made;
  const said = `The pattern ${made} does not run in linear time: ${compiled.reason}`;
  throw invalid('pattern', `${said}. Write it otherwise, or put the check into registry.checks.`);
}

/** @throws InvalidArgumentError for what is no JSON Schema, or refers to one that is not in it. */
function fromJsonSchema(schema: object): FlexibleSchema {
  const mistake = mistakeIn(schema);
  if (mistake !== undefined)
    throw invalid('schema', `The JSON Schema is not valid at ${jsonPointer(mistake.path)}. ${mistake.message}`);
  const elsewhere = unresolvedReference(schema);
  if (elsewhere === undefined) return compiledStandardSchema(schema, compileSchema(schema));
  const said = `The JSON Schema refers to ${JSON.stringify(elsewhere)}, which is not in it, and nothing is loaded`;
  throw invalid('schema', `${said}: put that schema into $defs and refer to "#/$defs/…".`);
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
