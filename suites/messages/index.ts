/** Checks of the area `messages`. */
import type { Check } from '../model/check.ts';
import * as content from './content.ts';
import { requestChecks } from './requests.ts';
import * as shape from './shape.ts';

export const checks: readonly Check[] = [
  shape.shapeValid,
  shape.stopKeys,
  shape.blocksValid,
  shape.knownBlockTypes,
  shape.optionalFieldsValid,
  shape.knownFieldsOnly,
  content.noEmptyText,
  content.wholeCharacters,
  content.thinkingFirst,
  content.thinkingSigned,
  content.thinkingDisabled,
  content.idUnique,
  content.idPrefix,
  content.modelNamed,
  ...requestChecks,
];
