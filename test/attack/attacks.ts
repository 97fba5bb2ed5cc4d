import { answers } from './answers.ts';
import type { Attack } from './attack.ts';
import { blocks } from './blocks.ts';
import { crashes } from './crashes.ts';
import { kills } from './kills.ts';
import { mcp } from './mcp.ts';
import { races } from './races.ts';
import { requests } from './requests.ts';
import { schemas } from './schemas.ts';
import { soak } from './soak.ts';
import { wire } from './wire.ts';

export const attacks: Readonly<Record<string, Attack>> = {
  crashes,
  kills,
  requests,
  answers,
  blocks,
  schemas,
  races,
  mcp,
  wire,
  soak,
};

/** Those that break a real Redis. */
export const needsRedis: ReadonlySet<string> = new Set(['kills', 'races', 'wire']);
