import { describe, expect, test } from 'vitest';
import type { RunRecord, Verdict } from '../spec/index.ts';
import { run } from './run.ts';
import { type Flaw, smallServer } from './small-server.fixture.ts';

/** What a run of these checks says about a server with that flaw. */
async function judged(only: string, flaw?: Flaw): Promise<RunRecord> {
  await using server = await smallServer(flaw);
  return await run({ baseUrl: server.url, model: 'm', timeoutMs: 300, only: [only] });
}

const selected = ({ verdicts }: RunRecord): readonly Verdict[] => verdicts.filter(({ outcome }) => outcome !== 'skipped');
/** Checks that did not pass, each with its outcome and what it found. */
const troubles = (record: RunRecord): readonly string[] =>
  selected(record)
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'info')
    .map(({ check, outcome, findings }) => `${outcome} ${check}: ${findings[0]?.found ?? ''}`);

describe('a server that keeps its requests apart', () => {
  test.each(['concurrency.*', 'disconnect.*', 'keep-alive.*'])('has nothing wrong with %s', async (only) => {
    const record = await judged(only);
    expect(troubles(record)).toEqual([]);
    expect(selected(record).filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(3);
  });

  test('meets as many requests at once as the probe declares', async () => {
    const { exchanges, steps } = await judged('concurrency.*');
    const streams = new Set(steps.filter(({ step }) => step.startsWith('stream-')).map(({ exchange }) => exchange));
    const loads = exchanges.filter(({ id }) => streams.has(id)).map(({ inFlight }) => inFlight);
    expect(loads.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  });
});

test('Streams that get the answers of each other are found, and nothing else is blamed', async () => {
  const record = await judged('concurrency.*', 'swaps-streams');
  expect(troubles(record)).toEqual([
    expect.stringMatching(/^fail concurrency\.stream\.own-answer: a call of plant_\w+, of another request$/),
  ]);
});

test('A server that dies when a client hangs up is found by the next request', async () => {
  const record = await judged('disconnect.*', 'dies-of-disconnects');
  expect(troubles(record)).toEqual(['fail disconnect.stream.next-answered: No byte for 300 ms.']);
  expect(record.exchanges.find(({ ended }) => ended === 'aborted-by-us')?.response?.status).toBe(200);
});

test('A connection that is closed without a word is a warning, since every client asks again', async () => {
  const record = await judged('keep-alive.*', 'closes-silently');
  expect(troubles(record)).toEqual([
    'warn keep-alive.after-json.kept-or-announced: closed without a word',
    'warn keep-alive.after-stream.kept-or-announced: closed without a word',
    'warn keep-alive.after-refusal.kept-or-announced: closed without a word',
  ]);
});

test.each(['beta.*', 'concurrency.*', 'disconnect.*', 'keep-alive.*'])(
  'A server that fails always is not blamed for each thing it was asked: %s is left open',
  async (only) => {
    const record = await judged(only, 'fails-always');
    expect(troubles(record)).toEqual([]);
    expect(selected(record).filter(({ outcome }) => outcome === 'inconclusive').length).toBeGreaterThan(2);
  },
);
