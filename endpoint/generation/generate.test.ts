import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../../spec/json.ts';
import type { BackendEvent } from '../backend.ts';
import { fakeClock, settled } from '../clock.fixture.ts';
import { createEndpoint } from '../endpoint.ts';
import { ApiError } from '../errors.ts';
import { body, framesOf, hello, post, read, readError, readEvents, scripted } from '../scripted.fixture.ts';

const streamed = { ...body, stream: true };
const [start, ...rest] = hello;
const overloaded = new ApiError('overloaded_error', 'Too busy.', { headers: { 'retry-after': '3' } });

/** A promise and what settles it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

async function* sayThenThrow(events: readonly (BackendEvent | undefined)[], error: unknown): AsyncGenerator<BackendEvent> {
  for (const event of events) if (event) yield event;
  throw error;
}

/** A backend that starts and then waits for its signal. It reports when it is put down. */
function waiting(): { readonly backend: ReturnType<typeof scripted>; readonly aborted: Promise<void> } {
  const { opened, open } = gate();
  const backend = scripted(async function* (_, signal) {
    try {
      if (start) yield start;
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
    } finally {
      open();
    }
  });
  return { backend, aborted: opened };
}

describe('A stream', () => {
  it('is an event stream of named events', async () => {
    const reply = await createEndpoint(scripted(() => hello)).handle(post(streamed));
    expect(reply.headers).toStrictEqual([
      ['content-type', 'text/event-stream; charset=utf-8'],
      ['cache-control', 'no-cache'],
      ['request-id', expect.stringMatching(/^req_/)],
    ]);
    expect((await framesOf(reply).next()).value).toStrictEqual({
      text: expect.stringMatching(/^event: message_start\ndata: \{"type":"message_start",.*\}\n\n$/),
    });
  });

  it('adds up to what the same request gets as JSON', async () => {
    const endpoint = createEndpoint(scripted(() => hello));
    const events = await readEvents(await endpoint.handle(post(streamed)));
    const message = read(await endpoint.handle(post(body))).body;
    expect(events.flatMap(({ delta }) => (delta && typeof delta === 'object' && 'text' in delta ? [delta.text] : [])).join('')).toBe(
      'Hello',
    );
    expect(message).toMatchObject({ content: [{ type: 'text', text: 'Hello' }], stop_reason: 'end_turn', usage: { output_tokens: 2 } });
  });

  it.each(['{"n": 1.0}', '{"n": 1e400}', '{"n":9007199254740993}', '{"n":-0, "2":1, "1":2}', '{"s":"\\u00e9"}'])(
    'has the input of a call in the same digits as the JSON answer, which are those of the backend: %s',
    async (json) => {
      const said: readonly BackendEvent[] = [
        { type: 'start', prompt: { input: 7 } },
        { type: 'text', text: '{"n": 1.0}' },
        { type: 'tool-start', name: 'count', id: 'toolu_1' },
        { type: 'tool-input', json },
        { type: 'stop', reason: 'tool_use', outputTokens: 2 },
      ];
      const endpoint = createEndpoint(scripted(() => said));
      const events = await readEvents(await endpoint.handle(post(streamed)));
      const deltas = events.map(({ delta }) => (isJsonObject(delta) ? delta['partial_json'] : undefined));
      expect(deltas.filter((delta) => typeof delta === 'string').join('')).toBe(json);
      const reply = await endpoint.handle(post(body));
      expect(reply).toMatchObject({ headers: expect.arrayContaining([['content-type', 'application/json']]) as unknown });
      const call = `{"type":"tool_use","id":"toolu_1","name":"count","input":${json},"caller":{"type":"direct"}}`;
      expect(reply).toMatchObject({ body: expect.stringContaining(`"citations":null},${call}],"stop_reason":"tool_use",`) as unknown });
      expect(read(reply).body).toMatchObject({ content: [{ text: '{"n": 1.0}' }, { input: JSON.parse(json) as unknown }] });
    },
  );

  it('does not wait for what the backend does after its stop', async () => {
    const endpoint = createEndpoint(
      scripted(async function* () {
        yield* hello;
        await new Promise(() => undefined);
      }),
    );
    expect((await readEvents(await endpoint.handle(post(streamed)))).at(-1)).toStrictEqual({ type: 'message_stop' });
    expect(read(await endpoint.handle(post(body))).status).toBe(200);
  });
});

