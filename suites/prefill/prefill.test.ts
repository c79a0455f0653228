import { expect, test } from 'vitest';
import { addedTokens } from '../added-tokens.fixture.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import type { ProbeRequest, SendOptions } from '../model/probe.ts';
import { begun, prefill } from '../probes/prefill.ts';
import { at, tokens } from '../reading.ts';
import { checks } from './index.ts';

const good = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const saying = (text: string): Evidence => jsonEvidence({ ...fixtureMessage, content: [{ type: 'text', text }] });

const continuation: Examples = {
  passes: { 'a continuation': { reply: saying(' sun goes down.') }, 'the first letters by chance': { reply: saying('Quo') } },
  fails: {
    'a reply that repeats the beginning': [{ reply: saying(`${begun} sun goes down.`) }, JSON.stringify(`${begun} sun goes down.`)],
    'a repetition that was cut short': [{ reply: saying('Quorvex 4417 hums') }, '"Quorvex 4417 hums"'],
  },
  open: {
    'an empty reply': [{ reply: jsonEvidence({ ...fixtureMessage, content: [] }) }, 'the reply has no text'],
    'a refusal': [{ reply: refused }, 'the request was not accepted'],
  },
};

describeExamples(checks, {
  'prefill.reply.continues': continuation,
  'prefill.stream.continues': { ...continuation, passes: { ...continuation.passes, 'a stream': { reply: streamEvidence(fixtureEvents) } } },
  'prefill.prompt.adds-tokens': addedTokens,
  'prefill.refusal.clean': {
    passes: { 'a 400': { control: good, variant: refused } },
    fails: {
      'a server error': [
        { control: good, variant: refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'no' } }) },
        '500 api_error',
      ],
    },
    open: { 'a server that continues': [{ control: good, variant: good }, 'the server continues replies'] },
  },
});

test('the probe sends what it declares, and costs what it says', async () => {
  const sent: { step: string; request: ProbeRequest; options: SendOptions | undefined }[] = [];
  await prefill.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send: (step, request, options) => {
      sent.push({ step, request, options });
      return Promise.resolve(good);
    },
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: () => Promise.reject(new Error('it climbs nothing')),
  });
  expect(sent.map(({ step }) => step)).toEqual(prefill.steps);
  expect(prefill.cost).toEqual({
    requests: sent.length,
    outputTokens: sent.reduce((sum, { request }) => sum + (tokens(request.json, 'max_tokens') ?? 0), 0),
  });
  expect(sent.map(({ options }) => options?.adds)).toEqual([undefined, 'prefill', undefined]);
  expect(sent.map(({ request }) => at(request.json, 'stream') === true)).toEqual([false, false, true]);
});
