/** GET /v1/models: the list, its entries, its pages, one model. */
import type { Check } from '../model/check.ts';
import { boundChecks } from './bounds.ts';
import { capabilityChecks } from './capabilities.ts';
import { itemChecks } from './items.ts';
import { lifecycleChecks } from './lifecycle.ts';
import { listChecks } from './list.ts';
import { pageChecks } from './pages.ts';
import { retrieveChecks } from './retrieve.ts';
import { routeChecks } from './route.ts';
import { usableChecks } from './usable.ts';

export const checks: readonly Check[] = [
  ...routeChecks,
  ...listChecks,
  ...itemChecks,
  ...capabilityChecks,
  ...lifecycleChecks,
  ...pageChecks,
  ...boundChecks,
  ...retrieveChecks,
  ...usableChecks,
];
