/** How a stream begins and ends: message_start, message_delta, message_stop, error. */
import type { GeneralCheck } from '../model/check.ts';
import { completeStreams, type Kind } from '../model/kinds.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { eventsOf } from '../reading.ts';
import { ruleCheck } from './rule-check.ts';

const blockEvents = ['content_block_start', 'content_block_delta', 'content_block_stop'] as const;
const anything = { called: 'event of a message', events: ['message_start', ...blockEvents, 'message_delta', 'message_stop'] } as const;

/** An error event is an end of its own: nothing need follow it. */
const unfailedStreams: Kind = {
  name: 'complete streams without an error event',
  matches: (evidence) => completeStreams.matches(evidence) && eventsOf(evidence, 'error').length === 0,
};

export const messageStartFirst: GeneralCheck = ruleCheck({
  id: 'stream.order.message-start-first',
  level: 'must',
  rules: ['message-start-first'],
  about: anything,
  requirement: 'Apart from pings, the first event of a stream is message_start.',
  covers: ['stream.order.message-start-first', 'stream.order.ping-anywhere'],
  source: docs.streaming,
  breaks: [
    sdkTypescript('the stream helper throws'),
    sdkPython('the stream helper raises'),
    claudeCode('drops the stream and generates the same turn again without stream'),
  ],
  fix: 'Send message_start before the first token is generated, also where generation ends at once.',
});

export const messageStartOnce: GeneralCheck = ruleCheck({
  id: 'stream.order.message-start-once',
  level: 'must',
  rules: ['message-start-once'],
  about: { called: 'message_start', events: ['message_start'] },
  requirement: 'A stream has one message_start.',
  covers: ['stream.order.message-start-once'],
  source: docs.sdkMessageStream,
  breaks: [sdkTypescript('the stream helper throws at the second one')],
  bugs: ['litellm#32357', 'llama.cpp#18551', 'ik_llama.cpp#1123'],
  fix: 'Keep the "message started" flag per response, not per chunk of the engine.',
});

export const hasMessageDelta: GeneralCheck = ruleCheck({
  id: 'stream.order.has-message-delta',
  level: 'must',
  rules: ['message-delta-required'],
  reads: unfailedStreams,
  about: anything,
  requirement: 'A stream that did not fail has at least one message_delta before its message_stop.',
  covers: ['stream.order.message-delta-at-least-one', 'stream.order.message-delta-many-ok', 'stream.max-tokens'],
  source: docs.streaming,
  breaks: [sdkTypescript('stop_reason stays null, and the tool runner stops without running the tool')],
  fix: 'Send stop reason and usage in a message_delta after the last block, whatever ended generation.',
});

export const endsWithMessageStop: GeneralCheck = ruleCheck({
  id: 'stream.order.ends-with-message-stop',
  level: 'must',
  rules: ['message-stop-required'],
  reads: unfailedStreams,
  about: anything,
  requirement: 'A stream that did not fail ends with message_stop.',
  covers: ['stream.order.message-stop-last', 'stream.max-tokens', 'stream.empty-reply'],
  source: docs.streaming,
  breaks: [sdkTypescript('the stream helper throws'), claudeCode('older releases count no tokens for the turn')],
  fix: 'Send message_stop on every path that ends generation: end of turn, token limit, stop sequence, empty answer.',
});

export const messageStopOnce: GeneralCheck = ruleCheck({
  id: 'stream.order.message-stop-once',
  level: 'must',
  rules: ['message-stop-once'],
  about: { called: 'message_stop', events: ['message_stop'] },
  requirement: 'A stream has one message_stop.',
  covers: ['stream.order.message-stop-last'],
  source: docs.streaming,
  breaks: [],
  why: 'A second end makes a client that pools connections read the end of one answer as part of the next.',
});

export const nothingAfterMessageStop: GeneralCheck = ruleCheck({
  id: 'stream.order.nothing-after-message-stop',
  level: 'must',
  rules: ['nothing-after-stop', 'message-stop-last'],
  about: { called: 'message_stop', events: ['message_stop'] },
  requirement: 'After message_stop come at most pings and events that are not part of the message.',
  covers: ['sse.nothing-after-stop', 'stream.order.message-stop-last'],
  source: docs.streaming,
  breaks: [
    claudeCode('text that comes after the end of its block fails the turn'),
    sdkTypescript('the stream helper has finished: a stop reason or usage that comes now is lost'),
  ],
  fix: 'Flush the last tokens and the usage before ending the message.',
});

export const blocksBeforeMessageDelta: GeneralCheck = ruleCheck({
  id: 'stream.order.blocks-before-message-delta',
  level: 'must',
  rules: ['message-delta-after-blocks'],
  about: { called: 'message_delta', events: ['message_delta'] },
  requirement: 'No event of a content block comes after the first message_delta.',
  covers: ['stream.order.message-delta-after-blocks', 'stream.tool-then-stop'],
  source: docs.streaming,
  breaks: [claudeCode('a tool call that ends after the stop reason is lost')],
  fix: 'Close the open block before the stop reason is sent.',
});

export const errorIsLast: GeneralCheck = ruleCheck({
  id: 'stream.order.error-is-last',
  level: 'should',
  rules: ['error-terminal'],
  about: { called: 'error', events: ['error'] },
  requirement: 'After an error event a stream ends, without message_stop.',
  covers: ['stream.error.terminal'],
  source: docs.errors,
  breaks: [],
  why: 'An end that looks like success after a failure lets an agent go on with half an answer.',
});
