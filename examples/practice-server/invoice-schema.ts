import { z } from 'zod';

/** What the examples want to know of an invoice. */
export const Invoice = z.object({
  vendor: z.string().min(1),
  vendorId: z.string().regex(/^V-\d{5}$/, 'A vendor id is V- and five digits.'),
  currency: z.enum(['EUR', 'GBP', 'USD']),
  lines: z
    .array(
      z.object({
        description: z.string().min(1),
        quantity: z.number().positive(),
        unitPrice: z.number().nonnegative(),
      }),
    )
    .min(1),
  total: z.number().nonnegative(),
});

/** An invoice in our own form. */
export type Invoice = z.infer<typeof Invoice>;
