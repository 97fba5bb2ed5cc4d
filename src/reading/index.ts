export { loosened } from './loosened.ts';
export { type ReadJson, type ReadJsonOptions, readJson } from './read-json.ts';
export { type Scalar, scalarsOf } from './scalars.ts';
export { memberTexts, spliced } from './splice.ts';
