import { describe, expect, test } from 'vitest';
import { probes } from '../catalogue.ts';
import { requestValidity } from '../../spec/index.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import type { Probe, ProbeClient, ProbeRequest, SendOptions } from '../model/probe.ts';
import { at, tokens } from '../reading.ts';

interface Sent {
  readonly step: string;
  readonly request: ProbeRequest;
  readonly options: SendOptions | undefined;
}

/** The other probes are tested beside the checks that read them. */
const tested = new Set([
  'text',
  'counting',
  'long-stream',
  'stop-sequence',
  'unmatched-stop',
  'thinking',
  'history',
  'system',
  'parameters',
  'prompt-size',
  'warm-up',
  'cache-repeat',
  'tool-truncated',
]);

/** Runs a probe against a server that answers every request alike. */
async function sentBy(probe: Probe, answer: (request: ProbeRequest) => Evidence): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const send: ProbeClient['send'] = async (step, request, options) => {
    sent.push({ step, request, options });
    return answer(request);
  };
  await probe.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send,
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: async (step, [first], options) => send(step, first, options),
  });
  return sent;
}

/** A reply of thinking and text, long enough for a piece of it. */
const reply = {
  ...fixtureMessage,
  content: [
    { type: 'thinking', thinking: 'hm', signature: 'sig' },
    { type: 'text', text: 'Once upon a time, there was a dragon.' },
  ],
};
const cooperative = ({ json }: ProbeRequest): Evidence =>
  at(json, 'stream') === true ? streamEvidence(fixtureEvents) : jsonEvidence(reply);
const silent = (): Evidence => jsonEvidence({ ...fixtureMessage, content: [] });
const refusing = (): Evidence => refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });

const subjects = probes.filter(({ id }) => tested.has(id)).map((probe) => ({ id: probe.id, probe }));

describe.each(subjects)('the probe $id', ({ probe }) => {
  test('sends the steps that it names', async () => {
    const sent = await sentBy(probe, cooperative);
    expect(sent.map(({ step }) => step).toSorted()).toEqual(probe.steps.toSorted());
  });

  test('costs what it says', async () => {
    const sent = await sentBy(probe, cooperative);
    expect({
      requests: sent.length,
      outputTokens: sent.reduce((sum, { request }) => sum + (tokens(request.json, 'max_tokens') ?? 0), 0),
    }).toEqual(probe.cost);
  });

  test('sends valid requests, under both versions', async () => {
    const sent = await sentBy(probe, cooperative);
    for (const version of ['2023-06-01', '2026-10-21']) {
      const invalid = sent.filter(({ request }) => requestValidity('messages', request.json, { version, betas: [] }) !== 'valid');
      expect(invalid.map(({ step }) => step)).toEqual([]);
    }
  });

  test('names controls among its steps', async () => {
    const sent = await sentBy(probe, cooperative);
    const controls = sent.flatMap(({ options }) => options?.control ?? []);
    expect(controls.filter((control) => !probe.steps.includes(control))).toEqual([]);
  });

  test.each([
    ['a model that says nothing', silent],
    ['a server that refuses everything', refusing],
  ])('comes to its end with %s', async (_, answer) => {
    const sent = await sentBy(probe, answer);
    expect(sent.filter(({ step }) => !probe.steps.includes(step))).toEqual([]);
  });
});

test('the content of a reply is sent back exactly as it came', async () => {
  const history = probes.find(({ id }) => id === 'history');
  const sent = history === undefined ? [] : await sentBy(history, cooperative);
  const echo = sent.find(({ step }) => step === 'echo');
  expect(at(echo?.request.json, 'messages', 1)).toEqual({ role: 'assistant', content: reply.content });
});
