import { describe, expect, test } from 'vitest';
import type { Clock } from '../../endpoint/index.ts';
import { readRecording, recordingFormat, type RecordedResponse, type Recording } from './recording.ts';
import { createReplay, type Drift, type ReplayOptions } from './replay.ts';

function recording(json: unknown, response: Partial<RecordedResponse>, more: Partial<Recording> = {}): Recording {
  return {
    format: recordingFormat,
    recordedAt: '2026-11-21T00:00:00.000Z',
    request: { method: 'POST', target: '/v1/messages', headers: [], json },
    response: { status: 200, headers: [], headMs: 40, ...response },
    ending: 'complete',
    ...more,
  };
}

function replayOf(recordings: readonly Recording[], options?: ReplayOptions): ReturnType<typeof createReplay> {
  return createReplay(
    recordings.map((one, index) => ({ name: `000${index + 1}.json`, recording: one })),
    options,
  );
}

const post = (replay: ReturnType<typeof createReplay>, json: unknown, path = '/v1/messages'): Promise<Response> =>
  replay.fetch(`http://mock${path}`, { method: 'POST', body: JSON.stringify(json) });

describe('A request that was recorded', () => {
  test('several times is answered in that order, and then with the last one', async () => {
    const replay = replayOf([
      recording({ a: 1 }, { status: 529 }),
      recording({ a: 2 }, { json: 'other' }),
      recording({ a: 1 }, { json: 'done' }),
    ]);
    const statuses = [await post(replay, { a: 1 }), await post(replay, { a: 1 }), await post(replay, { a: 1 })];
    expect(statuses.map(({ status }) => status)).toEqual([529, 200, 200]);
    expect(await statuses[2]?.json()).toBe('done');
  });

  test('is answered whatever the user id is', async () => {
    const replay = replayOf([recording({ metadata: { user_id: 'a' } }, {})]);
    expect((await post(replay, { metadata: { user_id: 'b' } })).status).toBe(200);
    const exact = replayOf([recording({ metadata: { user_id: 'a' } }, {})], { ignore: [] });
    expect((await post(exact, { metadata: { user_id: 'b' } })).status).toBe(400);
  });
});

describe('A request that was not recorded', () => {
  test('is a 400 that is not retried and shows where it drifted from the nearest recording', async () => {
    const told: Drift[] = [];
    const replay = replayOf([recording({ model: 'm', text: 'Hello', n: 1 }, {}), recording({ model: 'x' }, {})], {
      onDrift: (drift) => told.push(drift),
    });
    const response = await post(replay, { model: 'm', text: 'Hallo', extra: true, n: 1 });
    const message =
      'This request was not recorded. The nearest is 0001.json, which differs at:\n  /text: expected "Hello", found "Hallo"\n  /extra: expected nothing, found true';
    expect(response.status).toBe(400);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error', message } });
    expect(told).toEqual([{ method: 'POST', path: '/v1/messages', message }]);
    expect(replay.drifts).toEqual(told);
  });

  test('shows five differences and counts the rest', async () => {
    const replay = replayOf([recording({ a: [0, 0, 0, 0, 0, 0, 0] }, {})]);
    expect(await (await post(replay, { a: [1, 1, 1, 1, 1, 1, 1] })).text()).toContain(String.raw`/a/4: expected 0, found 1\n  and 2 more`);
  });

  test('on another path or with another query is named so', async () => {
    const replay = replayOf([recording({}, {})]);
    expect(await (await post(replay, {}, '/v1/messages/count_tokens')).text()).toContain(
      'Nothing was recorded for POST /v1/messages/count_tokens.',
    );
    expect(await (await post(replay, {}, '/v1/messages?beta=true')).text()).toContain(
      String.raw`/query/beta: expected nothing, found \"true\"`,
    );
  });
});

describe('Time', () => {
  const chunks = [
    { at: 10, text: 'a' },
    { at: 30, text: 'b' },
  ];

  test('does not pass unless it is asked to', async () => {
    const { clock, waits } = fakeClock();
    expect(await (await post(replayOf([recording({}, { chunks })], { clock }), {})).text()).toBe('ab');
    expect(waits).toEqual([]);
  });

  test.each([
    [1, [40, 10, 20]],
    [2, [20, 5, 10]],
  ])('passes %d times as fast as it was recorded', async (speed, expected) => {
    const { clock, waits } = fakeClock();
    expect(await (await post(replayOf([recording({}, { chunks })], { clock, speed }), {})).text()).toBe('ab');
    expect(waits).toEqual(expected);
  });
});

describe('The ending', () => {
  test.each([204, 205, 304])('of a %d is no body, whatever was written there', async (status) => {
    const response = await post(replayOf([recording({}, { status, chunks: [{ at: 0, text: 'a' }] })]), {});
    expect([response.status, response.body]).toEqual([status, null]);
  });

  test.each([
    ['a b', 'x'],
    ['', 'x'],
    ['x', 'a\nb'],
    ['x', '😀'],
  ])('of headers that HTTP cannot carry is none: %j: %j', (name, value) => {
    expect(() => readRecording(recording({}, { headers: [[name, value]] }), 'f.json')).toThrow(
      'f.json is no recording: /response/headers must be pairs of name and value as HTTP can carry them.',
    );
  });

  test('of a broken body is a broken body', async () => {
    const response = await post(replayOf([recording({}, { text: '{"half' }, { ending: 'reset' })]), {});
    await expect(response.text()).rejects.toThrow('terminated');
  });

  test('of one that the client left is silence, until the client leaves again', async () => {
    const leaving = new AbortController();
    const replay = replayOf([recording({}, { chunks: [{ at: 0, text: 'a' }] }, { ending: 'aborted' })]);
    const response = await replay.fetch('http://mock/v1/messages', { method: 'POST', body: '{}', signal: leaving.signal });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('a');
    const silence = reader?.read();
    const aTurnLater = new Promise((resolve) => {
      setImmediate(() => resolve('silent'));
    });
    expect(await Promise.race([silence, aTurnLater])).toBe('silent');
    leaving.abort();
    await expect(silence).rejects.toThrow('aborted');
  });
});

/** A clock that goes on as soon as somebody waits for it. */
function fakeClock(): { readonly clock: Clock; readonly waits: readonly number[] } {
  let now = 0;
  const waits: number[] = [];
  const clock: Clock = {
    now: () => now,
    after(ms, callback) {
      waits.push(ms);
      now += ms;
      queueMicrotask(callback);
      return () => undefined;
    },
  };
  return { clock, waits };
}