describe('A refusal by the backend', () => {
  it.each([body, streamed])('before it starts is an HTTP status: %j', async (value) => {
    const endpoint = createEndpoint(scripted(() => sayThenThrow([], overloaded)));
    const reply = await endpoint.handle(post(value));
    expect(readError(reply)).toStrictEqual([529, 'overloaded_error', 'Too busy.']);
    expect(reply.headers).toContainEqual(['retry-after', '3']);
  });

  it('after it started is an error event, and the end', async () => {
    const endpoint = createEndpoint(scripted(() => sayThenThrow([start, { type: 'text', text: 'a' }], overloaded)));
    const reply = await endpoint.handle(post(streamed));
    const events = await readEvents(reply);
    expect(events.map(({ type }) => type)).toStrictEqual(['message_start', 'content_block_start', 'ping', 'content_block_delta', 'error']);
    expect(events.at(-1)).toStrictEqual({
      type: 'error',
      error: { type: 'overloaded_error', message: 'Too busy.' },
      request_id: reply.headers.find(([name]) => name === 'request-id')?.[1],
    });
  });

  it('after it started is a status where the answer is JSON', async () => {
    const endpoint = createEndpoint(scripted(() => sayThenThrow([start], overloaded)));
    expect(readError(await endpoint.handle(post(body)))[0]).toBe(529);
  });
});

describe('A failure of the backend', () => {
  const secret = new Error('/home/me/model.gguf is broken');

  it.each<[string, unknown, readonly (BackendEvent | undefined)[]]>([
    ['before the start', secret, []],
    ['after the start', secret, [start]],
    ['that throws no error', 'text', []],
  ])('%s is a neutral 500 in JSON, and reported', async (_, error, events) => {
    const reported: unknown[] = [];
    const endpoint = createEndpoint(
      scripted(() => sayThenThrow(events, error)),
      { onError: (thrown) => reported.push(thrown) },
    );
    expect(readError(await endpoint.handle(post(body)))).toStrictEqual([500, 'api_error', 'Internal server error.']);
    expect(reported).toStrictEqual([error]);
  });

  it('in mid-stream is a neutral error event, and reported', async () => {
    const reported: unknown[] = [];
    const endpoint = createEndpoint(
      scripted(() => sayThenThrow([start], secret)),
      { onError: (thrown) => reported.push(thrown) },
    );
    expect((await readEvents(await endpoint.handle(post(streamed)))).at(-1)).toMatchObject({
      error: { type: 'api_error', message: 'Internal server error.' },
    });
    expect(reported).toStrictEqual([secret]);
  });

  it('to keep its contract is one too', async () => {
    const reported: string[] = [];
    const broken = scripted(() => [...hello.slice(0, 1), { type: 'tool-input', json: '{}' } as const]);
    const endpoint = createEndpoint(broken, { onError: (thrown) => reported.push(String(thrown)) });
    expect(readError(await endpoint.handle(post(body))).slice(0, 2)).toStrictEqual([500, 'api_error']);
    expect((await readEvents(await endpoint.handle(post(streamed)))).at(-1)).toMatchObject({ type: 'error', error: { type: 'api_error' } });
    expect(reported[0]).toBe('BackendFault: The backend broke its contract: "tool-input" without an open block that it could belong to.');
    expect(reported).toHaveLength(2);
  });

  it('to count is one too', async () => {
    const endpoint = createEndpoint(
      scripted(() => hello, {
        countTokens: () => {
          throw secret;
        },
      }),
      { onError: () => undefined },
    );
    const { max_tokens: _, ...countable } = body;
    expect(readError(await endpoint.handle(post(countable, { url: '/v1/messages/count_tokens' })))[0]).toBe(500);
  });
});

