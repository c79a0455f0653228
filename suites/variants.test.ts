import { describe, expect, test } from 'vitest';
import { requestValidity } from '../spec/index.ts';
import type { JsonObject } from '../spec/json.ts';
import type { Evidence } from './model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from './model/evidence.fixture.ts';
import type { Probe, ProbeRequest, SendOptions } from './model/probe.ts';
import { variantTables } from './probes/variants.ts';
import { at, tokens } from './reading.ts';
import { adding, judgeHandling, saying, variantChecks, type VariantRow, variantProbe, type VariantTable } from './variants.ts';

const good = jsonEvidence(fixtureMessage);
const envelope = { type: 'error', error: { type: 'invalid_request_error', message: 'no' } };
const refused = refusalEvidence(400, envelope);

interface Sent {
  readonly step: string;
  readonly request: ProbeRequest;
  readonly options: SendOptions | undefined;
}

/** Everything that a probe sends to a server that answers everything alike. */
async function sentBy(probe: Probe, answer: Evidence = good): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const send = (step: string, request: ProbeRequest, options?: SendOptions): Promise<Evidence> => {
    sent.push({ step, request, options });
    return Promise.resolve(answer);
  };
  await probe.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send,
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: (step, [first], options) => send(step, first, options),
  });
  return sent;
}

const row = (step: string, outcome: VariantRow['outcome'], more: Partial<VariantRow> = {}): VariantRow => ({
  id: `area.subject.${step}`,
  step,
  change: adding({ [step]: 1 }),
  outcome,
  level: 'may',
  requirement: 'A server takes it.',
  covers: ['a.b'],
  breaks: [],
  why: 'It matters.',
  ...more,
});

const table: VariantTable = {
  id: 'table',
  title: 'A table',
  base: (model) => ({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Say hello.' }] }),
  source: 'https://example.com',
  needs: ['tools'],
  rows: [
    row('taken', 'accepted', { adds: 'images', needs: ['images'] }),
    row('either', 'handled', { headers: { 'anthropic-beta': 'some-beta' }, source: 'https://example.com/else' }),
    row('wrong', 'handled', { against: 'taken' }),
  ],
};

describe('the probe of a table', () => {
  const probe = variantProbe(table);

  test('sends the base, then each row with what it changes, adds and is compared with', async () => {
    expect(await sentBy(probe)).toEqual([
      { step: 'control', request: { method: 'POST', path: '/v1/messages', json: table.base('tiny') }, options: undefined },
      {
        step: 'taken',
        request: { method: 'POST', path: '/v1/messages', json: { ...table.base('tiny'), taken: 1 } },
        options: { control: 'control', adds: 'images' },
      },
      {
        step: 'either',
        request: {
          method: 'POST',
          path: '/v1/messages',
          json: { ...table.base('tiny'), either: 1 },
          headers: { 'anthropic-beta': 'some-beta' },
        },
        options: { control: 'control' },
      },
      {
        step: 'wrong',
        request: { method: 'POST', path: '/v1/messages', json: { ...table.base('tiny'), wrong: 1 } },
        options: { control: 'taken' },
      },
    ]);
  });

  test('says what it costs: a token for each request, and none where tokens are counted', () => {
    expect(probe.cost).toEqual({ requests: 4, outputTokens: 4 });
    expect(variantProbe({ ...table, endpoint: 'count-tokens' }).cost).toEqual({ requests: 4, outputTokens: 0 });
  });

  test('counts where the table says so, and first shows whether the base is taken', async () => {
    const counting = variantProbe({
      ...table,
      endpoint: 'count-tokens',
      before: { steps: ['plain'], send: ({ send }) => send('plain', { method: 'GET', path: '/' }) },
      control: { control: 'plain', adds: 'count-tokens' },
    });
    const sent = await sentBy(counting);
    expect(counting.steps).toEqual(['plain', 'control', 'taken', 'either', 'wrong']);
    expect(sent.map(({ step, request }) => `${step} ${request.path}`)).toEqual([
      'plain /',
      'control /v1/messages/count_tokens',
      'taken /v1/messages/count_tokens',
      'either /v1/messages/count_tokens',
      'wrong /v1/messages/count_tokens',
    ]);
    expect(sent[1]?.options).toEqual({ control: 'plain', adds: 'count-tokens' });
  });
});

describe('rows that go together', () => {
  const probe = variantProbe({
    ...table,
    rows: [row('one', 'accepted', { together: true }), row('two', 'accepted', { together: true }), row('three', 'accepted')],
  });
  const alone = table.base('tiny');
  const bodies = async (answer: Evidence) => (await sentBy(probe, answer)).map(({ step, request }) => [step, request.json]);

  test('are one request where it is accepted', async () => {
    const all = { ...alone, one: 1, two: 1 };
    expect(await bodies(good)).toEqual([
      ['control', alone],
      ['together', all],
      ['one', all],
      ['two', all],
      ['three', { ...alone, three: 1 }],
    ]);
  });

  test('are sent one by one where it is not, so that the culprit is found', async () => {
    expect(await bodies(refused)).toEqual([
      ['control', alone],
      ['together', { ...alone, one: 1, two: 1 }],
      ['one', { ...alone, one: 1 }],
      ['two', { ...alone, two: 1 }],
      ['three', { ...alone, three: 1 }],
    ]);
  });
});

describe('the checks of a table', () => {
  const checks = variantChecks(table);

  test('read the control and their row', () => {
    expect(
      checks.map(({ id, source, needs, ...check }) => ({ id, source, needs, reads: check.kind === 'scenario' && check.reads })),
    ).toEqual([
      {
        id: 'area.subject.taken',
        source: 'https://example.com',
        needs: ['tools', 'images'],
        reads: { control: 'table/control', variant: 'table/taken' },
      },
      {
        id: 'area.subject.either',
        source: 'https://example.com/else',
        needs: ['tools'],
        reads: { control: 'table/control', variant: 'table/either' },
      },
      {
        id: 'area.subject.wrong',
        source: 'https://example.com',
        needs: ['tools'],
        reads: { control: 'table/taken', variant: 'table/wrong' },
      },
    ]);
  });

  test.each([
    ['accepted', 'pass', 'fail'],
    ['handled', 'pass', 'pass'],
  ] as const)('of an outcome "%s": a 200 is a %s, a 400 is a %s', (outcome, taken, not) => {
    const [check] = variantChecks({ ...table, rows: [row('x', outcome)] });
    const judge = (variant: Evidence) => (check?.kind === 'scenario' ? check.judge({ control: good, variant }).outcome : undefined);
    expect([judge(good), judge(refused)]).toEqual([taken, not]);
  });
});

describe('an answer that may be either', () => {
  test.each([
    ['a 2xx', good],
    ['a 400', refused],
    [
      'a 404 and any other 4xx with the envelope',
      refusalEvidence(404, { type: 'error', error: { type: 'not_found_error', message: 'no' } }),
    ],
  ])('passes as %s', (_, variant) => {
    expect(judgeHandling(good, variant)).toEqual({ outcome: 'pass' });
  });

  test('says nothing as a 200 without an answer in it', () => {
    expect(judgeHandling(good, jsonEvidence({ ok: true }))).toEqual({
      outcome: 'inconclusive',
      reason: 'answered 200, but without a Message',
    });
  });

  test.each([
    ['a 500', refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'no' } }), '500 api_error'],
    ['a 400 without the envelope', refusalEvidence(400, { detail: 'no' }), '400 without an error envelope'],
    ['a refusal that was cut', refusalEvidence(400, envelope, { ended: 'reset' }), 'no whole answer: reset'],
    ['a broken connection', jsonEvidence(fixtureMessage, { ended: 'reset' }), 'no whole answer: reset'],
  ])('fails as %s', (_, variant, found) => {
    expect(judgeHandling(good, variant)).toMatchObject({ outcome: 'fail', deviations: [{ found }] });
  });

  test('says nothing where the control fared no better', () => {
    const broken = refusalEvidence(500, envelope);
    expect(judgeHandling(broken, broken)).toEqual({
      outcome: 'inconclusive',
      reason: 'the same request without it was not accepted either',
    });
  });
});

