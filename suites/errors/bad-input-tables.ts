/** All families of bad input, in the order in which they are sent. */
import { areaOf, type Check } from '../model/check.ts';
import { badInputChecks, type BadInputTable } from './bad-input.ts';
import { badCache } from './bad-cache.ts';
import { badDocuments, bad2026 } from './bad-documents.ts';
import { badFields } from './bad-fields.ts';
import { badFormat, badFormatWithDocument } from './bad-format.ts';
import { badImages } from './bad-images.ts';
import { badMessages } from './bad-messages.ts';
import { badPrefill } from './bad-prefill.ts';
import { badServerTools } from './bad-server-tools.ts';
import { badStrictTools } from './bad-strict-tools.ts';
import { badSystemRole } from './bad-system-role.ts';
import { badText } from './bad-text.ts';
import { badThinkingOff, badThinking } from './bad-thinking.ts';
import { badToolChoice, badToolChoiceAlone } from './bad-tool-choice.ts';
import { badToolDefinitions } from './bad-tool-definitions.ts';
import { badToolHistory } from './bad-tool-history.ts';
import { badTools } from './bad-tools.ts';
import { badBash, badToolset } from './bad-typed-tools.ts';
import { badValues } from './bad-values.ts';
import { badWarmUp } from './bad-warm-up.ts';

export const badInputTables: readonly BadInputTable[] = [
  badMessages,
  badFields,
  badValues,
  badText,
  badPrefill,
  badTools,
  badToolDefinitions,
  badToolChoice,
  badToolChoiceAlone,
  badToolHistory,
  badBash,
  badToolset,
  badStrictTools,
  badServerTools,
  badImages,
  badDocuments,
  bad2026,
  badCache,
  badWarmUp,
  badFormat,
  badFormatWithDocument,
  badSystemRole,
  badThinkingOff,
  badThinking,
];

/** The checks of that area among those of the tables: refusals of what an area is about stand there. */
export function refusalsOf(area: string): readonly Check[] {
  return badInputTables.flatMap(badInputChecks).filter(({ id }) => areaOf(id) === area);
}
