import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../spec/schemas/run-record.json' with { type: 'json' };
import { ReportError } from './errors.ts';
import { writeRecord } from './json.ts';
import { readRecord } from './read-record.ts';
import { record } from './record.fixture.ts';

describe('the run record', () => {
  it('is valid by its published schema', () => {
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    validate(record);
    expect(validate.errors).toBeNull();
  });

  it('has a schema that names what is wrong', () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    const validate = ajv.compile(schema);
    const [first] = record.exchanges;
    validate({ ...record, exitCode: 7, exchanges: [{ ...first, ended: 'somehow' }] });
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual(['/exchanges/0/ended', '/exitCode']);
  });

  it('is written into a new folder, with nothing beside it, and reads back the same', () => {
    const folder = join(scratch(), 'deep', 'er');
    const path = writeRecord(record, folder);
    expect(path).toBe(join(folder, 'record.json'));
    expect(readdirSync(folder)).toEqual(['record.json']);
    expect(readRecord(path)).toEqual(record);
  });

  it('replaces an older record', () => {
    const folder = scratch();
    writeFileSync(join(folder, 'record.json'), 'old');
    writeRecord(record, folder);
    expect(JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'))).toEqual(record);
  });

  it('is refused in one sentence where the folder cannot be made', () => {
    const file = join(scratch(), 'file');
    writeFileSync(file, '');
    expect(() => writeRecord(record, file)).toThrow(
      new ReportError('output', `Cannot write ${file}: it is not a folder. Choose another folder with --output DIR.`),
    );
  });
});

describe('readRecord', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a record cut short', JSON.stringify(record).slice(0, 900), 'is a run record cut short.'],
    ['text', 'hello', 'is not JSON.'],
    ['a foreign document', '{"format":"har"}', 'is not a run record of messages-conformance.'],
    ['a bare value', '7', 'is not a run record of messages-conformance.'],
    [
      'a newer record',
      JSON.stringify({ ...record, formatVersion: 2 }),
      'was written by a newer version (record format 2, this one reads 1); update messages-conformance.',
    ],
    [
      'an invalid record',
      JSON.stringify({ ...record, ended: 'never' }),
      'is not a valid run record: record/ended must be equal to one of the allowed values: finished, server-gone, max-time, interrupted, preflight.',
    ],
  ];
  it.each(cases)('refuses %s in one sentence', (_name, text, reason) => {
    const path = join(scratch(), 'record.json');
    writeFileSync(path, text);
    expect(() => readRecord(path)).toThrow(new ReportError('record', `${path} ${reason}`));
  });

  it('says why a file cannot be read', () => {
    expect(() => readRecord('/nowhere/record.json')).toThrow('Cannot read /nowhere/record.json: no such file or directory.');
  });
});

function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-'));
}
