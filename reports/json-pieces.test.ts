import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from './json-pieces.ts';
import { record } from './record.fixture.ts';

test('joined, the pieces are what JSON.stringify gives', () => {
  for (const document of [record, {}, [], { a: [], b: {}, c: undefined, d: [undefined] }, 'text', null, { 'a"b\n': '\n' }]) {
    expect([...jsonPieces(document)].join('')).toBe(`${JSON.stringify(document, undefined, 2)}\n`);
  }
});

test('property: whatever the document', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (document) => {
      expect([...jsonPieces(document)].join('')).toBe(`${JSON.stringify(document, undefined, 2)}\n`);
    }),
  );
});

test('an exchange is one piece', () => {
  const longest = Math.max(...record.exchanges.map((exchange) => JSON.stringify(exchange, undefined, 2).length * 2));
  for (const piece of jsonPieces(record)) expect(piece.length).toBeLessThan(longest);
});