describe('a change', () => {
  const base: JsonObject = {
    model: 'tiny',
    messages: [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ],
  };

  test('adds fields', () => {
    expect(adding({ stream: false })(base)).toEqual({ ...base, stream: false });
  });
  test('replaces the content of the last message, and only that', () => {
    expect(saying([])(base)).toEqual({
      model: 'tiny',
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: [] },
      ],
    });
  });
});

describe.each(variantTables.map((each) => ({ id: each.id, each })))('the table $id', ({ each }) => {
  const probe = variantProbe(each);

  test('sends its steps, and costs what it says', async () => {
    const sent = await sentBy(probe);
    expect(sent.map(({ step }) => step)).toEqual(probe.steps);
    expect(new Set(probe.steps).size).toBe(probe.steps.length);
    const most = sent.reduce((sum, { request }) => sum + (tokens(request.json, 'max_tokens') ?? 0), 0);
    expect(probe.cost.outputTokens).toBeGreaterThanOrEqual(most);
  });

  test('compares with steps of its own, sent before', async () => {
    const sent = await sentBy(probe);
    for (const [place, { options }] of sent.entries()) {
      if (options?.control === undefined) continue;
      expect(sent.slice(0, place).map(({ step }) => step)).toContain(options.control);
    }
  });

  test('has rows that go together only where none undoes another', async () => {
    const joined = each.rows.filter(({ together }) => together);
    const backwards = joined.toReversed().reduce((body, { change }) => change(body), each.base('tiny'));
    const sent = await sentBy(probe);
    expect(sent.find(({ step }) => step === 'together')?.request.json ?? backwards).toEqual(backwards);
    expect(joined.filter(({ outcome, headers, needs }) => outcome !== 'accepted' || headers || needs)).toEqual([]);
  });

  test.each(['2023-06-01', '2026-10-21'])('asks for valid things to be taken, under %s', async (version) => {
    const validities = (await sentBy(probe, refused)).map(({ step, request }) => {
      const own = at(request.headers, 'anthropic-version');
      const context = { version: typeof own === 'string' ? own : version, betas: [] };
      return [step, requestValidity(each.endpoint ?? 'messages', request.json, context)] as const;
    });
    const outcomes = new Map(each.rows.map(({ step, outcome }) => [step, outcome]));
    const wrong = validities.filter(([step, validity]) => (outcomes.get(step) ?? 'accepted') === 'accepted' && validity !== 'valid');
    expect(wrong).toEqual([]);
  });
});
