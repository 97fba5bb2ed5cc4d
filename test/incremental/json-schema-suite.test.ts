import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';

/** A checkout of the official JSON Schema Test Suite, or the copy in Debian's libtest-json-schema-acceptance-perl. */
const root = process.env.JSON_SCHEMA_TEST_SUITE ?? '/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance';
const folder = join(root, 'tests');
const isMissing = !existsSync(folder);

const DIALECTS: Readonly<Record<string, string>> = {
  draft4: 'http://json-schema.org/draft-04/schema#',
  draft6: 'http://json-schema.org/draft-06/schema#',
  draft7: 'http://json-schema.org/draft-07/schema#',
  'draft2019-09': 'https://json-schema.org/draft/2019-09/schema',
  'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

/** Files and groups that are left out, with the reason. */
const LEFT_OUT: readonly { readonly file: string; readonly reason: string }[] = [
  { file: 'refRemote.json', reason: 'remote documents are never fetched' },
  { file: 'vocabulary.json', reason: 'the metaschema, a remote document, would switch keywords off' },
];
/** Groups whose schema refers to the meta-schema or to another document that is not there. */
const REMOTE = 'it refers to a remote document';

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

describe.skipIf(isMissing)(
  `the official JSON Schema Test Suite${isMissing ? ' (skipped: set JSON_SCHEMA_TEST_SUITE to a checkout of it)' : ''}`,
  () => {
    for (const [draft, dialect] of Object.entries(DIALECTS)) {
      const draftFolder = join(folder, draft);
      for (const file of existsSync(draftFolder) ? readdirSync(draftFolder) : []) {
        if (!file.endsWith('.json')) continue;
        const skipped = LEFT_OUT.find((entry) => entry.file === file);
        if (skipped !== undefined) {
          test.skip(`${draft}/${file} (${skipped.reason})`);
          continue;
        }
        const groups: readonly Group[] = JSON.parse(readFileSync(join(draftFolder, file), 'utf8'));
        for (const { description, schema, tests } of groups) {
          const dated = typeof schema === 'object' ? { $schema: dialect, ...schema } : schema;
          const isRemote = compileSchema(dated).limits.some((limit) => limit.includes('cannot be resolved'));
          test.skipIf(isRemote)(`${draft}/${file}: ${description}${isRemote ? ` (${REMOTE})` : ''}`, () => {
            for (const { description, data, valid } of tests) {
              const check = incrementalValidator(dated).start();
              for (const character of JSON.stringify(data)) check.push(character);
              expect({ description, valid: check.end().valid }).toEqual({ description, valid });
              expect({ description, valid: compileSchema(dated).isValid(data) }).toEqual({ description, valid });
            }
          });
        }
      }
    }
  },
);
