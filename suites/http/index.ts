/** HTTP itself: routes, headers, media types, bodies. */
import type { Check } from '../model/check.ts';
import { outOfScopeRouteChecks } from '../beta/out-of-scope.ts';
import { accountHeaderChecks } from './account-headers.ts';
import { requestChecks } from './requests.ts';
import { responseChecks } from './response.ts';
import { routeChecks } from './routes.ts';
import { streamHeaderChecks } from './stream-headers.ts';

export const checks: readonly Check[] = [
  ...responseChecks,
  ...accountHeaderChecks,
  ...streamHeaderChecks,
  ...routeChecks,
  ...requestChecks,
  ...outOfScopeRouteChecks,
];
