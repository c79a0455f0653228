// Whatever an OpenAI-compatible engine says, `serve --upstream` before it answers in the protocol, or with an error that says what broke.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEndpoint, createFetch } from '../endpoint/index.ts';
import { seededRandom } from '../mock/physics/random.ts';
import { StartError } from '../reference-server/start-error.ts';
import { createUpstreamBackend } from '../reference-server/upstream/backend.ts';
import { evidenceOf } from '../runner/evidence.ts';
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { fetchRecorder } from './fetch-recorder.fixture.ts';
import { exchanged, hostileAnswer, hostileReply, replying, soundAnswers } from './hostile-engines.fixture.ts';
import { type HostileEngine, oneOf, type Said, startHostileEngine } from './hostile-wire.fixture.ts';
import { faultsIn, linesOf } from './properties/judged.fixture.ts';

/** With much time many answers; otherwise a few. */
const rounds = Number(process.env['HOSTILE_ENGINES'] ?? 20);
const baseUrl = 'http://server';
const silenceMs = 100;

/** What no check has to find: a broken engine is an error. */
const expected = new Set(['errors.status.no-5xx-on-valid', 'stream.order.no-error-on-valid']);
/** What an engine that broke is called. The others blame the client. */
const brokenTypes: readonly unknown[] = ['api_error', 'overloaded_error', 'timeout_error'];

const base = { model: 'm', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] };

let engine: HostileEngine;
beforeAll(async () => {
  engine = await startHostileEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

const kinds = ['vllm', 'sglang', 'llamacpp', 'somebody'];

describe.each(kinds)('an engine of the kind %s', (owner) => {
  const seed = (round: number): number => round * kinds.length + kinds.indexOf(owner);

  test('may reply to a chat as it will', { timeout: 280_000 }, async () => {
    engine.answers = soundAnswers(owner);
    await using server = await serve();
    let [answered, broken] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const random = seededRandom(seed(round));
      const { request, chunks } = oneOf(exchanged, random);
      const reply = hostileReply(chunks, random);
      engine.answers = replying(owner, reply);
      const { status, error, troubles } = await server.ask('/v1/messages', { ...base, ...request, stream: random() < 0.5 });
      expect(troubles, `${round}: ${wire(reply)}`).toEqual([]);
      if (error === undefined) answered += 1;
      else broken += 1;
      if (error !== undefined && (reply.status < 400 || reply.status >= 500)) {
        expect(brokenTypes, `${round}: ${status} ${wire(reply)}`).toContain(error['type']);
      }
    }
    expect(answered).toBeGreaterThan(rounds / 5);
    expect(broken).toBeGreaterThan(rounds / 5);
  });

  test('may list, render and count as it will', { timeout: 280_000 }, async () => {
    let [started, refused] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const random = seededRandom(seed(round));
      const hostile = oneOf(['/v1/models', '/v1/models', '/tokenize', '/apply-template', '/props', '/v1/chat/completions'], random);
      const sound = soundAnswers(owner);
      engine.answers = (path, body) => (path === hostile && body !== '{}' ? hostileAnswer(owner, path, random) : sound(path, body));
      const server = await serve().catch((error: unknown) => {
        expect(error).toBeInstanceOf(StartError);
      });
      if (server === undefined) {
        refused += 1;
        continue;
      }
      started += 1;
      await using opened = server;
      const { model } = opened;
      const seen = [
        await opened.ask('/v1/models'),
        await opened.ask('/v1/messages/count_tokens', { model, messages: base.messages }),
        await opened.ask('/v1/messages', { ...base, model, max_tokens: 1, stream: random() < 0.5 }),
      ];
      expect(
        seen.flatMap(({ troubles }) => troubles),
        `${round}: ${hostile}`,
      ).toEqual([]);
    }
    expect(started).toBeGreaterThan(rounds / 5);
    expect(refused).toBeGreaterThan(0);
  });
});

interface Seen {
  readonly status: number | undefined;
  readonly error: JsonObject | undefined;
  readonly troubles: readonly string[];
}

interface Served extends AsyncDisposable {
  readonly model: string | undefined;
  ask(path: string, body?: JsonObject): Promise<Seen>;
}

async function serve(): Promise<Served> {
  const backend = await createUpstreamBackend({ upstream: engine.url, silenceMs });
  const faults: unknown[] = [];
  const recorder = fetchRecorder(createFetch(createEndpoint(backend, { onError: (error) => faults.push(error) })));
  return {
    model: backend.models()[0]?.id,
    async ask(path, body) {
      const { exchange } = await recorder.send({
        method: body === undefined ? 'GET' : 'POST',
        url: `${baseUrl}${path}`,
        headers: [
          ['content-type', 'application/json'],
          ['anthropic-version', '2023-06-01'],
        ],
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      });
      const evidence = evidenceOf(exchange, [], { baseUrl });
      const error = errorOf(evidence);
      const wrong = linesOf(faultsIn(evidence).filter(({ check }) => !expected.has(check)));
      return { status: evidence.status, error, troubles: [...wrong, ...unclean(evidence, error), ...faults.splice(0).map(String)] };
    },
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  };
}

/** The error that an answer is, or ends in. */
function errorOf({ isStream, frames, json }: Evidence): JsonObject | undefined {
  const value = isStream ? frames.at(-1)?.json : json;
  const error = isJsonObject(value) ? value['error'] : undefined;
  return isJsonObject(error) ? error : undefined;
}

function unclean({ status, ended }: Evidence, error: JsonObject | undefined): readonly string[] {
  const message = error?.['message'];
  const isClean = typeof message === 'string' && message.length < 700 && message !== 'Internal server error.';
  return ended === 'complete' && (error === undefined ? status === 200 : isClean) ? [] : [`${status}, ${ended}: ${JSON.stringify(error)}`];
}

function wire({ status, headers, pieces, ending }: Said): string {
  return `${status} ${JSON.stringify(headers)} ${Buffer.concat(pieces).toString().slice(0, 3000)} ${ending}`;
}
