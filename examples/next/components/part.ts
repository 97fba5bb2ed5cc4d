'use client';

import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { whenUp } from './connection.ts';

/** A part of a page whose code comes when it is first shown; without a connection, as soon as there is one again. */
export function part<PROPS>(load: () => Promise<ComponentType<PROPS>>): LazyExoticComponent<ComponentType<PROPS>> {
  return lazy(async () => ({ default: await load().catch(() => whenUp().then(load)) }));
}
