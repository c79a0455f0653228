import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { mostRecordBytes, parseRecord, readRecord } from './read-record.ts';
import { record } from './record.fixture.ts';
import { splitRecord } from './split-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string | Buffer): string {
  const path = join(folder, 'record.json');
  writeFileSync(path, text);
  return path;
}

/** In pieces of that many bytes. */
function split(text: string, size: number): unknown {
  const splitter = splitRecord();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
  return splitter.end();
}

const compact = JSON.stringify(record);

describe('a record is read as it was written', () => {
  test.each([0, 2])('with indentation %i', (indentation) => {
    expect(readRecord(fileOf(JSON.stringify(record, undefined, indentation)))).toEqual(record);
  });

  test('with a byte order mark', () => {
    expect(readRecord(fileOf(`\uFEFF${compact}`))).toEqual(record);
    expect(split(`\uFEFF${compact}`, 1)).toEqual(record);
  });

  test('of exchanges that stand twice, the last', () => {
    for (const text of ['{"exchanges":[1],"exchanges":5}', '{"exchanges":5,"exchanges":[1]}', '{"exchanges":[1],"exchanges":[2]}']) {
      expect(split(text, 4)).toEqual(JSON.parse(text));
    }
  });

  test('without exchanges', () => {
    const empty = { ...record, steps: [], exchanges: [] };
    expect(readRecord(fileOf(JSON.stringify(empty)))).toEqual(empty);
    expect(split('{"exchanges":[ \n ]}', 3)).toEqual({ exchanges: [] });
  });

  test('whatever its pieces', () => {
    for (let size = 1; size < 40; size += 1) expect(split(compact, size)).toEqual(record);
  });

  test('property: any JSON with a list of exchanges, in any pieces, is what JSON.parse makes of it', () => {
    const document = fc.record({ before: fc.jsonValue(), exchanges: fc.array(fc.jsonValue()), after: fc.jsonValue() });
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, 1), (value, size, indentation) => {
        const text = JSON.stringify(value, undefined, indentation);
        expect(split(text, size)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    '{"exchanges":[1 2]}',
    '{"exchanges":[1,]}',
    '{"exchanges":[,1]}',
    '{"exchanges":[1}',
    '{"exchanges":[1]',
    '[1,2',
    '{"a":1}}',
  ])('and %s is no JSON', (text) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(() => split(text, 4)).toThrow(SyntaxError);
  });
});

describe('what is no record of this version is refused in one sentence', () => {
  test.each<[string, string | Buffer, string | RegExp]>([
    ['cut in a verdict', compact.slice(0, -700), / is a run record cut short\.$/],
    ['cut in an exchange', compact.slice(0, compact.indexOf('message_start')), / is a run record cut short\.$/],
    ['damaged', compact.replace('"exchanges":[', '"exchanges":[,'), / is a run record that is damaged: it is not JSON\.$/],
    ['foreign', '{"log":{"entries":[]}}', / is not a run record of messages-conformance\.$/],
    ['a list', '[]', / is not a run record of messages-conformance\.$/],
    ['text', 'hello', / is not JSON\.$/],
    ['empty', '', / is empty\.$/],
    ['UTF-16', Buffer.from(`\uFEFF${compact}`, 'utf16le'), / cannot be read: it is UTF-16; save it as UTF-8\.$/],
    ['of no time', compact.replace(/"startedAt":"[^"]*"/, '"startedAt":"soon"'), / record: record\/startedAt must be a time\.$/],
    ['of no server', compact.replace(/"baseUrl":"[^"]*"/, '"baseUrl":"h"'), / record: record\/target\/baseUrl must be a URL\.$/],
    [
      'of a request to nowhere',
      compact.replace(/"url":"[^"]*"/, '"url":""'),
      / record: record\/exchanges\/0\/request\/url must be a URL\.$/,
    ],
    [
      'too deep',
      `{"format":"messages-conformance/run-record","a":${'['.repeat(3000)}${']'.repeat(3000)}}`,
      / is nested deeper than 2000 levels\.$/,
    ],
    ['with a field of another version', compact.replace('{', '{"more":1,'), / record must NOT have additional properties: "more"\.$/],
    ['newer', compact.replace('"formatVersion":1', '"formatVersion":2'), / newer version \(record format 2, this one reads 1\); update /],
    ['of another shape', compact.replace('"exitCode":4', '"exitCode":"four"'), / is not a valid run record: record\/exitCode must be /],
  ])('%s', (_, text, sentence) => {
    expect(() => readRecord(fileOf(text))).toThrow(sentence);
    expect(() => parseRecord(typeof text === 'string' ? Buffer.from(text) : text, 'standard input')).toThrow(sentence);
  });

  test('too long, before it is read', () => {
    const path = fileOf('');
    truncateSync(path, mostRecordBytes + 1);
    expect(() => readRecord(path)).toThrow(`${path} has more than 268 MB, the most that is read; record fewer exchanges, as with --only.`);
  });

  test('a folder, and nothing', () => {
    expect(() => readRecord(folder)).toThrow(`Cannot read ${folder}: illegal operation on a directory.`);
    expect(() => readRecord(join(folder, 'none'))).toThrow(`Cannot read ${join(folder, 'none')}: no such file or directory.`);
  });
});
