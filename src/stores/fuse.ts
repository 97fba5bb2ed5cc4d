/** Blows after failures in a row, and lets one access a second through until one succeeds. */
export interface Fuse {
  allows(now: number): boolean;
  strain(now: number): void;
  mend(): void;
}

const failuresToBlow = 3;
const restMs = 1000;

export function fuse(): Fuse {
  let failures = 0;
  let restsUntil = 0;
  return {
    allows(now) {
      if (failures < failuresToBlow) return true;
      if (now < restsUntil) return false;
      restsUntil = now + restMs;
      return true;
    },
    strain(now) {
      failures += 1;
      if (failures >= failuresToBlow) restsUntil = now + restMs;
    },
    mend() {
      failures = 0;
    },
  };
}
