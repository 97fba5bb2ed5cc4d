import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Steps } from '../../effects/in-turns.ts';
import { compilePattern } from '../patterns/compile-pattern.ts';
import { afford, allowSteps, isExhausted, stepsLeft } from '../patterns/effort.ts';
import { Identities } from '../text/identity.ts';
import { isRecord } from '../text/json-type.ts';
import { type NodeSource, Site, type Surroundings } from './keyword-site.ts';
import { readersOf } from './keywords/index.ts';
import { cutLoops } from './loops.ts';
import { type DynamicScope, References, type Resource } from './references.ts';
import { SchemaNode, UNKNOWN } from './schema-node.ts';
import type { Truth } from './truth.ts';

/** How a schema is compiled. */
export interface CompileOptions {
  /** Whether `format` is checked (`assert`) or ignored (`annotate`). @default 'annotate' */
  readonly formats?: 'annotate' | 'assert';
  /**
   * Whether `additionalProperties: false` and `unevaluatedProperties: false` forbid members. With `allow` they do not,
   * like validators that strip unknown members.
   * @default 'judge'
   */
  readonly additionalMembers?: 'judge' | 'allow';
}

/** What reading a subschema costs. */
const STEPS_PER_NODE = 200;
/** How many subschemas are read in a step. */
const NODES_PER_STEP = 250;

const TOO_LARGE = 'the schema is too large, and parts of it are not judged';

/** What is judged meanwhile takes no steps from the compiling. */
function* rest(): Steps<void> {
  const left = stepsLeft();
  yield;
  allowSteps(left);
}

type KnownNodes = Map<unknown, SchemaNode>;

/** Turns a schema document into nodes, each subschema into one. */
export class Compiler implements NodeSource {
  readonly nodes: SchemaNode[] = [];
  readonly identities = new Identities();
  /** Grows when a value turns out not to be judged. */
  readonly limits: string[] = [];
  readonly #named = new Set<string>();
  readonly formats: 'annotate' | 'assert';
  readonly #allowsAdditional: boolean;
  readonly #references: References;
  readonly #known = new Map<DynamicScope, { readonly strict: KnownNodes; readonly lax: KnownNodes }>();
  readonly #patterns = new Map<string, (text: string) => Truth>();
  readonly #pending: Site[] = [];

  /** `text` is the document's JSON. */
  constructor(document: unknown, text: string, { formats = 'annotate', additionalMembers = 'judge' }: CompileOptions) {
    if (typeof document !== 'boolean' && !isRecord(document)) {
      throw new InvalidArgumentError({
        argument: 'schema',
        message: `A JSON Schema is an object or a boolean; this is ${JSON.stringify(document) ?? typeof document}.`,
      });
    }
    this.formats = formats;
    this.#allowsAdditional = additionalMembers === 'allow';
    this.#references = new References(document, text);
  }

  *compile(): Steps<SchemaNode> {
    const { root, nowhere } = this.#references;
    const node = this.#nodeOf(root.root, root, nowhere, this.#allowsAdditional);
    node.referrers++;
    let count = 0;
    for (let site = this.#pending.pop(); site !== undefined; site = this.#pending.pop()) {
      for (const read of readersOf(site.schema)) for (const _ of read(site) ?? []) yield* rest();
      if (++count % NODES_PER_STEP === 0) yield* rest();
    }
    if (cutLoops(this.nodes))
      this.limit('a reference that leads back to itself, or on through too many others, is not judged');
    return node;
  }

  create(): SchemaNode {
    const node = new SchemaNode();
    this.nodes.push(node);
    return node;
  }

  nodeOf(schema: unknown, { resource, scope, allowsAdditional, user }: Surroundings): SchemaNode {
    const node = this.#nodeOf(schema, resource, scope, allowsAdditional);
    user.parts.push(node);
    return node;
  }

  referenced(reference: string, isDynamic: boolean, from: Surroundings): SchemaNode {
    const { resource, scope } = from;
    const target = isDynamic
      ? this.#references.resolveDynamic(reference, resource, scope)
      : this.#references.resolve(reference, resource);
    if (target === undefined || (typeof target.schema !== 'boolean' && !isRecord(target.schema))) {
      this.limit(`the reference ${reference} cannot be resolved and is not judged`);
      return UNKNOWN;
    }
    const node = this.nodeOf(target.schema, { ...from, resource: target.resource });
    node.referrers++;
    return node;
  }

  pattern(source: string): (text: string) => Truth {
    const known = this.#patterns.get(source);
    if (known !== undefined) return known;
    if (isExhausted()) {
      this.limit(TOO_LARGE);
      return () => undefined;
    }
    const pattern = compilePattern(source);
    const test =
      pattern.type === 'skipped'
        ? () => undefined
        : (text: string) => {
            const truth = pattern.test(text);
            if (truth === undefined)
              this.limit(`the pattern ${source} was too costly for a string, which is undecided`);
            return truth;
          };
    if (pattern.type === 'skipped') {
      this.limit(`the pattern ${source} is not run (${pattern.reason}) and leaves strings undecided`);
    }
    this.#patterns.set(source, test);
    return test;
  }

  limit(text: string): void {
    if (this.#named.has(text)) return;
    this.#named.add(text);
    this.limits.push(text);
  }

  #nodeOf(schema: unknown, around: Resource, outer: DynamicScope, allowsAdditional: boolean): SchemaNode {
    const resource = this.#references.resourceOf(schema, around);
    const scope = this.#references.scopeIn(resource, outer);
    const known = this.#knownIn(scope, allowsAdditional);
    const existing = known.get(schema);
    if (existing !== undefined) return existing;
    if (!afford(STEPS_PER_NODE)) {
      this.limit(TOO_LARGE);
      return UNKNOWN;
    }
    const node = this.create();
    if (isRecord(schema)) {
      known.set(schema, node);
      this.#pending.push(new Site(this, schema, { resource, scope, allowsAdditional, user: node }));
    } else if (schema === false) {
      node.types = 0;
    } else if (schema !== true) {
      node.isUnknown = true;
      this.limit(`${JSON.stringify(schema)} is no schema and is not judged`);
    }
    return node;
  }

  #knownIn(scope: DynamicScope, allowsAdditional: boolean): KnownNodes {
    const known = this.#known.get(scope) ?? { strict: new Map(), lax: new Map() };
    this.#known.set(scope, known);
    return allowsAdditional ? known.lax : known.strict;
  }
}
