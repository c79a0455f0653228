import { describe, expect, test } from 'vitest';
import { requestValidity } from '../../spec/index.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import type { Probe, ProbeRequest, SendOptions } from '../model/probe.ts';
import { at, tokens } from '../reading.ts';
import { thinkingHistories } from './thinking-histories.ts';
import { toolArguments } from './tool-arguments.ts';
import { toolDefinitionForms } from './tool-definition-forms.ts';
import { toolDefinitions } from './tool-definitions.ts';
import { toolEmptySchema } from './tool-empty-schema.ts';
import { toolForced } from './tool-forced.ts';
import { toolHistoryForms } from './tool-history-forms.ts';
import { toolHistory } from './tool-history.ts';
import { toolOptions } from './tool-options.ts';
import { toolParallel } from './tool-parallel.ts';
import { toolResultRead } from './tool-result-read.ts';
import { toolStrict } from './tool-strict.ts';
import { toolThinking } from './tool-thinking.ts';
import { typedTools } from './typed-tools.ts';

const subjects = [
  thinkingHistories,
  toolArguments,
  toolDefinitionForms,
  toolDefinitions,
  toolEmptySchema,
  toolForced,
  toolHistoryForms,
  toolHistory,
  toolOptions,
  toolParallel,
  toolResultRead,
  toolStrict,
  toolThinking,
  typedTools,
].map((probe) => ({ id: probe.id, probe }));

interface Sent {
  readonly step: string;
  readonly request: ProbeRequest;
  readonly options: SendOptions | undefined;
}

/** Everything a probe sends to a server that answers every request alike. A ladder is climbed to its end where nothing satisfies it. */
async function sentBy(probe: Probe, answer: (request: ProbeRequest) => Evidence): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const send = (step: string, request: ProbeRequest, options?: SendOptions): Promise<Evidence> => {
    sent.push({ step, request, options });
    return Promise.resolve(answer(request));
  };
  await probe.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send,
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: async (step, requests, options) => {
      let last = await send(step, requests[0], options);
      for (const request of requests.slice(1)) if (!options.until(last)) last = await send(step, request, options);
      return last;
    },
  });
  return sent;
}

const calls = [
  { type: 'thinking', thinking: 'Both, then.', signature: 'sig' },
  { type: 'tool_use', id: 'toolu_1', name: 'set_lamp', input: { state: 'on' } },
  { type: 'tool_use', id: 'toolu_2', name: 'pick_fruit', input: { fruit: 'pear' } },
];
const calling = { ...fixtureMessage, content: calls, stop_reason: 'tool_use' };

/** Calls of both tools, in either mode. */
function cooperative({ json }: ProbeRequest): Evidence {
  if (at(json, 'stream') !== true) return jsonEvidence(calling);
  return streamEvidence([
    { type: 'message_start', message: { ...calling, content: [], stop_reason: null } },
    ...calls.flatMap((block, index) => [
      { type: 'content_block_start', index, content_block: block },
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]);
}

const silent = (): Evidence => jsonEvidence({ ...fixtureMessage, content: [] });
const refusing = (): Evidence => refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });

const isCount = ({ path }: ProbeRequest): boolean => path.includes('count_tokens');

describe.each(subjects)('the probe $id', ({ id, probe }) => {
  test('sends the steps that it names', async () => {
    const sent = await sentBy(probe, cooperative);
    expect([...new Set(sent.map(({ step }) => step))].toSorted()).toEqual(probe.steps.toSorted());
  });

  test.each([
    ['calls both tools', cooperative],
    ['says nothing', silent],
    ['refuses everything', refusing],
  ])('costs at most what it says where the server %s', async (_, answer) => {
    const sent = await sentBy(probe, answer);
    expect(sent.length).toBeLessThanOrEqual(probe.cost.requests);
    const generated = sent.filter(({ request }) => !isCount(request));
    expect(generated.reduce((sum, { request }) => sum + (tokens(request.json, 'max_tokens') ?? 0), 0)).toBeLessThanOrEqual(
      probe.cost.outputTokens,
    );
    expect(sent.filter(({ step }) => !probe.steps.includes(step))).toEqual([]);
  });

  test('names controls among its steps', async () => {
    const controls = (await sentBy(probe, cooperative)).flatMap(({ options }) => options?.control ?? []);
    expect(controls.filter((step) => !probe.steps.includes(step))).toEqual([]);
  });

  test('sends requests that the specification allows, under both versions, but for mistakes', async () => {
    const sent = await sentBy(probe, cooperative);
    for (const version of ['2023-06-01', '2026-10-21']) {
      const invalid = sent.filter(
        ({ request }) =>
          requestValidity(isCount(request) ? 'count-tokens' : 'messages', request.json, { version, betas: [] }) === 'invalid',
      );
      expect(invalid.map(({ step }) => step)).toEqual(mistakes[id] ?? []);
    }
  });
});

const mistakes: Readonly<Record<string, readonly string[]>> = {
  'tool-mistakes': ['examples-invalid', 'result-late'],
};

test('calls are answered by results with their ids', async () => {
  const sent = await sentBy(toolParallel, cooperative);
  const echo = sent.find(({ step }) => step === 'echo');
  expect(at(echo?.request.json, 'messages', 1, 'content')).toEqual(calls);
  expect([0, 1].map((position) => at(echo?.request.json, 'messages', 2, 'content', position, 'tool_use_id'))).toEqual([
    'toolu_1',
    'toolu_2',
  ]);
});

test('all forms are in one request', async () => {
  const together = (await sentBy(toolHistoryForms, cooperative)).find(({ step }) => step === 'together');
  const text = JSON.stringify(together?.request.json);
  for (const form of ['"content":[]', '"cache_control"', 'mcp__archive__']) expect(text).toContain(form);
  expect(at(together?.request.json, 'tools', 1)).toBeUndefined();
});
