import { extract } from '../../../../lib/extract.ts';

// Next.js has begun to deprecate the edge runtime in favour of `nodejs`; the same handler runs on both.
export const runtime = 'edge';

export { extract as POST };
