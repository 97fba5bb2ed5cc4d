import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { requestPieces } from '../model/request-pieces.ts';
import type { Check, CheckContext, FoundIssue } from './check.ts';
import { unescaped } from './escapes.ts';
import { leavesOf } from './leaves.ts';
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
    test({ text, value }, { attempt, params }) {
      if (attempt === 0) return inRequest(params, isAllowed).slice(0, mostIssues);
      const found = secretsIn(text, isAllowed);
      // Letters of a string may be written as escapes.
      if (found.length === 0 && !text.includes('\\') && !listOfSecrets.test(text)) return [];
      const inJson = typeof value === 'object' && value !== null ? placesIn(value, isAllowed) : [];
      if (inJson.length > 0) return inJson.slice(0, mostIssues);
      if (found.length === 0) return secretsIn(unescaped(text), isAllowed).map(({ sort }) => issue(sort, [], ''));
      return found.slice(0, mostIssues).map(({ sort, start }) => issue(sort, [], ` (line ${lineOf(text, start)})`));
    },
  };
}

/** A guard tells the message or the tool. */
function inRequest(params: CheckContext['params'], isAllowed: (secret: string) => boolean): FoundIssue[] {
  return requestPieces(params).flatMap(({ where, text }) => {
    const found = secretsIn(text, isAllowed);
    if (found.length > 0 || !text.includes('\\'))
      return found.map(({ sort, start }) => issue(sort, [], ` (${where}, line ${lineOf(text, start)})`));
    return secretsIn(unescaped(text), isAllowed).map(({ sort }) => issue(sort, [], ` (${where})`));
  });
}

function placesIn(value: object, isAllowed: (secret: string) => boolean): FoundIssue[] {
  const issues: FoundIssue[] = [];
  let count = 0;
  for (const leaf of leavesOf(value)) {
    count += 1;
    if (count > mostLeaves || issues.length >= mostIssues) break;
    if (typeof leaf.value !== 'string') continue;
    // The member's name may say that it is a password.
    const named = leaf.member === undefined ? leaf.value : `${leaf.member}: ${leaf.value}`;
    for (const { sort } of secretsIn(named, isAllowed)) issues.push(issue(sort, leaf.path(), ''));
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
