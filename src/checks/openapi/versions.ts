import { InvalidArgumentError } from '@ai-sdk/provider';
import type { FoundIssue } from '../check.ts';

const minors = ['2.0', '3.0', '3.1', '3.2'] as const;

export type OpenApiMinor = (typeof minors)[number];

/** A version of the specification, with or without its patch: `3.1` or `3.1.1`. */
export type OpenApiVersion = OpenApiMinor | `3.${0 | 1 | 2}.${number}`;

/** @throws InvalidArgumentError for a version that is not known. */
export function refuseUnknownVersion(version: string): void {
  if (typeof version === 'string' && minorOf(version) !== undefined) return;
  const message = `openApi() knows the versions ${minors.join(', ')}; "${String(version)}" is none.`;
  throw new InvalidArgumentError({ argument: 'version', message });
}

function minorOf(version: string): OpenApiMinor | undefined {
  return minors.find((minor) => version === minor || version.startsWith(`${minor}.`));
}

/** Which version a document says it is of, or what is to be changed about that. */
export function versionOf(document: object, wanted: OpenApiVersion | undefined): OpenApiMinor | FoundIssue {
  const { openapi, swagger } = document as { openapi?: unknown; swagger?: unknown };
  const member = openapi === undefined && swagger !== undefined ? 'swagger' : 'openapi';
  const stated = member === 'swagger' ? swagger : openapi;
  const minor = typeof stated === 'string' ? minorOf(stated) : undefined;
  const isRightMember = minor !== undefined && (minor === '2.0') === (member === 'swagger');
  const isWanted = wanted === undefined || stated === wanted || String(stated).startsWith(`${wanted}.`);
  if (isRightMember && isWanted) return minor;
  const target = wanted ?? '3.1.1';
  const right = target === '2.0' ? 'swagger' : 'openapi';
  const full = target === '2.0' || target.split('.').length > 2 ? target : `${target}.0`;
  return {
    message: `Write an OpenAPI ${target} document: make its member ${right} the string "${full}"${was(member, stated)}.`,
    path: right === member && stated !== undefined ? [right] : [],
    kind: 'schema',
    suggestion: full,
  };
}

function was(member: string, stated: unknown): string {
  if (stated === undefined) return '; it is missing';
  return `; it has ${member} ${typeof stated === 'string' ? `"${stated.slice(0, 20)}"` : `as ${typeof stated}`}`;
}
