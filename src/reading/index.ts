export { type LiveReader, liveReader } from './live/live-reader.ts';
export { sureText } from './live/sure-text.ts';
export { type ReadInStepsOptions, type ReadJson, type ReadJsonOptions, readInSteps, readJson } from './read-json.ts';
export type { TextEdit } from './text/edit.ts';
export { edited } from './text/edit.ts';
export { type Scalar, scalarsOf } from './text/scalars.ts';
export { freePlaces, memberTexts, spliced } from './text/splice.ts';
export { loosened } from './values/loosened.ts';
export { keepsMembers } from './values/lost-members.ts';
