import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startRedis } from '../servers/redis-server.ts';
import type { Attack } from './attack.ts';

const program = fileURLToPath(new URL('./programs/spender.ts', import.meta.url));
const processes = 4;
const callsAtOnce = 8;
/** What a call may cost beyond its estimate, in USD: see the program. */
const surpriseUsd = 0.02;

/** Processes that share a sum and a rate on a real Redis, each with many calls at once; some of them are killed. */
export const races: Attack = async ({ seed, tries, until }) => {
  const redis = await startRedis();
  const failures: string[] = [];
  let calls = 0;
  let rounds = 0;
  let mostOver = 0;
  try {
    for (; rounds < tries && Date.now() < until; rounds += 1) {
      const name = `round-${seed}-${rounds}`;
      const usd = 1;
      const said = await Promise.all(
        Array.from({ length: processes }, (_, index) =>
          output([redis.url, name, String(usd), String(callsAtOnce), String(seed + rounds * 31 + index)]),
        ),
      );
      const spent = said.reduce((sum, line) => sum + line.usd, 0);
      calls += said.reduce((sum, line) => sum + line.calls, 0);
      const mayBeOver = processes * callsAtOnce * surpriseUsd;
      mostOver = Math.max(mostOver, spent - usd);
      if (spent > usd + mayBeOver) failures.push(`${name}: $${spent.toFixed(3)} of $${usd} were spent`);
      const passed = said.reduce((sum, line) => sum + line.passed, 0);
      if (passed > 100 + 20) failures.push(`${name}: ${passed} calls passed a limit of 100 a minute`);
    }
  } finally {
    await redis.stop();
  }
  return { tried: rounds, failures, figures: { processes, calls, 'over the sum': `$${mostOver.toFixed(3)}` } };
};

interface Said {
  readonly usd: number;
  readonly calls: number;
  readonly passed: number;
}

async function output(args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return JSON.parse(text) as Said; // the program prints it
}
