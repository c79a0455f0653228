/** Checks of the area `content`: what the blocks of a request may be. */
import { refusalsOf } from '../errors/bad-input-tables.ts';
import type { Check } from '../model/check.ts';
import { documentChecks } from './documents.ts';
import { earlierReplyChecks } from './earlier-replies.ts';
import { imageChecks } from './images.ts';
import { orderChecks } from './order.ts';
import { toolLoopChecks } from './tool-loop.ts';

export const checks: readonly Check[] = [
  ...orderChecks,
  ...imageChecks,
  ...documentChecks,
  ...earlierReplyChecks,
  ...refusalsOf('content'),
  ...toolLoopChecks,
];
