import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareFile, writeFiles } from './write-files.ts';
import { catalogue, record } from './record.fixture.ts';
import { writeReports } from './write-reports.ts';

describe('files', () => {
  it('are written into folders that are made, with nothing beside them', () => {
    const folder = scratch();
    const path = join(folder, 'deep', 'er', 'a.txt');
    prepareFile(path);
    writeFiles([{ path, text: 'a' }]);
    writeFiles([{ path, text: 'b' }]);
    expect(readFileSync(path, 'utf8')).toBe('b');
    expect(readdirSync(join(folder, 'deep', 'er'))).toEqual(['a.txt']);
  });

  it('are all written or none', () => {
    const folder = scratch();
    writeFileSync(join(folder, 'a.txt'), 'old');
    mkdirSync(join(folder, 'b.txt'));
    const first = { path: join(folder, 'a.txt'), text: 'new' };
    expect(() => writeFiles([first, { path: join(folder, 'a.txt', 'c'), text: 'x' }])).toThrow(
      /^Cannot write .*a\.txt\/c: .* is not a folder\.$/,
    );
    expect(() => writeFiles([first, { path: join(folder, 'b.txt'), text: 'x' }])).toThrow(/^Cannot write .*b\.txt: it is a folder\.$/);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'b.txt']);
  });

  it.skipIf(!existsSync('/dev/full'))('stay as they were where another cannot be written', () => {
    const folder = scratch();
    writeFileSync(join(folder, 'a.txt'), 'old');
    expect(() =>
      writeFiles([
        { path: join(folder, 'a.txt'), text: 'new' },
        { path: '/dev/full', text: 'x' },
      ]),
    ).toThrow('Cannot write /dev/full: no space left on device.');
    expect(readdirSync(folder)).toEqual(['a.txt']);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('old');
  });

  it('that cannot be written are refused before anything is sent', () => {
    const folder = scratch();
    expect(() => prepareFile(folder)).toThrow(`Cannot write ${folder}: it is a folder.`);
    writeFileSync(join(folder, 'file'), '');
    expect(() => prepareFile(join(folder, 'file', 'a.xml'))).toThrow(/is not a folder/);
  });

  it.skipIf(process.getuid?.() === 0)('are refused in a folder that is not ours', () => {
    const folder = scratch();
    chmodSync(folder, 0o500);
    expect(() => prepareFile(join(folder, 'a.xml'))).toThrow('permission denied');
  });

  it('behind a link are replaced, the link stays', () => {
    const folder = scratch();
    writeFileSync(join(folder, 'real'), 'old');
    symlinkSync('real', join(folder, 'link'));
    writeFiles([{ path: join(folder, 'link'), text: 'new' }]);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
  });

  it.skipIf(!existsSync('/dev/null'))('that are devices are written to, not replaced', () => {
    writeFiles([{ path: '/dev/null', text: 'x' }]);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('of a step summary grow', async () => {
    const path = join(scratch(), 'summary.md');
    writeFileSync(path, 'before\n');
    await writeReports([{ format: 'shields', path }], record, catalogue, path);
    await writeReports([{ format: 'shields', path }], record, catalogue, path);
    expect(readFileSync(path, 'utf8')).toMatch(/^before\n\{.*\}\n\{.*\}\n$/);
  });
});

function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-'));
}
