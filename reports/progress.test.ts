import { describe, expect, it } from 'vitest';
import { createProgress, type Progress, type ProgressState } from './progress.ts';

const atFirst: ProgressState = { requestsDone: 1, requestsPlanned: 80, requestsFailed: 0, running: ['tools-any'], generated: 0 };

describe('progress on a terminal', () => {
  it('redraws one line, shorter than the terminal', () => {
    const { progress, written, clock } = setUp(true, 44);
    progress.update(atFirst);
    clock.now = 61_000;
    progress.update({ ...atFirst, requestsDone: 12, running: ['tools-any', 'stream-text'], generated: 340 });
    progress.clear();
    progress.clear();
    expect(written).toEqual([
      '\r\u001B[K1/80 requests, 0:00, tools-any',
      '\r\u001B[K12/80 requests, 1:01, about 6 min left, 34…',
      '\r\u001B[K',
    ]);
  });

  it('is as short as the window is now', () => {
    const { progress, written, clock } = setUp(true, 80);
    progress.update(atFirst);
    clock.width = 20;
    progress.tick();
    expect(written).toEqual(['\r\u001B[K1/80 requests, 0:00, tools-any', '\r\u001B[K1/80 requests, 0:0…']);
  });

  it('shows time going on', () => {
    const { progress, written, clock } = setUp(true, 80);
    progress.tick();
    progress.update({ ...atFirst, requestsDone: 3, requestsPlanned: 2, running: [] });
    clock.now = 2000;
    progress.tick();
    expect(written).toEqual(['\r\u001B[K3/3 requests, 0:00', '\r\u001B[K3/3 requests, 0:02']);
  });

  it('counts requests that failed, once there is one', () => {
    const { progress, written } = setUp(true, 80);
    progress.update({ ...atFirst, requestsFailed: 1, generated: 7 });
    expect(written).toEqual(['\r\u001B[K1/80 requests, 1 failed, 0:00, 7 tokens, tools-any']);
  });
});

describe('the time that is left', () => {
  it.each<[title: string, done: number, planned: number, seconds: number, line: string]>([
    ['is not guessed in the first seconds', 10, 80, 4, '10/80 requests, 0:04'],
    ['is not guessed from a few requests', 3, 80, 60, '3/80 requests, 1:00'],
    ['goes by the pace so far', 20, 80, 60, '20/80 requests, 1:00, about 3 min left'],
    ['is in tens of seconds near the end', 70, 80, 301, '70/80 requests, 5:01, about 50 s left'],
    ['is never nothing while there is more', 79, 80, 60, '79/80 requests, 1:00, about 10 s left'],
    ['is not shown when all is done', 80, 80, 60, '80/80 requests, 1:00'],
  ])('%s', (_, requestsDone, requestsPlanned, seconds, line) => {
    const { progress, written, clock } = setUp(true, 80);
    clock.now = seconds * 1000;
    progress.update({ ...atFirst, requestsDone, requestsPlanned, running: [] });
    expect(written).toEqual([`\r\u001B[K${line}`]);
  });
});

describe('progress elsewhere', () => {
  it('writes a plain line at most every five seconds', () => {
    const { progress, written, clock } = setUp(false, 80);
    for (const [second, requestsDone] of [1, 4, 5, 6, 9, 11].entries()) {
      clock.now = [1000, 4000, 5000, 6000, 9000, 11_000][second] ?? 0;
      progress.update({ ...atFirst, requestsDone, running: ['a'] });
    }
    progress.clear();
    expect(written).toEqual(['5/80 requests, 0:05, about 80 s left, a\n', '11/80 requests, 0:11, about 70 s left, a\n']);
  });
});

function setUp(isLive: boolean, width: number): { progress: Progress; written: string[]; clock: { now: number; width: number } } {
  const written: string[] = [];
  const clock = { now: 0, width };
  const progress = createProgress({ write: (text) => written.push(text), isLive, width: () => clock.width, now: () => clock.now });
  return { progress, written, clock };
}
