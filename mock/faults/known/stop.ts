/** Faults of the stop reason, and of the limits that end a reply. */
import { refuses, withAt } from '../acting.ts';
import { putBody, putStop, putUsage } from '../body-edits.ts';
import { fault, type KnownFault } from '../fault.ts';
import { allFaults, mapBody, onlyWhen } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { edit } from '../stream-edits.ts';
import { all, any, at, mentions, plain, streams, type Touch } from '../touching.ts';
import { aloneWith, callPlain, callStream, countPlain, countStream, cutCall, helloPlain } from './stream-targets.ts';

const counted = mentions('Count from 1 to 100.');
const zero = all(
  aloneWith(),
  at('/max_tokens', (value) => value === 0),
);
/** Asks for more than the rest of the window. */
const filling = all(
  plain,
  at('/max_tokens', (value) => value === 96),
  mentions('one two '),
);
const modelEntry: Touch = ({ method, path }) => method === 'GET' && path === '/v1/models/mock-model';
/** The window that the model is said to have. */
const smallWindow = onlyWhen(({ method }) => method === 'GET', putBody('/max_input_tokens', 200));
const pretended = {
  'errors.in.prompt-too-long': 'The server takes prompts that exceed the window which it pretends to have.',
  'models.retrieve.same-as-listed': 'The list tells the real window.',
};
const sameReply = { 'parity.stop-reason.same': 'The stream of the same reply has another stop reason.' };

