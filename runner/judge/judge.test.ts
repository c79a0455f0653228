import { describe, expect, test } from 'vitest';
import type { Capability, CapabilityFinding, Exchange, Step } from '../../spec/index.ts';
import { type Check, check, scenario } from '../../suites/model/check.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import { fixtureMessage, jsonEvidence } from '../../suites/model/evidence.fixture.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass } from '../../suites/model/judgement.ts';
import { jsonMessages, tokenCounts } from '../../suites/model/kinds.ts';
import { type Case, judge } from './judge.ts';

const meta = { level: 'must', layer: 'semantics', requirement: 'r', covers: [], source: 's', breaks: [], probes: ['p'] } as const;

/** An answered step, told apart by its address. */
function answer(address: string, more: Partial<Step> & { readonly ended?: Exchange['ended']; readonly problem?: string } = {}): Evidence {
  const [probe = '', step = ''] = address.split('/');
  const { ended = 'complete', problem, ...stepMore } = more;
  const base = jsonEvidence(fixtureMessage, { ended });
  const exchange = { ...base.exchange, id: `x-${address}`, ...(problem === undefined ? {} : { problem }) };
  return { ...base, exchange, steps: [{ address, probe, step, attempt: 1, last: true, exchange: exchange.id, ...stepMore }] };
}

const saying = (id: string, judgements: readonly Judgement[], more: Partial<Check> = {}): Check => {
  const queue = judgements.values();
  return { ...check({ ...meta, id, reads: jsonMessages, judge: () => queue.next().value ?? pass }), ...more } as Check;
};

function verdict(
  checks: readonly Check[],
  evidence: readonly Evidence[],
  more: Partial<Case> = {},
): ReturnType<typeof judge>[number] | undefined {
  return judge({
    checks,
    probes: [],
    evidence,
    capabilities: [],
    required: new Set(),
    leftOut: new Map(),
    brokenProbes: new Map(),
    unsent: new Map(),
    unpaid: new Map(),
    ...more,
  }).at(-1);
}

const wrong = fail({ expected: 'a', found: 'b', pointer: '/x' });

describe('a general check folds over the exchanges of its kind', () => {
  const three = [answer('p/a'), answer('p/b'), answer('p/c')];

  test('any failure is a failure, with the place of each deviation', () => {
    expect(verdict([saying('a.b.c', [pass, wrong, inconclusive('i')])], three)).toEqual({
      check: 'a.b.c',
      level: 'must',
      outcome: 'fail',
      judged: 2,
      findings: [{ at: { exchange: 'x-p/b', address: 'p/b', pointer: '/x' }, expected: 'a', found: 'b' }],
      findingsTotal: 1,
    });
  });

  test('without a failure, any pass is a pass', () => {
    expect(verdict([saying('a.b.c', [inconclusive('i'), pass, notApplicable('n')])], three)).toMatchObject({ outcome: 'pass', judged: 1 });
  });

  test('then inconclusive, with the first reason', () => {
    expect(verdict([saying('a.b.c', [notApplicable('n'), inconclusive('i'), inconclusive('j')])], three)).toMatchObject({
      outcome: 'inconclusive',
      judged: 0,
      reason: 'i',
    });
  });

  test('then not-applicable', () => {
    expect(verdict([saying('a.b.c', [notApplicable('n'), notApplicable('m'), notApplicable('o')])], three)).toMatchObject({
      outcome: 'not-applicable',
      reason: 'n',
    });
  });

  test('nothing of its kind is inconclusive, never a pass', () => {
    expect(verdict([check({ ...meta, id: 'a.b.c', reads: tokenCounts, judge: () => pass })], three)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'nothing to judge: no token counts',
    });
  });

  test('a failed should is a warning, a failed may is information', () => {
    expect(verdict([saying('a.b.c', [wrong], { level: 'should' })], three)).toMatchObject({ outcome: 'warn' });
    expect(verdict([saying('a.b.c', [wrong], { level: 'may' })], three)).toMatchObject({ outcome: 'info' });
  });

  test('keeps 20 findings and counts all', () => {
    const many = fail(
      { expected: 'a', found: '0' },
      ...Array.from({ length: 29 }, (_, index) => ({ expected: 'a', found: String(index) })),
    );
    const found = verdict([saying('a.b.c', [many])], [answer('p/a')]);
    expect(found?.findings).toHaveLength(20);
    expect(found?.findingsTotal).toBe(30);
  });

  test('an exception in a check is a harness error, never non-conformance', () => {
    const throwing = check({
      ...meta,
      id: 'a.b.c',
      reads: jsonMessages,
      judge: () => {
        throw new TypeError('oops');
      },
    });
    expect(verdict([throwing], three)).toMatchObject({ outcome: 'harness-error', reason: 'the check itself failed: TypeError: oops' });
  });
});

