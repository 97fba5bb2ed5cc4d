import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from '@ai-sdk/provider';
import type { ChangeResult, Decision, Inbox, ListOptions } from '../../../src/index.ts';
import { escalationText } from './escalation-text.ts';
import { findEscalation, states } from './find-escalation.ts';
import type { OpenInbox } from './open-inbox.ts';
import { decided, listLine, oneLine, statsText } from './show.ts';

export const usage = `npm run inbox                      the queue, by single keys; a dialogue in a pipe
npm run inbox -- list              what is pending; --state NAME, --scope NAME
npm run inbox -- show ID           all of it; the beginning of an ID is enough
npm run inbox -- approve ID        use the best attempt, or --attempt NUMBER
npm run inbox -- edit ID TEXT      use this text, or @FILE; --force: unchecked
npm run inbox -- retry ID ADVICE   back to the model with your words
npm run inbox -- reject ID [WHY]   the run ends without an answer
npm run inbox -- escalate ID [WHY] on to the next person
npm run inbox -- … --take-over     decide although somebody else is on it
npm run inbox -- claim ID          tell the others you are on it; release ID
npm run inbox -- stats | watch | practice`;

export interface CommandOptions {
  readonly scope?: string | undefined;
  readonly state?: string | undefined;
  readonly attempt?: string | undefined;
  readonly force?: boolean | undefined;
  readonly 'take-over'?: boolean | undefined;
}

/** Who decides here. */
export const by = process.env.USER || 'somebody at a terminal';

/** Does what one line says; the result is what the process ends with. */
export async function runCommand(
  { inbox, practice, isDemo }: OpenInbox,
  [command = '', idStart = '', ...words]: readonly string[],
  options: CommandOptions,
): Promise<number> {
  const scope = options.scope === undefined ? {} : { scope: options.scope };
  switch (command) {
    case 'list': {
      const state = states.find((candidate) => candidate === (options.state ?? 'pending'));
      return state === undefined ? fail(usage) : await list(inbox, { ...scope, state });
    }
    case 'stats':
      return say(statsText(await inbox.stats(scope)));
    case 'watch':
      for await (const { escalation } of inbox.changes({ ...scope, summary: true }))
        say(listLine(escalation, { now: Date.now(), columns: columns() }));
      return 0;
    case 'practice':
      return say((await practice()) ?? 'The practice escalation is pending.');
    case 'show': {
      const escalation = await findEscalation(inbox, idStart);
      if (typeof escalation === 'string') return fail(escalation);
      return say(escalationText(escalation, { now: Date.now(), columns: columns() }));
    }
    case 'claim':
    case 'release': {
      const escalation = await findEscalation(inbox, idStart);
      if (typeof escalation === 'string') return fail(escalation);
      const { won, escalation: now } = await inbox[command](escalation.id, { by });
      const holder = now.claimed === undefined ? 'nobody holds it' : `${oneLine(now.claimed.by)} holds it`;
      return won ? say(`Done: ${holder}.`) : fail(`Not done: ${now.state}, ${holder}.`);
    }
    case 'approve':
    case 'edit':
    case 'retry':
    case 'reject':
    case 'escalate': {
      const escalation = await findEscalation(inbox, idStart);
      if (typeof escalation === 'string') return fail(escalation);
      try {
        const decision = decisionOf(command, words.join(' '), options);
        const exitCode = outcome(
          await inbox.decide(escalation.id, decision, { by, takeOver: options['take-over'] === true }),
        );
        if (isDemo) say(await practiceOutcome(practice));
        return exitCode;
      } catch (error) {
        if (InvalidArgumentError.isInstance(error)) return fail(error.message);
        throw error;
      }
    }
    default:
      return fail(usage);
  }
}

function decisionOf(type: Decision['type'], words: string, { attempt, force }: CommandOptions): Decision {
  switch (type) {
    case 'approve':
      return { type, ...(attempt === undefined ? {} : { attempt: Number(attempt) }) };
    case 'edit': {
      const text = words.startsWith('@') ? readFileSync(words.slice(1), 'utf8') : words;
      return { type, text, ...(force === undefined ? {} : { force }) };
    }
    case 'retry':
      return { type, advice: words };
    case 'reject':
    case 'escalate':
      return { type, ...(words === '' ? {} : { reason: words }) };
  }
}

function outcome({ won, escalation: { id, state, claimed, decision } }: ChangeResult): number {
  if (claimed !== undefined)
    return fail(`${id}: ${oneLine(claimed.by)} is on it. Add --take-over to decide in their place.`);
  if (decision === undefined) return fail(`${id} is ${state}.`);
  return won ? say(`${id}: ${decided(decision)}.`) : fail(`${id} was decided before: ${decided(decision)}.`);
}

/** What the practice run comes to when its request is sent again. */
async function practiceOutcome(practice: () => Promise<string | undefined>): Promise<string> {
  try {
    const answer = await practice();
    return answer === undefined ? 'Sent again, the request is pending once more.' : `Sent again: ${answer}`;
  } catch (error) {
    return `Sent again: ${error instanceof Error ? error.message : error}`;
  }
}

/** Every one of them, however many there are. */
async function list(inbox: Inbox, options: ListOptions): Promise<number> {
  let cursor: string | undefined;
  let count = 0;
  do {
    const page = await inbox.list({ ...options, limit: 100, summary: true, cursor });
    for (const escalation of page.escalations) say(listLine(escalation, { now: Date.now(), columns: columns() }));
    count += page.escalations.length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return count === 0 ? say('Nothing here.') : 0;
}

/** A line fits the terminal; in a pipe it is whole. */
function columns(): number {
  return process.stdout.columns ?? Number.POSITIVE_INFINITY;
}

function say(text: string): 0 {
  console.log(text);
  return 0;
}

function fail(text: string): 1 {
  console.error(text);
  return 1;
}
