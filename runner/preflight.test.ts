import { describe, expect, test } from 'vitest';
import type { AuthStyle } from '../spec/index.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../suites/model/evidence.fixture.ts';
import { type Preflight, preflight, type PreflightOptions } from './preflight.ts';

const envelope = (type: string): unknown => ({ type: 'error', error: { type, message: 'no' } });
const ok = jsonEvidence(fixtureMessage);
const unauthorised = refusalEvidence(401, envelope('authentication_error'));
const missing = refusalEvidence(404, envelope('not_found_error'));
const list = (...ids: readonly string[]): Evidence =>
  jsonEvidence({ data: ids.map((id) => ({ id })) }, { endpoint: 'models', method: 'GET' });
const html = jsonEvidence('<html></html>', { headers: [['content-type', 'text/html']] });

function silent(ended: Evidence['ended'], problem?: string): Evidence {
  const exchange = { ...ok.exchange, ended, ...(problem === undefined ? {} : { problem }) };
  return { ...ok, exchange, ended, status: undefined };
}

/** Answers by step; what a test does not expect to be asked is an error. */
async function ask(
  answers: Readonly<Record<string, Evidence>>,
  options: Partial<PreflightOptions> = {},
): Promise<{ result: Preflight; auth: AuthStyle[] }> {
  const auth: AuthStyle[] = [];
  const result = await preflight({
    baseUrl: 'http://127.0.0.1:1',
    model: 'tiny',
    modelsPath: '/v1/models',
    hasKey: false,
    auth: 'none',
    isAuthChosen: false,
    setAuth: (style) => auth.push(style),
    send: async (step) => answers[step] ?? expect.fail(`unexpected step ${step}`),
    ...options,
  });
  return { result, auth };
}

