import { expect, test } from 'vitest';
import { downloadLine } from './download-progress.ts';

function recorded(
  isLive: boolean,
  width = 200,
): { readonly text: () => string; readonly at: (ms: number, done: number, total?: number) => void; readonly end: () => void } {
  let written = '';
  let now = 0;
  const line = downloadLine({ write: (text) => (written += text), isLive, width: () => width, now: () => now });
  const at = (ms: number, done: number, total?: number): void => {
    now = ms;
    line.update({ name: 'm.gguf', file: 1, files: 1, done, total });
  };
  return { text: () => written.replaceAll('\u001b[K', ''), at, end: () => line.end() };
}

test('a terminal has one line with a bar, drawn over ten times a second at most', () => {
  const { text, at, end } = recorded(true);
  at(0, 0, 4e9);
  at(50, 1e6, 4e9);
  at(1000, 1e9, 4e9);
  at(1050, 4e9, 4e9);
  end();
  expect(text().split('\r')).toEqual([
    '',
    'm.gguf [--------------------] 0.0 of 4.0 GB, 0 %',
    'm.gguf [#####---------------] 1.0 of 4.0 GB, 25 %, 1000.0 MB/s, 0:03 left',
    'm.gguf [####################] 4.0 of 4.0 GB, 100 %, 3809.5 MB/s\n',
  ]);
});

test('a log has a plain line every five seconds, and the last one', () => {
  const { text, at, end } = recorded(false);
  at(0, 0, 30e6);
  at(4000, 8e6, 30e6);
  at(5000, 10e6, 30e6);
  at(6000, 30e6, 30e6);
  end();
  expect(text().split('\n')).toEqual([
    'm.gguf 0.0 of 30.0 MB, 0 %',
    'm.gguf 10.0 of 30.0 MB, 33 %, 2.0 MB/s, 0:10 left',
    'm.gguf 30.0 of 30.0 MB, 100 %, 5.0 MB/s',
    '',
  ]);
});

test('the speed is that of the last seconds, and what goes on from before is not counted in', () => {
  const { text, at } = recorded(false);
  at(0, 500e6, 999e6);
  at(10_000, 600e6, 999e6);
  at(30_000, 610e6, 999e6);
  at(35_000, 615e6, 999e6);
  expect(text().trim().split('\n').at(-1)).toBe('m.gguf 615.0 of 999.0 MB, 61 %, 1.0 MB/s, 6:24 left');
});

test('without a length there is no share, and a narrow terminal is not wrapped', () => {
  const { text, at } = recorded(true, 12);
  at(0, 2e6);
  expect(text().replace('\r', '').length).toBeLessThan(12);
  const plain = recorded(false);
  plain.at(0, 2e6);
  expect(plain.text()).toBe('m.gguf 2.0 MB\n');
});

test('more than was announced fills the bar, and no more than that', () => {
  const { text, at } = recorded(true);
  at(0, 2e6, 4e6);
  at(1000, 9e6, 4e6);
  expect(text().split('\r').at(-1)).toBe('m.gguf [####################] 9.0 of 4.0 MB, 100 %, 7.0 MB/s');
});

test('a window that becomes narrow has a line that fits it', () => {
  let written = '';
  let width = 60;
  let now = 0;
  const line = downloadLine({ write: (text) => (written = text), isLive: true, width: () => width, now: () => now });
  const progress = { name: 'm.gguf', file: 1, files: 1, total: 4e9 };
  line.update({ ...progress, done: 1 });
  expect(written).toContain('0 %');
  [width, now] = [20, 1000];
  line.update({ ...progress, done: 2 });
  expect(written.replace('\r\u001b[K', '')).toBe('m.gguf [----------…');
});