describe('While the backend is silent', () => {
  it('a stream pings at every interval, also before it has started', async () => {
    const clock = fakeClock();
    const first = gate();
    const second = gate();
    const endpoint = createEndpoint(
      scripted(async function* () {
        await first.opened;
        if (start) yield start;
        await second.opened;
        yield* rest;
      }),
      { clock, pingIntervalMs: 1000 },
    );
    const replying = endpoint.handle(post(streamed));
    await clock.advance(1000);
    const frames = framesOf(await replying);
    const next = async (): Promise<string> => {
      const { value } = await frames.next();
      return typeof value === 'string' ? value : (value.text.split('\n', 1)[0] ?? '');
    };
    expect(await next()).toBe('event: ping');
    const another = next();
    await clock.advance(1000);
    expect(await another).toBe('event: ping');
    first.open();
    expect(await next()).toBe('event: message_start');
    const third = next();
    await clock.advance(1000);
    expect(await third).toBe('event: ping');
    second.open();
    expect(await next()).toBe('event: content_block_start');
    await frames.return('end');
    expect(clock.pending).toBe(0);
  });

  it('the head waits for the start, so that a refusal can be a status', async () => {
    const clock = fakeClock();
    const refused = gate();
    const endpoint = createEndpoint(
      scripted(async function* () {
        await refused.opened;
        yield* sayThenThrow([], overloaded);
      }),
      { clock, pingIntervalMs: 1000 },
    );
    const replying = endpoint.handle(post(streamed));
    await clock.advance(999);
    refused.open();
    expect(readError(await replying)[0]).toBe(529);
    expect(clock.pending).toBe(0);
  });

  it('a refusal after a ping can only be an event', async () => {
    const clock = fakeClock();
    const refused = gate();
    const endpoint = createEndpoint(
      scripted(async function* () {
        await refused.opened;
        yield* sayThenThrow([], overloaded);
      }),
      { clock, pingIntervalMs: 1000 },
    );
    const replying = endpoint.handle(post(streamed));
    await clock.advance(1000);
    refused.open();
    expect((await readEvents(await replying)).map(({ type }) => type)).toStrictEqual(['ping', 'error']);
  });
});

describe('When the client is gone', () => {
  it('a stream that is being waited for is put down at once', async () => {
    const { backend, aborted } = waiting();
    const frames = framesOf(await createEndpoint(backend).handle(post(streamed)));
    await frames.next();
    const pending = frames.next();
    await frames.return('end');
    await aborted;
    expect(await pending).toStrictEqual({ done: true, value: 'end' });
  });

  it('a stream that was never read is put down too', async () => {
    const { backend, aborted } = waiting();
    await framesOf(await createEndpoint(backend).handle(post(streamed))).return('end');
    await expect(aborted).resolves.toBeUndefined();
  });

  it.each([body, streamed])('the signal of the request stops the backend: %j', async (value) => {
    const { backend, aborted } = waiting();
    const client = new AbortController();
    const replying = createEndpoint(backend).handle(post(value, { signal: client.signal }));
    await settled();
    client.abort();
    await expect(aborted).resolves.toBeUndefined();
    expect((await replying).status).toBe('stream' in value ? 200 : 499);
  });

  it('a backend that does not listen is not waited for', async () => {
    const endpoint = createEndpoint(
      scripted(async function* () {
        if (start) yield start;
        await new Promise(() => undefined);
      }),
    );
    const frames = framesOf(await endpoint.handle(post(streamed)));
    await frames.next();
    const pending = frames.next();
    await frames.return('end');
    expect(await pending).toStrictEqual({ done: true, value: 'end' });
  });

  it('nothing is reported as an error', async () => {
    const reported: unknown[] = [];
    const client = new AbortController();
    const { backend, aborted } = waiting();
    const replying = createEndpoint(backend, { onError: (error) => reported.push(error) }).handle(post(body, { signal: client.signal }));
    await settled();
    client.abort();
    await aborted;
    await replying;
    expect(reported).toStrictEqual([]);
  });
});
