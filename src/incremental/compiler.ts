import { InvalidArgumentError } from '@ai-sdk/provider';
import { ignoresSiblingsOfRef, knows } from './dialect.ts';
import { isRecord } from './json-type.ts';
import { keywords } from './keywords/index.ts';
import { cutLoops } from './loops.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { References, type Resource } from './references.ts';
import { SchemaNode } from './schema-node.ts';

export interface CompileOptions {
  /**
   * Whether `format` is judged or says nothing.
   * @default 'annotate'
   */
  readonly formats?: 'annotate' | 'assert';
  /**
   * Whether `additionalProperties: false` and `unevaluatedProperties: false` forbid members; with `allow` they do not, as
   * for validators that strip what they do not know.
   * @default 'judge'
   */
  readonly additionalMembers?: 'judge' | 'allow';
}

/** What a keyword sees of the schema it stands in, and where it puts down its demand. */
export interface Site {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly node: SchemaNode;
  readonly formats: 'annotate' | 'assert';
  /** Whether members that only `false` forbids are let through. */
  readonly allowsAdditional: boolean;
  /** The keyword's value, unless the schema lacks it or its draft does not know it. */
  get(keyword: string): unknown;
  /** A node for a schema that stands nowhere in the document. */
  create(): SchemaNode;
  /** The node of a subschema; what is no schema accepts everything. */
  subschema(schema: unknown): SchemaNode;
  /** The node of a subschema in a place where accepting more would reject more. */
  strictSubschema(schema: unknown): SchemaNode;
  reference(reference: string): SchemaNode | undefined;
  pattern(source: string): Extract<Pattern, { type: 'runs' }> | undefined;
  /** Names something that is not judged. */
  limit(text: string): void;
}

export type Keyword = (site: Site) => void;

/** Turns a schema document into nodes, each subschema into one. */
export class Compiler {
  readonly nodes: SchemaNode[] = [];
  readonly limits = new Set<string>();
  readonly #options: CompileOptions;
  readonly #references: References;
  readonly #known = { strict: new Map<unknown, SchemaNode>(), lax: new Map<unknown, SchemaNode>() };
  readonly #pending: Pending[] = [];

  constructor(document: unknown, options: CompileOptions) {
    if (typeof document !== 'boolean' && !isRecord(document)) {
      throw new InvalidArgumentError({
        argument: 'schema',
        message: `A JSON Schema is an object or a boolean; this is ${JSON.stringify(document) ?? typeof document}.`,
      });
    }
    this.#options = options;
    this.#references = new References(document);
  }

  compile(): SchemaNode {
    const { root } = this.#references;
    const node = this.#node(root.root, root, this.#options.additionalMembers === 'allow');
    node.referrers++;
    for (let site = this.#pending.pop(); site !== undefined; site = this.#pending.pop()) this.#apply(site);
    for (const reference of cutLoops(this.nodes)) this.limits.add(reference);
    return node;
  }

  #node(schema: unknown, around: Resource, isLax: boolean): SchemaNode {
    const known = isLax ? this.#known.lax : this.#known.strict;
    const existing = known.get(schema);
    if (existing !== undefined) return existing;
    const node = this.#create();
    if (isRecord(schema)) {
      known.set(schema, node);
      this.#pending.push({ schema, node, resource: this.#references.resourceOf(schema, around), isLax });
    } else if (schema === false) {
      node.types = 0;
    } else if (schema !== true) {
      this.limits.add(`${JSON.stringify(schema)} is no schema and accepts everything`);
    }
    return node;
  }

  #create(): SchemaNode {
    const node = new SchemaNode();
    this.nodes.push(node);
    return node;
  }

  #apply({ schema, node, resource, isLax }: Pending): void {
    const standsAlone = typeof schema.$ref === 'string' && ignoresSiblingsOfRef(resource.draft);
    const site: Site = {
      schema,
      node,
      formats: this.#options.formats ?? 'annotate',
      allowsAdditional: isLax,
      get: (keyword) => {
        if (!Object.hasOwn(schema, keyword) || (standsAlone && keyword !== '$ref')) return undefined;
        return knows(resource.draft, keyword) ? schema[keyword] : undefined;
      },
      create: () => this.#create(),
      subschema: (child) => this.#node(child, resource, isLax),
      strictSubschema: (child) => this.#node(child, resource, false),
      reference: (reference) => this.#referenced(reference, resource, isLax),
      pattern: (source) => this.#pattern(source),
      limit: (text) => this.limits.add(text),
    };
    for (const keyword of keywords) keyword(site);
  }

  #referenced(reference: string, from: Resource, isLax: boolean): SchemaNode | undefined {
    const target = this.#references.resolve(reference, from);
    if (target === undefined || (typeof target.schema !== 'boolean' && !isRecord(target.schema))) {
      this.limits.add(`the reference ${reference} cannot be resolved and accepts everything`);
      return undefined;
    }
    const node = this.#node(target.schema, target.resource, isLax);
    node.referrers++;
    return node;
  }

  #pattern(source: string): Extract<Pattern, { type: 'runs' }> | undefined {
    const pattern = compilePattern(source);
    if (pattern.type === 'runs') {
      if (pattern.longest < 10_000)
        this.limits.add(`the pattern ${source} is run on at most ${pattern.longest} characters`);
      return pattern;
    }
    this.limits.add(`the pattern ${source} is not run (${pattern.reason}) and accepts everything`);
    return undefined;
  }
}

interface Pending {
  readonly schema: Record<string, unknown>;
  readonly node: SchemaNode;
  readonly resource: Resource;
  readonly isLax: boolean;
}
