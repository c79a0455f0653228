/** The tests that each rendering of a mock must pass: the same events and the same ending as through `mock.fetch`, raw and with the official SDK. */
import { once } from 'node:events';
import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { createMock, overloaded, say, type Mock } from '../mock/index.ts';
import { evidenceOf } from '../runner/evidence.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { fetchRecorder } from './fetch-recorder.fixture.ts';
import { askAll, judged, troublesIn } from './judged.fixture.ts';
import { cases, type Case, type Ended, type Outcome } from './renderings.fixture.ts';

/** A mock within reach of clients, until it is disposed of. */
export interface Served extends AsyncDisposable {
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
}

/** Checks that a script fails because it is told to: errors in answer to requests that are right. */
const scripted: ReadonlySet<string> = new Set(['errors.status.no-5xx-on-valid', 'stream.order.no-error-on-valid']);

/** One way to reach a mock. */
export type Serve = (mock: Mock) => Promise<Served>;

export const throughFetch: Serve = (mock) =>
  Promise.resolve({ baseUrl: 'https://mock.invalid', fetch: mock.fetch, [Symbol.asyncDispose]: () => Promise.resolve() });

export function testParity(serve: Serve): void {
  describe('gives what mock.fetch gives', () => {
    test.each(cases)('$title', async (one) => {
      const seen = await observe(one, serve);
      expect([seen.status, seen.ended]).toEqual([one.status, one.ended]);
      expect(seen).toEqual(await observe(one, throughFetch));
    });
  });

  describe('gives the official SDK what mock.fetch gives', () => {
    test.each(cases.filter(({ method }) => method !== 'HEAD'))('$title', async (one) => {
      const seen = await observeWithSdk(one, serve);
      expect(seen.outcome).toBe(one.withSdk ?? outcomeOf(one.ended));
      expect(seen).toEqual(await observeWithSdk(one, throughFetch));
    });

    test('an answer after a retry', async () => {
      const mock = createMock()
        .once(overloaded({ retryAfter: 0 }))
        .once(say('It rains.'));
      await using served = await serve(mock);
      const client = clientOf(served, 1);
      const { content } = await client.messages.create({
        model: 'mock-model',
        max_tokens: 10,
        messages: [{ role: 'user', content: 'Hi' }],
      });
      expect(content).toMatchObject([{ text: 'It rains.' }]);
      expect(mock.requests.map(({ status }) => status)).toEqual([529, 200]);
    });
  });

  test('falls silent where the script does, until the client leaves', async () => {
    const mock = createMock().once(say('It ra').stall());
    await using served = await serve(mock);
    const events = clientOf(served).messages.stream({ model: 'mock-model', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] });
    const heard: string[] = [];
    events.on('streamEvent', ({ type }) => heard.push(type));
    await expect.poll(() => mock.requests).toMatchObject([{ outcome: 'stalled' }]);
    events.abort();
    await expect(events.done()).rejects.toThrow('Request was aborted.');
    expect(heard).toEqual(['message_start', 'content_block_start', 'content_block_delta', 'content_block_delta']);
    await expect.poll(() => mock.requests).toMatchObject([{ outcome: 'stalled', abortedAfter: { events: 4 } }]);
  });

  test('tells the mock that the client has gone', async () => {
    const mock = createMock();
    await using served = await serve(mock);
    const live = mock.live();
    const gone = once(live.signal, 'abort');
    const handed = live.text(['It ', 'rains.']);
    const events = clientOf(served).messages.stream({ model: 'mock-model', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] });
    events.on('text', (_, whole) => {
      if (whole === 'It rains.') events.abort();
    });
    await expect(events.done()).rejects.toThrow('Request was aborted.');
    await Promise.all([gone, handed]);
    expect(mock.requests).toMatchObject([{ outcome: 'aborted' }]);
  });
}

