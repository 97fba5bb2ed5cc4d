/**
 * A call with its input as JSON text, which is all that checks, feedback and the SDK take. Some providers give the value itself.
 */
export function withTextInput<PART extends { readonly type: string }>(part: PART): PART {
  if (part.type !== 'tool-call' || typeof inputOf(part) === 'string') return part;
  return { ...part, input: JSON.stringify(inputOf(part)) ?? '' };
}

function inputOf(part: object): unknown {
  return 'input' in part ? part.input : undefined;
}
