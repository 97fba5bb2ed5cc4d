/**
 * Scripted models, and tests for checks and stores.
 *
 * @module ai-staged-retry/testing
 */

export {
  type AnswerCase,
  type CheckContractCase,
  type CheckContractCases,
  checkContract,
  type WrongAnswer,
} from './check-contract.ts';
export { runCheck } from './run-check.ts';
export { type ScriptedAnswer, type ScriptedModel, type ScriptedModelOptions, scriptedModel } from './scripted-model.ts';
export { type StoreContractCase, storeContract } from './store-contract.ts';
