import { InvalidArgumentError } from '@ai-sdk/provider';
import { inTurns, type Steps } from '../effects/in-turns.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Answer } from '../model/answer.ts';
import { requestPieces } from '../model/request-pieces.ts';
import type { Check, FoundIssue } from './check.ts';
import { unescaped } from './places/escapes.ts';
import { leavesOf } from './places/leaves.ts';
import { listOfSecrets } from './secrets/forms.ts';
import { secretsIn } from './secrets/secrets-in.ts';

/** What looks like a secret and is allowed. */
export interface NoSecretsOptions {
  /** Texts that only look like secrets, such as the keys in your documentation. @default [] */
  readonly allow?: readonly string[];
  /** The check's name; unique on a model. @default 'noSecrets' */
  readonly name?: string;
}

const mostIssues = 20;
const mostLeaves = 10_000;

/**
 * The answer, or as a guard the prompt, has no keys, tokens, passwords in addresses, private keys, card numbers or
 * account numbers. Issues name the type and the line, never the secret.
 *
 * @throws InvalidArgumentError if `allow` is no list of texts.
 * @example withStagedRetry(model, { checks: [noSecrets()], guards: [noSecrets()] })
 */
export function noSecrets(options: NoSecretsOptions = {}): Check {
  refuseBadOptions('noSecrets', options, { allow: 'list', name: 'string' });
  const { allow = [], name = 'noSecrets' } = options;
  if (!allow.every((text) => typeof text === 'string'))
    throw new InvalidArgumentError({ argument: 'allow', message: 'allow of noSecrets() must be a list of texts.' });
  const isAllowed = (secret: string) => allow.some((text) => text !== '' && (text === secret || secret.includes(text)));
  return {
    name,
    test({ text, value }, { attempt, params, abortSignal }) {
      if (attempt !== 0) return inTurns(inAnswer({ text, value }, isAllowed), { length: text.length, abortSignal });
      const pieces = requestPieces(params);
      const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
      return inTurns(inRequest(pieces, isAllowed), { length, abortSignal });
    },
  };
}

type IsAllowed = (secret: string) => boolean;

function* inAnswer({ text, value }: Pick<Answer, 'text' | 'value'>, isAllowed: IsAllowed): Steps<FoundIssue[]> {
  const found = yield* secretsIn(text, isAllowed);
  // Letters of a string may be written as escapes.
  if (found.length === 0 && !text.includes('\\') && !listOfSecrets.test(text)) return [];
  const inJson = typeof value === 'object' && value !== null ? yield* placesIn(value, isAllowed) : [];
  if (inJson.length > 0) return inJson.slice(0, mostIssues);
  if (found.length === 0) return (yield* secretsIn(unescaped(text), isAllowed)).map(({ sort }) => issue(sort, [], ''));
  return found.slice(0, mostIssues).map(({ sort, start }) => issue(sort, [], ` (line ${lineOf(text, start)})`));
}

/** A guard tells the message or the tool. */
function* inRequest(pieces: ReturnType<typeof requestPieces>, isAllowed: IsAllowed): Steps<FoundIssue[]> {
  const issues: FoundIssue[] = [];
  for (const { where, text } of pieces) {
    const found = yield* secretsIn(text, isAllowed);
    if (found.length > 0 || !text.includes('\\'))
      for (const { sort, start } of found) issues.push(issue(sort, [], ` (${where}, line ${lineOf(text, start)})`));
    else
      for (const { sort } of yield* secretsIn(unescaped(text), isAllowed)) issues.push(issue(sort, [], ` (${where})`));
  }
  return issues.slice(0, mostIssues);
}

function* placesIn(value: object, isAllowed: IsAllowed): Steps<FoundIssue[]> {
  const issues: FoundIssue[] = [];
  let count = 0;
  for (const leaf of leavesOf(value)) {
    count += 1;
    if (count > mostLeaves || issues.length >= mostIssues) break;
    if (typeof leaf.value !== 'string') continue;
    // The member's name may say that it is a password.
    const named = leaf.member === undefined ? leaf.value : `${leaf.member}: ${leaf.value}`;
    for (const { sort } of yield* secretsIn(named, isAllowed)) issues.push(issue(sort, leaf.path(), ''));
  }
  return issues;
}

function issue(sort: string, path: FoundIssue['path'] & object, where: string): FoundIssue {
  return { message: `Leave out the ${sort}${where}; write a placeholder where one is needed.`, path };
}

function lineOf(text: string, place: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < place; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}