export function testConformance(serve: Serve): void {
  describe('conforms, as far as can be judged without a wire', () => {
    test('in what it answers to the probes of the suite', async () => {
      await using served = await serve(createMock({ apiKeys: [] }));
      const verdicts = judged(await askAll(served));
      expect(troublesIn(verdicts)).toEqual([]);
      expect(verdicts.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(90);
    });

    test('in what it answers by a script', async () => {
      const whole = cases.filter(({ ended, isMonstrous }) => ended !== 'broken' && isMonstrous !== true);
      const verdicts = judged(await recordAll(whole, serve)).filter(({ check }) => !scripted.has(check));
      expect(troublesIn(verdicts)).toEqual([]);
    });

    test('and not in what it should not', async () => {
      const monstrous = cases.filter(({ ended, isMonstrous }) => ended === 'broken' || isMonstrous === true);
      const passed: string[] = [];
      for (const one of monstrous) {
        const troubles = troublesIn(judged(await recordAll([one], serve)));
        if (troubles.length === 0) passed.push(one.title);
      }
      expect(passed).toEqual([]);
    });
  });
}

/** What the answer to a case is, apart from times and from headers that belong to the connection. */
interface Observation {
  readonly status: number | undefined;
  readonly ended: Ended;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly content: unknown;
}

const compared = ['content-type', 'retry-after', 'x-should-retry', 'request-id', 'anthropic-ratelimit-requests-limit'];

/** The evidence of a case. */
async function record({ title, method = 'POST', path = '/v1/messages', body }: Case, { baseUrl, fetch }: Served): Promise<Evidence> {
  const { exchange } = await fetchRecorder(fetch).send({
    method,
    url: baseUrl + path,
    headers: [
      ['anthropic-version', '2023-06-01'],
      ['x-api-key', 'test'],
      ...(body === undefined ? [] : [['content-type', 'application/json'] as const]),
    ],
    ...(body && { body: new TextEncoder().encode(JSON.stringify(body)) }),
  });
  const step = { address: title, probe: 'renderings', step: title, attempt: 1, last: true, exchange: exchange.id };
  return evidenceOf(exchange, [step], { baseUrl });
}

async function recordAll(wanted: readonly Case[], serve: Serve): Promise<readonly Evidence[]> {
  const evidence: Evidence[] = [];
  for (const one of wanted) {
    await using served = await serve(mockOf(one));
    evidence.push(await record(one, served));
  }
  return evidence;
}

/** The mock of a case. Equal ones answer alike. */
function mockOf({ script }: Pick<Case, 'script'>): Mock {
  const mock = createMock();
  script?.(mock);
  return mock;
}

async function observe(one: Case, serve: Serve): Promise<Observation> {
  await using served = await serve(mockOf(one));
  const evidence = await record(one, served);
  const { status, isStream, frames, text } = evidence;
  return {
    status,
    ended: endOf(evidence),
    headers: Object.fromEntries(compared.map((name) => [name, evidence.header(name)])),
    content: isStream ? frames.map(({ event, data, json }) => ({ event, data: json ?? data })) : text,
  };
}

function endOf({ status = 0, ended, isStream, frames }: Evidence): Ended {
  if (ended !== 'complete') return 'broken';
  if (status >= 400) return 'refused';
  const last = frames.at(-1)?.event;
  return !isStream || last === 'message_stop' ? 'complete' : last === 'error' ? 'error-event' : 'truncated';
}

function outcomeOf(ended: Ended): Outcome {
  return ended === 'complete' || ended === 'refused' ? ended : 'broken';
}

function clientOf({ baseUrl, fetch }: Served, maxRetries = 0): Anthropic {
  return new Anthropic({ apiKey: 'test', authToken: null, baseURL: baseUrl, maxRetries, logLevel: 'off', fetch });
}

interface SdkObservation {
  readonly outcome: Outcome;
  readonly status?: number | undefined;
  readonly events: readonly unknown[];
  readonly result?: unknown;
}

async function observeWithSdk({ method = 'POST', path = '/v1/messages', body, ...one }: Case, serve: Serve): Promise<SdkObservation> {
  await using served = await serve(mockOf(one));
  const client = clientOf(served);
  const events: unknown[] = [];
  try {
    if (body?.['stream'] !== true) {
      const options = body === undefined ? {} : { body };
      return { outcome: 'complete', events, result: await (method === 'GET' ? client.get(path) : client.post(path, options)) };
    }
    const run = client.messages.stream(body as unknown as Anthropic.MessageStreamParams);
    run.on('streamEvent', (event) => events.push(structuredClone(event)));
    return { outcome: 'complete', events, result: await run.finalMessage() };
  } catch (error) {
    const status = error instanceof APIError ? error.status : undefined;
    return { outcome: status === undefined ? 'broken' : 'refused', status, events };
  }
}
