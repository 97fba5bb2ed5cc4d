import { type CodeLanguage, code } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { programsOf } from './corpora.ts';
import { mutantsOf } from './mutants.ts';
import { oracleOf } from './oracles.ts';

const all: readonly CodeLanguage[] = [
  'javascript',
  'typescript',
  'python',
  'json',
  'jsonc',
  'yaml',
  'html',
  'css',
  'go',
  'rust',
  'java',
  'cpp',
  'php',
  'xml',
];
const [asked = all.join(','), count = '300', isVerbose] = process.argv.slice(2);

/**
 * Holds `code` against real programs and against programs with one token less or more, and prints one row a language. What
 * is right is for the language's own parser to say.
 */
for (const language of asked.split(',') as CodeLanguage[]) {
  const judge = code({ language });
  const passes = async (text: string) => (await runCheck(judge, text)).type === 'pass';
  const oracle = oracleOf(language);
  const programs = programsOf(language, Number(count));
  const isRight = oracle?.(programs.map(({ text }) => text));
  const right = programs.filter((_, index) => isRight?.[index] !== false);
  const wrong = programs.filter((_, index) => isRight?.[index] === false);
  let alarms = 0;
  const sound = [];
  for (const program of right) {
    const verdict = await runCheck(judge, program.text);
    if (verdict.type === 'fail') {
      alarms += 1;
      if (isVerbose) console.log(`ALARM ${program.file}: ${verdict.issues[0]?.message.slice(0, 200)}`);
    } else sound.push(program);
  }
  let missedFiles = 0;
  for (const program of wrong) {
    if (!(await passes(program.text))) continue;
    missedFiles += 1;
    if (isVerbose) console.log(`MISSED FILE ${program.file}`);
  }
  const mutants = sound
    .filter(({ text }) => text.length < 30_000)
    .flatMap(({ file, text }, seed) => mutantsOf(text, language, seed).map((mutant) => ({ file, text, mutant })));
  const rightMutants = oracle?.(mutants.map(({ mutant }) => mutant));
  let [broken, missed, falseOnMutants] = [0, 0, 0];
  for (const [index, { file, text, mutant }] of mutants.entries()) {
    if (mutant.trim() === '') continue;
    const found = !(await passes(mutant));
    const stillRight = rightMutants?.[index];
    if (stillRight === false) broken += 1;
    if (found === (stillRight === false) || stillRight === undefined) continue;
    if (found) falseOnMutants += 1;
    else missed += 1;
    if (isVerbose) console.log(`${found ? 'ALARM on' : 'MISSED'} mutant of ${file}: ${difference(text, mutant)}`);
  }
  console.log(
    JSON.stringify({
      language,
      right: right.length,
      alarms,
      wrong: wrong.length,
      missedFiles,
      oracle: oracle !== undefined,
      broken,
      missed,
      rightMutants: mutants.length - broken,
      falseOnMutants,
    }),
  );
}

function difference(text: string, mutant: string): string {
  let at = 0;
  while (at < text.length && text[at] === mutant[at]) at += 1;
  return JSON.stringify(`${mutant.slice(Math.max(0, at - 60), at)}⟦${at}⟧${mutant.slice(at, at + 50)}`);
}
