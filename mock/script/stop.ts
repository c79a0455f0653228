/** Why a scripted answer ends, where the script says so itself. */
import type { RefusalStopDetails, StopReason } from '../../spec/index.ts';
import { requireJson } from './require-json.ts';
import { hintFor, MockScriptError, requireFields, requireKeys, requireText } from './script-error.ts';
import { show } from '../show.ts';

export interface StopOptions {
  /** The matched one; for `stop_sequence`, and only there. */
  readonly sequence?: string;
  /** For `refusal`, and only there. */
  readonly details?: RefusalStopDetails;
}

export interface Stop extends StopOptions {
  readonly reason: StopReason;
}

// A record, so that a reason that is added to the protocol is missed here by the compiler.
const reasons: Readonly<Record<StopReason, true>> = {
  end_turn: true,
  max_tokens: true,
  stop_sequence: true,
  tool_use: true,
  pause_turn: true,
  refusal: true,
  model_context_window_exceeded: true,
};

/** Throws a `MockScriptError` for a reason that does not exist, or with what does not belong to it. */
export function checkStop(reason: StopReason, options: StopOptions): Stop {
  if (typeof reason !== 'string' || !Object.hasOwn(reasons, reason))
    throw new MockScriptError('stop()', `there is no stop reason ${show(reason)}.${hintFor(reason, Object.keys(reasons))}`);
  requireKeys('stop()', options, { sequence: true, details: true });
  if ((reason === 'stop_sequence') !== (options.sequence !== undefined)) {
    throw new MockScriptError('stop().sequence', 'belongs to the reason "stop_sequence", and is required there.');
  }
  if (options.sequence !== undefined) requireText('stop().sequence', options.sequence);
  if (options.details !== undefined && reason !== 'refusal') {
    throw new MockScriptError('stop().details', 'belongs to the reason "refusal".');
  }
  if (options.details !== undefined) requireFields('stop().details', options.details);
  requireJson('stop().details', options.details);
  return { reason, ...options };
}
