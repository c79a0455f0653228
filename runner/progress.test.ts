import { describe, expect, test } from 'vitest';
import type { Step } from '../spec/index.ts';
import { fixtureMessage, type FixtureOptions, jsonEvidence } from '../suites/model/evidence.fixture.ts';
import { probe, type Probe } from '../suites/model/probe.ts';
import type { RunEvent } from './options.ts';
import { progressOf } from './progress.ts';

type ProgressEvent = Extract<RunEvent, { type: 'progress' }>;

function probeOf(id: string, requests: number): Probe {
  return probe({ id, title: id, cost: { requests, outputTokens: 1 }, steps: ['a'], run: async () => undefined });
}

const [short, long] = [probeOf('short', 2), probeOf('long', 8)];

function stepOf(id: string, attempt = 1): Step {
  return { address: `${id}/a`, probe: id, step: 'a', attempt, last: true, exchange: 'x1' };
}

function watch(): { readonly progress: ReturnType<typeof progressOf>; readonly latest: () => ProgressEvent | undefined } {
  const events: ProgressEvent[] = [];
  const progress = progressOf([short, long], (event) => void (event.type === 'progress' && events.push(event)));
  return { progress, latest: () => events.at(-1) };
}

describe('requests that are planned', () => {
  test('are those that probes may need, until they needed fewer', async () => {
    const { progress, latest } = watch();
    await progress.during(short, async () => {
      expect(latest()).toMatchObject({ requestsDone: 0, requestsPlanned: 10, running: ['short'] });
      progress.onStep(stepOf('short'), jsonEvidence(fixtureMessage));
      expect(latest()).toMatchObject({ requestsDone: 1, requestsPlanned: 10 });
    });
    await progress.during(long, async () => progress.onStep(stepOf('long'), jsonEvidence(fixtureMessage)));
    expect(latest()).toMatchObject({ requestsDone: 2, requestsPlanned: 9, running: ['long'] });
  });

  test('are fewer where a probe is left out, and never fewer than are done', async () => {
    const { progress, latest } = watch();
    progress.leaveOut(long);
    await progress.during(short, async () => {
      expect(latest()).toMatchObject({ requestsPlanned: 2 });
      for (const attempt of [1, 2, 3]) progress.onStep(stepOf('short', attempt), jsonEvidence(fixtureMessage));
    });
    expect(latest()).toMatchObject({ requestsDone: 3, requestsPlanned: 3 });
  });
});

describe('requests that failed', () => {
  test.each<[number, string, FixtureOptions]>([
    [0, 'an answer', {}],
    [0, 'one that we cut', { ended: 'aborted-by-us' }],
    [0, 'one that was too long', { ended: 'limit-by-us' }],
    [0, 'a refusal', { status: 400 }],
    [1, 'a 500', { status: 500 }],
    [1, 'a reset', { ended: 'reset' }],
    [1, 'silence', { ended: 'timed-out-by-us' }],
    [1, 'what is not HTTP', { ended: 'protocol-error' }],
  ])('%i for %s', (expected, _, options) => {
    const { progress, latest } = watch();
    const evidence = jsonEvidence(fixtureMessage, options);
    progress.onStep(stepOf('short'), evidence);
    // The same request, shared by another step.
    progress.onStep(stepOf('long'), evidence);
    expect(latest()).toMatchObject({ requestsDone: 2, requestsFailed: expected });
  });

  test('and the preflight is not counted', () => {
    const { progress, latest } = watch();
    progress.onStep(stepOf('preflight'), jsonEvidence(fixtureMessage));
    expect(latest()).toBeUndefined();
  });
});
