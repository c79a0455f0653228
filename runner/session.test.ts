import { describe, expect, test } from 'vitest';
import type { Exchange } from '../spec/index.ts';
import { messagesRequest, type SendOptions } from '../suites/model/probe.ts';
import { RunStopped, Session, type SessionOptions } from './session.ts';
import type { Recorder, WireOptions, WireRequest } from './wire/index.ts';

const addressee = {
  baseUrl: 'http://127.0.0.1:1',
  auth: 'none',
  apiKey: undefined,
  apiVersion: '2023-06-01',
  headers: [],
  userAgent: 'test',
} as const;

/** What the server does with the nth request, from 1. */
type Behaviour = (n: number) => Partial<Exchange> & { readonly status?: number; readonly headers?: Exchange['request']['headers'] };

interface Rig {
  readonly session: Session;
  readonly sent: readonly WireOptions[];
  readonly slept: readonly number[];
}

function rig(behaviour: Behaviour, more: Partial<SessionOptions> = {}): Rig {
  const sent: WireOptions[] = [];
  const slept: number[] = [];
  const recorder: Recorder = {
    now: () => 0,
    close: async () => undefined,
    redact: (text) => text,
    send: async ({ method, url, headers }: WireRequest, options: WireOptions = {}) => {
      sent.push(options);
      const n = sent.length;
      const { status, headers: responseHeaders = [], ...rest } = behaviour(n);
      const response =
        status === undefined
          ? {}
          : { response: { status, statusText: '', headers: responseHeaders, body: { kind: 'text', text: '{}' }, chunks: [] } as const };
      const exchange: Exchange = {
        id: `x${n}`,
        request: { method, url, headers },
        ...response,
        timing: { sent: 0, end: 1 },
        connection: { id: 1, reused: n > 1 },
        inFlight: 0,
        ended: 'complete',
        ...rest,
      };
      return { exchange, bytes: new Uint8Array() };
    },
  };
  const session = new Session({
    recorder,
    addressee: () => addressee,
    modelsPath: '/v1/models',
    signal: new AbortController().signal,
    sleep: async (ms) => {
      slept.push(ms);
    },
    knock: async () => 'never',
    ...more,
  });
  return { session, sent, slept };
}

const request = messagesRequest({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] });
const ok: Behaviour = () => ({ status: 200 });

describe('a session', () => {
  test('sends equal plain requests of several probes once', async () => {
    const { session, sent } = rig(ok);
    await session.send('text', 'json', request);
    await session.send('tools', 'plain', request);
    expect(sent).toHaveLength(1);
    expect(session.steps.map(({ address, exchange }) => [address, exchange])).toEqual([
      ['text/json', 'x1'],
      ['tools/plain', 'x1'],
    ]);
  });

  test.each([
    ['a fresh one', { fresh: true }],
    ['one that hangs up', { abortAfter: { bytes: 10 } }],
    ['one on a new connection', { connection: 'new' }],
  ] satisfies readonly (readonly [string, SendOptions])[])('never shares %s', async (_title, options) => {
    const { session, sent } = rig(ok);
    await session.send('text', 'json', request);
    await session.send('text', 'again', request, options);
    expect(sent).toHaveLength(2);
  });

  test('gives a busy server time, twice, and records every attempt', async () => {
    const { session, slept } = rig((n) => (n < 3 ? { status: 529, headers: [['retry-after', '2']] } : { status: 200 }));
    const evidence = await session.send('text', 'json', request);
    expect(evidence.status).toBe(200);
    expect(slept).toEqual([2000, 2000]);
    expect(session.steps.map(({ address, last, busy }) => ({ address, last, busy }))).toEqual([
      { address: 'text/json', last: false, busy: undefined },
      { address: 'text/json#2', last: false, busy: undefined },
      { address: 'text/json#3', last: true, busy: undefined },
    ]);
  });

  test('calls a step busy where the server still is after that', async () => {
    const { session } = rig(() => ({ status: 429 }));
    await session.send('text', 'json', request);
    expect(session.steps.map(({ last, busy }) => [last, busy])).toEqual([
      [false, undefined],
      [false, undefined],
      [true, true],
    ]);
  });

  test('asks once more on a new connection where an idle one was closed under it', async () => {
    const { session, sent } = rig((n) => (n === 2 ? { ended: 'reset' } : { status: 200 }));
    await session.send('a', 'one', request, { fresh: true });
    const evidence = await session.send('a', 'two', request, { fresh: true });
    expect(evidence.exchange.id).toBe('x3');
    expect(sent[2]?.connection).toBe('new');
    expect(session.exchanges.map(({ id }) => id)).toEqual(['x1', 'x2', 'x3']);
  });

  test('stops when the server has gone, with the last failure recorded', async () => {
    const { session } = rig(() => ({ ended: 'refused' }));
    await session.send('a', 'one', request, { fresh: true });
    await session.send('a', 'two', request, { fresh: true });
    await expect(session.send('a', 'three', request, { fresh: true })).rejects.toThrow(RunStopped);
    expect(session.isServerGone).toBe(true);
    session.markStops();
    expect(session.steps.map(({ address, serverStopped }) => [address, serverStopped])).toEqual([
      ['a/one', true],
      ['a/two', true],
      ['a/three', true],
    ]);
  });

  test('sends nothing more once the run was stopped', async () => {
    const { session, sent } = rig(ok, { signal: AbortSignal.abort() });
    await expect(session.send('a', 'one', request)).rejects.toThrow(RunStopped);
    expect(sent).toHaveLength(0);
  });

  test('remembers what a step was for', async () => {
    const { session } = rig(ok);
    await session.send('tools', 'any', request, { control: 'plain', adds: 'tools' });
    expect(session.steps).toEqual([
      { address: 'tools/any', probe: 'tools', step: 'any', attempt: 1, last: true, exchange: 'x1', control: 'plain', adds: 'tools' },
    ]);
  });
});
