// A long record is in memory once, whatever is made of it. Each format has a process of its own, with little more room than that.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatNames } from './formats.ts';
import { writeLongRecord } from './long-record.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-long-'));
const file = join(folder, 'record.json');
const megabytes = 40;

beforeAll(() => writeLongRecord(file, megabytes * 1e6));
afterAll(() => rmSync(folder, { recursive: true }));

const render = `
  const [file, format] = process.argv.slice(1);
  const [{ readRecord }, { formats }, { catalogue }] = await Promise.all(
    ['read-record', 'formats', 'catalogue'].map((name) => import(${JSON.stringify(import.meta.dirname)} + '/' + name + '.ts')),
  );
  const render = await formats[format].load();
  const text = render(readRecord(file), catalogue);
  let length = 0;
  for (const piece of typeof text === 'string' ? [text] : text) length += piece.length;
  console.log(length);`;

test.each(formatNames)('%s', async (format) => {
  expect(statSync(file).size).toBeGreaterThan(megabytes * 1e6);
  // Parsed, the record takes 1.15 times its length; twice that would not fit.
  const heap = `--max-old-space-size=${megabytes * 1.15 + 35}`;
  const child = spawn(process.execPath, [heap, '--input-type=module', '--eval', render, file, format]);
  const [written, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect({ code: child.exitCode, complaint: complaint.slice(0, 500) }).toEqual({ code: 0, complaint: '' });
  const length = Number(written);
  expect(length).toBeGreaterThan(format === 'shields' ? 50 : 500);
  if (!['json', 'har'].includes(format)) expect(length).toBeLessThan(5_500_000);
});