describe('a failure blocks what stands behind it, on the same exchange only', () => {
  const two = [answer('p/a'), answer('p/b')];

  test('where the check names it', () => {
    const checks = [saying('z.last.one', [wrong, wrong], { after: ['a.first.one'] }), saying('a.first.one', [wrong, pass])];
    expect(
      judge({
        checks,
        probes: [],
        evidence: two,
        capabilities: [],
        required: new Set(),
        leftOut: new Map(),
        brokenProbes: new Map(),
        unsent: new Map(),
        unpaid: new Map(),
      }),
    ).toMatchObject([
      { check: 'z.last.one', outcome: 'fail', judged: 1 },
      { check: 'a.first.one', outcome: 'fail', judged: 2 },
    ]);
  });

  test('where its layer implies it, also if the gate was not selected', () => {
    const gate = saying('messages.content.blocks-valid', [wrong, wrong], { layer: 'schema' });
    expect(
      verdict([gate, saying('z.last.one', [wrong, wrong])], two, {
        leftOut: new Map([['messages.content.blocks-valid', 'not selected by --only']]),
      }),
    ).toMatchObject({
      outcome: 'inconclusive',
      reason: 'blocked by messages.content.blocks-valid',
    });
  });

  test('a circle is named', () => {
    const circle = [saying('a.b.c', [], { after: ['d.e.f'] }), saying('d.e.f', [], { after: ['a.b.c'] })];
    expect(() => verdict(circle, two)).toThrow('check a.b.c waits for itself');
  });
});

