/** Faults of the event-stream format: lines, blank lines, encoding, names, and the end of the response. */
import { assumes } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { appendText, cutAfter, mapFrames } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { anew, reword, rewordAll } from '../stream-edits.ts';
import { countStream, storyStream } from './stream-targets.ts';

/** A chunk and the end of a stream, as on the OpenAI route. */
const chunk = {
  text: 'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}\n\n',
};
const done = { text: 'data: [DONE]\n\n' };

const rows: readonly Spoiled[] = [
  {
    id: 'no-event-lines',
    sentence: 'Events of a stream come without event lines, as data alone.',
    trips: ['stream.framing.event-line'],
    spoils: rewordAll((text) => text.replace(/^event: .*\n/, '')),
  },
  {
    id: 'event-name-message',
    sentence: 'The name of the message_stop event is "message", the default of a library.',
    trips: ['stream.framing.name-equals-type'],
    spoils: reword('message_stop', (text) => text.replace('event: message_stop', 'event: message')),
  },
  {
    id: 'no-type-in-data',
    sentence: 'The data of a message_delta has no type: only the event line names it.',
    trips: ['stream.framing.name-equals-type', 'stream.order.has-message-delta', 'stop.reason.present', 'usage.output.positive'],
    spoils: reword('message_delta', (text) => text.replace('"type":"message_delta",', '')),
  },
  {
    id: 'done-marker',
    sentence: 'A stream ends with a line data: [DONE], as on the OpenAI route.',
    trips: ['stream.framing.no-done-sentinel'],
    spoils: appendText('data: [DONE]\n\n'),
  },
  {
    id: 'done-event',
    sentence: 'A stream ends with an event named done whose data is [DONE].',
    trips: ['stream.framing.no-done-sentinel'],
    spoils: appendText('event: done\ndata: [DONE]\n\n'),
  },
  {
    id: 'no-final-blank-line',
    sentence: 'No blank line ends the last event of a stream.',
    trips: ['stream.framing.final-blank-line'],
    spoils: reword('message_stop', (text) => text.replace(/\n\n$/, '\n')),
  },
  {
    id: 'mixed-line-endings',
    sentence: 'The first event ends its lines with CRLF, the others with LF.',
    trips: ['stream.framing.line-endings-consistent'],
    spoils: reword('message_start', (text) => text.replaceAll('\n', '\r\n')),
  },
  {
    id: 'byte-order-mark-per-chunk',
    sentence: 'A byte-order mark stands at the beginning of every chunk.',
    layer: 'bytes',
    // With the mark, "event" is no field name any more.
    trips: ['stream.framing.no-byte-order-mark', 'stream.framing.event-line'],
    spoils: reword('ping', (text) => `\uFEFF${text}`),
  },
  {
    id: 'bare-json-line',
    sentence: 'A failure is written into the stream as a line of bare JSON.',
    imitates: ['vllm#46028'],
    trips: ['stream.framing.lines-are-fields'],
    spoils: appendText('{"error":{"message":"engine died","type":"server_error"}}\n\n'),
  },
  {
    id: 'split-character',
    sentence: 'A character is split over two events, half of its bytes in each.',
    layer: 'bytes',
    trips: ['stream.framing.utf-8'],
    spoils: mapFrames((frame, index) => [index === 3 ? { ...frame, bytes: halved(frame.text) } : frame]),
  },
  {
    id: 'data-not-json',
    sentence: 'The data of an event is a Python dictionary, with single quotes.',
    trips: ['stream.framing.data-is-json'],
    spoils: reword('ping', (text) => text.replaceAll('"', "'")),
  },
  {
    id: 'json-over-lines',
    sentence: 'The JSON of an event spans several lines, and only the first of them has data in front.',
    trips: ['stream.framing.data-is-json', 'stream.framing.lines-are-fields'],
    spoils: reword('ping', () => 'event: ping\ndata: {\n  "type": "ping"\n}\n\n'),
  },
  {
    id: 'event-without-data',
    sentence: 'Keep-alive events have a name and no data.',
    trips: ['stream.framing.data-is-json'],
    spoils: reword('ping', () => 'event: ping\n\n'),
  },
  {
    id: 'event-glued',
    sentence: 'No blank line separates two events, which so become one.',
    trips: ['stream.framing.data-is-json'],
    spoils: reword('ping', (text) => text.replace(/\n\n$/, '\n')),
  },
  {
    id: 'openai-error-line',
    sentence: 'A failure in the middle of a stream is a data line with an error of the OpenAI API.',
    trips: ['stream.framing.event-line', 'stream.order.blocks-are-stopped'],
    spoils: reword('content_block_stop', () => 'data: {"error":{"message":"engine died","type":"server_error","code":500}}\n\n'),
  },
  {
    id: 'never-ends',
    sentence: 'The response stays open after message_stop.',
    trips: ['stream.framing.ends-after-message-stop'],
    spoils: cutAfter(14, 'stall'),
  },
  {
    id: 'broken-off',
    sentence: 'The connection breaks in the middle of a stream, and no error event says why.',
    imitates: ['litellm#32159', 'TensorRT-LLM#18289', 'gpt-load#736'],
    trips: ['http.response.complete'],
    spoils: cutAfter(5, 'reset'),
  },
  {
    id: 'ends-in-block',
    sentence: 'A stream ends inside a block as if all were well.',
    imitates: ['litellm#32159'],
    trips: ['stream.order.blocks-are-stopped', 'stream.order.has-message-delta', 'stream.order.ends-with-message-stop'],
    spoils: cutAfter(5, 'end'),
  },
  {
    id: 'buffered',
    sentence: 'A proxy holds a stream back until it is complete.',
    layer: 'timing',
    imitates: ['vllm#43267', 'vllm#40779'],
    trips: ['stream.framing.arrives-incrementally'],
    mayTrip: { 'silence.stream.no-long-pause': 'The clock runs a thousand times as fast, and a busy machine adds to the wait.' },
    touches: storyStream,
    spoils: anew(() => {
      let held = '';
      return mapFrames(({ text }) => {
        held += text;
        return text.includes('"message_stop"') ? [{ text: held, due: 4 }] : [];
      });
    }),
  },
  {
    id: 'empty-stream',
    sentence: 'A request with stream is answered 200 with an empty stream.',
    imitates: ['lemonade#1820'],
    trips: ['stream.framing.has-events'],
    spoils: cutAfter(0, 'end'),
  },
  {
    id: 'openai-chunks',
    sentence: 'A stream consists of chat completion chunks.',
    trips: ['stream.framing.event-line', 'stream.framing.no-done-sentinel', 'stop.reason.present'],
    spoils: mapFrames(({ text }) => (text.includes('"type":"text_delta"') ? [chunk] : text.includes('"message_stop"') ? [done] : [])),
  },
];

/** The event with the first byte of a character that has two. */
function halved(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text.replace('","text":"', '","text":"é'));
  const place = bytes.indexOf(0xc3);
  return bytes.filter((_, index) => index !== place + 1);
}

export const framingFaults: readonly KnownFault[] = [
  ...spoiled({ layer: 'sse', touches: countStream }, rows),
  fault({
    id: 'json-for-stream',
    sentence: 'stream: true is ignored, and the answer is JSON.',
    layer: 'behaviour',
    trips: ['http.stream.is-event-stream'],
    touches: countStream,
    act: assumes({ '/stream': false }),
  }),
];
