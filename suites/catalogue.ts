/** All checks and probes, sorted by area. What only lists or explains them reads `catalogue.json`, which is generated from here. */
import { checks as auth } from './auth/index.ts';
import { checks as countTokens } from './count-tokens/index.ts';
import { checks as errors } from './errors/index.ts';
import { checks as history } from './history/index.ts';
import { checks as http } from './http/index.ts';
import { checks as messages } from './messages/index.ts';
import type { Check } from './model/check.ts';
import type { Probe } from './model/probe.ts';
import { checks as models } from './models/index.ts';
import { checks as parity } from './parity/index.ts';
import { auth as authProbe } from './probes/auth.ts';
import { badInput } from './probes/bad-input.ts';
import { badJson } from './probes/bad-json.ts';
import { badTools } from './probes/bad-tools.ts';
import { countVsUsage } from './probes/count-vs-usage.ts';
import { count } from './probes/count.ts';
import { counting } from './probes/counting.ts';
import { headers } from './probes/headers.ts';
import { history as historyProbe } from './probes/history.ts';
import { longStream } from './probes/long-stream.ts';
import { modelsList } from './probes/models-list.ts';
import { parameters } from './probes/parameters.ts';
import { promptSize } from './probes/prompt-size.ts';
import { routes } from './probes/routes.ts';
import { stopSequence } from './probes/stop-sequence.ts';
import { system } from './probes/system.ts';
import { text } from './probes/text.ts';
import { thinking } from './probes/thinking.ts';
import { toolDefinitions } from './probes/tool-definitions.ts';
import { toolEmptySchema } from './probes/tool-empty-schema.ts';
import { toolForced } from './probes/tool-forced.ts';
import { toolHistory } from './probes/tool-history.ts';
import { unicode } from './probes/unicode.ts';
import { unmatchedStop } from './probes/unmatched-stop.ts';
import { version as versionProbe } from './probes/version.ts';
import { checks as stop } from './stop/index.ts';
import { checks as streamFraming } from './stream-framing/index.ts';
import { checks as streamOrder } from './stream-order/index.ts';
import { checks as streamSchema } from './stream-schema/index.ts';
import { checks as toolChoice } from './tool-choice/index.ts';
import { checks as tools } from './tools/index.ts';
import { checks as usage } from './usage/index.ts';
import { checks as version } from './version/index.ts';

/** Areas from the lowest layer to the highest; inside an area the order is that of its index. */
export const checks: readonly Check[] = Object.freeze([
  ...http,
  ...auth,
  ...version,
  ...errors,
  ...streamFraming,
  ...streamOrder,
  ...streamSchema,
  ...messages,
  ...stop,
  ...usage,
  ...parity,
  ...history,
  ...tools,
  ...toolChoice,
  ...countTokens,
  ...models,
]);

/** In the order in which they are sent: what most checks read comes first. */
export const probes: readonly Probe[] = Object.freeze([
  text,
  counting,
  longStream,
  routes,
  headers,
  versionProbe,
  authProbe,
  badJson,
  badInput,
  badTools,
  parameters,
  system,
  promptSize,
  unicode,
  stopSequence,
  unmatchedStop,
  thinking,
  historyProbe,
  toolDefinitions,
  toolEmptySchema,
  toolForced,
  toolHistory,
  count,
  countVsUsage,
  modelsList,
]);
