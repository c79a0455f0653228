/** Tools: their definitions, calls and results. What `tool_choice` promises is an area of its own. */
import { areaOf, type Check } from '../model/check.ts';
import { refusalsOf } from '../errors/bad-input-tables.ts';
import { variantChecks } from '../variants.ts';
import { argumentChecks } from './arguments.ts';
import { blockChecks } from './blocks.ts';
import { definitionForms } from './definition-forms.ts';
import { definitionChecks } from './definitions.ts';
import { eagerChecks } from './eager.ts';
import { forcedChecks } from './forced.ts';
import { historyForms } from './history-forms.ts';
import { leakChecks } from './leaks.ts';
import { toolOptions } from './options.ts';
import { parallelChecks } from './parallel.ts';
import { resultReadChecks } from './result-read.ts';
import { resultChecks } from './results.ts';
import { serverBlockChecks } from './server-blocks.ts';
import { strictChecks } from './strict.ts';
import { togetherChecks } from './together.ts';
import { typedChecks } from './typed.ts';
import { weightChecks } from './weight.ts';

export const checks: readonly Check[] = [
  ...blockChecks,
  ...leakChecks,
  ...forcedChecks,
  ...argumentChecks,
  ...strictChecks,
  ...parallelChecks,
  ...definitionChecks,
  ...togetherChecks(definitionForms),
  // Two rows of the table are about tool_choice, and stand there.
  ...variantChecks(toolOptions).filter(({ id }) => areaOf(id) === 'tools'),
  ...eagerChecks,
  ...weightChecks,
  ...typedChecks,
  ...resultChecks,
  ...togetherChecks(historyForms),
  ...resultReadChecks,
  ...refusalsOf('tools'),
  ...serverBlockChecks,
];
