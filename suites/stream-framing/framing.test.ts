import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents as events, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const good = streamEvidence(events);
const body = good.text ?? '';
const nothing = streamEvidence('');

/** A stream whose bytes are not UTF-8. */
const binary: Evidence = {
  ...good,
  text: undefined,
  exchange: {
    ...good.exchange,
    response: { status: 200, statusText: '', headers: [], chunks: [], body: { kind: 'base64', base64: '8J+Y', bytes: 3 } },
  },
};

/** The long story: when its frames came, and when the answer was over. */
function story(arrivals: readonly number[], end: number, outputTokens = 64): Evidence {
  const told = events.with(5, { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: outputTokens } });
  const evidence = streamEvidence(told, { arrivals });
  return { ...evidence, exchange: { ...evidence.exchange, timing: { sent: 0, end } } };
}

describeExamples(checks, {
  'stream.framing.has-events': {
    passes: { 'a conforming stream': good },
    fails: { 'an empty body': [nothing, 'an empty body'], 'comments alone': [streamEvidence(': waiting\n\n'), '": waiting\\n\\n"'] },
  },
  'stream.framing.data-is-json': {
    passes: {
      'a conforming stream': good,
      'an object over several lines': streamEvidence('event: ping\ndata: {\ndata: "type": "ping"}\n\n'),
      'a sentinel, which another check reports': streamEvidence(`${body}data: [DONE]\n\n`),
      'a frame that we cut': streamEvidence(`${body}event: ping\ndata: {"type"`, { ended: 'aborted-by-us' }),
    },
    fails: {
      'an array': [streamEvidence('event: ping\ndata: []\n\n'), '[]'],
      'an event without data': [streamEvidence('event: ping\n\n'), 'no data'],
      'a half object': [streamEvidence('event: ping\ndata: {\n\n'), `"{": ${problemOf('{')}`],
    },
    open: { 'no events': [nothing, 'the stream has no events'] },
  },
  'stream.framing.event-line': {
    passes: { 'a conforming stream': good },
    fails: { 'data alone': [streamEvidence([{ event: null, data: { type: 'ping' } }]), 'data alone: "{\\"type\\":\\"ping\\"}"'] },
    open: { 'no events': [nothing, 'the stream has no events'] },
  },
  'stream.framing.name-equals-type': {
    passes: {
      'a conforming stream': good,
      'an extension that has no type': streamEvidence([...events, { event: 'metrics', data: { tokens: 4 } }]),
    },
    fails: {
      'another type': [streamEvidence([{ event: 'message_stop', data: { type: 'ping' } }]), '"ping"'],
      'no type': [streamEvidence([{ event: 'message_stop', data: {} }]), 'nothing'],
      'a name of its own': [streamEvidence([{ event: 'message', data: { type: 'message_stop' } }]), '"message_stop"'],
    },
    open: { 'extensions alone': [streamEvidence([{ event: 'metrics', data: {} }]), 'the stream names no event of the protocol'] },
  },
  'stream.framing.no-done-sentinel': {
    passes: { 'a conforming stream': good },
    fails: {
      'the sentinel': [streamEvidence(`${body}data: [DONE]\n\n`), '"data: [DONE]"'],
      'a done event': [streamEvidence(`${body}event: done\ndata: {}\n\n`), '"event: done\\ndata: {}"'],
    },
  },
  'stream.framing.final-blank-line': {
    passes: { 'a conforming stream': good },
    fails: { 'a stream that ends after its last line': [streamEvidence(body.slice(0, -1)), 'the end of the response'] },
    open: { 'an empty body': [nothing, 'the stream is empty'] },
  },
  'stream.framing.line-endings-consistent': {
    passes: { 'LF throughout': good, 'CRLF throughout': streamEvidence(body.replaceAll('\n', '\r\n')) },
    fails: { 'CRLF in one frame': [streamEvidence(`${body}event: ping\r\ndata: {"type":"ping"}\r\n\r\n`), '"\\r\\n"'] },
  },
  'stream.framing.no-byte-order-mark': {
    passes: { 'a conforming stream': good, 'a mark at the very start': streamEvidence(`\uFEFF${body}`) },
    fails: { 'a mark in front of a later event': [streamEvidence(`${body}\uFEFFevent: ping\ndata: {}\n\n`), 'a byte-order mark'] },
  },
  'stream.framing.lines-are-fields': {
    passes: {
      'id, retry and comments': streamEvidence(`: hello\nretry: 10\nid: 1\nid\n\n${body}`),
      'a line in which we hung up': streamEvidence(`${body}eve`, { ended: 'aborted-by-us' }),
    },
    fails: { 'a bare JSON error': [streamEvidence(`${body}{"error":"boom"}\n\n`), '"{\\"error\\":\\"boom\\"}"'] },
  },
  'stream.framing.utf-8': {
    passes: { 'a conforming stream': good },
    fails: { 'bytes of another encoding': [binary, 'bytes that are not UTF-8'] },
    open: { 'bytes of a stream that was cut': [{ ...binary, ended: 'reset' }, 'the stream did not end in order'] },
  },
  'stream.framing.ends-after-message-stop': {
    passes: { 'a conforming stream': good },
    fails: { 'a response that stays open': [streamEvidence(events, { ended: 'timed-out-by-us' }), 'silence until our timeout'] },
    open: {
      'a stream that we cut': [streamEvidence(events, { ended: 'aborted-by-us' }), 'the response did not end in order: aborted-by-us'],
      'a stream without an end': [streamEvidence(events.slice(0, 6)), 'no message_stop in the stream'],
    },
  },
  'stream.framing.arrives-incrementally': {
    passes: { 'events over time': { stream: story([10, 20, 30, 40, 50], 60) } },
    fails: { 'a buffered stream': [{ stream: story([600, 600, 600.4, 600.6], 1601) }, 'all of it within 0.6 of 1601 ms'] },
    open: {
      'a short reply': [{ stream: story([60], 60, 4) }, 'the reply has only 4 tokens'],
      'a fast mock': [{ stream: story([1], 2) }, 'the whole answer came in one burst, but took less than a second'],
    },
  },
});

/** The wording of the JavaScript engine. */
function problemOf(json: string): string {
  try {
    JSON.parse(json);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
