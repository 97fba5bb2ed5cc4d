import { InvalidArgumentError } from '@ai-sdk/provider';

/** The method that tells a thing which is given in place of the options that hold it. */
const methods = {
  store: 'get',
  model: 'doGenerate',
  inbox: 'decide',
  tracer: 'startSpan',
  meter: 'createCounter',
  client: 'close',
} as const;

/**
 * @param call what to write instead: `fallback({ model, attempts: 1 })`
 * @throws InvalidArgumentError for a thing in place of the options that hold it, as in `fallback(model)`.
 */
export function refuseItself(kind: keyof typeof methods | 'tools', given: unknown, call: string): void {
  if (typeof given !== 'object' || given === null) return;
  if (kind === 'tools' ? !areTools(given) : typeof Reflect.get(given, methods[kind]) !== 'function') return;
  const [factory = ''] = call.split('(');
  throw new InvalidArgumentError({
    argument: factory,
    message: `${factory}() takes options, not the ${kind} ${kind === 'tools' ? 'themselves' : 'itself'}: ${call}.`,
  });
}

function areTools(given: object): boolean {
  return !('tools' in given) && [given, ...Object.values(given)].some((tool) => typeof tool?.inputSchema === 'object');
}
