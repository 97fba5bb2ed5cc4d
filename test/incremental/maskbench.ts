import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface BenchmarkSchema {
  readonly id: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly valid: boolean; readonly data: unknown }[];
}

const local = new URL('../../../shared/data/maskbench-dev.jsonl', import.meta.url).pathname;
const directory = process.env.MASKBENCH_DIR;

/** Why the benchmark cannot run here; `undefined` if it can. */
export const missing = directory
  ? existsSync(directory)
    ? undefined
    : `MASKBENCH_DIR ${directory} does not exist`
  : existsSync(local)
    ? undefined
    : 'no benchmark data: set MASKBENCH_DIR to a checkout of the public data set';

/** The schemas of `MASKBENCH_DIR`, else those kept beside the repository. */
export function* benchmarkSchemas(): Generator<BenchmarkSchema> {
  if (directory === undefined) {
    for (const line of readFileSync(local, 'utf8').split('\n')) if (line !== '') yield JSON.parse(line);
    return;
  }
  const nested = join(directory, 'maskbench', 'data');
  const folder = existsSync(nested) ? nested : directory;
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const { schema, tests = [] } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    if (schema !== undefined && tests.length > 0) yield { id: basename(file, '.json'), schema, tests };
  }
}
