import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const config: NextConfig = {
  // The package and the practice model lie beside this app, in one repository.
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  // `npm run example:next:build` runs `tsc` itself: Next.js does not work with TypeScript 7.
  typescript: { ignoreBuildErrors: true },
};

export default config;
