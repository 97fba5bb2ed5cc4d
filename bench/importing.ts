/** What loading the package as it is published costs, each time in a new process, beside loading `ai`. */
import { execFileSync } from 'node:child_process';
import { beside, median } from './measure.ts';

const rounds = 15;
const built = beside('../dist');
execFileSync('node', ['scripts/build.ts'], { cwd: beside('..'), stdio: 'inherit' });

const modules = {
  ai: 'ai',
  '@ai-sdk/provider': '@ai-sdk/provider',
  'ai-staged-retry': `${built}/index.js`,
  'ai-staged-retry/checks': `${built}/checks/index.js`,
  'ai-staged-retry/incremental': `${built}/incremental/index.js`,
};
const times: Record<string, number[]> = {};
for (let round = 0; round < rounds; round += 1) {
  for (const [name, module] of Object.entries(modules)) times[name] = [...(times[name] ?? []), timeOf(module)];
}
console.table(
  Object.entries(times).map(([name, all]) => ({
    import: name,
    milliseconds: median(all).toFixed(1),
    ratio: (median(all) / median(times.ai ?? [])).toFixed(2),
  })),
);

function timeOf(module: string): number {
  const script = `const start = performance.now(); await import('${module}'); console.log(performance.now() - start);`;
  const printed = execFileSync('node', ['--input-type=module', '-e', script], { cwd: beside('..'), encoding: 'utf8' });
  return Number(printed);
}
