/**
 * A call with its input as JSON text, which is all that checks, feedback and the SDK take. Some providers give the value itself.
 */
export function withTextInput<PART extends { readonly type: string }>(part: PART): PART {
  return hasTextInput(part) ? part : { ...part, input: JSON.stringify(inputOf(part)) ?? '' };
}

/** Whether it is no call, or one whose input is text. */
export function hasTextInput(part: { readonly type: string }): boolean {
  return part.type !== 'tool-call' || typeof inputOf(part) === 'string';
}

function inputOf(part: object): unknown {
  return 'input' in part ? part.input : undefined;
}
