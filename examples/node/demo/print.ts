import { styleText } from 'node:util';
import { type Attempt, createEmitter, type Decision, type Escalation, type Issue } from '../../../src/index.ts';

/** Of a longer text the two ends are shown: the total stands last. */
const maxShown = 200;

/** An emitter that prints what happens in a run, in colours on a terminal. */
export function printingEvents() {
  const events = createEmitter();
  events.on('attempt-end', ({ attempt }) => printAttempt(attempt));
  events.on('tool-call', ({ toolName, input, ...end }) => {
    const came = 'output' in end ? shorten(textOf(end.output)) : paint('red', String(end.error));
    print(`  ${paint('magenta', 'tool')} ${toolName}(${JSON.stringify(input)}) → ${came}`);
  });
  events.on('tool-source-error', ({ error }) => print(paint('red', `  no tools: ${error}`)));
  events.on('transport-retry', ({ retry, delayMs }) => print(`  retry ${retry} of the provider call in ${delayMs} ms`));
  events.on('escalation-request', ({ escalation }) => printEscalation(escalation));
  events.on('escalation-response', ({ decision }) => print(`  ${paint('yellow', 'decision')} ${describe(decision)}`));
  return events;
}

export function printHeading(text: string): void {
  print(`\n${paint('bold', text)}`);
}

export function print(text = ''): void {
  console.log(text);
}

/** The answer a run ended with, and what its attempts cost. */
export function printEnd(answer: unknown, attempts: readonly Attempt[]): void {
  print(`  ${paint('green', 'answer')} ${JSON.stringify(answer)}`);
  printCost(attempts);
}

export function printError(error: unknown, attempts: readonly Attempt[]): void {
  print(`  ${paint('red', 'no answer')} ${error instanceof Error ? error.message : error}`);
  printCost(attempts);
}

function printCost(attempts: readonly Attempt[]): void {
  const tokens = attempts.map(({ usage }) => (usage.inputTokens.total ?? 0) + (usage.outputTokens.total ?? 0));
  const sum = tokens.reduce((sum, count) => sum + count, 0);
  print(paint('dim', `  ${attempts.length} attempts, ${sum} tokens in all`));
}

function printAttempt({ number, stage, model, text, verdict, usage }: Attempt): void {
  const tokens = `${usage.inputTokens.total ?? 0} + ${usage.outputTokens.total ?? 0} tokens`;
  print(`  ${paint('cyan', `attempt ${number}`)}  stage ${stage}, ${model}, ${tokens}`);
  print(`    ${shorten(text)}`);
  if (verdict.type === 'pass') print(`    ${paint('green', '✓')} passes the checks`);
  else for (const issue of verdict.issues) printIssue(issue);
}

function printIssue({ check, path, message }: Issue): void {
  print(`    ${paint('red', '✗')} ${check} /${path.join('/')}: ${message}`);
}

function printEscalation({ id, proposal, issues }: Escalation): void {
  print(`  ${paint('yellow', 'escalation')} ${id}`);
  print(`    best so far: ${shorten(proposal)}`);
  for (const issue of issues) printIssue(issue);
}

function describe(decision: Decision & { readonly by?: string }): string {
  const words = 'advice' in decision ? `: ${decision.advice}` : 'text' in decision ? `: ${shorten(decision.text)}` : '';
  return `${decision.type} by ${decision.by ?? 'somebody'}${words}`;
}

/** What an MCP tool returns is a list of content parts; its text is what matters here. */
function textOf(output: unknown): string {
  const content = (output as { content?: readonly { text?: string }[] } | undefined)?.content;
  return content?.map(({ text }) => text ?? '').join(' ') ?? JSON.stringify(output) ?? '';
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= maxShown ? line : `${line.slice(0, maxShown - 60)} … ${line.slice(-60)}`;
}

/** Plain where standard output is no terminal. */
function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
