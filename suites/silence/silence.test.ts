import { expect, test } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks, patience } from './index.ts';

const stream = streamEvidence(fixtureEvents);
const message = jsonEvidence(fixtureMessage);

/** A stream whose head and pieces came at these times, and that ended at the last. */
const timed = (headers: number, chunks: readonly number[], end: number, of: Evidence = stream): Evidence => {
  const { response, ...exchange } = of.exchange;
  return {
    ...of,
    exchange: {
      ...exchange,
      ...(response && { response: { ...response, chunks: chunks.map((at, n) => ({ offset: n, at })) } }),
      timing: { sent: 0, headers, end },
    },
  };
};

/** A stream that we gave up after that time without a byte. */
const givenUp = (evidence: Evidence): Evidence => ({ ...evidence, ended: 'timed-out-by-us' });
const headless: Evidence = {
  ...givenUp(stream),
  isStream: false,
  status: undefined,
  exchange: { ...stream.exchange, timing: { sent: 0, end: 120_000 } },
};

const pinged = streamEvidence([...fixtureEvents.slice(0, 1), { type: 'ping' }, ...fixtureEvents.slice(1)]);
const commented = streamEvidence(`: still here\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n`);

describeExamples(checks, {
  'silence.stream.head-in-time': {
    passes: { 'a head at once': timed(5, [10], 20), 'a head after five minutes': timed(301_000, [301_001], 301_002) },
    fails: { 'a head too late': [timed(360_000, [360_001], 360_002), '360.0 s of silence'] },
    open: { 'no head while we waited': [headless, 'given up after 120.0 s of silence; clients wait for 360.0 s'] },
  },
  'silence.stream.no-long-pause': {
    passes: { 'a slow stream': timed(10, [60_000, 200_000, 480_000], 500_000), 'an empty one': timed(10, [], 20) },
    fails: {
      'a pause between two pieces': [timed(10, [20, 300_020], 300_030), '300.0 s of silence'],
      'a pause before the first': [timed(10, [310_010], 310_020), '310.0 s of silence'],
    },
    open: {
      'a pause that we did not wait for': [
        givenUp(timed(10, [20], 120_020)),
        'given up after 120.0 s of silence; clients wait for 300.0 s',
      ],
    },
  },
  'silence.stream.pinged': {
    passes: { 'a ping': timed(10, [60_000], 60_001, pinged), 'a comment': timed(10, [60_000], 60_001, commented) },
    fails: { 'half a minute of silence': [timed(10, [31_010], 31_020), '31.0 s of silence'] },
    open: { 'a fast stream': [timed(1, [2], 3), 'never silent for 30.0 s'] },
  },
  'silence.json.in-time': {
    passes: { 'an answer': timed(1, [2], 3, message) },
    fails: { 'an answer after five minutes': [timed(300_500, [300_500], 300_600, message), '300.6 s of silence'] },
  },
});

test('nothing slower than a client is a fault', () => {
  expect(patience).toEqual({ head: 360_000, bytes: 300_000, json: 300_000, ping: 30_000 });
});
