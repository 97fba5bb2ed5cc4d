/** Tokens of one or more model calls, in the SDK's own shape. A provider may leave any number out. */
export interface Usage {
  readonly inputTokens: {
    readonly total: number | undefined;
    readonly noCache: number | undefined;
    readonly cacheRead: number | undefined;
    readonly cacheWrite: number | undefined;
  };
  readonly outputTokens: {
    readonly total: number | undefined;
    readonly text: number | undefined;
    readonly reasoning: number | undefined;
  };
}

export const noUsage: Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

/** Adds two usages. A total that only one side reports is added to the parts of the other. */
export function addUsage(left: Usage, right: Usage): Usage {
  return {
    inputTokens: {
      total: add(inputTotal(left), inputTotal(right)),
      noCache: add(left.inputTokens.noCache, right.inputTokens.noCache),
      cacheRead: add(left.inputTokens.cacheRead, right.inputTokens.cacheRead),
      cacheWrite: add(left.inputTokens.cacheWrite, right.inputTokens.cacheWrite),
    },
    outputTokens: {
      total: add(outputTotal(left), outputTotal(right)),
      text: add(left.outputTokens.text, right.outputTokens.text),
      reasoning: add(left.outputTokens.reasoning, right.outputTokens.reasoning),
    },
  };
}

/** The input tokens that a provider reported: the total, or the sum of the parts, where the total is missing or 0. */
export function inputTotal({ inputTokens }: Pick<Usage, 'inputTokens'>): number | undefined {
  const { total, noCache, cacheRead, cacheWrite } = inputTokens;
  return totalOf(total, [noCache, cacheRead, cacheWrite]);
}

/** The output tokens that a provider reported, likewise. */
export function outputTotal({ outputTokens }: Pick<Usage, 'outputTokens'>): number | undefined {
  const { total, text, reasoning } = outputTokens;
  return totalOf(total, [text, reasoning]);
}

function totalOf(total: number | undefined, parts: readonly (number | undefined)[]): number | undefined {
  const known = counted(total);
  return known || (parts.reduce(add, undefined) ?? known);
}

/** A number that neither side reports stays `undefined`. */
function add(left: number | undefined, right: number | undefined): number | undefined {
  const [known, more] = [counted(left), counted(right)];
  return known === undefined ? more : known + (more ?? 0);
}

/** A number that is NaN, negative or beyond all counts is taken as not reported: providers and proxies miscalculate. */
export function counted(count: number | undefined): number | undefined {
  return typeof count === 'number' && count >= 0 && count <= Number.MAX_SAFE_INTEGER ? count : undefined;
}
