/**
 * HAR 1.2 of the exchanges (http://www.softwareishard.com/blog/har-12-spec/), for browsers' network panels and proxies. What HAR has
 * no field for starts with an underscore, as it allows. Secrets are stars, as in the record.
 */
import type { Body, Exchange, RawHeader, RecordedRequest, RecordedResponse, RunRecord } from '../../spec/record/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { jsonPieces } from '../json-pieces.ts';

export function harPieces(record: RunRecord, _catalogue: Catalogue): Iterable<string> {
  const began = Date.parse(record.startedAt);
  const addresses = Map.groupBy(record.steps, ({ exchange }) => exchange);
  const document = {
    log: {
      version: '1.2',
      creator: { name: 'messages-conformance', version: record.suite.version },
      entries: record.exchanges.map((exchange) =>
        entryOf(
          exchange,
          began,
          (addresses.get(exchange.id) ?? []).map(({ address }) => address),
        ),
      ),
    },
  };
  return jsonPieces(document);
}

function entryOf(
  { id, request, response, timing, connection, ended, problem }: Exchange,
  began: number,
  addresses: readonly string[],
): object {
  const { sent, end } = timing;
  const answered = timing.headers ?? timing.firstByte ?? end;
  return {
    startedDateTime: new Date(Math.min(began + sent, lastMs)).toISOString(),
    time: end - sent,
    request: requestOf(request),
    response: response === undefined ? noResponse : responseOf(response),
    cache: {},
    // The recorder's clock sees the request go out in one piece; connecting is part of waiting.
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: answered - sent, receive: end - answered },
    connection: String(connection.id),
    comment: addresses.join(', '),
    _id: id,
    _addresses: addresses,
    _ended: ended,
    ...(problem === undefined ? {} : { _error: problem }),
    // When the parts of the body came: milliseconds since the request was sent.
    ...(response === undefined ? {} : { _chunks: response.chunks.map(({ offset, at }) => ({ offset, at: at - sent })) }),
  };
}

/** https://tc39.es/ecma262/#sec-time-values-and-time-range: no Date is later. */
const lastMs = 8.64e15;

/** As browsers write a request that nothing answered. */
const noResponse = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

function requestOf({ method, url, headers, body }: RecordedRequest): object {
  const mimeType = valueOf(headers, 'content-type') ?? '';
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(pair),
    queryString: URL.canParse(url) ? [...new URL(url).searchParams].map(pair) : [],
    ...(body === undefined ? {} : { postData: { mimeType, ...contentOf(body) } }),
    headersSize: -1,
    bodySize: body === undefined ? 0 : sizeOf(body),
  };
}

function responseOf({ status, statusText, headers, body }: RecordedResponse): object {
  return {
    status,
    statusText,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(pair),
    content: { size: sizeOf(body), mimeType: valueOf(headers, 'content-type') ?? 'x-unknown', ...contentOf(body) },
    redirectURL: valueOf(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: sizeOf(body),
  };
}

function pair([name, value]: RawHeader): { readonly name: string; readonly value: string } {
  return { name, value };
}

/** The first header of a name. */
function valueOf(headers: readonly RawHeader[], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** `encoding` belongs to responses only, but a request of other bytes has no other place to say so. */
function contentOf(body: Body): object {
  if (body.kind === 'text') return { text: body.text };
  if (body.kind === 'base64') return { text: body.base64, encoding: 'base64' };
  return {
    text: body.head,
    comment: `the first bytes of ${body.bytes}, SHA-256 ${body.sha256}`,
    _tail: body.tail,
  };
}

function sizeOf(body: Body): number {
  return body.kind === 'text' ? Buffer.byteLength(body.text) : body.bytes;
}
