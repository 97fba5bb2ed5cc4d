import { type JsonObject, objectsIn } from './json.ts';

/** Remembers the items a server sent, since clients of the Responses API send back only their ids. */
export interface ItemMemory {
  /** Keeps the items of a response. */
  remember(output: unknown): void;
  /**
   * Puts remembered items in the place of their references.
   *
   * @returns the id of an item that is not known, if there is one
   */
  recall(body: JsonObject): { readonly body: JsonObject } | { readonly unknownId: string };
}

const CAPACITY = 1_000;

/** Keeps the last thousand items of one server. */
export function createItemMemory(): ItemMemory {
  const items = new Map<string, JsonObject>();
  return {
    remember(output) {
      for (const item of objectsIn(output)) items.set(String(item.id), item);
      for (const id of items.keys()) {
        if (items.size <= CAPACITY) break;
        items.delete(id);
      }
    },
    recall(body) {
      if (!Array.isArray(body.input)) return { body };
      const input: JsonObject[] = [];
      for (const item of objectsIn(body.input)) {
        const known = item.type === 'item_reference' ? items.get(String(item.id)) : item;
        if (known === undefined) return { unknownId: String(item.id) };
        input.push(known);
      }
      return { body: { ...body, input } };
    },
  };
}
