import { existsSync } from 'node:fs';
import { describe, it } from 'vitest';

/** Debian's; another one's path in CHROMIUM_PATH. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export const hasChromium = existsSync(chromiumPath);

/** A suite that needs Chromium: without it, skipped with the reason in its name, and red in CI. */
export function describeInBrowser(title: string, body: () => void): void {
  if (hasChromium) return void describe(title, body);
  if (process.env.CI === undefined) return void describe.skip(`${title} (skipped: no Chromium, ${howTo})`, body);
  describe(title, () => {
    it('needs Chromium', () => {
      throw new Error(`There is no Chromium at ${chromiumPath}: ${howTo}.`);
    });
  });
}

const howTo = 'apt-get install -y chromium';
