/** A vendor as the company's books have it. */
export interface Vendor {
  readonly vendorId: string;
  readonly name: string;
  readonly address: string;
}

/** The books: the vendors this company buys from. */
export const vendors: readonly Vendor[] = [
  { vendorId: 'V-11860', name: 'Fisher & Sons Print', address: '4 Quay Street, Bristol, United Kingdom' },
  { vendorId: 'V-20417', name: 'Harbor Light Trading', address: '210 Pier Avenue, Portland, Maine, USA' },
  { vendorId: 'V-30112', name: 'Alder Office Supply', address: 'Erlenweg 7, 50667 Köln, Germany' },
];

/** The vendors whose name contains the words, whatever their case. */
export function findVendors(name: string): readonly Vendor[] {
  const words = name.trim().toLowerCase();
  return vendors.filter((vendor) => vendor.name.toLowerCase().includes(words));
}
