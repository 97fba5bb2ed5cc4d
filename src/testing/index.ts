export { type StoreContractCase, storeContract } from './store-contract.ts';
