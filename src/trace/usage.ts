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

/** Adds two usages. A number that neither side reports stays `undefined`. */
export function addUsage(left: Usage, right: Usage): Usage {
  return {
    inputTokens: {
      total: add(left.inputTokens.total, right.inputTokens.total),
      noCache: add(left.inputTokens.noCache, right.inputTokens.noCache),
      cacheRead: add(left.inputTokens.cacheRead, right.inputTokens.cacheRead),
      cacheWrite: add(left.inputTokens.cacheWrite, right.inputTokens.cacheWrite),
    },
    outputTokens: {
      total: add(left.outputTokens.total, right.outputTokens.total),
      text: add(left.outputTokens.text, right.outputTokens.text),
      reasoning: add(left.outputTokens.reasoning, right.outputTokens.reasoning),
    },
  };
}

function add(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined ? right : right === undefined ? left : left + right;
}
