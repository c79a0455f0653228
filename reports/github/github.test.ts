import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { githubAnnotations, withoutCommands } from './index.ts';

describe('annotations', () => {
  it('point at failures, faults and warnings', () => {
    expect(githubAnnotations(record, catalogue)).toBe(
      '::error title=stream.order.ends-with-message-stop::A stream that did not fail ends with exactly one message_stop event. Found: nothing after message_delta, and then \\x1b[31mred\\u202e text\\nfrom the server that goes on for quite a while, expected message_stop\n' +
        '::error title=models.page::What models.page requires. Found: TypeError: x is not a function\n' +
        '::warning title=http.request-id.present::Every response carries a request-id header. Found: no such header (and 1 more), expected a request-id header\n',
    );
  });

  it('leave out what is known, and tell what is wrong with the baseline', () => {
    const verdicts = record.verdicts.map((verdict) => Object.assign({}, verdict, { known: { reason: 'x' } }));
    const entries = [
      { check: 'a.b', reason: 'x', state: 'stale' },
      { check: 'c.d', address: 'e/f', reason: 'x', state: 'expired' },
      { check: 'g.h', reason: 'x', state: 'known' },
    ] as const;
    const lines = githubAnnotations({ ...record, verdicts, baseline: { strict: false, entries } }, catalogue)
      .trimEnd()
      .split('\n');
    expect(lines.slice(1)).toEqual([
      '::warning title=Stale baseline entry::a.b no longer fails; take the entry out.',
      '::warning title=Expired baseline entry::c.d at e/f still fails, and gates again.',
    ]);
  });

  it('are at most ten of a level, the last of them counting the others', () => {
    const [, , failure] = record.verdicts;
    const verdicts: readonly Verdict[] = Array.from({ length: 11 }, (_, index) => Object.assign({}, failure, { check: `a.b${index}` }));
    const lines = githubAnnotations({ ...record, verdicts }, catalogue)
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::error title=2 more::GitHub shows ten annotations of a level; the report has them all.');
    expect(
      githubAnnotations({ ...record, verdicts: verdicts.slice(1) }, catalogue)
        .trimEnd()
        .split('\n'),
    ).toHaveLength(10);
  });

  it('escape what ends a property or a line', () => {
    const [, , failure] = record.verdicts;
    const verdicts: readonly Verdict[] = [
      { ...(failure as Verdict), check: 'a:b,c%', findings: [{ expected: '100%\r\n::x', found: 'y' }] },
    ];
    expect(githubAnnotations({ ...record, verdicts }, catalogue)).toBe('::error title=a%3Ab%2Cc%25::Found: y, expected 100%25\\r\\n::x\n');
  });
});

describe('the log', () => {
  it('takes no commands from a server', () => {
    expect(withoutCommands('::a\n  ::b::c\nfound ::d ##[e]\n:f\n')).toBe(': :a\n  : :b::c\nfound ::d # #[e]\n:f\n');
  });
});
