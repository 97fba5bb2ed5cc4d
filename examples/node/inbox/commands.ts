import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from '@ai-sdk/provider';
import type { ChangeResult, Decision, Escalation, Inbox } from '../../../src/index.ts';
import type { OpenInbox } from './open-inbox.ts';
import { decided, escalationText, listText, statsText } from './show.ts';

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

const states = ['pending', 'decided', 'expired'] as const;
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
      return state === undefined ? fail(usage) : say(listText(await inbox.list({ ...scope, state, summary: true })));
    }
    case 'stats':
      return say(statsText(await inbox.stats(scope)));
    case 'watch':
      for await (const { escalation } of inbox.changes({ ...scope, summary: true }))
        say(listText({ escalations: [escalation] }));
      return 0;
    case 'practice':
      return say((await practice()) ?? 'The practice escalation is pending.');
    case 'show': {
      const escalation = await find(inbox, idStart);
      return escalation === undefined ? fail(`There is no escalation ${idStart}.`) : say(escalationText(escalation));
    }
    case 'claim':
    case 'release': {
      const escalation = await find(inbox, idStart);
      if (escalation === undefined) return fail(`There is no escalation ${idStart}.`);
      const { won, escalation: now } = await inbox[command](escalation.id, { by });
      const holder = now.claimed === undefined ? 'nobody holds it' : `${now.claimed.by} holds it`;
      return won ? say(`Done: ${holder}.`) : fail(`Not done: ${now.state}, ${holder}.`);
    }
    case 'approve':
    case 'edit':
    case 'retry':
    case 'reject':
    case 'escalate': {
      const escalation = await find(inbox, idStart);
      if (escalation === undefined) return fail(`There is no escalation ${idStart}.`);
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
  if (claimed !== undefined) return fail(`${id}: ${claimed.by} is on it. Add --take-over to decide in their place.`);
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

/** By its id, or by how that begins, among the latest hundred that are pending. */
async function find(inbox: Inbox, idStart: string): Promise<Escalation | undefined> {
  if (idStart === '') return undefined;
  const exact = await inbox.get(idStart);
  if (exact !== undefined) return exact;
  const { escalations } = await inbox.list({ limit: 100, summary: true });
  const [only, ...more] = escalations.filter(({ id }) => id.startsWith(idStart));
  return only !== undefined && more.length === 0 ? await inbox.get(only.id) : undefined;
}

function say(text: string): 0 {
  console.log(text);
  return 0;
}

function fail(text: string): 1 {
  console.error(text);
  return 1;
}
