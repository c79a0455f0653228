/** All checks and probes, sorted by area. What only lists or explains them reads `catalogue.json`, which is generated from here. */
import { checks as auth } from './auth/index.ts';
import { checks as beta } from './beta/index.ts';
import { checks as clients } from './clients/index.ts';
import { checks as cache } from './cache/index.ts';
import { checks as content } from './content/index.ts';
import { blockOrder } from './content/order.ts';
import { checks as concurrencyChecks } from './concurrency/index.ts';
import { checks as countTokens } from './count-tokens/index.ts';
import { countRefused } from './count-tokens/refusals.ts';
import { countSpeed } from './count-tokens/speed.ts';
import { countVersion } from './count-tokens/version.ts';
import { checks as disconnectChecks } from './disconnect/index.ts';
import { checks as errors } from './errors/index.ts';
import { checks as history } from './history/index.ts';
import { checks as http } from './http/index.ts';
import { checks as messages } from './messages/index.ts';
import { checks as keepAliveChecks } from './keep-alive/index.ts';
import type { Check } from './model/check.ts';
import type { Probe } from './model/probe.ts';
import { checks as models } from './models/index.ts';
import { checks as parity } from './parity/index.ts';
import { checks as prefillChecks } from './prefill/index.ts';
import { auth as authProbe } from './probes/auth.ts';
import { badInputProbes } from './probes/bad-input.ts';
import { badJson } from './probes/bad-json.ts';
import { badLimits } from './probes/bad-limits.ts';
import { badSeveral } from './probes/bad-several.ts';
import { badSize } from './probes/bad-size.ts';
import { badThinkingHistory } from './probes/bad-thinking-history.ts';
import { beta as betaProbe } from './probes/beta.ts';
import { concurrency } from './probes/concurrency.ts';
import { disconnect } from './probes/disconnect.ts';
import { keepAlive } from './probes/keep-alive.ts';
import { outOfScope } from './probes/out-of-scope.ts';
import { thread } from './probes/thread.ts';
import { countVsUsage } from './probes/count-vs-usage.ts';
import { claudeCodeProbe, claudeCodeSize } from './probes/claude-code.ts';
import { count } from './probes/count.ts';
import { counting } from './probes/counting.ts';
import { cacheRepeat } from './probes/cache-repeat.ts';
import { headers } from './probes/headers.ts';
import { history as historyProbe } from './probes/history.ts';
import { longStream } from './probes/long-stream.ts';
import { modelsList } from './probes/models-list.ts';
import { modelsPages } from './probes/models-pages.ts';
import { parameters } from './probes/parameters.ts';
import { prefill } from './probes/prefill.ts';
import { promptSize } from './probes/prompt-size.ts';
import { routes } from './probes/routes.ts';
import { stopSequence } from './probes/stop-sequence.ts';
import { systemWordProbe } from './probes/system-word.ts';
import { system } from './probes/system.ts';
import { text } from './probes/text.ts';
import { structuredOutput } from './probes/structured-output.ts';
import { thinkingDisplay } from './probes/thinking-display.ts';
import { thinkingModes } from './probes/thinking-modes.ts';
import { thinking } from './probes/thinking.ts';
import { thinkingHistories } from './probes/thinking-histories.ts';
import { toolArguments } from './probes/tool-arguments.ts';
import { toolDefinitionForms } from './probes/tool-definition-forms.ts';
import { toolDefinitions } from './probes/tool-definitions.ts';
import { toolEager } from './probes/tool-eager.ts';
import { toolEmptySchema } from './probes/tool-empty-schema.ts';
import { toolForced } from './probes/tool-forced.ts';
import { toolHistoryForms } from './probes/tool-history-forms.ts';
import { toolHistory } from './probes/tool-history.ts';
import { toolOptions } from './probes/tool-options.ts';
import { toolParallel } from './probes/tool-parallel.ts';
import { toolResultRead } from './probes/tool-result-read.ts';
import { toolStrict } from './probes/tool-strict.ts';
import { toolThinking } from './probes/tool-thinking.ts';
import { typedTools } from './probes/typed-tools.ts';
import { unicode } from './probes/unicode.ts';
import { unmatchedStop } from './probes/unmatched-stop.ts';
import { toolTruncated } from './probes/tool-truncated.ts';
import { sdkBreak, sdkParse, sdkThinking } from './probes/sdk-features.ts';
import { sdkThreads, sdkTools } from './probes/sdk-tools.ts';
import { sdk } from './probes/sdk.ts';
import { smallWindow } from './probes/small-window.ts';
import { warmUp } from './probes/warm-up.ts';
import { variantProbes } from './probes/variants.ts';
import { version as versionProbe } from './probes/version.ts';
import { checks as sdkChecks } from './sdk/index.ts';
import { checks as silence } from './silence/index.ts';
import { checks as stop } from './stop/index.ts';
import { checks as streamFraming } from './stream-framing/index.ts';
import { checks as streamOrder } from './stream-order/index.ts';
import { checks as streamSchema } from './stream-schema/index.ts';
import { checks as structuredOutputChecks } from './structured-output/index.ts';
import { checks as systemChecks } from './system/index.ts';
import { checks as thinkingChecks } from './thinking/index.ts';
import { checks as toolChoice } from './tool-choice/index.ts';
import { checks as tools } from './tools/index.ts';
import { checks as usage } from './usage/index.ts';
import { checks as version } from './version/index.ts';

/** Areas from the lowest layer to the highest; inside an area the order is that of its index. */
export const checks: readonly Check[] = Object.freeze([
  ...http,
  ...auth,
  ...version,
  ...beta,
  ...errors,
  ...streamFraming,
  ...streamOrder,
  ...streamSchema,
  ...messages,
  ...content,
  ...systemChecks,
  ...prefillChecks,
  ...cache,
  ...stop,
  ...usage,
  ...parity,
  ...history,
  ...tools,
  ...toolChoice,
  ...thinkingChecks,
  ...structuredOutputChecks,
  ...countTokens,
  ...models,
  ...concurrencyChecks,
  ...keepAliveChecks,
  ...disconnectChecks,
  ...silence,
  ...clients,
  ...sdkChecks,
]);

/** In the order in which they are sent: what most checks read comes first. */
export const probes: readonly Probe[] = Object.freeze([
  text,
  counting,
  longStream,
  routes,
  headers,
  versionProbe,
  betaProbe,
  thread,
  outOfScope,
  authProbe,
  badJson,
  badSeveral,
  badSize,
  badLimits,
  ...badInputProbes,
  parameters,
  system,
  systemWordProbe,
  prefill,
  ...variantProbes,
  blockOrder,
  promptSize,
  unicode,
  stopSequence,
  unmatchedStop,
  warmUp,
  cacheRepeat,
  thinking,
  badThinkingHistory,
  thinkingModes,
  thinkingDisplay,
  structuredOutput,
  historyProbe,
  thinkingHistories,
  toolDefinitions,
  toolDefinitionForms,
  toolOptions,
  toolEager,
  toolEmptySchema,
  toolForced,
  toolTruncated,
  toolArguments,
  toolStrict,
  toolParallel,
  typedTools,
  toolHistory,
  toolHistoryForms,
  toolResultRead,
  toolThinking,
  count,
  countVsUsage,
  countRefused,
  countVersion,
  smallWindow,
  countSpeed,
  modelsList,
  modelsPages,
  claudeCodeProbe,
  claudeCodeSize,
  sdk,
  sdkTools,
  sdkThreads,
  sdkThinking,
  sdkParse,
  concurrency,
  keepAlive,
  disconnect,
  sdkBreak,
]);
