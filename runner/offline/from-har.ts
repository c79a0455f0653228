/**
 * A HAR as exchanges: what a browser or a proxy saw of the API. It has the bodies without their coding, and no time for each piece.
 * http://www.softwareishard.com/blog/har-12-spec/
 */
import type { Exchange, RawHeader } from '../../spec/index.ts';
import { ConformanceError } from '../errors.ts';
import { keptWhole } from '../wire/body-keeper.ts';
import { recordedOf } from '../wire/recorded.ts';
import { createRedaction, credentialsIn } from '../wire/redaction.ts';

export interface HarRead {
  readonly exchanges: readonly Exchange[];
  readonly startedAt: Date;
  readonly durationMs: number;
  /** What was left out or changed, a sentence each. */
  readonly notes: readonly string[];
}

interface Entry {
  readonly startedMs: number;
  readonly json: unknown;
}

/** Whether a parsed file is a HAR. */
export function isHar(json: unknown): boolean {
  return Array.isArray(at(json, 'log', 'entries'));
}

/**
 * Requests to the API in it, in the order of sending; anything else that the browser loaded is left out.
 * @param name of the file, for sentences.
 * @throws ConformanceError `usage`
 */
export function readHar(json: unknown, name: string, isOfInterest: (url: string) => boolean): HarRead {
  const all = listOf(at(json, 'log', 'entries'));
  const entries: Entry[] = all
    .filter((entry) => isOfInterest(textOf(at(entry, 'request', 'url'))))
    .map((entry) => ({ startedMs: Date.parse(textOf(at(entry, 'startedDateTime'))) || 0, json: entry }))
    .toSorted((a, b) => a.startedMs - b.startedMs);
  const whole = entries.filter(({ json: entry }) => !isBodyMissing(entry));
  const [first] = whole;
  if (first === undefined) {
    const why = entries.length > 0 ? 'bodies; export it "with content"' : 'request to /v1/messages or /v1/models';
    throw new ConformanceError('usage', `${name} is a HAR that has no ${why}.`);
  }
  const exchanges = whole.map((entry, index) => exchangeOf(entry, `x${index + 1}`, first.startedMs));
  const lost = entries.length - whole.length;
  const coded = whole.filter(({ json: entry }) => isDecoded(headersIn(at(entry, 'response', 'headers')))).length;
  return {
    exchanges,
    startedAt: new Date(first.startedMs),
    // As many arguments as a long HAR has entries are too many for Math.max.
    durationMs: exchanges.reduce((last, { timing }) => Math.max(last, timing.end), 0),
    notes: [
      ...(all.length > entries.length ? [`${count(all.length - entries.length, 'other request')} in the HAR left out.`] : []),
      ...(lost > 0 ? [`${count(lost, 'request')} left out whose answer has no body in the HAR.`] : []),
      ...(coded > 0
        ? [`${count(coded, 'answer')} came compressed; the HAR has the bodies decompressed, so they are judged without that header.`]
        : []),
    ],
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** Secrets end here as they do in the recorder. */
function exchangeOf({ startedMs, json }: Entry, id: string, beganMs: number): Exchange {
  const headers = headersIn(at(json, 'request', 'headers'));
  const sentText = at(json, 'request', 'postData', 'text');
  const url = textOf(at(json, 'request', 'url'));
  const status = numberOf(at(json, 'response', 'status'));
  const body = bodyIn(json);
  const sentAt = startedMs - beganMs;
  const endAt = sentAt + Math.max(0, numberOf(at(json, 'time')));
  const headersAt = Math.min(endAt, sentAt + phases(at(json, 'timings')));
  const responseHeaders = headersIn(at(json, 'response', 'headers'));
  const hasResponse = Number.isInteger(status) && status >= 100 && status <= 999;
  const redaction = createRedaction(credentialsIn(headers));
  return recordedOf(
    {
      sentAt,
      head: '',
      headersAt: hasResponse ? headersAt : undefined,
      firstByteAt: body.length > 0 ? headersAt : undefined,
      endAt,
      response: hasResponse
        ? {
            status,
            statusText: textOf(at(json, 'response', 'statusText')),
            headers: isDecoded(responseHeaders)
              ? responseHeaders.filter(([name]) => !/^content-(encoding|length)$/i.test(name))
              : responseHeaders,
            body: keptWhole(body, redaction),
            chunks: body.length > 0 ? [{ offset: 0, at: endAt }] : [],
          }
        : undefined,
      // Nobody says who hung up.
      ended: hasResponse ? 'complete' : 'aborted-by-us',
      problem: hasResponse ? undefined : 'The HAR has no answer to it.',
    },
    {
      id,
      request: {
        method: textOf(at(json, 'request', 'method')).toUpperCase(),
        url,
        headers,
        ...(typeof sentText === 'string' && sentText !== '' ? { body: Buffer.from(sentText) } : {}),
      },
      requestHeaders: headers,
      // 0: nobody knows which.
      connection: { id: 0, reused: false },
      inFlight: 0,
      redaction,
    },
  ).exchange;
}

/** Before the first byte of the answer; phases that did not happen are -1. */
function phases(timings: unknown): number {
  return ['blocked', 'dns', 'connect', 'send', 'wait'].reduce((sum, phase) => sum + Math.max(0, numberOf(at(timings, phase))), 0);
}

function bodyIn(entry: unknown): Buffer {
  const content = at(entry, 'response', 'content');
  return Buffer.from(textOf(at(content, 'text')), at(content, 'encoding') === 'base64' ? 'base64' : 'utf8');
}

/** Exported without content, or evicted from the browser's cache. */
function isBodyMissing(entry: unknown): boolean {
  return numberOf(at(entry, 'response', 'content', 'size')) > 0 && bodyIn(entry).length === 0;
}

function isDecoded(headers: readonly RawHeader[]): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-encoding' && value.toLowerCase() !== 'identity');
}

/** Without the pseudo-headers of HTTP/2. */
function headersIn(list: unknown): readonly RawHeader[] {
  return listOf(list)
    .map((header) => [textOf(at(header, 'name')), textOf(at(header, 'value'))] as const)
    .filter(([name]) => name !== '' && !name.startsWith(':'));
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = new Map<string, unknown>(Object.entries(found)).get(name);
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
