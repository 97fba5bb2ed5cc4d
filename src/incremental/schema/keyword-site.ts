import type { Steps } from '../../effects/in-turns.ts';
import type { Identities } from '../text/identity.ts';
import { type Draft, ignoresSiblingsOfRef, knows } from './dialect.ts';
import type { DynamicScope, Resource } from './references.ts';
import type { SchemaNode } from './schema-node.ts';
import type { Truth } from './truth.ts';

/** Reads a keyword where it stands, and puts its demand down in the node; one that may list a lot does so in steps. */
export type Keyword = (site: Site) => Steps<void> | void;

/** How many of the schemas or values that a keyword lists are read in a step. */
export const LISTED_PER_STEP = 250;

/** Where a subschema stands. */
export interface Surroundings {
  readonly resource: Resource;
  readonly scope: DynamicScope;
  readonly allowsAdditional: boolean;
  /** The node that builds on it. */
  readonly user: SchemaNode;
}

/** Where keywords get the nodes of other schemas from. */
export interface NodeSource {
  /** Of the values that the schema lists. */
  readonly identities: Identities;
  readonly formats: 'annotate' | 'assert';
  create(): SchemaNode;
  nodeOf(schema: unknown, surroundings: Surroundings): SchemaNode;
  referenced(reference: string, isDynamic: boolean, surroundings: Surroundings): SchemaNode;
  pattern(source: string): (text: string) => Truth;
  limit(text: string): void;
}

/** What a keyword sees of the schema it stands in. */
export class Site {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly node: SchemaNode;
  readonly formats: 'annotate' | 'assert';
  /** Whether members that only `false` forbids are let through. */
  readonly allowsAdditional: boolean;

  readonly #compiler: NodeSource;
  readonly #surroundings: Surroundings;
  readonly #draft: Draft;
  /** Whether a reference makes everything beside it ignored. */
  readonly #isReference: boolean;

  constructor(compiler: NodeSource, schema: Readonly<Record<string, unknown>>, surroundings: Surroundings) {
    this.#compiler = compiler;
    this.#surroundings = surroundings;
    this.#draft = surroundings.resource.draft;
    this.schema = schema;
    this.node = surroundings.user;
    this.formats = compiler.formats;
    this.allowsAdditional = surroundings.allowsAdditional;
    this.#isReference = typeof this.schema.$ref === 'string' && ignoresSiblingsOfRef(this.#draft);
  }

  /** Of the values that the document lists. */
  get identities(): Identities {
    return this.#compiler.identities;
  }

  /** The keyword's value, unless the schema lacks it or its draft does not know it. */
  get(keyword: string): unknown {
    if (!Object.hasOwn(this.schema, keyword)) return undefined;
    return (this.#isReference ? keyword === '$ref' : knows(this.#draft, keyword)) ? this.schema[keyword] : undefined;
  }

  /** The node of a subschema; of what is no schema nothing is known. */
  subschema(schema: unknown): SchemaNode {
    return this.#compiler.nodeOf(schema, this.#surroundings);
  }

  /** The node of a subschema in a place where accepting more would reject more. */
  strictSubschema(schema: unknown): SchemaNode {
    return this.#compiler.nodeOf(schema, { ...this.#surroundings, allowsAdditional: false });
  }

  /** A node for a schema that stands nowhere in the document. */
  create(): SchemaNode {
    return this.#compiler.create();
  }

  /** The node a reference leads to; the unknown one, and a limit, if it leads nowhere. */
  reference(reference: string, isDynamic: boolean): SchemaNode {
    return this.#compiler.referenced(reference, isDynamic, this.#surroundings);
  }

  /** The test for a pattern; what it cannot tell is named as a limit. */
  pattern(source: string): (text: string) => Truth {
    return this.#compiler.pattern(source);
  }

  /** Names something of the schema that cannot be judged. */
  unknown(text: string): void {
    this.node.isUnknown = true;
    this.limit(text);
  }

  /** Names a value that was not judged. */
  limit(text: string): void {
    this.#compiler.limit(text);
  }
}
