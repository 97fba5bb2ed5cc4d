import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const repository = fileURLToPath(new URL('../..', import.meta.url));

// This file is read where `next dev` and `next start` run, and not on Vercel: what is made up here is for one machine.
process.env.LOCAL_STORE_KEY ??= randomUUID();
process.env.INBOX_SECRET ??= `${randomUUID()}${randomUUID()}`;

const config: NextConfig = {
  // The package and the practice model lie beside this app, in one repository.
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  // `npm run example:next:build` runs `tsc` itself: Next.js does not work with TypeScript 7.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // Browsers ask for it where a page names no icon of its own: the links of the inbox, and JSON.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  headers: async () => [
    {
      source: '/((?!api/).*)', // the links of the inbox bring stricter headers of their own
      headers: [
        { key: 'content-security-policy', value: "object-src 'none'; base-uri 'none'; frame-ancestors 'none'" },
        { key: 'referrer-policy', value: 'same-origin' },
        { key: 'x-content-type-options', value: 'nosniff' },
      ],
    },
  ],
};

export default config;
