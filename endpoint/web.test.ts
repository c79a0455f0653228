import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeClock, settled } from './clock.fixture.ts';
import { createEndpoint } from './endpoint.ts';
import type { Frame, Reply, StreamEnding } from './reply.ts';
import { body, headers, hello, scripted } from './scripted.fixture.ts';
import { createFetch, toResponse } from './web.ts';

function framesReply(frames: readonly Frame[], ending: StreamEnding): Reply {
  async function* play(): AsyncGenerator<Frame, StreamEnding> {
    yield* frames;
    return ending;
  }
  return { kind: 'stream', status: 200, headers: [['content-type', 'text/event-stream']], frames: play() };
}

const post = (value: unknown, init: RequestInit = {}): [string, RequestInit] => [
  'https://api.example.com/v1/messages?beta=true',
  { method: 'POST', headers: headers.map(([name, content]): [string, string] => [name, content]), body: JSON.stringify(value), ...init },
];

describe('A Reply as a web Response', () => {
  it('keeps status, headers and body', async () => {
    const response = toResponse({ kind: 'body', status: 529, headers: [['retry-after', '3']], body: '{"a":1}' });
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toStrictEqual([529, '3', '{"a":1}']);
  });

  it('streams its frames', async () => {
    expect(await toResponse(framesReply([{ text: 'ä' }, { text: 'b' }], 'end')).text()).toBe('äb');
  });

  it('sends bytes as they are, also where they are no UTF-8', async () => {
    const bytes = new Uint8Array([0xc3, 0x0a]);
    const response = toResponse(framesReply([{ text: 'a' }, { text: 'é', bytes }, { text: 'b' }], 'end'));
    expect(new Uint8Array(await response.arrayBuffer())).toStrictEqual(new Uint8Array([0x61, 0xc3, 0x0a, 0x62]));
  });

  it('sends frames when they are due', async () => {
    const clock = fakeClock();
    const reader = toResponse(framesReply([{ text: 'a' }, { text: 'b', due: 100 }], 'end'), { clock }).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('a');
    let second = '';
    const reading = reader?.read().then(({ value }) => {
      second = new TextDecoder().decode(value);
      return second;
    });
    await clock.advance(99);
    expect(second).toBe('');
    await clock.advance(1);
    expect(await reading).toBe('b');
  });

  it('fails in the middle where the plan is a reset', async () => {
    const reader = toResponse(framesReply([{ text: 'a' }], 'reset')).body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await expect(reader?.read()).rejects.toThrow('terminated');
  });

  it('never ends where the plan is a stall, until it is cancelled', async () => {
    const reader = toResponse(framesReply([{ text: 'a' }], 'stall')).body?.getReader();
    await reader?.read();
    const next = reader?.read();
    await settled();
    await reader?.cancel();
    expect(await next).toStrictEqual({ done: true, value: undefined });
  });

  it('lets go of the frames when it is cancelled', async () => {
    let isReleased = false;
    async function* play(): AsyncGenerator<Frame, StreamEnding> {
      try {
        yield { text: 'a' };
        yield { text: 'b' };
        yield { text: 'c' };
        return 'end';
      } finally {
        isReleased = true;
      }
    }
    const reader = toResponse({ kind: 'stream', status: 200, headers: [], frames: play() }).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await settled();
    expect(isReleased).toBe(true);
  });
});

describe('An endpoint as a fetch', () => {
  const ask = createFetch(createEndpoint(scripted(() => hello)));

  it('answers whatever the host', async () => {
    const response = await ask(...post(body));
    expect(await response.json()).toMatchObject({ content: [{ text: 'Hello' }] });
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('takes a Request as well', async () => {
    expect((await ask(new Request(...post(body)))).status).toBe(200);
  });

  it('reads the body where a Request does not show it, as in Firefox', async () => {
    const bodyOf = vi.spyOn(Request.prototype, 'body', 'get').mockReturnValue(undefined as never);
    onTestFinished(() => bodyOf.mockRestore());
    expect((await ask(...post(body))).status).toBe(200);
  });

  it('refuses a body that is too long', async () => {
    const strict = createFetch(
      createEndpoint(
        scripted(() => hello),
        { maxBodyBytes: 10 },
      ),
    );
    expect((await strict(...post(body))).status).toBe(413);
  });

  it('answers HEAD without a body', async () => {
    const response = await ask('https://api.example.com/v1/models', { method: 'HEAD', headers: { 'anthropic-version': '2023-06-01' } });
    expect([response.status, response.body]).toStrictEqual([200, null]);
  });

  it('rejects where its signal has aborted, before and during the answer', async () => {
    await expect(ask(...post(body, { signal: AbortSignal.abort() }))).rejects.toThrow('aborted');
    const client = new AbortController();
    const endless = createFetch(
      createEndpoint(
        scripted(async function* (_, signal) {
          yield* hello.slice(0, 1);
          await new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => resolve());
          });
        }),
      ),
    );
    const response = await endless(...post({ ...body, stream: true }, { signal: client.signal }));
    const text = response.text();
    client.abort();
    await expect(text).rejects.toThrow('aborted');
  });
});

type Fetched = readonly [string | Request, RequestInit?];

it.each<[string, (url: string, init: RequestInit) => Fetched]>([
  ['an init', (url, init) => [url, init]],
  ['a Request', (url, init) => [new Request(url, init)]],
  ['a Request for an init', (url, init) => [url, new Request(url, init)]],
])('A fetch of %s hears of an abort also when the garbage of its beginning has been collected', async (_what, asked) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const fetch = createFetch({ handle: () => Promise.resolve(framesReply([{ text: 'a' }], 'stall')) });
  const client = new AbortController();
  const begin = async (): Promise<ReadableStreamDefaultReader<Uint8Array> | undefined> => {
    const [url, init] = post({}, { signal: client.signal });
    return (await fetch(...asked(url, init))).body?.getReader();
  };
  const reader = await begin();
  await reader?.read();
  const next = reader?.read();
  for (let round = 0; round < 3; round += 1) {
    await settled();
    collect();
  }
  client.abort();
  await expect(next).rejects.toThrow('aborted');
});
