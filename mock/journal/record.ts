/** An entry that nothing more will happen to, as numbers and one text. */
import type { Archive, Chunk } from './archive.ts';
import type { JournalEntry, JournalOutcome } from './entry.ts';
import type { OpenEntry } from './open-entry.ts';
import { framesOf } from './sent.ts';
import { StoredEntry } from './stored-entry.ts';

/** Where each number of a record stands, after the one that the chunk writes. */
const at = {
  number: 1,
  size: 2,
  at: 3,
  status: 4,
  abortedFrames: 5,
  abortedEvents: 6,
  wordsEnd: 7,
  headersEnd: 8,
  bodyEnd: 9,
  marks: 10,
} as const;
const fixed = 10;

/** Short texts, in this order. */
type Words = readonly [
  id: string,
  method: string,
  url: string,
  outcome: JournalOutcome,
  endpoint: JournalEntry['endpoint'] | null,
  matched: string | null | undefined,
  warning: string | null | undefined,
];

/** Writes it into the archive; the chunk, and the record's index there. */
export function writeRecord(archive: Archive, entry: OpenEntry): readonly [Chunk, number] {
  const { id, method, url, outcome, endpoint, matched, warning, rawBody, status = Number.NaN, abortedAfter, headersJson, sent } = entry;
  const written: Words = [id, method, url, outcome, endpoint, matched, warning];
  const words = JSON.stringify(written);
  const headersEnd = words.length + headersJson.length;
  const numbers = [
    entry.number,
    entry.size,
    entry.at,
    status,
    abortedAfter?.frames ?? Number.NaN,
    abortedAfter?.events ?? Number.NaN,
    words.length,
    headersEnd,
    rawBody === undefined ? Number.NaN : headersEnd + rawBody.length,
    sent.marks.length,
  ];
  for (const mark of sent.marks) numbers.push(mark);
  const text = words + headersJson + (rawBody ?? '') + sent.text;
  const chunk = archive.chunkFor(numbers.length, text);
  return [chunk, chunk.add(numbers, text)];
}

/** Of two entries the later one has the higher number. */
export function recordNumber({ numbers }: Chunk, begin: number): number {
  return numbers[begin + at.number] ?? 0;
}

/** Characters that it was counted as. */
export function recordSize({ numbers }: Chunk, begin: number): number {
  return numbers[begin + at.size] ?? 0;
}

export function readRecord(chunk: Chunk, begin: number): StoredEntry {
  const { numbers } = chunk;
  const field = (index: number): number => numbers[begin + index] ?? Number.NaN;
  const marks = numbers.slice(begin + 1 + fixed, begin + 1 + fixed + field(at.marks));
  const text = chunk.readText(begin, fixed + field(at.marks));
  const words: Words = JSON.parse(text.slice(0, field(at.wordsEnd)));
  const hasBody = !Number.isNaN(field(at.bodyEnd));
  const bodyEnd = hasBody ? field(at.bodyEnd) : field(at.headersEnd);
  const [id, method, url, outcome, endpoint, matched, warning] = words;
  return new StoredEntry({
    number: field(at.number),
    size: field(at.size),
    id,
    at: field(at.at),
    method,
    url,
    outcome,
    endpoint: endpoint ?? undefined,
    matched: matched ?? undefined,
    warning: warning ?? undefined,
    status: Number.isNaN(field(at.status)) ? undefined : field(at.status),
    rawBody: hasBody ? text.slice(field(at.headersEnd), bodyEnd) : undefined,
    abortedAfter: Number.isNaN(field(at.abortedFrames)) ? undefined : { frames: field(at.abortedFrames), events: field(at.abortedEvents) },
    headersJson: text.slice(field(at.wordsEnd), field(at.headersEnd)),
    frames: framesOf(marks, text.slice(bodyEnd)),
  });
}