const rows: readonly Spoiled[] = [
  {
    id: 'stop-reason-null',
    sentence: 'The stop reason of a finished reply is null.',
    trips: ['stop.reason.present'],
    mayTrip: sameReply,
    spoils: putStop(null),
  },
  {
    id: 'stop-reason-length',
    sentence: 'The stop reason is that of the engine, "length".',
    trips: ['stop.reason.known'],
    mayTrip: sameReply,
    spoils: putStop('length'),
  },
  {
    id: 'stop-reason-tool-calls',
    sentence: 'A reply with a tool call has the stop reason "tool_calls".',
    trips: ['stop.reason.known', 'stop.tool-use.reported'],
    touches: callPlain,
    spoils: putStop('tool_calls'),
  },
  {
    id: 'stop-reason-parse-error',
    sentence: 'A reply whose call could not be read ends with "parse_error".',
    trips: ['stop.reason.known', 'stop.tool-use.reported'],
    touches: callPlain,
    spoils: putStop('parse_error'),
  },
  {
    id: 'cut-as-end-turn',
    sentence: 'A reply that max_tokens cut ends with end_turn.',
    trips: ['stop.max-tokens.json'],
    mayTrip: sameReply,
    touches: all(plain, counted),
    spoils: putStop('end_turn'),
  },
  {
    id: 'cut-as-end-turn-in-stream',
    sentence: 'A stream that max_tokens cut ends with end_turn.',
    trips: ['stop.max-tokens.stream'],
    mayTrip: sameReply,
    touches: all(streams, counted),
    spoils: putStop('end_turn'),
  },
  {
    id: 'zero-generates',
    sentence: 'max_tokens 0 means no limit.',
    layer: 'behaviour',
    trips: ['stop.max-tokens.zero-is-empty'],
    mayTrip: { 'usage.output.positive': 'What was said is not counted.' },
    touches: zero,
    spoils: putBody('/content', [{ type: 'text', text: 'Hello!' }]),
  },
  {
    id: 'zero-as-end-turn',
    sentence: 'The reply to max_tokens 0 ends with end_turn.',
    trips: ['stop.max-tokens.zero-reason'],
    touches: zero,
    spoils: putStop('end_turn'),
  },
  {
    id: 'zero-unpaid',
    sentence: 'The reply to max_tokens 0 counts no input tokens.',
    trips: ['stop.max-tokens.zero-usage'],
    mayTrip: { 'usage.input.positive': 'The count is 0.' },
    touches: zero,
    spoils: putUsage('input_tokens', 0),
  },
  {
    id: 'end-turn-as-max-tokens',
    sentence: 'A reply that the model ended has the stop reason max_tokens.',
    trips: ['stop.end-turn.natural'],
    mayTrip: { 'usage.output.fills-limit-when-cut': 'The reply is shorter than the limit.' },
    touches: helloPlain,
    spoils: putStop('max_tokens'),
  },
  {
    id: 'abort-as-pause',
    sentence: 'A reply that the server aborted has the stop reason pause_turn.',
    trips: ['stop.pause-turn.server-tools-only'],
    mayTrip: sameReply,
    spoils: putStop('pause_turn'),
  },
  {
    id: 'end-turn-for-tool',
    sentence: 'A reply with a tool call ends with end_turn.',
    imitates: ['litellm#34692'],
    trips: ['stop.tool-use.reported'],
    touches: callPlain,
    spoils: putStop('end_turn'),
  },
  {
    id: 'end-turn-for-tool-in-stream',
    sentence: 'A stream with a tool call ends with end_turn.',
    imitates: ['litellm#34692'],
    trips: ['stop.tool-use.reported'],
    touches: callStream,
    spoils: putStop('end_turn'),
  },
  {
    id: 'tool-block-dropped',
    sentence: 'A call that shares a chunk with text is dropped, and the stop reason is still tool_use.',
    imitates: ['litellm#18238'],
    trips: ['stop.tool-use.has-block'],
    mayTrip: { 'tool-choice.tool.calls-the-named': 'The call was forced.' },
    touches: callPlain,
    spoils: mapBody((message) => ({ ...message, content: [{ type: 'text', text: 'Let me see.' }] })),
  },
  {
    id: 'cut-call-as-tool-use',
    sentence: 'A call that max_tokens cut ends with tool_use.',
    imitates: ['vllm#47761'],
    trips: ['stop.tool-truncated.json'],
    touches: all(plain, cutCall),
    spoils: putStop('tool_use'),
  },
  {
    id: 'cut-call-as-tool-use-in-stream',
    sentence: 'A streamed call that max_tokens cut ends with tool_use.',
    imitates: ['vllm#47761'],
    // What is no JSON is reported as that; the rule on the stop reason is not asked any more.
    trips: ['stream.schema.tool-input-parses'],
    touches: all(streams, cutCall),
    spoils: putStop('tool_use'),
  },
  {
    id: 'cut-call-repaired-in-stream',
    sentence: 'A streamed call that max_tokens cut is repaired to an object without its arguments, and ends with tool_use.',
    imitates: ['vllm#47761'],
    trips: ['stop.tool-truncated.stream'],
    touches: all(streams, cutCall),
    spoils: allFaults(
      putStop('tool_use'),
      edit({ type: 'content_block_delta' }, (event) =>
        JSON.stringify(event).includes('"{') ? withAt(event, '/delta/partial_json', '{}') : undefined,
      ),
    ),
  },
  {
    id: 'stop-details-always',
    sentence: 'Every reply has stop_details.',
    trips: ['stop.details.refusal-only'],
    spoils: putBody('/stop_details', { type: 'refusal', category: null, explanation: null }),
  },
  {
    id: 'stop-reason-null-in-stream',
    sentence: 'The stop reason of a finished stream is null.',
    trips: ['stop.reason.present'],
    mayTrip: sameReply,
    touches: countStream,
    spoils: putStop(null),
  },
  {
    id: 'context-window-as-max-tokens',
    sentence: 'A reply that filled the context window ends with max_tokens.',
    layer: 'behaviour',
    trips: ['stop.context-window.reported'],
    mayTrip: { ...pretended, 'usage.output.fills-limit-when-cut': 'The reply is shorter than the limit that is said to have cut it.' },
    touches: any(modelEntry, filling),
    spoils: allFaults(
      smallWindow,
      onlyWhen(({ method }) => method === 'POST', allFaults(putStop('max_tokens'), putUsage('output_tokens', 24))),
    ),
  },
];

export const stopFaults: readonly KnownFault[] = [
  ...spoiled({ layer: 'json', touches: countPlain }, rows),
  fault({
    id: 'zero-refused',
    sentence: 'max_tokens 0 is refused.',
    layer: 'behaviour',
    trips: ['stop.max-tokens.zero-accepted'],
    touches: zero,
    act: refuses(),
  }),
  fault({
    id: 'window-and-limit-added',
    sentence: 'A prompt is refused where its tokens and max_tokens together exceed the context window.',
    layer: 'behaviour',
    trips: ['stop.context-window.request-accepted'],
    mayTrip: pretended,
    touches: any(modelEntry, filling),
    act: () => ({
      instead: (asked) => (asked.method === 'POST' ? refuses('invalid_request_error', 'prompt is too long')().instead?.(asked) : undefined),
      says: smallWindow,
    }),
  }),
];