describe('a scenario check reads the steps it names', () => {
  const reading = (judged: Judgement): Check =>
    scenario({ ...meta, id: 'a.b.c', reads: { first: 'p/a', second: 'p/b' }, judge: () => judged });

  test('and is judged once', () => {
    expect(verdict([reading(pass)], [answer('p/a'), answer('p/b')])).toMatchObject({ outcome: 'pass', judged: 1 });
  });

  test('a missing step makes it inconclusive and is named', () => {
    expect(verdict([reading(pass)], [answer('p/a')])).toMatchObject({ outcome: 'inconclusive', reason: 'step p/b was not sent' });
  });

  test('a failed step likewise', () => {
    const broken = answer('p/b', { ended: 'reset', problem: 'the server closed the connection' });
    expect(verdict([reading(pass)], [answer('p/a'), broken])).toMatchObject({
      outcome: 'inconclusive',
      reason: 'step p/b failed: the server closed the connection',
    });
  });

  test('one that the end of the run cut short likewise; one that its probe meant to cut is read', () => {
    const cut = answer('p/b', { ended: 'aborted-by-us', problem: 'The run ended the exchange.' });
    expect(verdict([reading(pass)], [answer('p/a'), cut])).toMatchObject({ reason: 'step p/b failed: The run ended the exchange.' });
    const hungUp = answer('p/b', { ended: 'aborted-by-us', hungUp: true });
    expect(verdict([reading(pass)], [answer('p/a'), hungUp])).toMatchObject({ outcome: 'pass' });
  });

  test('a busy server likewise', () => {
    expect(verdict([reading(pass)], [answer('p/a'), answer('p/b', { busy: true })])).toMatchObject({ reason: 'step p/b: server busy' });
  });

  test('the last attempt of a step is the one that is read', () => {
    const seen: string[] = [];
    const watching = scenario({
      ...meta,
      id: 'a.b.c',
      reads: { step: 'p/a' },
      judge: ({ step }) => {
        seen.push(step.exchange.id);
        return pass;
      },
    });
    const first = answer('p/a', { last: false });
    const second = { ...answer('p/a', { address: 'p/a#2', attempt: 2 }), exchange: { ...first.exchange, id: 'x-2' } };
    verdict([watching], [first, second]);
    expect(seen).toEqual(['x-2']);
  });

  test('a probe that threw is a harness error', () => {
    expect(verdict([reading(pass)], [answer('p/a')], { brokenProbes: new Map([['p', 'bad probe']]) })).toMatchObject({
      outcome: 'harness-error',
      reason: 'its probe failed: bad probe',
    });
  });

  test('a probe that had nothing to ask makes it not applicable', () => {
    expect(verdict([reading(pass)], [answer('p/a')], { unsent: new Map([['p', 'the run has no key']]) })).toMatchObject({
      outcome: 'not-applicable',
      reason: 'the run has no key',
    });
  });

  test('a run that ended early makes it skipped, with the reason', () => {
    expect(verdict([reading(pass)], [answer('p/a')], { endedBecause: 'the server stopped answering' })).toMatchObject({
      outcome: 'skipped',
      reason: 'the server stopped answering',
    });
  });
});

describe('capabilities', () => {
  const refused: readonly CapabilityFinding[] = [{ capability: 'tools', state: 'refused', address: 'p/tools' }];
  const needing = (): Check => saying('a.b.c', [wrong], { needs: ['tools'] });

  test('a refused one makes the check unsupported', () => {
    expect(verdict([needing()], [answer('p/a')], { capabilities: refused })).toMatchObject({
      outcome: 'unsupported',
      judged: 0,
      findings: [],
      reason: 'the server refuses tools',
    });
  });

  test('a refused one that is required makes it fail', () => {
    expect(verdict([needing()], [answer('p/a')], { capabilities: refused, required: new Set<Capability>(['tools']) })).toMatchObject({
      outcome: 'fail',
      findings: [{ expected: 'tools, which this run requires', found: 'refused by the server' }],
    });
  });

  test.each([
    ['failed, it is unsupported', [wrong], 'unsupported'],
    ['passed, it passes', [], 'pass'],
  ] as const)('a refused one may be why a request that is made of it was refused: where that %s', (_, judgements, outcome) => {
    const made = (): Check => saying('a.b.c', judgements, { parts: ['thinking', 'tools'] });
    expect(verdict([made()], [answer('p/a')], { capabilities: refused })).toMatchObject({ outcome });
    expect(verdict([made()], [answer('p/a')])).toMatchObject({ outcome: judgements.length > 0 ? 'fail' : 'pass' });
  });

  test('an unknown one changes nothing', () => {
    const unknown = [{ capability: 'tools', state: 'unknown' }] as const;
    expect(verdict([needing()], [answer('p/a')], { capabilities: unknown })).toMatchObject({ outcome: 'fail' });
  });
});

test('a check that was not selected is skipped with its reason', () => {
  expect(verdict([saying('a.b.c', [wrong])], [answer('p/a')], { leftOut: new Map([['a.b.c', 'left out by --skip']]) })).toEqual({
    check: 'a.b.c',
    level: 'must',
    outcome: 'skipped',
    judged: 0,
    findings: [],
    findingsTotal: 0,
    reason: 'left out by --skip',
  });
});
