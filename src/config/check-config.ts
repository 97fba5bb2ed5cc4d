import type { CitationsOptions } from '../checks/citations.ts';
import type { CodeOptions } from '../checks/code.ts';
import type { FieldPresentOptions } from '../checks/field-present.ts';
import type { GroundedOptions } from '../checks/grounded.ts';
import type { JudgeOptions } from '../checks/judge.ts';
import type { LengthOptions } from '../checks/length.ts';
import type { LinkOptions } from '../checks/links.ts';
import type { MatchesOptions } from '../checks/matches.ts';
import type { NoContradictionOptions } from '../checks/no-contradiction.ts';
import type { NoSecretsOptions } from '../checks/no-secrets.ts';
import type { OpenApiOptions } from '../checks/open-api.ts';
import type { Place } from '../checks/places/place.ts';
import type { SqlOptions } from '../checks/sql.ts';
import type { SqlSafeOptions } from '../checks/sql-safe.ts';
import type { TextOptions } from '../checks/text.ts';
import type { ToolInputsOptions } from '../checks/tool-inputs.ts';
import type { Price } from '../trace/price.ts';

/** A built-in check in JSON. Its `type` is the name of the function. */
export type CheckConfig = {
  readonly [TYPE in keyof CheckOptionsByType]: { readonly type: TYPE } & CheckOptionsByType[TYPE] & AnyCheckOptions;
}[keyof CheckOptionsByType];

/** A check of the registry, by its type there. */
export type CustomConfig<TYPE extends string> = { readonly type: TYPE } & Readonly<Record<string, unknown>>;

/** The options that every check entry takes. */
export interface AnyCheckOptions {
  /** The check's name; unique on a model. @default the type */
  readonly name?: string;
  /** Whether an issue rejects the answer or is only reported. @default 'error' */
  readonly severity?: 'error' | 'warning';
  /** The names of the checks that must pass first. @default [] */
  readonly after?: readonly string[];
  /** How long the check may take, in milliseconds. @default 30_000 */
  readonly timeoutMs?: number;
}

type Named = keyof AnyCheckOptions;
type Lists<OPTIONS> = Omit<OPTIONS, 'sources' | Named> & { readonly sources?: readonly string[] };

/** The options of each type that JSON can express. */
export interface CheckOptionsByType {
  readonly citations: Omit<CitationsOptions, 'sources' | Named> & {
    readonly sources: Readonly<Record<string, string>> | readonly string[];
  };
  readonly code: Omit<CodeOptions, 'parser' | Named>;
  readonly contains: TextList;
  readonly excludes: TextList;
  readonly fieldPresent: Omit<FieldPresentOptions, Named> & { readonly paths?: Place | readonly Place[] };
  readonly finished: NoOptions;
  readonly grounded: Lists<GroundedOptions>;
  readonly json: NoOptions;
  readonly judge: Omit<JudgeOptions, 'model' | 'tools' | 'price' | Named> &
    ByName & { readonly tools?: string | readonly string[]; readonly price?: Price };
  readonly language: { readonly languages: string | readonly string[] };
  readonly length: LengthOptions;
  readonly links: Linking;
  readonly matches: Omit<MatchesOptions, Named> & { readonly pattern: string; readonly flags?: string };
  readonly maxTokens: { readonly tokens: number };
  readonly noContradiction: Lists<Omit<NoContradictionOptions, 'model'>> & ByName;
  readonly noRefusal: NoOptions;
  readonly noSecrets: Omit<NoSecretsOptions, Named>;
  readonly notEmpty: NoOptions;
  readonly openApi: Omit<OpenApiOptions, 'schema' | 'yaml' | Named>;
  /** A JSON Schema, or the name of a schema of the registry. */
  readonly schema: { readonly schema: string | Readonly<Record<string, unknown>>; readonly incremental?: boolean };
  readonly sql: Omit<SqlOptions, 'parser' | Named>;
  readonly sqlSafe: Omit<SqlSafeOptions, 'parser' | Named>;
  readonly toolInputs: ToolInputsOptions;
  readonly url: Linking & { readonly paths: Place | readonly Place[] };
}

type NoOptions = Readonly<Record<never, never>>;
type TextList = Omit<TextOptions, Named> & { readonly texts: string | readonly string[] };
type Linking = Omit<LinkOptions, 'reachable' | Named> & {
  readonly reachable?: boolean | { readonly timeoutMs?: number };
};

interface ByName {
  /** The name of a model of the registry. */
  readonly model: string;
}
