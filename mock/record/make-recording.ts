/** From what was heard to what is written: without secrets, and without what belongs to one connection. */
import type { RawHeader } from '../../spec/index.ts';
import type { Asked, ParsedBody } from './asked.ts';
import { createRedaction, redacted, type Redaction } from './redact.ts';
import { recordingFormat, type RecordedChunk, type RecordedEnding, type RecordedResponse, type Recording } from './recording.ts';
import { withoutSecretQuery } from '../secret-names.ts';
import { isSecretResponseHeader, secretsIn } from './secrets.ts';

export interface Heard {
  readonly status: number;
  readonly headers: readonly RawHeader[];
  readonly headMs: number;
  readonly chunks: readonly RecordedChunk[];
  readonly ending: RecordedEnding;
}

/** Headers that say something of the client. The value of any other is left out, since nobody knows what it holds. */
const plainHeader = /^(?:accept(?:-\w+)?|anthropic-(?:version|beta)|content-type|user-agent|x-app|x-stainless-[\w-]+)$/i;

/** True of the first answer only, or of the connection that it came on. */
const passingHeader = /^(?:date|age|alt-svc|strict-transport-security)$/i;

/** What must be taken out of a request and out of the answer to it. */
export function redactionFor({ headers, query, body }: Asked): Redaction {
  return createRedaction(secretsIn(headers, query, body.json));
}

export function makeRecording(asked: Asked, heard: Heard, redaction: Redaction, now: Date = new Date()): Recording {
  return {
    format: recordingFormat,
    recordedAt: now.toISOString(),
    request: {
      method: asked.method,
      target: redaction.inText(withoutSecretQuery(asked.target)),
      headers: asked.headers.map(([name, value]) => [name, plainHeader.test(name) ? redaction.inText(value) : redacted]),
      ...cleanBody(asked.body, redaction),
    },
    response: cleanResponse(heard, redaction),
    ending: heard.ending,
  };
}

function cleanBody({ json, text }: ParsedBody, redaction: Redaction): ParsedBody {
  if (text !== undefined) return { text: redaction.inText(text) };
  return json === undefined ? {} : { json: redaction.inJson(json) };
}

function cleanResponse({ status, headers, headMs, chunks, ending }: Heard, redaction: Redaction): RecordedResponse {
  const head = { status, headers: headers.flatMap((header) => cleanHeader(header, redaction)), headMs: Math.round(headMs * 10) / 10 };
  const texts = redaction.inPieces(chunks.map(({ text }) => text));
  if (isEventStream(headers)) return { ...head, chunks: chunks.map(({ at }, index) => ({ at, text: texts[index] ?? '' })) };
  const text = texts.join('');
  return { ...head, ...(ending === 'complete' ? readable(text) : { text }) };
}

function cleanHeader([name, value]: RawHeader, redaction: Redaction): readonly RawHeader[] {
  if (isSecretResponseHeader(name) || passingHeader.test(name)) return [];
  return [[name, redaction.inText(value)]];
}

/** Answers that have no body, whatever their headers say; RFC 9110. */
export function isBodyless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

export function isEventStream(headers: readonly RawHeader[]): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-type' && /^text\/event-stream\b/i.test(value));
}

/** Parsed where nothing is lost by it. */
function readable(text: string): ParsedBody {
  if (text === '') return {};
  try {
    const json: unknown = JSON.parse(text);
    if (JSON.stringify(json) === text) return { json };
  } catch {
    // Not JSON: kept as it is.
  }
  return { text };
}
