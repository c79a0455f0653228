import { describe, expect, it, onTestFinished } from 'vitest';
import { createFetch } from '../../endpoint/index.ts';
import {
  allFaults,
  appendText,
  cutAfter,
  dropEvent,
  htmlErrors,
  mapBody,
  mapEvents,
  onlyWhen,
  openAiErrors,
  replaceError,
  setHeader,
  withFault,
  type Fault,
} from './reply-faults.ts';
import { createMock } from '../index.ts';
import { listen } from '../node.ts';

const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };
const body = { model: 'mock-model', max_tokens: 50, messages: [{ role: 'user', content: 'Say one two' }] };

function ask(fault: Fault, value: unknown): Promise<Response> {
  const broken = createFetch(withFault(createMock(), fault));
  return broken('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify(value) });
}

const stream = async (fault: Fault): Promise<string> => (await ask(fault, { ...body, stream: true })).text();
const names = (text: string): readonly string[] => [...text.matchAll(/^event: (.*)$/gm)].map(([, name = '']) => name);

describe('A fault', () => {
  it('can leave an event out', async () => {
    expect(names(await stream(dropEvent('message_stop'))).at(-1)).toBe('message_delta');
  });

  it('can change, repeat and add events', async () => {
    const shifted = mapEvents((event) => ('index' in event ? { ...event, index: event.index + 1 } : event));
    expect(await stream(shifted)).toContain('{"type":"content_block_stop","index":1}');
    expect(names(await stream(mapEvents((event) => (event.type === 'ping' ? [event, { type: 'novel' }] : event))))).toContain('novel');
  });

  it('can say more at the end', async () => {
    expect(await stream(appendText('data: [DONE]\n\n'))).toMatch(/"message_stop"\}\n\ndata: \[DONE\]\n\n$/);
  });

  it('can cut the stream', async () => {
    expect(names(await stream(cutAfter(2, 'end')))).toStrictEqual(['message_start', 'content_block_start']);
    await expect(stream(cutAfter(2, 'reset'))).rejects.toThrow('terminated');
  });

  it('can change a body, and leaves errors alone then', async () => {
    const noUsage = mapBody((message) => ({ ...message, usage: undefined }));
    expect(await (await ask(noUsage, body)).json()).not.toHaveProperty('usage');
    expect(await (await ask(noUsage, {})).json()).toMatchObject({ type: 'error' });
  });

  it('can change errors, and leaves answers alone then', async () => {
    expect(Object.keys(await (await ask(openAiErrors, {})).json())).toStrictEqual(['error']);
    const page = await ask(htmlErrors, {});
    expect([page.status, page.headers.get('content-type'), await page.text()]).toStrictEqual([
      400,
      'text/html',
      '<html><body><h1>400</h1></body></html>\n',
    ]);
    expect(
      (
        await ask(
          replaceError(() => ({ status: 200 })),
          {},
        )
      ).status,
    ).toBe(200);
    expect(await (await ask(openAiErrors, body)).json()).toMatchObject({ type: 'message' });
  });

  it('can be for some requests, and joined with others', async () => {
    const never = onlyWhen(() => false, htmlErrors);
    const response = await ask(allFaults(never, setHeader('Request-Id', undefined), setHeader('x-new', '1')), {});
    expect([response.headers.get('content-type'), response.headers.get('request-id'), response.headers.get('x-new')]).toStrictEqual([
      'application/json',
      null,
      '1',
    ]);
  });

  it('works on a port', async () => {
    const server = await listen(createMock(), { transform: dropEvent('message_delta') });
    onTestFinished(() => server.close());
    const response = await fetch(`${server.url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify({ ...body, stream: true }) });
    expect(names(await response.text())).toStrictEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_stop',
    ]);
  });

  it('lets go of the generation when its reader does', async () => {
    const { promise: aborted, resolve: abort } = Promise.withResolvers<void>();
    const endless = createMock().otherwise(async function* () {
      try {
        for (;;) yield 'more';
      } finally {
        abort();
      }
    });
    const response = await createFetch(withFault(endless, dropEvent('ping')))('http://mock/v1/messages', {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...body, max_tokens: 100_000, stream: true }),
    });
    const reader = response.body?.getReader();
    for (let i = 0; i < 3; i += 1) await reader?.read();
    await reader?.cancel();
    await expect(aborted).resolves.toBeUndefined();
  });
});
