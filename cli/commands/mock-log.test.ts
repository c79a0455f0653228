import { expect, test } from 'vitest';
import { createFetch, type Endpoint, type Frame, type Reply, type StreamEnding } from '../../endpoint/index.ts';
import { withLog } from './mock-log.ts';

async function* framesOf(texts: readonly string[], ending: StreamEnding): AsyncGenerator<Frame, StreamEnding> {
  for (const text of texts) yield { text };
  return ending;
}

function logged(reply: Reply): { readonly fetch: typeof fetch; readonly lines: readonly string[] } {
  const lines: string[] = [];
  let time = 0;
  const endpoint: Endpoint = { handle: () => Promise.resolve(reply) };
  const now = (): number => (time += 12.4);
  return { fetch: createFetch(withLog(endpoint, { write: (line) => lines.push(line), now })), lines };
}

const stream = (texts: readonly string[], ending: StreamEnding = 'end'): Extract<Reply, { kind: 'stream' }> => ({
  kind: 'stream',
  status: 200,
  headers: [['Content-Type', 'text/event-stream; charset=utf-8']],
  frames: framesOf(texts, ending),
});

test.each<readonly [Reply, string]>([
  [{ kind: 'body', status: 200, headers: [], body: '{}' }, 'GET /v1/models 200, completed, 12 ms'],
  [{ kind: 'body', status: 404, headers: [], body: '{}' }, 'GET /v1/models 404, error, 12 ms'],
  [stream(['event: ping\ndata: {}\n\n', 'event: ping\ndata: {}\n\n']), 'GET /v1/models 200, 2 events, completed, 12 ms'],
  [stream(['event: ping\nda', 'ta: {}\n', '\nevent: pi', 'ng\r\ndata: {}\r\n\r', '\n']), 'GET /v1/models 200, 2 events, completed, 12 ms'],
  [{ ...stream(['{"a":', '1}']), headers: [['content-type', 'application/json']] }, 'GET /v1/models 200, completed, 12 ms'],
  [stream(['event: err', 'or\ndata: {}\n\n']), 'GET /v1/models 200, 1 event, error, 12 ms'],
])('A line says what was asked and what came of it: %#', async (reply, line) => {
  const { fetch, lines } = logged(reply);
  await (await fetch('/v1/models?key=canary'.replace(/^/, 'http://mock'))).text();
  expect(lines).toEqual([line.replace('/v1/models', 'http://mock/v1/models')]);
});

test('A broken stream is logged as one', async () => {
  const { fetch, lines } = logged(stream(['event: ping\ndata: {}\n\n'], 'reset'));
  await expect((await fetch('http://mock/')).text()).rejects.toThrow('terminated');
  expect(lines).toEqual(['GET http://mock/ 200, 1 event, reset, 12 ms']);
});

test('A client that leaves while it waits is logged once, with what it had', async () => {
  async function* silent(): AsyncGenerator<Frame, StreamEnding> {
    yield { text: 'event: ping\ndata: {}\n\n' };
    await new Promise(() => undefined);
    return 'end';
  }
  const { fetch, lines } = logged({ ...stream([]), frames: silent() });
  const reader = (await fetch('http://mock/')).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(lines).toEqual(['GET http://mock/ 200, 1 event, aborted, 12 ms']);
});

test('A path cannot forge lines or colours', async () => {
  const lines: string[] = [];
  const endpoint: Endpoint = { handle: () => Promise.resolve({ kind: 'body', status: 200, headers: [], body: '' }) };
  const log = withLog(endpoint, { write: (line) => lines.push(line), now: () => 0 });
  await log.handle({ method: 'GET', url: '/a\n\u001B[31mb', headers: [] });
  expect(lines).toEqual(['GET /a??[31mb 200, completed, 0 ms']);
});
