// The table of all rules on requests that no schema can express, in the order in which they are told.
import { base64Rules } from './rules/base64-rules.ts';
import { cacheRules } from './rules/cache-rules.ts';
import type { RequestRule } from './rules/request-rule.ts';
import { searchResultRules } from './rules/search-result-rules.ts';
import { serverToolRules } from './rules/server-tool-rules.ts';
import { strictOutputRules } from './rules/strict-output-rules.ts';
import { systemRoleRules } from './rules/system-role-rules.ts';
import { textRules } from './rules/text-rules.ts';
import { thinkingRules } from './rules/thinking-rules.ts';
import { toolLoadingRules } from './rules/tool-loading-rules.ts';
import { toolPairingRules } from './rules/tool-pairing-rules.ts';
import { toolRules } from './rules/tool-rules.ts';
import { versionRules } from './rules/version-rules.ts';
import { warmUpRules } from './rules/warm-up-rules.ts';

/** Every rule, the most telling first. An id is the `keyword` of the problem that a breach gives. */
export const requestRules: readonly RequestRule[] = [
  ...versionRules,
  ...toolPairingRules,
  ...serverToolRules,
  ...searchResultRules,
  ...systemRoleRules,
  ...textRules,
  ...toolRules,
  ...toolLoadingRules,
  ...strictOutputRules,
  ...thinkingRules,
  ...warmUpRules,
  ...cacheRules,
  ...base64Rules,
];
