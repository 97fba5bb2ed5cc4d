export { fieldPresent } from './field-present.ts';
export { finished } from './finished.ts';
export { json } from './json.ts';
export { type JudgeOptions, judge } from './judge.ts';
export { length } from './length.ts';
export { noRefusal } from './no-refusal.ts';
export { notEmpty } from './not-empty.ts';
export { contains, excludes, matches, type TextOptions } from './text.ts';
export { type ToolInputsOptions, toolInputs } from './tool-inputs.ts';
