/**
 * The built-in checks. Parsers load when they are first used.
 *
 * @module ai-staged-retry/checks
 */

export { type CitationsOptions, type CitedSources, citations } from './citations.ts';
export { type CodeLanguage, type CodeOptions, code } from './code.ts';
export { type FieldPresentOptions, fieldPresent } from './field-present.ts';
export { finished } from './finished.ts';
export { type GroundedOptions, grounded, type Sources } from './grounded.ts';
export { json } from './json.ts';
export { type JudgeOptions, judge } from './judge.ts';
export { type LanguageOptions, language } from './language.ts';
export { type LengthOptions, length } from './length.ts';
export { type LinkOptions, links, url } from './links.ts';
export { type MatchesOptions, matches } from './matches.ts';
export { maxTokens } from './max-tokens.ts';
export { type NoContradictionOptions, noContradiction } from './no-contradiction.ts';
export { noRefusal } from './no-refusal.ts';
export { type NoSecretsOptions, noSecrets } from './no-secrets.ts';
export { notEmpty } from './not-empty.ts';
export { type OpenApiOptions, type OpenApiSchemaLoader, type OpenApiVersion, openApi } from './open-api.ts';
export { safeFunctions } from './sql/safe-functions.ts';
export { type SqlDialect, type SqlOptions, type SqlSchema, sql } from './sql.ts';
export { type SqlSafeOptions, type SqlStatementType, sqlSafe } from './sql-safe.ts';
export { contains, excludes, type TextOptions } from './text.ts';
export { type ToolInputsOptions, toolInputs } from './tool-inputs.ts';
