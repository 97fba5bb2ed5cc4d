import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Extractor, ExtractorConfig, type IConfigFile } from '@microsoft/api-extractor';

/**
 * Compares the public types of each entry with the reports in `api/`, so that no change of the public surface goes
 * unseen. `--write` writes the reports anew. Reads the declarations in `dist`: build first.
 */
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const folder = resolve('api');
const made = resolve('.tmp/api');
rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
mkdirSync(folder, { recursive: true });

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, { types?: string }>;
};
/** Those of a strict user: what is published must compile for them. */
const compilerOptions = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
};
const changed: string[] = [];
for (const [entry, { types }] of Object.entries(exports)) {
  if (types === undefined) continue;
  const name = `${entry === '.' ? 'index' : entry.slice(2)}.api.md`;
  report(types, name);
  if (readOrNothing(join(folder, name)) === readFileSync(join(made, name), 'utf8')) continue;
  changed.push(name);
  if (values.write) renameSync(join(made, name), join(folder, name));
}

if (changed.length === 0) console.log('The public types are as reported in api/.');
else if (values.write) console.log(`Written: ${changed.join(', ')}.`);
else {
  console.error(
    `The public types of ${changed.join(', ')} have changed. Look at the change, and run: npm run api -- --write`,
  );
  process.exitCode = 1;
}

function report(types: string, reportFileName: string): void {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: resolve('.'),
      mainEntryPointFilePath: resolve(types),
      compiler: { overrideTsconfig: { compilerOptions, include: [resolve('dist/**/*.d.ts')] } },
      apiReport: { enabled: true, reportFileName, reportFolder: made, reportTempFolder: join(made, 'temp') },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: { default: { logLevel: 'none' } },
        compilerMessageReporting: { default: { logLevel: 'error' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    } as IConfigFile,
    configObjectFullPath: resolve('api-extractor.json'),
    packageJsonFullPath: resolve('package.json'),
  });
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel !== 'error') message.handled = true;
    },
  });
  if (errorCount > 0) throw new Error(`The declarations in ${types} have ${errorCount} errors.`);
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
