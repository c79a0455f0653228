/** One recorded exchange, as it lies on disk: what was asked, what came back and when, and how it ended. Made to be read and edited by hand. */
import type { RawHeader } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { isHeaderName, isHeaderValue } from '../script/check-header.ts';

/** Stands in every file; a later format will have another number. */
export const recordingFormat = 'messages-conformance recording 1';

/** Bytes of the response as they arrived, cut between characters. */
export interface RecordedChunk {
  /** Milliseconds after the head of the response. */
  readonly at: number;
  readonly text: string;
}

export interface RecordedRequest {
  readonly method: string;
  /** Path and query as they were sent, without the path of the upstream. */
  readonly target: string;
  readonly headers: readonly RawHeader[];
  /** The parsed body, where it was JSON. */
  readonly json?: unknown;
  /** The body, where it was anything else. Absent where there was none. */
  readonly text?: string;
}

export interface RecordedResponse {
  readonly status: number;
  readonly headers: readonly RawHeader[];
  /** Milliseconds from the request to the head of the response. */
  readonly headMs: number;
  /** The body of an event stream. */
  readonly chunks?: readonly RecordedChunk[];
  /** The body, where it was JSON that can be written again byte by byte. */
  readonly json?: unknown;
  /** Any other body. */
  readonly text?: string;
}

/** How the response ended: to its end, by a broken connection, or by a client that left. */
export type RecordedEnding = 'complete' | 'reset' | 'aborted';

export interface Recording {
  readonly format: typeof recordingFormat;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
  readonly ending: RecordedEnding;
}

/** A recording that cannot be used, or a folder that cannot hold any. The message is a sentence for the user. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

const endings: readonly unknown[] = ['complete', 'reset', 'aborted'] satisfies readonly RecordedEnding[];

/**
 * Narrows what a file holds. `place` names the file.
 * @throws RecordingError
 */
export function readRecording(value: unknown, place: string): Recording {
  const wrong = (pointer: string, allowed: string): never => {
    throw new RecordingError(`${place} is no recording: ${pointer} must be ${allowed}.`);
  };
  if (!isJsonObject(value) || value['format'] !== recordingFormat) return wrong('/format', `"${recordingFormat}"`);
  const { request, response, ending } = value;
  if (!isJsonObject(request)) return wrong('/request', 'an object');
  if (!isJsonObject(response)) return wrong('/response', 'an object');
  if (typeof request['method'] !== 'string') return wrong('/request/method', 'a string');
  if (typeof request['target'] !== 'string' || !request['target'].startsWith('/')) return wrong('/request/target', 'a path');
  if (!isStatus(response['status'])) return wrong('/response/status', 'a whole number from 200 to 599');
  if (!isTime(response['headMs'])) return wrong('/response/headMs', 'a number from 0 on');
  if (!areHeaders(response['headers'])) return wrong('/response/headers', 'pairs of name and value as HTTP can carry them');
  if (!areChunks(response['chunks'])) return wrong('/response/chunks', 'a list of {"at": milliseconds, "text": string}');
  if (!isTextOrAbsent(response['text'])) return wrong('/response/text', 'a string');
  if (!endings.includes(ending)) return wrong('/ending', '"complete", "reset" or "aborted"');
  return asRecording(value);
}

/** Every field that a replay reads was looked at above. */
function asRecording(value: JsonObject): Recording {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as unknown as Recording;
}

function isStatus(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599;
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function areHeaders(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((pair: unknown) => Array.isArray(pair) && pair.length === 2 && isHeaderName(pair[0]) && isHeaderValue(pair[1]))
  );
}

function areChunks(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((chunk) => isJsonObject(chunk) && isTime(chunk['at']) && typeof chunk['text'] === 'string');
}
