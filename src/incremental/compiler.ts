import { InvalidArgumentError } from '@ai-sdk/provider';
import { ignoresSiblingsOfRef, knows } from './dialect.ts';
import { isRecord } from './json-type.ts';
import { keywords } from './keywords/index.ts';
import { cutLoops } from './loops.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { References, type Resource } from './references.ts';
import { relax } from './relax.ts';
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
  /** Nodes that accept more than their schema says. */
  readonly #vague = new Set<SchemaNode>();
  /** The nodes that build on a node. */
  readonly #users = new Map<SchemaNode, SchemaNode[]>();
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
    for (const cut of cutLoops(this.nodes)) this.#limit(cut, 'a reference that leads back to itself demands nothing');
    if (this.#vague.size > 0) relax(this.nodes, this.#vague, this.#users);
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
      this.#limit(node, `${JSON.stringify(schema)} is no schema and accepts everything`);
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
      subschema: (child) => this.#use(this.#node(child, resource, isLax), node),
      strictSubschema: (child) => this.#use(this.#node(child, resource, false), node),
      reference: (reference) => this.#referenced(reference, { resource, isLax, user: node }),
      pattern: (source) => this.#pattern(source, node),
      limit: (text) => this.#limit(node, text),
    };
    for (const keyword of keywords) keyword(site);
  }

  #use(node: SchemaNode, user: SchemaNode): SchemaNode {
    const users = this.#users.get(node);
    if (users) users.push(user);
    else this.#users.set(node, [user]);
    return node;
  }

  #limit(node: SchemaNode, text: string): void {
    this.limits.add(text);
    this.#vague.add(node);
  }

  #referenced(
    reference: string,
    { resource, isLax, user }: { resource: Resource; isLax: boolean; user: SchemaNode },
  ): SchemaNode | undefined {
    const target = this.#references.resolve(reference, resource);
    if (target === undefined || (typeof target.schema !== 'boolean' && !isRecord(target.schema))) {
      this.#limit(user, `the reference ${reference} cannot be resolved and accepts everything`);
      return undefined;
    }
    const node = this.#node(target.schema, target.resource, isLax);
    node.referrers++;
    return this.#use(node, user);
  }

  #pattern(source: string, user: SchemaNode): Extract<Pattern, { type: 'runs' }> | undefined {
    const pattern = compilePattern(source);
    if (pattern.type === 'runs') {
      if (pattern.longest < 10_000)
        this.#limit(user, `the pattern ${source} is run on at most ${pattern.longest} characters`);
      return pattern;
    }
    this.#limit(user, `the pattern ${source} is not run (${pattern.reason}) and accepts everything`);
    return undefined;
  }
}

interface Pending {
  readonly schema: Record<string, unknown>;
  readonly node: SchemaNode;
  readonly resource: Resource;
  readonly isLax: boolean;
}
