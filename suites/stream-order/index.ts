/** Checks of the area `stream.order`. */
import type { Check } from '../model/check.ts';
import * as blocks from './blocks.ts';
import * as failures from './failures.ts';
import * as message from './message.ts';

export const checks: readonly Check[] = [
  message.messageStartFirst,
  message.messageStartOnce,
  blocks.blockEventsNameOpenBlock,
  blocks.blocksAreStopped,
  blocks.oneBlockAtATime,
  blocks.indexInteger,
  blocks.indexContiguous,
  blocks.deltaMatchesBlock,
  blocks.signatureOnceAndLast,
  message.blocksBeforeMessageDelta,
  message.hasMessageDelta,
  message.endsWithMessageStop,
  message.messageStopOnce,
  message.nothingAfterMessageStop,
  message.errorIsLast,
  failures.errorNotFirst,
  failures.noErrorOnValid,
];
