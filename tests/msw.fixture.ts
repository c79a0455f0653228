/** The tests of the MSW handlers, for both majors. */
import Anthropic from '@anthropic-ai/sdk';
import type { SetupServer } from 'msw/node';
import { describe, expect, test, vi } from 'vitest';
import { fakeClock, settled } from '../endpoint/clock.fixture.ts';
import { createMock, say } from '../mock/index.ts';
import { handlers } from '../mock/msw/index.ts';
import { testConformance, testParity, type Serve } from './parity.fixture.ts';

/** `server` is listening when the tests begin. */
export function testMsw(server: Pick<SetupServer, 'use' | 'resetHandlers' | 'events'>): void {
  const serve: Serve = (mock) => {
    server.use(...handlers(mock));
    return Promise.resolve({
      baseUrl: 'https://api.anthropic.com',
      fetch,
      [Symbol.asyncDispose]: () => Promise.resolve(server.resetHandlers()),
    });
  };

  testParity(serve);
  testConformance(serve);

  describe('besides', () => {
    const request = { model: 'mock-model', max_tokens: 10, messages: [{ role: 'user' as const, content: 'Hi' }] };

    function post(body: unknown, init: RequestInit = {}): Promise<Response> {
      const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };
      return fetch('https://api.anthropic.com/v1/messages', { method: 'POST', headers, body: JSON.stringify(body), ...init });
    }

    test('answers below a path', async () => {
      const mock = createMock().once(say('It rains.'));
      server.use(...handlers(mock, { baseUrl: 'https://gateway.example/anthropic' }));
      const client = new Anthropic({ apiKey: 'test', authToken: null, baseURL: 'https://gateway.example/anthropic/', maxRetries: 0 });
      expect(await client.messages.create(request)).toMatchObject({ content: [{ text: 'It rains.' }] });
      server.resetHandlers();
    });

    test('shows the head of a stream before its first event', async () => {
      const clock = fakeClock();
      const mock = createMock({ clock }).once(say('It rains.').pace({ ttft: 1000 }));
      await using _ = await serve(mock);
      const response = await post({ ...request, stream: true });
      expect(response.status).toBe(200);
      const text = response.text();
      await clock.advance(1000);
      expect(await text).toContain('message_stop');
    });

    test('shows listeners of MSW what the client reads', async () => {
      await using _ = await serve(createMock().once(say('It rains.')));
      const copies: Promise<string>[] = [];
      server.events.on('response:mocked', ({ response }) => void copies.push(response.text()));
      const text = await (await post({ ...request, stream: true })).text();
      server.events.removeAllListeners();
      expect(text).toContain('message_stop');
      expect(await Promise.all(copies)).toEqual([text]);
    });

    test('has no complaint about a client that leaves before it is answered', async () => {
      const complain = vi.spyOn(console, 'error').mockReturnValue();
      const client = new AbortController();
      const mock = createMock().once(() => {
        client.abort();
        return say('Too late.');
      });
      await using _ = await serve(mock);
      await expect(post(request, { signal: client.signal })).rejects.toThrow('aborted');
      await settled();
      expect(complain).not.toHaveBeenCalled();
      complain.mockRestore();
    });
  });
}
