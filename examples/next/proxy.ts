/** Does nothing. Next.js looks for this file in the folders above too, and would find `src/middleware.ts` of the package. */
export function proxy(): void {}

export const config = { matcher: '/never' };
