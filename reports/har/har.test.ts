import { createRequire } from 'node:module';
import { Ajv, type AnySchemaObject } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../spec/record/index.ts';
import { catalogue, record, streamExchange } from '../record.fixture.ts';
import { harPieces } from './index.ts';

const require = createRequire(import.meta.url);
// The package has no types.
const schemas = require('har-schema') as Readonly<Record<string, AnySchemaObject>>;

interface Entry {
  readonly request: { readonly postData?: object; readonly headers: object; readonly queryString: object };
  readonly response: { readonly content: object };
}

describe('the HAR', () => {
  it('is valid by the schema of HAR 1.2', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addMetaSchema(draft06);
    for (const schema of Object.values(schemas)) ajv.addSchema(schema);
    const validate = ajv.getSchema('har.json#');
    expect(validate?.(har())).toBe(true);
    expect(validate?.({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [{}] } })).toBe(false);
  });

  it('has a date also for what no calendar reaches', () => {
    const [exchange] = record.exchanges;
    if (exchange === undefined) throw new Error('the record has exchanges');
    const late = { ...record, exchanges: [{ ...exchange, timing: { sent: 1e300, end: 1e300 } }] };
    expect([...harPieces(late, catalogue)].join('')).toContain('"startedDateTime": "+275760-09-13T00:00:00.000Z"');
  });

  it('has an entry for each exchange, with times, addresses and the arrival of each part', () => {
    expect(har().log.entries).toMatchObject([
      { startedDateTime: '2026-11-20T10:00:00.001Z', response: { status: 0 }, _ended: 'reset', _error: 'the peer closed the connection' },
      {
        startedDateTime: '2026-11-20T10:00:00.010Z',
        time: 1240,
        timings: { send: 0, wait: 110, receive: 1130 },
        connection: '1',
        _id: 'x2',
        _addresses: ['hello/stream'],
        _chunks: [{ offset: 0, at: 120.5 }],
      },
    ]);
  });

  it('keeps bodies as they were, and secrets as stars', () => {
    const [, entry] = har().log.entries;
    expect(entry?.request.headers).toContainEqual({ name: 'x-api-key', value: '********' });
    expect(entry?.request.postData).toEqual({
      mimeType: 'application/json',
      text: `{"model":"m","max_tokens":16,"stream":true,"messages":[{"role":"user","content":"It's me"}]}`,
    });
    expect(entry?.response.content).toEqual({ size: 31, mimeType: 'text/event-stream', text: 'event: message_start\ndata: {}\n\n' });
  });

  it('has other bytes as base64, and says of a cut body what it was', () => {
    const { response } = streamExchange;
    if (response === undefined) throw new Error('the fixture has a response');
    const content = (body: NonNullable<Exchange['response']>['body']): object | undefined =>
      har([{ ...streamExchange, response: { ...response, body } }]).log.entries[0]?.response.content;
    expect(content({ kind: 'base64', base64: '//8=', bytes: 2 })).toMatchObject({ size: 2, text: '//8=', encoding: 'base64' });
    expect(content({ kind: 'cut', head: 'a', tail: 'z', bytes: 9_000_000, sha256: 'ff' })).toMatchObject({
      size: 9_000_000,
      text: 'a',
      comment: 'the first bytes of 9000000, SHA-256 ff',
    });
  });

  it('takes the query apart', () => {
    const request = { ...streamExchange.request, url: 'http://h/v1/messages?beta=true&a=%20b' };
    expect(har([{ ...streamExchange, request }]).log.entries[0]?.request.queryString).toEqual([
      { name: 'beta', value: 'true' },
      { name: 'a', value: ' b' },
    ]);
  });
});

function har(exchanges: readonly Exchange[] = record.exchanges): { readonly log: { readonly entries: readonly Entry[] } } {
  return JSON.parse([...harPieces({ ...record, exchanges }, catalogue)].join('')) as ReturnType<typeof har>;
}
