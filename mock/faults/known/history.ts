/** Faults of conversations of several turns, the server's own replies among them. */
import { ignores, refuses, says } from '../acting.ts';
import { putBody } from '../body-edits.ts';
import { fault, type KnownFault } from '../fault.ts';
import { type Fault, mapBody, mapEvents } from '../reply-faults.ts';
import { all, any, at, has, mentions, messages, not, turns, valueAt } from '../touching.ts';
import { failed, refused } from './acted.ts';
import { callPlain, callStream } from './stream-targets.ts';

const one = 'user string / assistant string / user string';
const looped = 'user string / assistant tool_use / user tool_result';
const greeted = all(
  messages,
  at('/max_tokens', (value) => value === 1),
  not(has('/system')),
);
const echoed = turns('user string / assistant text / user string', mentions('"citations":null'));
/** The control of many probes. */
const oneBlock = turns('user text', greeted, mentions('"Say hello."'), not(has('/tools')), not(has('/metadata')));
/** Calls of the server's own. */
const ownLoop = turns(looped, not(mentions('toolu_01Conformance')), not(mentions('toolu_01Modes')));

const refusing = refused([
  {
    id: 'turns-refused',
    sentence: 'A conversation of more than one turn is refused.',
    trips: ['history.turns.accepted'],
    touches: turns(one, greeted),
  },
  {
    id: 'user-twice-refused',
    sentence: 'The chat template insists on turns that alternate: two user messages in a row are refused.',
    trips: ['history.turns.consecutive-user'],
    touches: turns('user string / user string'),
  },
  {
    id: 'assistant-twice-refused',
    sentence: 'Two assistant messages in a row are refused.',
    trips: ['history.turns.consecutive-assistant'],
    touches: turns('user string / assistant string / assistant string / user string'),
  },
  {
    id: 'assistant-first-refused',
    sentence: 'A conversation must begin with the user.',
    imitates: ['anthropic-sdk-typescript#622'],
    trips: ['history.turns.assistant-first'],
    touches: turns('assistant string / user string'),
  },
  {
    id: 'content-blocks-refused',
    sentence: 'The content of a message must be a string.',
    trips: ['history.content.block'],
    touches: oneBlock,
  },
  {
    id: 'content-blocks-one-only',
    sentence: 'A message must not have two text blocks.',
    trips: ['history.content.several-blocks'],
    touches: turns('user text text', greeted, mentions('Say it again.')),
  },
  {
    id: 'citations-null-refused',
    sentence: 'citations: null is refused in an assistant message, although replies have it.',
    trips: ['history.echo.accepted', 'history.echo.streamed-accepted'],
    touches: echoed,
  },
  {
    id: 'thinking-echo-refused',
    sentence: 'Thinking is refused in an assistant message, although replies have it.',
    trips: ['history.echo.thinking-accepted'],
    touches: turns(
      'user string / assistant thinking text / user string',
      has('/thinking'),
      not(mentions('I was told')),
      not(mentions('cache_control')),
    ),
  },
  {
    id: 'parallel-results-refused',
    sentence: 'Two results in one message are refused.',
    trips: ['history.echo.parallel-calls-accepted'],
    touches: turns('user string / assistant text tool_use tool_use / user tool_result tool_result'),
  },
  {
    id: 'thinking-and-call-refused',
    sentence: 'Thinking before a call is refused when it comes back.',
    trips: ['history.echo.thinking-and-call-accepted'],
    touches: turns('user string / assistant thinking text tool_use / user tool_result', has('/thinking')),
  },
]);

const toolOnly = refused([
  {
    id: 'tool-only-turn-refused',
    sentence: 'A turn that is nothing but a call becomes an empty message on its way to the engine, which refuses it.',
    imitates: ['vllm#38738'],
    trips: ['history.echo.call-accepted', 'history.echo.streamed-call-accepted'],
    mayTrip: {
      'sdk.tool-runner.results-accepted': 'The tool runner sends its call back, where the SDK is installed.',
      'sdk.tool-runner.completes': 'The tool runner sends its call back, where the SDK is installed.',
    },
    touches: ownLoop,
  },
]);

const failing = failed([
  {
    id: 'unsigned-thinking-before-call-crash',
    sentence: 'Thinking with an empty signature before a call ends in a 500.',
    trips: ['history.thinking.empty-signature'],
    touches: turns('user string / assistant thinking tool_use / user tool_result'),
  },
]);

/** Does not know the ids of such calls when they come back. */
function forgets(seenIn: (remember: (block: unknown) => void) => Fault): KnownFault['act'] {
  return () => {
    const ids = new Set<unknown>();
    const refuse = refuses('invalid_request_error', 'There is no such call.')().instead;
    return {
      instead: (asked) => (ids.has(valueAt(asked.body, '/messages/1/content/0/id')) ? refuse?.(asked) : undefined),
      says: seenIn((block) => {
        if (valueAt(block, '/type') === 'tool_use') ids.add(valueAt(block, '/id'));
      }),
    };
  };
}

const forgetting: readonly KnownFault[] = [
  fault({
    id: 'call-ids-forgotten',
    sentence: 'A call that comes back with its result is not known any more.',
    layer: 'behaviour',
    imitates: ['vllm#34745'],
    trips: ['history.echo.call-accepted'],
    touches: any(callPlain, ownLoop),
    act: forgets((remember) =>
      mapBody((message) => {
        message.content.forEach(remember);
        return message;
      }),
    ),
  }),
  fault({
    id: 'streamed-call-ids-forgotten',
    sentence: 'Streamed calls have ids that the server does not know when they come back.',
    layer: 'behaviour',
    trips: ['history.echo.streamed-call-accepted'],
    touches: any(callStream, ownLoop),
    act: forgets((remember) =>
      mapEvents((event) => {
        remember(valueAt(event, '/content_block'));
        return event;
      }),
    ),
  }),
  fault({
    id: 'call-and-result-dropped',
    sentence: 'Calls and their results are dropped on their way to the model, which begins anew.',
    layer: 'behaviour',
    trips: ['history.echo.call-continued'],
    touches: ownLoop,
    act: ignores('/messages/2', '/messages/1'),
  }),
  fault({
    id: 'block-dearer-than-string',
    sentence: 'A text block is written into the prompt as JSON.',
    layer: 'behaviour',
    trips: ['history.content.block-equals-string'],
    touches: oneBlock,
    act: says(putBody('/usage/input_tokens', 20)),
  }),
];

export const historyFaults: readonly KnownFault[] = [...refusing, ...toolOnly, ...failing, ...forgetting];
