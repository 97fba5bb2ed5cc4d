export type { TextEdit } from './edit.ts';
export { edited } from './edit.ts';
export { type LiveReader, liveReader } from './live/live-reader.ts';
export { sureText } from './live/sure-text.ts';
export { loosened } from './loosened.ts';
export { keepsMembers } from './lost-members.ts';
export { type ReadJson, type ReadJsonOptions, readInSteps, readJson } from './read-json.ts';
export { type Scalar, scalarsOf } from './scalars.ts';
export { freePlaces, memberTexts, spliced } from './splice.ts';
