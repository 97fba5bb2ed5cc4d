import type { DecideOptions } from '../../escalation/actions/deciding.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { RequestRefused } from './problem.ts';

/** What a request is about to do. */
export type InboxAction =
  | 'list'
  | 'get'
  | 'stats'
  | 'watch'
  | 'export'
  | 'decide'
  | 'claim'
  | 'release'
  | 'assign'
  | 'note';

/** Who sent a request, and whose escalations they may see. */
export interface Actor {
  /** The name that is recorded with their actions. */
  readonly by: string;
  /** The scopes they may see, or `all`. */
  readonly scopes: 'all' | readonly string[];
}

/**
 * Says who sent a request. Return an actor to allow it, and anything falsy to refuse it. `true` allows everything in
 * every scope, for an application with a single tenant: claims and notes are then in the name "someone". The request has no body.
 */
export type Authorize = (request: Request, action: InboxAction) => Answer | PromiseLike<Answer>;

type Answer = Actor | boolean | null | undefined;

/** An actor whose name may be unknown. */
export interface Somebody {
  readonly by?: string;
  readonly scopes: Actor['scopes'];
}

export async function actorOf(
  authorize: Authorize | undefined,
  request: Request,
  action: InboxAction,
): Promise<Somebody> {
  const { url, method, headers, signal } = request;
  const actor = await authorize?.(new Request(url, { method, headers, signal }), action);
  if (actor === true) return { scopes: 'all' };
  if (isActor(actor)) return actor;
  throw new RequestRefused(403, 'You may not do this. Sign in, or use the link you were sent.');
}

/** The one scope a list is about; `undefined` is every scope. */
export function scopeFor({ scopes }: Somebody, requested: string | null): string | undefined {
  if (requested !== null) {
    if (scopes === 'all' || scopes.includes(requested)) return requested;
    throw new RequestRefused(403, 'You may not see this scope.');
  }
  if (scopes === 'all') return undefined;
  const [only, ...more] = scopes;
  if (only === undefined) throw new RequestRefused(403, 'You may not see any scope.');
  if (more.length > 0) throw new RequestRefused(400, 'Name one of your scopes: ?scope=…');
  return only;
}

export function maySee({ scopes }: Somebody, { scope }: Pick<Escalation, 'scope'>): boolean {
  return scopes === 'all' || scopes.includes(scope);
}

/** The name of what cannot be done without one. */
export function nameOf({ by = 'someone' }: Somebody): string {
  return by;
}

/** Who decides. A decision needs no name, unless somebody's claim has to be told from one's own. */
export function deciderOf(actor: Somebody, takeOver: boolean | undefined): Pick<DecideOptions, 'by' | 'takeOver'> {
  return { by: takeOver === false ? nameOf(actor) : actor.by, takeOver };
}

function isActor(answer: Answer): answer is Actor {
  if (typeof answer !== 'object' || answer === null) return false;
  return typeof answer.by === 'string' && (answer.scopes === 'all' || Array.isArray(answer.scopes));
}
