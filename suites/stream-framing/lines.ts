/** The event-stream format itself: lines, blank lines, encoding. */
import { check, type GeneralCheck } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { completeStreams, streams } from '../model/kinds.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';

const probes = ['text', 'counting'];

export const finalBlankLine: GeneralCheck = check({
  id: 'stream.framing.final-blank-line',
  level: 'must',
  layer: 'sse',
  reads: completeStreams,
  probes,
  requirement: 'A blank line ends every event, also the last one.',
  covers: ['sse.framing.blank-line'],
  source: docs.eventStreams,
  breaks: [
    sdkTypescript('iterating loses message_stop, and the stream helper throws'),
    claudeCode('older releases count no tokens for the turn'),
  ],
  fix: 'Write "\\n\\n" after each event rather than between events.',
  judge: ({ frames }) => {
    const last = frames.at(-1);
    if (last === undefined) return notApplicable('the stream is empty');
    if (last.terminated) return pass;
    return fail({ frame: last, expected: 'a blank line after the last event', found: 'the end of the response' });
  },
});

export const lineEndingsConsistent: GeneralCheck = check({
  id: 'stream.framing.line-endings-consistent',
  level: 'should',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'A stream uses one kind of line ending throughout.',
  covers: ['sse.framing.line-endings'],
  source: docs.eventStreams,
  breaks: [],
  why: 'A proxy that splits at blank lines and knows one kind of line ending joins two events into one.',
  judge: ({ frames }) => {
    const [first] = frames.flatMap(({ lineEndings }) => lineEndings);
    const odd = frames.find(({ lineEndings }) => lineEndings.some((ending) => ending !== first));
    if (first === undefined) return notApplicable('the stream has no line ending');
    if (odd === undefined) return pass;
    return fail({ frame: odd, expected: `${shown(first)} as before`, found: odd.lineEndings.map((ending) => shown(ending)).join(' and ') });
  },
});

export const noByteOrderMark: GeneralCheck = check({
  id: 'stream.framing.no-byte-order-mark',
  level: 'should',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'No line of a stream but its very first begins with a byte-order mark.',
  covers: ['sse.framing.no-bom'],
  source: docs.eventStreams,
  breaks: [],
  why: 'Inside the stream the mark becomes part of a field name, so that the line is ignored.',
  fix: 'Encode the whole stream with one encoder; some write the mark at the start of every chunk.',
  judge: ({ frames }) => {
    if (frames.length === 0) return notApplicable('the stream is empty');
    const marked = frames.filter(({ index, lines }) => lines.some((line, n) => line.startsWith('\uFEFF') && (index > 0 || n > 0)));
    return verdictOf(marked.map((frame) => ({ frame, expected: 'a field name', found: 'a byte-order mark' })));
  },
});

/** Fields of the format; a line without a colon is a field with an empty value. */
const fields: ReadonlySet<string> = new Set(['event', 'data', 'id', 'retry', '']);

export const linesAreFields: GeneralCheck = check({
  id: 'stream.framing.lines-are-fields',
  level: 'should',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'Every line of a stream is a field of the event-stream format or a comment.',
  covers: ['sse.framing.comments-ok', 'sse.framing.id-retry'],
  source: docs.eventStreams,
  breaks: [sdkTypescript('an error that is written as bare JSON is skipped: iterating ends as if nothing had happened')],
  fix: 'Send failures as an error event; never write a JSON body into a stream that has begun.',
  judge: ({ frames, ended }) => {
    if (frames.length === 0) return notApplicable('the stream is empty');
    const alien = frames
      // Where we hung up, the last line may be half a line.
      .filter(({ terminated }) => terminated || ended === 'complete')
      .flatMap((frame) => frame.lines.map((line) => ({ frame, line })))
      .filter(({ line }) => !fields.has(fieldName(line)));
    return verdictOf(alien.map(({ frame, line }) => ({ frame, expected: 'event, data, id, retry or a comment', found: shown(line) })));
  },
});

function fieldName(line: string): string {
  const [name = ''] = line.replace(/^\uFEFF/, '').split(':', 1);
  return name;
}

export const utf8: GeneralCheck = check({
  id: 'stream.framing.utf-8',
  level: 'must',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'The bytes of a stream are UTF-8.',
  covers: ['sse.charset', 'sse.utf8-boundaries'],
  source: docs.eventStreams,
  breaks: [sdkTypescript('a character that was split over two events turns into replacement characters')],
  fix: 'Decode tokens with a decoder that keeps incomplete bytes until the rest has come.',
  judge: ({ exchange, ended }) => {
    const kind = exchange.response?.body.kind;
    if (kind === 'text') return pass;
    if (kind !== 'base64') return inconclusive('the body was too large to be kept');
    // What we or the peer cut may end inside a character.
    if (ended !== 'complete') return inconclusive('the stream did not end in order');
    return fail({ expected: 'UTF-8', found: 'bytes that are not UTF-8' });
  },
});
