import { describe, expect, test } from 'vitest';
import type { Outcome, RunRecord, Verdict } from '../../spec/record/index.ts';
import { record } from '../record.fixture.ts';
import { compare } from './compare.ts';
import { htmlComparison } from './html.ts';
import { labelsOf, nameOf } from './labels.ts';
import { markdownComparison } from './markdown.ts';
import { terminalComparison } from './terminal.ts';

function verdict(check: string, outcome: Outcome, more: Partial<Verdict> = {}): Verdict {
  const failed = outcome === 'fail' || outcome === 'warn';
  return {
    check,
    level: outcome === 'warn' ? 'should' : 'must',
    outcome,
    judged: 1,
    findings: failed ? [{ expected: 'one', found: 'two' }] : [],
    findingsTotal: failed ? 1 : 0,
    ...more,
  };
}

function run(outcomes: Readonly<Record<string, Outcome | Verdict>>, more: Partial<RunRecord> = {}): RunRecord {
  const verdicts = Object.entries(outcomes).map(([check, of]) => (typeof of === 'string' ? verdict(check, of) : of));
  return { ...record, verdicts, ...more };
}

function changes(...records: readonly RunRecord[]): readonly unknown[] {
  return compare(records).checks.map(({ change, gates }) => (gates ? `${change}, gates` : change));
}

describe('two records', () => {
  test.for([
    ['pass', 'fail', 'newly-broken, gates'],
    ['pass', 'warn', 'newly-broken'],
    ['pass', 'info', 'differs'],
    ['fail', 'pass', 'newly-fixed'],
    ['warn', 'pass', 'newly-fixed'],
    ['fail', 'fail', 'still-broken'],
    ['warn', 'fail', 'still-broken'],
    ['fail', 'skipped', 'differs'],
    ['inconclusive', 'fail', 'first-judged'],
    ['unsupported', 'fail', 'first-judged'],
    ['pass', 'inconclusive', 'differs'],
    ['inconclusive', 'inconclusive', 'same'],
    ['pass', 'pass', 'same'],
  ] as const)('%s, then %s: %s', ([before, after, change]) => {
    expect(changes(run({ 'a.b': before }), run({ 'a.b': after }))).toEqual([change]);
  });

  test('a warning gates where its run gates on should', () => {
    const strict = run({ 'a.b': 'warn' }, { options: { ...record.options, failOn: 'should' } });
    expect(changes(run({ 'a.b': 'pass' }), strict)).toEqual(['newly-broken, gates']);
  });

  test.for([
    ['known', { known: { reason: 'known' } }],
    ['quarantined', { quarantined: { reason: 'in doubt', link: 'x' } }],
  ] as const)('what is %s does not gate', ([, more]) => {
    expect(changes(run({ 'a.b': 'pass' }), run({ 'a.b': verdict('a.b', 'fail', more) }))).toEqual(['newly-broken']);
  });
});

test('of several, any that fails makes a check broken, and all that judge it must pass for it to be fixed', () => {
  const [a, b, c] = [
    run({ x: 'pass', y: 'fail', z: 'fail' }),
    run({ x: 'fail', y: 'pass', z: 'pass' }),
    run({ x: 'pass', y: 'skipped', z: 'fail' }),
  ];
  expect(changes(a, b, c)).toEqual(['newly-broken, gates', 'newly-fixed', 'still-broken']);
});

test('records of different catalogues are compared by what all have, and that is said', () => {
  const other = run({ 'a.b': 'fail', 'new.check': 'fail' }, { suite: { version: '0.2.0', catalogue: 'fedcba9876543210' } });
  const { checks, notes } = compare([run({ 'a.b': 'pass', 'old.check': 'fail' }), other], ['before', 'after']);
  expect(checks.map(({ check }) => check)).toEqual(['a.b']);
  expect(notes).toEqual([
    'Judged with different catalogues: before by 0.1.0 (catalogue 01234567), after by 0.2.0 (catalogue fedcba98). A verdict may differ because a check does; "npx messages-conformance judge" brings records to one catalogue.',
    '2 checks that not all of them have are left out.',
  ]);
});

