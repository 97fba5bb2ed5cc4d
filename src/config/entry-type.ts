import type { AnyOption, OptionsOf } from './option.ts';
import type { ConfigRegistry } from './registry.ts';

/** How an entry of a type is written, and what comes of it. */
export interface EntryType<CONFIG, MADE> {
  readonly description: string;
  readonly options: OptionsOf<CONFIG>;
  make(config: CONFIG, registry: ConfigRegistry): MADE;
}

/** An entry type whatever its options: those of an entry have been judged before it makes something of them. */
export interface AnyEntryType<MADE> {
  readonly description: string;
  readonly options: Readonly<Record<string, AnyOption>>;
  make(config: never, registry: ConfigRegistry): MADE;
}
