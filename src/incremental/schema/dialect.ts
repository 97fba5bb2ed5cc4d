/** The draft a schema is written for; `any` reads the keywords of all drafts. */
export type Draft = 4 | 6 | 7 | 2019 | 2020 | 'any';

/** The draft that `$schema` names, or `inherited` where it names none that is known. */
export function draftOf(schema: { readonly $schema?: unknown }, inherited: Draft): Draft {
  if (typeof schema.$schema !== 'string') return inherited;
  const [, name] =
    /^https?:\/\/json-schema\.org\/(draft-0[3467]|draft\/20(?:19-09|20-12))\//.exec(schema.$schema) ?? [];
  switch (name) {
    case 'draft-03':
    case 'draft-04':
      return 4;
    case 'draft-06':
      return 6;
    case 'draft-07':
      return 7;
    case 'draft/2019-09':
      return 2019;
    case 'draft/2020-12':
      return 2020;
    default:
      return inherited;
  }
}

const SINCE: Readonly<Record<string, number>> = {
  const: 6,
  contains: 6,
  propertyNames: 6,
  if: 7,
  dependentRequired: 2019,
  dependentSchemas: 2019,
  unevaluatedItems: 2019,
  unevaluatedProperties: 2019,
  minContains: 2019,
  maxContains: 2019,
  prefixItems: 2020,
};

/** Whether the draft has the keyword; those that every draft has are not listed. */
export function knows(draft: Draft, keyword: string): boolean {
  return draft === 'any' || draft >= (SINCE[keyword] ?? 0);
}

/** Up to draft-07 a reference stands alone, and what is written beside it is ignored. */
export function ignoresSiblingsOfRef(draft: Draft): boolean {
  return draft !== 'any' && draft <= 7;
}

/** The keyword that names a schema. */
export function idOf(schema: Readonly<Record<string, unknown>>, draft: Draft): string | undefined {
  if (ignoresSiblingsOfRef(draft) && typeof schema.$ref === 'string') return undefined;
  const id = draft === 4 ? schema.id : schema.$id;
  return typeof id === 'string' ? id : undefined;
}
