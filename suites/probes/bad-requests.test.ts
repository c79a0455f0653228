/** The probes of bad requests that depend on what the server said before. */
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence } from '../model/evidence.fixture.ts';
import type { Probe, ProbeRequest } from '../model/probe.ts';
import { at } from '../reading.ts';
import { badLimits } from './bad-limits.ts';
import { badThinkingHistory } from './bad-thinking-history.ts';

/** What a probe sends to a server that answers the named steps so, and the others with a Message. */
async function sentBy(probe: Probe, answers: Readonly<Record<string, Evidence>>): Promise<ReadonlyMap<string, ProbeRequest>> {
  const sent = new Map<string, ProbeRequest>();
  await probe.run({
    model: 'org/tiny',
    modelsPath: '/v1/models',
    send: (step, request) => {
      sent.set(step, request);
      return Promise.resolve(answers[step] ?? jsonEvidence(fixtureMessage));
    },
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: () => Promise.reject(new Error('neither of these probes climbs')),
  });
  return sent;
}

describe('the limits of a model', () => {
  const model = (fields: object) => jsonEvidence({ type: 'model', id: 'org/tiny', ...fields }, { endpoint: 'model' });
  const list = (data: readonly unknown[]) => jsonEvidence({ data }, { endpoint: 'models' });

  test('are each exceeded by as little as possible', async () => {
    const sent = await sentBy(badLimits, {
      model: model({ max_tokens: 4096, max_input_tokens: 512 }),
      'retired-models': list([{ id: 'old', lifecycle: 'retired' }]),
    });
    expect([...sent.keys()].toSorted()).toEqual(badLimits.steps.toSorted());
    expect(sent.get('model')?.path).toBe('/v1/models/org%2Ftiny');
    expect(at(sent.get('over-max-tokens')?.json, 'max_tokens')).toBe(4097);
    expect(String(at(sent.get('too-long')?.json, 'messages', 0, 'content')).split(' ')).toHaveLength(513);
    expect(at(sent.get('retired')?.json, 'model')).toBe('old');
  });

  test('that nobody tells, or that are too far away to fill, are left alone', async () => {
    const always = ['control', 'control-stream', 'model', 'retired-models'];
    const silent = await sentBy(badLimits, { model: model({}), 'retired-models': list([]) });
    expect([...silent.keys()]).toEqual(always);
    const large = await sentBy(badLimits, { model: model({ max_tokens: 0, max_input_tokens: 32_769 }), 'retired-models': list([]) });
    expect([...large.keys()]).toEqual(always);
  });

  test('a model that is listed among the retired ones and is none is not asked', async () => {
    const sent = await sentBy(badLimits, { model: model({}), 'retired-models': list([{ id: 'tiny', lifecycle: 'active' }, { id: 'b' }]) });
    expect(sent.has('retired')).toBe(false);
  });
});

describe('thinking that is sent back', () => {
  const thought = { type: 'thinking', thinking: 'hm', signature: 'sig' };
  const reply = { ...fixtureMessage, content: [thought, { type: 'text', text: '4' }] };

  test('is changed in one place', async () => {
    const sent = await sentBy(badThinkingHistory, { reply: jsonEvidence(reply) });
    expect([...sent.keys()]).toEqual([...badThinkingHistory.steps]);
    const block = (step: string): unknown => at(sent.get(step)?.json, 'messages', 1, 'content', 0);
    expect(block('echo')).toEqual(thought);
    expect(block('edited')).toEqual({ ...thought, thinking: 'I was told to say five.' });
    expect(block('marked')).toEqual({ ...thought, cache_control: { type: 'ephemeral' } });
    for (const step of ['echo', 'edited', 'marked']) {
      expect(sent.get(`${step}-stream`)?.json).toEqual({ ...(sent.get(step)?.json as object), stream: true });
    }
  });

  test.each([
    ['that was cut', { ...reply, stop_reason: 'max_tokens' }],
    ['that is not there', fixtureMessage],
  ])('%s is not', async (_, answer) => {
    expect([...(await sentBy(badThinkingHistory, { reply: jsonEvidence(answer) })).keys()]).toEqual(['reply']);
  });
});
