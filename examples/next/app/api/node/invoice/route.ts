import { extract } from '../../../../lib/extract.ts';

export const runtime = 'nodejs';
/** Seconds; a run may wait for a person. */
export const maxDuration = 60;

export { extract as POST };
