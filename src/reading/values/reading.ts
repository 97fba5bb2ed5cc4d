import type { Steps } from '../../effects/in-turns.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import type { Fix } from '../../trace/fix.ts';
import type { Edit } from '../text/edit.ts';

/** A value as its schema has it read, and the edits that make its source say so. */
export interface Reading {
  readonly value: unknown;
  readonly edits: readonly Edit[];
}

/** Reads the JSON text that a string holds. */
export type ReadNested = (
  text: string,
  schema: SchemaNode,
) => Steps<{ readonly text: string; readonly value: unknown } | undefined>;

/** Bounds the work on one answer. */
export interface Effort {
  left: number;
}

export interface ReadOptions {
  readonly effort: Effort;
  readonly readNested: ReadNested;
}

/** The JSON value of a text, and what was changed to read it. */
export interface ReadJson {
  readonly value: unknown;
  /** The JSON text: the source's own characters except for the fixes. */
  readonly text: string;
  readonly fixes: readonly Fix[];
}
