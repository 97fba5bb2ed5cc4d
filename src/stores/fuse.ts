/** Opens after several failures in a row, then allows one access per second until one succeeds. */
export interface Fuse {
  /** `undefined` while no access is allowed. */
  begin(now: number): FuseAccess | undefined;
}

export interface FuseAccess {
  succeed(): void;
  /** Counts a failure, unless another access succeeded or failed in the meantime: failures at the same time count once. */
  fail(now: number): void;
}

const failuresToBlow = 3;
const restMs = 1000;

export function fuse(): Fuse {
  let successes = 0;
  let failures = 0;
  let restsUntil = 0;
  return {
    begin(now) {
      if (failures >= failuresToBlow) {
        if (now < restsUntil) return undefined;
        restsUntil = now + restMs;
      }
      const before = { successes, failures };
      return {
        succeed() {
          successes += 1;
          failures = 0;
        },
        fail(at) {
          if (successes !== before.successes || failures !== before.failures) return;
          failures += 1;
          if (failures >= failuresToBlow) restsUntil = at + restMs;
        },
      };
    },
  };
}
