export type { Fix, FixRule } from './fix.ts';
export { type ReadJson, type ReadJsonOptions, readJson } from './read-json.ts';