describe('labels', () => {
  const at = (target: Partial<RunRecord['target']>, startedAt = record.startedAt): RunRecord => ({
    ...record,
    startedAt,
    target: { ...record.target, ...target },
  });
  test.for([
    ['the profile', [at({}), at({ profile: 'lmdeploy' })], ['vllm', 'lmdeploy']],
    ['the model where the server is the same', [at({}), at({ model: 'other' })], ['vllm qwen3-8b', 'vllm other']],
    ['the time where all else is', [at({}), at({}, '2026-11-21T10:00:00.000Z')], ['vllm 2026-11-20 10:00', 'vllm 2026-11-21 10:00']],
    ['a number where nothing differs', [at({}), at({})], ['vllm (1)', 'vllm (2)']],
  ] as const)('%s', ([, records, labels]) => {
    expect(labelsOf(records)).toEqual(labels);
  });
  test.for([
    ['record.json', ''],
    ['./vllm-0.14/record.json', 'vllm-0.14'],
    ['/a/b/vllm/0.14.json', 'vllm/0.14'],
    [String.raw`runs\before.json`, 'runs/before'],
  ] as const)('of the path %s: "%s"', ([path, name]) => {
    expect(nameOf(path)).toBe(name);
  });
  test('paths that tell them apart win', () => {
    expect(labelsOf([at({}), at({})], ['before', 'after'])).toEqual(['before', 'after']);
    expect(labelsOf([at({}), at({})], ['runs/before', 'runs/after'])).toEqual(['before', 'after']);
    expect(labelsOf([at({}), at({})], ['runs/before', 'runs2/before'])).toEqual(['runs/before', 'runs2/before']);
    expect(labelsOf([at({}), at({})], ['', 'after'])).toEqual(['vllm (1)', 'vllm (2)']);
  });
});

describe('what a server sent', () => {
  const evil = `</script><script>alert(1)</script> | \u001b[31m \u202e \`x\` @everyone ![](http://x)${'y'.repeat(5_000_000)}`;
  const hostile = compare([
    run({ 'a.b': 'pass' }),
    run(
      { 'a.b': verdict('a.b', 'fail', { findings: [{ expected: evil, found: evil }] }) },
      { target: { ...record.target, model: evil.slice(0, 200) } },
    ),
  ]);
  test('stays text in HTML', () => {
    const page = htmlComparison(hostile, '0.1.0');
    expect(['<script', '\u001b', '\u202e'].filter((trouble) => page.includes(trouble))).toEqual([]);
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
    expect(page.length).toBeLessThan(60_000);
  });
  test('stays text in Markdown, in a cell of its table', () => {
    const text = markdownComparison(hostile);
    expect(['\u001b', '\u202e'].filter((trouble) => text.includes(trouble))).toEqual([]);
    // Above the table it stands within code.
    expect(text.slice(text.indexOf('## '))).not.toMatch(/@everyone|!\[|(?<!\\)<\/?script/);
    const row = text.split('\n').find((line) => line.startsWith('| a.b'));
    expect(row?.replaceAll(String.raw`\|`, '').split('|')).toHaveLength(7);
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
  });
  test('stays text on a terminal', () => {
    const text = terminalComparison(hostile, { width: 80, colour: false });
    expect(['\u001b', '\u202e'].filter((trouble) => text.includes(trouble))).toEqual([]);
  });
});

test('the terminal form', () => {
  const text = terminalComparison(
    compare(
      [run({ 'a.b': 'pass', 'a.c': 'fail', 'a.d': 'pass' }), run({ 'a.b': 'fail', 'a.c': 'pass', 'a.d': 'pass' })],
      ['before', 'after'],
    ),
    { width: 100, colour: false },
  );
  expect(text).toBe(`Comparison of 2 records
  1  before: 1 passed, 1 failed, 1 warnings, 1 inconclusive, 1 unsupported, 1 skipped
  2  after: 1 passed, 1 failed, 1 warnings, 1 inconclusive, 1 unsupported, 1 skipped

Newly broken (1)
  1      2
  pass   FAIL   a.b (must)
      two, expected one

Newly fixed (1)
  1      2
  FAIL   pass   a.c (must)
      two, expected one

1 newly broken, 1 newly fixed, 0 still broken, 0 broken and not judged in the first, 0 otherwise different, 1 the same
`);
});
