import { describe, expect, it } from 'vitest';
import type { RunRecord, Verdict } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { fitted } from './fit.ts';
import { markdownReport } from './index.ts';
import { block, code, prose } from './text.ts';

describe('the Markdown report', () => {
  it('begins with what failed', () => {
    const markdown = markdownReport(record, catalogue);
    const headings = [...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(headings).toEqual(['Failed (1)', 'Harness errors', 'Warnings', 'Areas', 'Information', 'Inconclusive', 'Unsupported']);
    expect(markdown).toContain('- fix: Send message\\_stop after the last message\\_delta, and nothing after it.\n');
    expect(markdown).toContain('```sh\ncurl -sS -i -N http://127.0.0.1:8000/v1/messages ');
  });

  it('shows what is known apart from what failed, and what is wrong with the baseline', () => {
    const verdicts = record.verdicts.map((verdict) => (verdict.outcome === 'fail' ? { ...verdict, known: { reason: 'seen' } } : verdict));
    const baseline: RunRecord['baseline'] = {
      strict: false,
      entries: [
        { check: 'a.b', reason: 'x', state: 'stale' },
        { check: 'c.d', address: 'e/f', reason: 'x', expires: '2026-01-01', state: 'expired' },
      ],
    };
    const markdown = markdownReport({ ...record, verdicts, baseline }, catalogue);
    expect(markdown).not.toContain('## Failed');
    expect(markdown).toContain('## Known or quarantined\n\n- `stream.order.ends-with-message-stop` known: seen\n');
    expect(markdown).toContain('- `a.b` no longer fails: take the entry out\n- `c.d` at `e/f` expired on 2026-01-01 and gates again\n');
  });

  it('stays below 64 KiB and counts what it leaves out', () => {
    const [, , failure] = record.verdicts;
    const many: readonly Verdict[] = Array.from({ length: 3000 }, (_, index) =>
      Object.assign({}, failure, { check: `a.b.check-${index}` }),
    );
    const open: readonly Verdict[] = many.map((verdict) =>
      Object.assign({}, verdict, { outcome: 'inconclusive', findings: [], reason: 'é'.repeat(200) }),
    );
    const markdown = markdownReport({ ...record, verdicts: [...many, ...open] }, catalogue);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(64 * 1024);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(60 * 1024);
    expect(markdown).toMatch(/And \d{4} more in the record\.\n\n## Areas/);
    expect(markdown).toMatch(/## Inconclusive\n\n(?:.*\n)*\n?(?:3000|And \d+ more) in the record\.\n$/);
  });
});

describe('sections', () => {
  it('give the room to those that come first', () => {
    const items = Array.from({ length: 100 }, (_, index) => `- item ${index}\n`);
    const text = fitted(
      'start\n',
      [
        { title: 'A', items },
        { title: 'B', items },
        { title: 'C', items: [] },
      ],
      1200,
    );
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1200);
    expect(text).toMatch(/^start\n\n## A\n\n- item 0\n[^#]*\nAnd \d+ more in the record\.\n\n## B\n\n/);
    expect(text).not.toContain('## C');
  });
});

describe('text', () => {
  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '(empty)'],
    ['a\nb', '`a\\nb`'],
  ])('of a server is code: %j', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('fences a block with more than it holds', () => {
    expect(block(['a', '````', 'b'], 'sh')).toBe('`````sh\na\n````\nb\n`````');
  });

  it('is not formatted as prose', () => {
    expect(prose('*a* _b_ <i> [x](http://e.org) @me')).toBe('\\*a\\* \\_b\\_ \\<i\\> \\[x\\]\\(http:\\//e.org\\) &#64;me');
  });
});
