import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedaction } from './redact.ts';

const key = 'sk+can/ary"12';

describe('A secret in a response', () => {
  test.each([
    ['as it is', `{"error":"bad key ${key}"}`],
    ['escaped by JSON', JSON.stringify({ error: key })],
    ['escaped as PHP does', String.raw`{"error":"sk+can\/ary\"12"}`],
    ['escaped as .NET does', String.raw`{"error":"sk\u002Bcan/ary\u002212"}`],
    ['percent-encoded', `https://example.org/?key=${encodeURIComponent(key)}&b=1`],
  ])('is replaced %s, and lengths stay', (_, text) => {
    const [clean = ''] = createRedaction([key]).inPieces([text]);
    expect(clean).toMatch(/\*{13,}/);
    expect(clean).not.toMatch(/can|ary/);
    expect(clean.length).toBe(text.length);
  });

  test('is replaced where it is cut between two chunks', () => {
    expect(createRedaction(['canary-1234']).inPieces(['data: cana', 'ry-1234\n\n'])).toEqual(['data: ****', '*******\n\n']);
  });

  test('is replaced where a model says it token by token', () => {
    const delta = (text: string): string =>
      `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":${JSON.stringify(text)}}}\n\n`;
    const ping = 'event: ping\ndata: {"type":"ping"}\n\n';
    const said = createRedaction(['canary-1234']).inPieces([delta('It is ca'), delta('nary'), ping, delta('-1234'), delta('.')]);
    expect(said).toEqual([delta('It is **'), delta('****'), ping, delta('*****'), delta('.')]);
  });

  test('is replaced where nobody named it, by its shape', () => {
    expect(createRedaction([]).inPieces(['use sk-ant-api03-abcdefgh now'])).toEqual(['use ********************* now']);
  });

  test('is replaced by its shape, too, where only the model says it, token by token', () => {
    const shaped = 'sk-ant-api03-abcdefghijklmnop';
    const tokens = ['Your key: s', 'k', '-ant', '-api03-', 'abcdefgh', 'ijklmnop', ' is not valid'];
    const delta = (type: string, text: string): string =>
      `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"${type}_delta","${type}":${JSON.stringify(text)}}}\n\n`;
    const ping = 'event: ping\ndata: {"type":"ping"}\n\n';
    const said = createRedaction([]).inPieces([
      delta('text', tokens[0] ?? ''),
      ping,
      ...tokens.slice(1).map((token) => delta('text', token)),
    ]);
    expect(said.join('')).not.toMatch(/ant|api03|abcd|mnop/);
    expect(said[0]).toBe(delta('text', 'Your key: *'));
    expect(said.at(-2)).toBe(delta('text', '********'));
    expect(said.at(-1)).toBe(delta('text', ' is not valid'));
    // The arguments of a call are no other matter.
    expect(
      createRedaction([])
        .inPieces([delta('thinking', shaped.slice(0, 9)), delta('thinking', shaped.slice(9))])
        .join(''),
    ).not.toContain('api03');
  });

  test('is not seen in text that only looks like one with something left out', () => {
    const delta = (text: string): string =>
      `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":${JSON.stringify(text)}}}\n\n`;
    const words = ['The ', 'sk-learn', ' library ', 'classifies', ' what ', 'regression', ' does ', 'not', '.'].map(delta);
    expect(createRedaction([]).inPieces(words)).toEqual(words);
  });

  test('never survives, and everything else does', () => {
    const secret = fc.stringMatching(/^[a-z]{3}-[A-Za-z0-9"\\/+ü]{4,20}$/);
    fc.assert(
      fc.property(secret, fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (hidden, others) => {
        const text = others.join(hidden);
        const clean = createRedaction([hidden]).inPieces([text]).join('');
        expect(clean.includes(hidden)).toBe(false);
        expect(clean.length).toBe(text.length);
        expect(Array.from(clean).every((character, index) => character === '*' || character === Array.from(text)[index])).toBe(true);
      }),
    );
  });
});

describe('In a request', () => {
  test('secrets are replaced in values and in names', () => {
    const redaction = createRedaction(['canary-1234']);
    expect(redaction.inJson({ a: ['say canary-1234'], 'canary-1234': 1, n: null })).toEqual({
      a: ['say [redacted]'],
      '[redacted]': 1,
      n: null,
    });
  });

  test('fields that hold credentials are replaced whatever they hold, and no others', () => {
    const body = {
      mcp_servers: [{ name: 'x', authorization_token: 'short' }],
      max_tokens: 5,
      access_token: 'a',
      api_key: 'b',
      token_count: 'c',
    };
    expect(createRedaction([]).inJson(body)).toEqual({
      mcp_servers: [{ name: 'x', authorization_token: '[redacted]' }],
      max_tokens: 5,
      access_token: '[redacted]',
      api_key: '[redacted]',
      token_count: 'c',
    });
  });

  test.each(['ollama', 'EMPTY', '1234', 'key'])('%s is too common to be a secret', (word) => {
    expect(createRedaction([word]).inText(`{"model":"${word}"}`)).toBe(`{"model":"${word}"}`);
  });
});

test('A long stream is searched in time that grows with its length', () => {
  const delta = `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"sk-c"}}\n\n`;
  const pieces = Array.from({ length: 10_000 }, () => delta);
  const began = performance.now();
  createRedaction([`sk-canary-${'x'.repeat(100)}`]).inPieces(pieces);
  expect(performance.now() - began).toBeLessThan(3000);
});
