/** HTTP itself: routes, headers, media types, bodies. */
import type { Check } from '../model/check.ts';
import { requestChecks } from './requests.ts';
import { responseChecks } from './response.ts';
import { routeChecks } from './routes.ts';

export const checks: readonly Check[] = [...responseChecks, ...routeChecks, ...requestChecks];
