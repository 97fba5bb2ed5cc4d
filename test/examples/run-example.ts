import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('../../examples/node/', import.meta.url));

/** Runs an example as its reader does, without a key unless `env` has one; rejects when it fails. */
export async function runExample(file: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, OPENAI_MODEL: _model, ...own } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [folder + file], {
    env: { ...own, NO_COLOR: '1', ...env },
    timeout: 30_000,
  });
  return stdout;
}
