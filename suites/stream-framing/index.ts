/** Checks of the area `stream.framing`. */
import type { Check } from '../model/check.ts';
import * as ending from './ending.ts';
import * as events from './events.ts';
import * as lines from './lines.ts';

export const checks: readonly Check[] = [
  events.hasEvents,
  events.dataIsJson,
  events.eventLine,
  events.nameEqualsType,
  events.noDoneSentinel,
  lines.finalBlankLine,
  lines.lineEndingsConsistent,
  lines.noByteOrderMark,
  lines.linesAreFields,
  lines.utf8,
  ending.endsAfterMessageStop,
  ending.incremental,
];
