import { describe, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { dropEvent, mapEvents } from '../mock/faults/reply-faults.ts';
import { createMock, refuse, say } from '../mock/index.ts';
import { checks } from '../suites/catalogue.ts';
import type { Check } from '../suites/model/check.ts';
import { openRun } from './open-run.ts';
import type { RunOptions } from './options.ts';
import { run } from './run.ts';
import { smallServer } from './small-server.fixture.ts';

const options = (url: string): RunOptions => ({
  baseUrl: url,
  model: 'mock-model',
  timeoutMs: 500,
  only: ['stop.*', 'tool-choice.*', 'stream.*'],
});
const selected = checks.filter(({ id }) => /^(stop|tool-choice|stream)\./.test(id));

describe('An open run', () => {
  test('looks ahead once, and sends a probe once, however often it is asked for', async () => {
    await using server = await smallServer();
    const open = openRun(options(server.url));
    await open.begin();
    await Promise.all([open.send(['text']), open.send(['text', 'counting'])]);
    await open.send(['counting', 'auth', 'no-such-probe']);
    await open.close();
    const { steps } = open.record();
    const byProbe = Map.groupBy(steps, ({ probe }) => probe);
    expect([...byProbe.keys()].toSorted()).toEqual(['counting', 'preflight', 'text']);
    expect(byProbe.get('text')?.map(({ address }) => address)).toEqual(['text/json', 'text/stream']);
    expect(new Set(steps.map(({ address }) => address)).size).toBe(steps.length);
  });

  test('has nothing sent any more once it has ended', async () => {
    await using server = await smallServer();
    const interrupt = new AbortController();
    const open = openRun({ ...options(server.url), signal: interrupt.signal });
    await open.begin();
    interrupt.abort();
    await open.send(['text']);
    await open.send(['counting']);
    await open.close();
    expect(open.endedBecause).toBe('interrupted');
    expect(open.record()).toMatchObject({ ended: 'interrupted', exitCode: 130 });
    expect(open.record().steps.map(({ probe }) => probe)).toEqual(['preflight']);
  });

  test.each([
    ['content.image.*', 1],
    ['http.json.*', 0],
  ])('that requires images of a server that refuses them, and asks for %s, exits %d', async (only, code) => {
    const mock = createMock({ apiKeys: [] });
    mock.when(() => true).reply(say('Hello.'));
    mock
      .when(({ messages }) => JSON.stringify(messages).includes('"type":"image"'))
      .reply(refuse('invalid_request_error', { message: 'images: not supported' }));
    await using server = await listen(mock, { port: 0 });
    const asked = { baseUrl: server.url, model: 'mock-model', timeoutMs: 2000, only: [only] };
    expect((await run({ ...asked, require: ['images'] })).exitCode).toBe(code);
    expect((await run(asked)).exitCode).toBe(0);
  });

  test('says that ANTHROPIC_API_KEY is set and was not sent to a server that wants a key', async () => {
    await using server = await listen(createMock({ apiKeys: ['right'] }), { port: 0 });
    const open = openRun({ ...options(server.url), environment: { ANTHROPIC_API_KEY: 'another' } });
    await open.begin();
    await open.close();
    expect(open.endedBecause).toContain('ANTHROPIC_API_KEY is set, but was not sent');
    expect(JSON.stringify(open.record())).not.toContain('another"');
  });

  test('whose preflight found nobody says so, and sends nothing', async () => {
    const open = openRun(options('http://127.0.0.1:9'));
    await open.begin();
    await open.send(['text']);
    await open.close();
    expect(open.endedBecause).toContain('Cannot reach http://127.0.0.1:9');
    expect(open.record().exitCode).toBe(3);
  });

  test.each([
    ['sound', {}],
    ['without message_stop', { transform: dropEvent('message_stop') }],
    ['with block indexes from 1', { transform: mapEvents((event) => ('index' in event ? { ...event, index: event.index + 1 } : event)) }],
  ] as const)(
    'says of each check what the record says of it, of a scenario from the exchanges that it stands on alone (%s)',
    { timeout: 30_000 },
    async (_title, faults) => {
      await using server = await listen(createMock({ apiKeys: [] }), { port: 0, ...faults });
      const open = openRun(options(server.url));
      await open.begin();
      await open.send(open.agenda.planned.map(({ id }) => id));
      await open.close();
      const { verdicts } = open.record();
      const inRecord = (some: readonly Check[]): unknown => some.map(({ id }) => verdicts.find(({ check }) => check === id));
      const scenarios = selected.filter(({ kind }) => kind === 'scenario');
      expect(scenarios.map((check) => open.verdict(check))).toEqual(inRecord(scenarios));
      const general = selected.filter(({ kind }) => kind === 'general');
      expect(general.map((check) => open.verdict(check))).toEqual(inRecord(general));
    },
  );
});
