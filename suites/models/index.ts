/** GET /v1/models: the list, its pages, one model. */
import type { Check } from '../model/check.ts';
import { listChecks } from './list.ts';
import { pageChecks } from './pages.ts';
import { retrieveChecks } from './retrieve.ts';
import { routeChecks } from './route.ts';

export const checks: readonly Check[] = [...routeChecks, ...listChecks, ...pageChecks, ...retrieveChecks];
