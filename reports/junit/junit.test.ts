import { describe, expect, it } from 'vitest';
import type { RunRecord, Verdict } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { junitReport } from './index.ts';
import { junitProblems } from './validate.fixture.ts';
import { escaped } from './xml.ts';

describe('the JUnit report', () => {
  it('is valid', async () => {
    expect(await junitProblems(junitReport(record, catalogue))).toEqual([]);
  });

  it('is seen to be invalid where it is not', async () => {
    const xml = junitReport(record, catalogue);
    expect(await junitProblems(xml.replace(' time="2.500"', ''))).toHaveLength(1);
    expect((await junitProblems(xml.replaceAll('skipped message', 'skipped text'))).length).toBeGreaterThan(0);
  });

  it('has a suite for each area, with counts and what was run', () => {
    const xml = junitReport(record, catalogue);
    expect(xml).toContain('<testsuites name="messages-conformance" tests="9" failures="1" errors="1" time="2.500">');
    expect(
      [...xml.matchAll(/<testsuite name="([^"]+)" tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/g)].map((match) =>
        match.slice(1),
      ),
    ).toEqual([
      ['http', '2', '0', '0', '0'],
      ['stream.order', '2', '1', '0', '0'],
      ['tools', '2', '0', '0', '2'],
      ['count-tokens', '1', '0', '0', '1'],
      ['models', '2', '0', '1', '1'],
    ]);
    expect(xml).toContain('timestamp="2026-11-20T10:00:00" hostname="127.0.0.1"');
    expect(xml).toContain('<property name="model" value="qwen3-8b"/>');
  });

  it('gives a failure its message, its type and the whole story', () => {
    const xml = junitReport(record, catalogue);
    expect(xml).toContain(
      '<testcase name="stream.order.ends-with-message-stop" classname="messages-conformance.stream.order" time="0.000">\n' +
        '<failure message="nothing after message_delta, and then \\x1b[31mred\\u202e text\\nfrom the server that goes on for quite a while, expected message_stop" type="must order">',
    );
    expect(xml).toContain('  where     hello/stream (x2), frame 4, byte 512, /delta/stop_reason\n');
    expect(xml).toContain('-H &apos;anthropic-version: 2023-06-01&apos;');
  });

  it('skips what was not judged, with the reason', () => {
    expect(junitReport(record, catalogue)).toContain('<skipped message="inconclusive: the model called no tool"/>');
  });

  it('counts the time of an exchange once', () => {
    const times = [...junitReport(record, catalogue).matchAll(/<testcase name="([^"]+)" [^>]*time="(?!0\.000)([^"]+)"/g)];
    expect(times.map((match) => match.slice(1))).toEqual([['http.json.content-type', '1.240']]);
  });

  it.each<[string, Partial<RunRecord>, Partial<Verdict>, string]>([
    ['passes a warning, with output', {}, {}, '<system-out>Warning:\n'],
    [
      'fails a warning that gates',
      { options: { ...record.options, failOn: 'should' } },
      {},
      '<failure message="no such header (and 1 more), expected a request-id header" type="should http">',
    ],
    [
      'skips what is known',
      {},
      { known: { reason: 'being fixed', link: 'https://e.org/1', expires: '2027-01-01' } },
      '<skipped message="known until 2027-01-01: being fixed (https://e.org/1)"/>',
    ],
    [
      'skips what is quarantined',
      {},
      { quarantined: { reason: 'in doubt', link: 'https://e.org/2' } },
      '<skipped message="quarantined: in doubt (https://e.org/2)"/>',
    ],
  ])('%s', async (_title, changes, mark, expected) => {
    const verdicts = record.verdicts.map((verdict) => (verdict.outcome === 'warn' ? { ...verdict, ...mark } : verdict));
    const xml = junitReport({ ...record, verdicts, ...changes }, catalogue);
    expect(xml).toContain(expected);
    expect(await junitProblems(xml)).toEqual([]);
    const counted = (attribute: string): number =>
      [...xml.matchAll(new RegExp(`<testsuite .* ${attribute}="(\\d+)"`, 'g'))].reduce((sum, [, count]) => sum + Number(count), 0);
    expect([counted('failures'), counted('skipped')]).toEqual([xml.split('<failure ').length - 1, xml.split('<skipped ').length - 1]);
  });

  it('is not green where the run was cut short or the baseline is stale', async () => {
    const baseline = { strict: true, entries: [{ check: 'http.json.content-type', reason: 'x', state: 'stale' }] } as const;
    const xml = junitReport({ ...record, ended: 'server-gone', endedBecause: 'it stopped', baseline }, catalogue);
    expect(xml).toContain('<error message="it stopped" type="run.finished"/>');
    expect(xml).toContain('<failure message="these entries of the baseline no longer fail: http.json.content-type" type="run.baseline"/>');
    expect(await junitProblems(xml)).toEqual([]);
  });

  it('writes what XML cannot hold as escapes', () => {
    expect(escaped('a\u0000\u001B\uFFFE\uD800<&>"\'\t\n😀')).toBe('a\\x00\\x1b\\ufffe\\ud800&lt;&amp;&gt;&quot;&apos;\t\n😀');
  });
});
