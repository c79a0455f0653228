/** What the browser test does in the browser: a page with a mock behind MSW's service worker, and a client in it. */
import { setupWorker } from 'msw/browser';
import { createMock, overloaded, say, stream } from '../mock/index.ts';
import { handlers } from '../mock/msw/index.ts';

/** What a client saw of one answer. */
export interface Seen {
  readonly status: number;
  readonly framing: readonly (string | null)[];
  readonly text: string;
  /** Name of the error with which it broke off. */
  readonly broken?: string;
}

export interface PageReport {
  readonly created: Seen;
  readonly refused: Seen;
  readonly streamed: Seen;
  /** Read in so many parts, because it was driven in so many steps. */
  readonly driven: readonly string[];
  readonly reset: Seen;
  readonly resetAtOnce: Seen;
  readonly aborted: Seen;
  readonly abortedOutcome: string | undefined;
  readonly models: Seen;
  readonly relative: Seen;
}

declare global {
  // oxlint-disable-next-line no-var
  var report: Promise<PageReport>;
}

const request = { model: 'mock-model', max_tokens: 100, messages: [{ role: 'user', content: 'What is the weather like?' }] };

function post(body: unknown, init: RequestInit = {}, base = 'https://api.anthropic.com'): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };
  return fetch(`${base}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body), ...init });
}

async function read(response: Response, onText: (text: string) => void = () => undefined): Promise<Seen> {
  const { status, headers, body } = response;
  const seen = { status, framing: [headers.get('transfer-encoding'), headers.get('content-length')] };
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value = '' } = (await reader?.read()) ?? { done: true };
      if (done) return { ...seen, text };
      text += value;
      onText(text);
    }
  } catch (error) {
    return { ...seen, text, broken: error instanceof Error || error instanceof DOMException ? error.name : String(error) };
  }
}

async function play(): Promise<PageReport> {
  const mock = createMock();
  const worker = setupWorker(...handlers(mock), ...handlers(mock, { baseUrl: '/llm/' }));
  await worker.start({ quiet: true });
  const streamed = { ...request, stream: true };

  async function drive(): Promise<readonly string[]> {
    const live = mock.live();
    const answer = post(streamed).then((response) => response.body?.pipeThrough(new TextDecoderStream()).getReader());
    const parts: string[] = [];
    for (const word of ['It ', 'rains.']) {
      void live.text([word]);
      const reader = await answer;
      let part = '';
      while (!part.includes(word)) part += (await reader?.read())?.value ?? '';
      parts.push(part);
    }
    void live.end();
    await (await answer)?.cancel();
    return parts;
  }

  /** Breaks once the client has read what came before, which a broken connection may swallow. */
  async function breakOff(): Promise<Seen> {
    const live = mock.live();
    void live.text(['It ', 'ra']);
    return read(await post(streamed), (text) => {
      if (text.includes('ra"')) void live.reset();
    });
  }

  async function abort(): Promise<Seen> {
    const live = mock.live();
    void live.text(['It ', 'rains.']);
    const client = new AbortController();
    const gone = new Promise((resolve) => {
      live.signal.addEventListener('abort', resolve);
    });
    const seen = await read(await post(streamed, { signal: client.signal }), (text) => {
      if (text.includes('rains.')) client.abort();
    });
    await gone;
    return seen;
  }

  mock.once(say('It rains.'));
  const created = await read(await post(request));
  mock.once(overloaded());
  const refused = await read(await post(request));
  mock.once(say('It rains.'));
  const whole = await read(await post(streamed));
  const driven = await drive();
  const reset = await breakOff();
  mock.once(stream().reset());
  const resetAtOnce = await read(await post(streamed));
  const aborted = await abort();
  const abortedOutcome = mock.requests.at(-1)?.outcome;
  const models = await read(
    await fetch('https://api.anthropic.com/v1/models?limit=1', { headers: { 'anthropic-version': '2023-06-01', 'x-api-key': 'test' } }),
  );
  mock.once(say('Near.'));
  const relative = await read(await post(request, {}, '/llm'));
  return { created, refused, streamed: whole, driven, reset, resetAtOnce, aborted, abortedOutcome, models, relative };
}

globalThis.report = play();
