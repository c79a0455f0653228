/** A reply in a script file: a text, a step, a list of steps, a message with pace and ending, or an error instead of one. */
import { pointerTo, type RefusalStopDetails, type StopReason, type Usage } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { stream } from '../script/begin.ts';
import type { Refusal } from '../script/refusal.ts';
import type { ScriptedMessage } from '../script/scripted-message.ts';
import { definedOnly } from './defined-only.ts';
import { readError } from './read-error.ts';
import { addStep, readSteps, stepWords } from './read-steps.ts';
import { readEnding, readPace } from './read-timeline.ts';
import { listed, optional, readChoice, readObject, readText, readTexts } from './read-value.ts';
import { at, mustBe } from './script-file-error.ts';

export function readReply(value: unknown, pointer: string): ScriptedMessage | Refusal {
  if (Array.isArray(value)) return readSteps(value, pointer);
  if (isJsonObject(value)) {
    if (Object.hasOwn(value, 'content')) return readMessage(value, pointer);
    if (Object.hasOwn(value, 'error')) return readError(value, pointer);
  }
  const isStep = typeof value === 'string' || (isJsonObject(value) && stepWords.some((word) => Object.hasOwn(value, word)));
  if (isStep) return addStep(stream(), value, pointer);
  return mustBe(pointer, `a text, a list of steps, or an object with ${listed([...stepWords, 'content', 'error'], 'or')}`, value);
}

function readMessage(value: JsonObject, pointer: string): ScriptedMessage {
  const fields = readObject(value, pointer, ['content', 'usage', 'stop', 'pace', 'headers', 'ending']);
  let message = readSteps(fields['content'], pointerTo(pointer, 'content'));
  const add = <Field>(
    name: string,
    read: (field: unknown, place: string) => Field,
    say: (message: ScriptedMessage, field: Field) => ScriptedMessage,
  ): void => {
    const field = optional(fields, pointer, name, read);
    if (field !== undefined) message = at(pointerTo(pointer, name), () => say(message, field));
  };
  add('usage', readUsage, (said, usage) => said.usage(usage));
  add('stop', readStop, (said, { reason, ...options }) => said.stop(reason, options));
  add('pace', readPace, (said, pace) => said.pace(pace));
  add('headers', readTexts, (said, headers) => Object.entries(headers).reduce((longer, [name, text]) => longer.header(name, text), said));
  add('ending', readEnding, (said, end) => end(said));
  return message;
}

/** The numbers are checked; what else usage holds is the author's. */
function readUsage(value: unknown, pointer: string): Partial<Usage> {
  return isJsonObject(value) ? value : mustBe(pointer, 'an object', value);
}

// A record, so that the compiler misses no reason that the protocol gains.
const stopReasons: Readonly<Record<StopReason, true>> = {
  end_turn: true,
  max_tokens: true,
  stop_sequence: true,
  tool_use: true,
  pause_turn: true,
  refusal: true,
  model_context_window_exceeded: true,
};

interface StopField {
  readonly reason: StopReason;
  readonly sequence?: string;
  readonly details?: RefusalStopDetails;
}

function readStop(value: unknown, pointer: string): StopField {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the type of its keys
  const reasons = Object.keys(stopReasons) as StopReason[];
  if (!isJsonObject(value)) return { reason: readChoice(value, pointer, reasons) };
  const fields = readObject(value, pointer, ['reason', 'sequence', 'details']);
  return {
    reason: readChoice(fields['reason'], pointerTo(pointer, 'reason'), reasons),
    ...definedOnly({
      sequence: optional(fields, pointer, 'sequence', readText),
      details: optional(fields, pointer, 'details', readDetails),
    }),
  };
}

function readDetails(value: unknown, pointer: string): RefusalStopDetails {
  if (!isJsonObject(value)) return mustBe(pointer, 'an object', value);
  // What the wire allows here changes; the author knows what the client is to see.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as unknown as RefusalStopDetails;
}
