/** What each event of a stream carries: a name, and one JSON object of that type. */
import { isJsonObject } from '../../spec/json.ts';
import { check, type GeneralCheck } from '../model/check.ts';
import type { Frame } from '../model/evidence.ts';
import { type Deviation, fail, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { completeStreams, streams } from '../model/kinds.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';

const probes = ['text', 'counting'];
const asksAgain = claudeCode('drops the stream and generates the same turn again without stream');

/** The end marker of another protocol. */
const isSentinel = ({ data, event }: Frame): boolean => data?.trim() === '[DONE]' || event === 'done';

/** Frames that mean something: not comments alone, not the sentinel, and not one that the end of an unfinished stream cut. */
function eventFrames(frames: readonly Frame[], ended: string): readonly Frame[] {
  return frames.filter(
    (frame) => (frame.event !== undefined || frame.data !== undefined) && !isSentinel(frame) && (frame.terminated || ended === 'complete'),
  );
}

export const hasEvents: GeneralCheck = check({
  id: 'stream.framing.has-events',
  level: 'must',
  layer: 'sse',
  reads: completeStreams,
  probes,
  requirement: 'A request with stream: true that is answered 2xx is answered with events.',
  covers: ['sse.status', 'stream.no-silent-truncation'],
  source: docs.streaming,
  breaks: [sdkTypescript('iterating yields nothing and reports no error; the stream helper throws'), asksAgain],
  bugs: ['lemonade#1820'],
  fix: 'Answer what fails before the first token with a status from 400 on and a JSON error.',
  judge: ({ frames, text }) => {
    if (frames.some(({ data }) => data !== undefined)) return pass;
    return fail({ expected: 'at least one event with data', found: text === '' ? 'an empty body' : shown(text) });
  },
});

export const dataIsJson: GeneralCheck = check({
  id: 'stream.framing.data-is-json',
  level: 'must',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'Every event carries data, and its data is one JSON object.',
  covers: ['sse.framing.data-json'],
  source: docs.streaming,
  breaks: [sdkTypescript('iterating and the stream helper throw a SyntaxError'), asksAgain],
  fix: 'Serialize each event on its own; JSON that spans several lines needs "data:" on every one of them.',
  judge: ({ frames, ended }) => {
    const events = eventFrames(frames, ended);
    if (events.length === 0) return notApplicable('the stream has no events');
    return verdictOf(events.filter(({ json }) => !isJsonObject(json)).map(notAnObject));
  },
});

function notAnObject(frame: Frame): Deviation {
  const { data, jsonProblem } = frame;
  const found = data === undefined ? 'no data' : jsonProblem === undefined ? shown(frame.json) : `${shown(data)}: ${jsonProblem}`;
  return { frame, expected: 'one JSON object', found };
}

export const eventLine: GeneralCheck = check({
  id: 'stream.framing.event-line',
  level: 'must',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'Every event has an event line that names it.',
  covers: ['sse.framing.event-line'],
  source: docs.versioning,
  breaks: [sdkTypescript('iterating yields nothing and reports no error; the stream helper throws'), asksAgain],
  fix: 'Write "event: " and the type before each data line.',
  judge: ({ frames, ended }) => {
    const events = eventFrames(frames, ended).filter(({ data }) => data !== undefined);
    if (events.length === 0) return notApplicable('the stream has no events');
    const nameless = events.filter(({ event }) => event === undefined || event === '');
    return verdictOf(nameless.map((frame) => ({ frame, expected: 'an event line', found: `data alone: ${shown(frame.data)}` })));
  },
});

/** Events of the protocol; others are extensions and may look as they like. */
const knownEvents: ReadonlySet<string> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'ping',
  'error',
]);

export const nameEqualsType: GeneralCheck = check({
  id: 'stream.framing.name-equals-type',
  level: 'must',
  layer: 'sse',
  reads: streams,
  probes,
  after: ['stream.framing.data-is-json'],
  requirement: "The name of an event is its data's type.",
  covers: ['sse.framing.name-equals-type', 'stream.stop.shape', 'stream.ping.shape', 'stream.unknown-events'],
  source: docs.streaming,
  breaks: [
    sdkTypescript('follows the type in the data: without it the stream helper throws'),
    sdkPython('follows the name of the event, and so sees another stream than the TypeScript SDK'),
    asksAgain,
  ],
  judge: ({ frames, ended }) => {
    const named = eventFrames(frames, ended).flatMap((frame) => {
      const type = isJsonObject(frame.json) ? frame.json['type'] : undefined;
      const isKnown = knownEvents.has(frame.event ?? '') || (typeof type === 'string' && knownEvents.has(type));
      return frame.event !== undefined && isKnown ? [{ frame, type }] : [];
    });
    if (named.length === 0) return notApplicable('the stream names no event of the protocol');
    const different = named.filter(({ frame, type }) => frame.event !== type);
    return verdictOf(different.map(({ frame, type }) => ({ frame, pointer: '/type', expected: shown(frame.event), found: shown(type) })));
  },
});

export const noDoneSentinel: GeneralCheck = check({
  id: 'stream.framing.no-done-sentinel',
  level: 'must',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'A stream has no [DONE] marker: message_stop is its end.',
  covers: ['sse.no-done'],
  source: docs.versioning,
  breaks: [sdkTypescript('throws a SyntaxError where the marker has an event name')],
  fix: 'Keep the end marker of the OpenAI route out of this one.',
  judge: ({ frames }) => {
    if (frames.length === 0) return notApplicable('the stream is empty');
    return verdictOf(
      frames.filter(isSentinel).map((frame) => ({ frame, expected: 'no such event', found: shown(frame.lines.join('\n')) })),
    );
  },
});
