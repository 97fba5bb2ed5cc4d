import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { EventSink } from '../events.ts';
import { logLine, type Tone } from './log-line.ts';

/** How a run is printed. */
export interface LogOptions {
  /** Also prints answers, tool inputs and outputs, and the full messages of issues and errors. @default false */
  readonly content?: boolean;
  /** Colours the lines by outcome. @default true on a terminal, unless `NO_COLOR` is set */
  readonly colors?: boolean;
}

type Write = (line: string) => unknown;

/**
 * Creates an event sink that prints a run as readable lines, each with the id of its run. Prompts and answers are left
 * out unless `content` is set.
 *
 * @example withStagedRetry(openai('gpt-5-mini'), { events: logEvents() })
 * @example logEvents((line) => logger.info(line))
 */
export function logEvents(write: Write = toConsole, options: LogOptions = {}): EventSink {
  if (typeof write !== 'function') {
    const message =
      'logEvents() takes a function that writes a line, then options: logEvents(console.log, { content: true }).';
    throw new InvalidArgumentError({ argument: 'write', message });
  }
  refuseBadOptions('logEvents', options, { content: 'boolean', colors: 'boolean' });
  const { content = false, colors = write === toConsole && isTerminal() } = options;
  return {
    emit(name, event) {
      const line = logLine(name, event, { content });
      if (line === undefined) return undefined;
      // Names and ids of callers and models can hold line breaks, or what moves a terminal's cursor.
      const text = `[${shortId(event.runId)}] ${line.text}`.replaceAll(/\p{Cc}+/gu, ' ');
      // A promise of a writer that sends lines elsewhere: whoever emits hears of its failure.
      return write(colors ? coloured(text, line.tone) : text);
    },
  };
}

/** Eight digits tell the runs of a log apart; a name that the caller gave stays whole. */
function shortId(runId: string): string {
  return /^[\da-f]{8}-[\da-f]{4}-4/.test(runId) ? runId.slice(0, 8) : runId;
}

const codes: Readonly<Record<Tone, string>> = { good: '32', bad: '31', notable: '33', quiet: '2' };

function coloured(text: string, tone: Tone): string {
  return `\u001B[${codes[tone]}m${text}\u001B[0m`;
}

function toConsole(line: string): void {
  console.log(line);
}

function isTerminal(): boolean {
  const { process: host } = globalThis as {
    process?: { stdout?: { isTTY?: boolean }; env?: Readonly<Record<string, string | undefined>> };
  };
  return host?.stdout?.isTTY === true && (host.env?.NO_COLOR ?? '') === '';
}