describe('preflight', () => {
  test('is ready where the first message is answered', async () => {
    expect((await ask({ message: ok })).result).toEqual({ state: 'ready', model: 'tiny', modelFrom: 'option', auth: 'none', notes: [] });
  });

  test('takes the first model of the list where none is named, and says so', async () => {
    expect((await ask({ models: list('a/b', 'c'), message: ok }, { model: undefined })).result).toEqual({
      state: 'ready',
      model: 'a/b',
      modelFrom: 'models-list',
      auth: 'none',
      notes: ['Model a/b taken from /v1/models; choose another with --model NAME.'],
    });
  });

  test.each([
    ['an empty list', list()],
    ['a list of another shape', jsonEvidence({ models: [] })],
    ['no list at all', missing],
  ])('asks for --model where discovery finds %s', async (_title, models) => {
    const answers = { models, 'empty-object': refusalEvidence(400, envelope('invalid_request_error')) };
    expect((await ask(answers, { model: undefined })).result).toMatchObject({
      state: 'stopped',
      because: 'misconfigured',
      hint: expect.stringMatching(/^\/v1\/models names no model \(.*\); name one with --model NAME\.$/),
    });
  });

  test('a list that is missing with the route of messages is a wrong base URL', async () => {
    expect((await ask({ models: html, 'empty-object': html }, { model: undefined })).result).toMatchObject({
      because: 'broken',
      hint: expect.stringContaining('check --base-url'),
    });
  });

  test('an answer that does not end is the server’s own fault', async () => {
    const endless = {
      ...ok,
      ended: 'limit-by-us',
      exchange: { ...ok.exchange, ended: 'limit-by-us', problem: 'It took longer.' },
    } as const;
    expect((await ask({ message: endless })).result).toEqual({
      state: 'stopped',
      because: 'broken',
      hint: 'http://127.0.0.1:1 began to answer and did not end: It took longer.',
    });
  });

  test('a refused connection is unreachable, with the cause', async () => {
    expect((await ask({ message: silent('refused', 'connection refused') })).result).toEqual({
      state: 'stopped',
      because: 'unreachable',
      hint: 'Cannot reach http://127.0.0.1:1: connection refused. If it is still starting, --wait SECONDS waits for it.',
    });
  });

  test.each([
    ['timed-out-by-us', 'http://127.0.0.1:1 took the connection and never answered; --timeout SECONDS gives it longer.'],
    ['reset', 'http://127.0.0.1:1 broke the connection without an HTTP answer: reset.'],
    ['protocol-error', 'http://127.0.0.1:1 broke the connection without an HTTP answer: protocol-error.'],
  ] as const)('%s is the server’s own fault', async (ended, hint) => {
    expect((await ask({ message: silent(ended) })).result).toEqual({ state: 'stopped', because: 'broken', hint });
  });

  test('401 without a key names --api-key-env', async () => {
    expect((await ask({ message: unauthorised })).result).toEqual({
      state: 'stopped',
      because: 'misconfigured',
      hint: 'The server wants a key (401); name the environment variable that holds it with --api-key-env NAME.',
    });
  });

  test.each([
    [
      'a key that was left out on purpose',
      { isAuthChosen: true },
      'The server wants a key (401), and --auth none sends none, whatever --api-key-env names; leave out --auth none.',
    ],
    [
      'a key that is set and not named for this server',
      { unusedKey: 'ANTHROPIC_API_KEY' },
      'The server wants a key (401). ANTHROPIC_API_KEY is set, but was not sent: that key goes to another host than api.anthropic.com only where it is named, with --api-key-env ANTHROPIC_API_KEY.',
    ],
  ])('401 says what became of %s', async (_title, options, hint) => {
    expect((await ask({ message: unauthorised }, options)).result).toMatchObject({ because: 'misconfigured', hint });
  });

  test('a models list that is refused in words is quoted', async () => {
    const models = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'anthropic-version: no such' } });
    const answers = { models, 'empty-object': models };
    expect((await ask(answers, { model: undefined })).result).toMatchObject({
      because: 'misconfigured',
      hint: 'The server answered 400 to GET /v1/models: anthropic-version: no such. Where only the list is missing, name a model with --model NAME.',
    });
  });

  test('401 for the key in x-api-key leads to Bearer, and a note where that works', async () => {
    const { result, auth } = await ask({ message: unauthorised, 'message-bearer': ok }, { hasKey: true, auth: 'x-api-key' });
    expect(result).toMatchObject({
      state: 'ready',
      auth: 'bearer',
      notes: ['The server takes the key only as "Authorization: Bearer"; the run uses that.'],
    });
    expect(auth).toEqual(['bearer']);
  });

  test('401 either way is a wrong key', async () => {
    const { result, auth } = await ask({ message: unauthorised, 'message-bearer': unauthorised }, { hasKey: true, auth: 'x-api-key' });
    expect(result).toMatchObject({ because: 'misconfigured', hint: expect.stringContaining('refused the key (401)') });
    expect(auth).toEqual(['bearer', 'x-api-key']);
  });

  test('a chosen style is not changed', async () => {
    const { result } = await ask({ message: unauthorised }, { hasKey: true, auth: 'x-api-key', isAuthChosen: true });
    expect(result).toMatchObject({ because: 'misconfigured', hint: expect.stringContaining('--auth x-api-key, bearer or both') });
  });

  test('404 for a model that the list does not name is an unknown model', async () => {
    expect((await ask({ message: missing, models: list('one', 'two') })).result).toEqual({
      state: 'stopped',
      because: 'misconfigured',
      hint: 'The server does not know the model "tiny"; it lists one, two. Choose with --model NAME.',
    });
  });

  test('404 without a list is an unknown model where the route answers something else without a model', async () => {
    const answers = { message: missing, models: missing, 'empty-object': refusalEvidence(400, envelope('invalid_request_error')) };
    expect((await ask(answers)).result).toMatchObject({
      because: 'misconfigured',
      hint: expect.stringContaining('does not know the model "tiny"'),
    });
  });

  test('404 whatever is sent is a missing route', async () => {
    expect((await ask({ message: missing, models: missing, 'empty-object': missing })).result).toEqual({
      state: 'stopped',
      because: 'broken',
      hint: 'POST http://127.0.0.1:1/v1/messages does not exist there (404, application/json); check --base-url, which ends before /v1.',
    });
  });

  test('HTML is a missing route', async () => {
    expect((await ask({ message: html })).result).toMatchObject({ because: 'broken', hint: expect.stringContaining('(200, text/html)') });
  });

  test('a refused first message does not stop the run, which is there to find out why', async () => {
    expect((await ask({ message: refusalEvidence(500, envelope('api_error')) })).result).toMatchObject({
      state: 'ready',
      notes: ['The first request was answered 500; the run goes on to find out why.'],
    });
  });

  test.each(['<html>hi</html>', { error: 'Unexpected endpoint' }, []])('a first message that is %o is remarked upon', async (body) => {
    expect((await ask({ message: jsonEvidence(body) })).result).toMatchObject({
      state: 'ready',
      notes: ['The first request was answered 200 with something else than a message: this does not look like a Messages API.'],
    });
  });
});
