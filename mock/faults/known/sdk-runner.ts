/** Faults that the tool runner of the official SDK meets: loops that it does not finish, and threads that it asks for. */
import { answers, refuses, says } from '../acting.ts';
import { bodyWith, putStop } from '../body-edits.ts';
import type { KnownFault } from '../fault.ts';
import { type Spoiled, spoiled } from '../spoiling.ts';
import { all, at, has, header, messages, not, plain } from '../touching.ts';
import { acted } from './acted.ts';
import { bySdk, is, putInCall } from './tools-shaping.ts';

const withoutThread = header('x-stainless-helper', (value) => value?.includes('thread') !== true);
/** The requests of a loop that was told to ask for no thread. */
const first = all(bySdk, plain, withoutThread, at('/tool_choice/type', is('tool')), not(has('/thread')));
const second = all(bySdk, plain, withoutThread, has('/messages/2'));

const loops: readonly Spoiled[] = [
  {
    id: 'sdk-call-as-end-turn',
    sentence: 'A reply that calls a tool says end_turn: the tool runner stops.',
    imitates: ['litellm#34692'],
    trips: ['sdk.tool-runner.runs-tool', 'stop.tool-use.reported'],
    spoils: putStop('end_turn'),
  },
  {
    id: 'sdk-call-stop-null',
    sentence: 'A reply that calls a tool has no stop reason: the tool runner stops.',
    trips: ['sdk.tool-runner.runs-tool', 'stop.reason.present', 'stop.tool-use.reported'],
    spoils: putStop(null),
  },
  {
    id: 'sdk-call-as-tool-calls',
    sentence: 'A reply that calls a tool says tool_calls: the tool runner stops.',
    trips: ['sdk.tool-runner.runs-tool', 'stop.reason.known', 'stop.tool-use.reported'],
    spoils: putStop('tool_calls'),
  },
  {
    id: 'sdk-message-bare',
    sentence: 'A message has neither role nor type: the tool runner stops.',
    trips: ['sdk.tool-runner.runs-tool', 'messages.shape.valid'],
    spoils: bodyWith({ role: undefined, type: undefined }),
  },
  {
    id: 'sdk-turn-paused',
    sentence: 'The answer to the results of tools says pause_turn: the tool runner would ask again.',
    trips: ['sdk.tool-runner.completes', 'stop.pause-turn.server-tools-only'],
    touches: second,
    spoils: putStop('pause_turn'),
  },
  {
    id: 'sdk-call-id-absent',
    sentence: 'A call has no id: its result cannot name it.',
    trips: ['sdk.tool-runner.results-accepted', 'messages.content.blocks-valid', 'tools.id.prefix', 'sdk.tool-runner.completes'],
    spoils: putInCall('/id', undefined),
  },
];

const answered = acted({ layer: 'behaviour', act: refuses() }, [
  {
    id: 'sdk-results-refused',
    sentence: 'The results of tools that the tool runner sends are refused.',
    trips: ['sdk.tool-runner.results-accepted', 'sdk.tool-runner.completes'],
    touches: second,
  },
  {
    id: 'thread-crash-for-runner',
    sentence: 'The thread that the tool runner asks for ends in a 501.',
    trips: ['sdk.tool-runner.thread-works'],
    touches: all(bySdk, messages, has('/thread')),
    act: answers(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'thread: unknown field' },
      request_id: 'req_of_a_fault',
    }),
  },
]);

/** A server that does not look at threads: the second request of the tool runner is a lone result, and is answered all the same. */
const overlooked = acted({ layer: 'behaviour', act: says() }, [
  {
    id: 'threads-overlooked',
    sentence: 'The field thread is not looked at: a lone result of a tool is answered as if it were the conversation.',
    trips: ['sdk.tool-runner.thread-history', 'beta.thread.unknown-refused', 'messages.beta-field.thread'],
    touches: all(messages, has('/thread')),
    act: () => ({ hears: ({ thread: _thread, ...body }) => alone(body) }),
  },
]);

/** Where the conversation begins with a result, the engine is given its text. */
function alone(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { messages: list } = body;
  const isLone = Array.isArray(list) && JSON.stringify(list[0]).includes('"tool_result"');
  return isLone ? { ...body, messages: [{ role: 'user', content: 'Here it is.' }] } : body;
}

export const sdkRunnerFaults: readonly KnownFault[] = [...spoiled({ layer: 'json', touches: first }, loops), ...answered, ...overlooked];
