import { describe, expect, it } from 'vitest';
import { createProgress, type Progress } from './progress.ts';

describe('progress on a terminal', () => {
  it('redraws one line, shorter than the terminal', () => {
    const { progress, written, clock } = setUp(true, 44);
    progress.update({ requestsDone: 1, requestsPlanned: 80, running: ['tools-any'], generated: 0 });
    clock.now = 61_000;
    progress.update({ requestsDone: 12, requestsPlanned: 80, running: ['tools-any', 'stream-text'], generated: 340 });
    progress.clear();
    progress.clear();
    expect(written).toEqual([
      '\r\u001B[K1/80 requests, 0:00, tools-any',
      '\r\u001B[K12/80 requests, 340 tokens, 1:01, tools-an…',
      '\r\u001B[K',
    ]);
  });

  it('shows time going on', () => {
    const { progress, written, clock } = setUp(true, 80);
    progress.tick();
    progress.update({ requestsDone: 3, requestsPlanned: 2, running: [], generated: 0 });
    clock.now = 2000;
    progress.tick();
    expect(written).toEqual(['\r\u001B[K3/3 requests, 0:00', '\r\u001B[K3/3 requests, 0:02']);
  });
});

describe('progress elsewhere', () => {
  it('writes a plain line at most every five seconds', () => {
    const { progress, written, clock } = setUp(false, 80);
    for (const [second, requestsDone] of [1, 4, 5, 6, 9, 11].entries()) {
      clock.now = [1000, 4000, 5000, 6000, 9000, 11_000][second] ?? 0;
      progress.update({ requestsDone, requestsPlanned: 80, running: ['a'], generated: 0 });
    }
    progress.clear();
    expect(written).toEqual(['5/80 requests, 0:05, a\n', '11/80 requests, 0:11, a\n']);
  });
});

function setUp(isLive: boolean, width: number): { progress: Progress; written: string[]; clock: { now: number } } {
  const written: string[] = [];
  const clock = { now: 0 };
  const progress = createProgress({ write: (text) => written.push(text), isLive, width, now: () => clock.now });
  return { progress, written, clock };
}
