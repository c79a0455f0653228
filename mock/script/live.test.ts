import { describe, expect, it } from 'vitest';
import { settled } from '../../endpoint/clock.fixture.ts';
import { foldStream } from '../../spec/index.ts';
import { ask, events, eventsIn, post, readStream, weather } from '../ask.fixture.ts';
import { createMock, MockScriptError } from '../index.ts';

describe('A live stream', () => {
  it('gives the client each step before it resolves', async () => {
    const mock = createMock();
    const live = mock.live();
    let seen = '';
    const reading = (async () => {
      const reader = (await post(mock, { stream: true })).body?.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done) return;
        seen += /"text_delta","text":"(\w+)"/.exec(value ?? '')?.[1] ?? '';
      }
    })();
    expect(await live.text(['par'])).toBe(true);
    expect(seen).toBe('par');
    expect(await live.text(['tial'])).toBe(true);
    expect(seen).toBe('partial');
    expect(await live.end()).toBe(true);
    await reading;
    expect(mock.requests[0]?.outcome).toBe('completed');
  });

  it('waits for its request, and may have any parts', async () => {
    const mock = createMock();
    const live = mock.live();
    void live.think('Hm.');
    void live.useTool('get_weather', { city: 'Paris' });
    void live.end();
    expect(await ask(mock, { tools: [weather] })).toMatchObject({
      content: [{ thinking: 'Hm.' }, { name: 'get_weather' }],
      stop_reason: 'tool_use',
    });
  });

  it('may fail or break', async () => {
    const mock = createMock();
    const failing = mock.live();
    void failing.text('a');
    void failing.fail('overloaded_error');
    expect((await events(mock)).at(-1)).toMatchObject({ error: { type: 'overloaded_error' } });
    void mock.live().reset();
    expect((await readStream(await post(mock, { stream: true }))).broken).toBe('terminated');
  });

  it('knows when the client leaves, and keeps nobody waiting', async () => {
    const mock = createMock();
    const live = mock.live();
    const reader = (await post(mock, { stream: true })).body?.getReader();
    await reader?.read();
    const read = reader?.read();
    await settled();
    await reader?.cancel();
    await read;
    expect(live.signal.aborted).toBe(true);
    expect([await live.text('too late'), await live.end()]).toStrictEqual([false, false]);
    expect(mock.requests[0]).toMatchObject({ outcome: 'aborted', abortedAfter: { frames: 1, events: 1 } });
  });

  it('does not wait for a client that has its answer, but does not read it', async () => {
    const mock = createMock();
    const live = mock.live();
    const early = live.text(['par']);
    const response = await post(mock, { stream: true });
    expect([await early, await live.text(['tial']), await live.end()]).toStrictEqual([true, true, true]);
    expect(foldStream(eventsIn((await readStream(response)).text)).message).toMatchObject({ content: [{ text: 'partial' }] });
    expect(mock.requests[0]?.outcome).toBe('completed');
  });

  it('says no more after its end', () => {
    const live = createMock().live();
    void live.end();
    expect(() => live.text('more')).toThrow(MockScriptError);
  });
});
