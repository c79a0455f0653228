// The catalogue inside another Vitest, against the mock on a port: what is sent, and what becomes of each verdict.
import { describe, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { dropEvent, type Fault, setHeader } from '../mock/faults/reply-faults.ts';
import { createMock, type Mock, refuse, say } from '../mock/index.ts';
import { run } from '../runner/index.ts';
import { runInVitest, type SuiteReport } from './other-vitest.fixture.ts';

const longEnough = { timeout: 60_000 };

async function asked(
  mock: Mock,
  options: Omit<Parameters<typeof runInVitest>[0], 'baseUrl'>,
  settings: Parameters<typeof runInVitest>[1] & { readonly fault?: Fault } = {},
): Promise<SuiteReport> {
  const { fault, ...rest } = settings;
  await using server = await listen(mock, { port: 0, ...(fault === undefined ? {} : { transform: fault }) });
  return await runInVitest({ ...options, baseUrl: server.url, timeoutMs: 5000 }, rest);
}

const keyless = (): Mock => createMock({ apiKeys: [] });

describe('describeConformance', () => {
  test('makes a test of each check, in groups by area, and comes to the verdicts of a run', longEnough, async () => {
    await using server = await listen(keyless(), { port: 0 });
    const { verdicts } = await run({ baseUrl: server.url, timeoutMs: 5000 });
    const { tests, errors } = await runInVitest({ baseUrl: server.url, timeoutMs: 5000 });
    expect(errors).toEqual([]);
    expect(tests.get('stream.order.index-contiguous')?.groups).toEqual(['Messages API', 'stream.order']);
    expect([...tests.keys()].toSorted()).toEqual(verdicts.map(({ check }) => check).toSorted());
    const passed = verdicts.filter(({ outcome }) => outcome === 'pass').map(({ check }) => check);
    expect(passed.filter((check) => tests.get(check)?.state !== 'passed')).toEqual([]);
    expect([...tests].filter(([check, { state }]) => state === 'passed' && !passed.includes(check))).toEqual([]);
  });

  test('sends only what the tests that a filter leaves need, and nothing twice', longEnough, async () => {
    const mock = keyless();
    const { tests } = await asked(mock, {}, { pattern: 'stop\\.sequence', isLate: true });
    const ran = [...tests].filter(([, { state }]) => state === 'passed').map(([check]) => check);
    expect(ran).toContain('stop.sequence.honoured');
    expect(ran.every((check) => check.startsWith('stop.sequence'))).toBe(true);
    const sent = mock.requests.map(({ method, url, body }) => `${method} ${url.replace(/^https?:\/\/[^/]*/, '')} ${JSON.stringify(body)}`);
    expect(sent.filter((line) => line.startsWith('GET'))).toEqual(['GET /v1/models undefined']);
    expect(sent.length).toBeLessThan(20);
    expect(new Set(sent).size).toBe(sent.length);
  });

  test('takes only the areas named', longEnough, async () => {
    const { tests } = await asked(keyless(), { areas: ['stream', 'stop'], level: 'must' });
    expect(new Set([...tests.values()].map(({ groups }) => groups[1]))).toEqual(
      new Set(['stream.framing', 'stream.order', 'stream.schema', 'stop']),
    );
  });

  test('fails the test of a failed check with the finding in full', longEnough, async () => {
    const { tests } = await asked(keyless(), { areas: ['stream.order'] }, { fault: dropEvent('message_stop') });
    const failed = tests.get('stream.order.ends-with-message-stop');
    expect(failed?.state).toBe('failed');
    expect(failed?.errors.join('\n')).toMatch(
      /^stream\.order\.ends-with-message-stop\n.*\n {2}requires .*\n {2}where .*frame \d+, byte \d+[^]*\n {2}expected {2}message_stop or error\n {2}found {5}the end of the stream\n[^]*\n {2}curl -sS -i -N http:\/\/127/,
    );
    expect([...tests.values()].filter(({ state }) => state === 'failed')).toHaveLength(1);
  });

  test('skips the test of a failed should with the finding as note and annotation, or fails it where asked', longEnough, async () => {
    const fault = setHeader('request-id', undefined);
    const only = ['http.response.request-id'];
    const { tests } = await asked(keyless(), { only }, { fault });
    const warned = [...tests.values()].filter(({ note }) => note?.startsWith('warn: expected '));
    expect(warned.length).toBeGreaterThan(0);
    expect(warned.flatMap(({ annotations }) => annotations).join('\n')).toMatch(/level {5}should/);
    const strict = await asked(keyless(), { only, failOn: 'should' }, { fault });
    expect([...strict.tests.values()].filter(({ state }) => state === 'failed')).toHaveLength(warned.length);
  });

  test('skips what the server refuses, with the reason, and fails it where it is required', longEnough, async () => {
    const options = { only: ['tool-choice.any.calls-a-tool'] };
    const withoutTools = (): Mock => {
      const mock = keyless();
      mock.when(() => true).reply(say('Hello.'));
      mock
        .when(({ tools }) => Array.isArray(tools) && tools.length > 0)
        .reply(refuse('invalid_request_error', { message: 'tools: not supported' }));
      return mock;
    };
    const { tests } = await asked(withoutTools(), options);
    expect(tests.get('tool-choice.any.calls-a-tool')).toMatchObject({ state: 'skipped', note: 'unsupported: the server refuses tools' });
    const strict = await asked(withoutTools(), { ...options, require: ['tools'] });
    expect(strict.tests.get('tool-choice.any.calls-a-tool')).toMatchObject({ state: 'failed' });
  });

  test('fails the suite where a required part is refused, however weak the checks about it are', longEnough, async () => {
    const mock = keyless();
    mock.when(() => true).reply(say('Hello.'));
    mock
      .when(({ messages }) => JSON.stringify(messages).includes('"type":"image"'))
      .reply(refuse('invalid_request_error', { message: 'images: not supported' }));
    const { errors } = await asked(mock, { only: ['content.image.*'], require: ['images'] });
    expect(errors).toEqual(['The server refuses images, which this run requires.']);
  });

  test('fails the suite where the server cannot be asked', longEnough, async () => {
    const { errors, tests } = await runInVitest({ baseUrl: 'http://127.0.0.1:9', model: 'm', areas: ['stop'] });
    expect(errors.join('\n')).toMatch(/^Cannot reach http:\/\/127\.0\.0\.1:9: .* the option waitMs waits for it\.$/);
    expect([...tests.values()].filter(({ state }) => state === 'passed')).toEqual([]);
  });

  test('fails the suite where the server accepts nothing, although every test is skipped', longEnough, async () => {
    const mock = keyless();
    mock.when(() => true).reply(refuse('rate_limit_error', { retryAfter: 0 }));
    const { errors, tests } = await asked(mock, { only: ['stop.max-tokens.json'] });
    expect(tests.get('stop.max-tokens.json')?.state).toBe('skipped');
    expect(errors).toEqual(['The server accepted no request for a message, so nothing is known about it.']);
  });

  test.each([
    [{ areas: ['steam'] }, 'There is no area "steam"; there are http, '],
    [{ only: ['no.such'] }, '--only no.such matches no check'],
    [{ profile: 'vlm' }, 'There is no profile "vlm"; there are litellm, llama-cpp, lm-studio, lmdeploy, ollama, vllm.'],
    [{ area: ['stop'] }, 'describeConformance has no option area; did you mean areas?'],
    [{ timeout: 5 }, 'describeConformance has no option timeout; did you mean timeoutMs?'],
    [{ client: 'curl' }, 'There is no client "curl"; there are claude-code, '],
  ])('says of %j what is wrong', longEnough, async (options, text) => {
    const { errors } = await runInVitest({ baseUrl: 'http://127.0.0.1:9', ...options });
    expect(errors.join('\n')).toContain(text);
  });
});
