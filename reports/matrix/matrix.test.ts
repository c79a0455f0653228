import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { matrixSite } from './site.ts';

const reportOf = ({ target }: RunRecord): string => `report of ${target.model}`;

function site(...names: readonly string[]): ReturnType<typeof matrixSite> {
  return matrixSite(
    names.map((name) => ({ record, name })),
    catalogue,
    { reportOf },
  );
}

test('an index and a page for each record, under names that any disk and any link can have', () => {
  const files = site('vLLM 0.14/qwen3', '../../etc/passwd', 'index', 'a b', 'a-b', '<script>');
  expect(files.map(({ name }) => name)).toEqual([
    'index.html',
    'etc-passwd.html',
    'script.html',
    'a-b.html',
    'a-b-2.html',
    'index-2.html',
    'vllm-0.14-qwen3.html',
  ]);
  expect(files[1]?.text).toBe('report of qwen3-8b');
});

describe('the index', () => {
  const [index] = site('one', 'two');
  const page = index?.text ?? '';
  test('has a column for each, areas with counts, and a link from what failed to its finding', () => {
    expect(page).toContain('<a href="one.html">one</a>');
    expect(page).toMatch(/stream\.order<\/button>/);
    expect(page.match(/<a href="two\.html#stream\.order\.ends-with-message-stop">fail<\/a>/g)).toHaveLength(1);
    expect(page.match(/<tr class="row">/g)).toHaveLength(catalogue.checks.length);
  });

  test('loads nothing, and runs only the script and the style that it was made with', () => {
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    const hash = (text = ''): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toContain(`style-src ${hash(/<style>([^]*?)<\/style>/.exec(page)?.[1])}`);
    expect(policy).toContain(`script-src ${hash(/<script>([^]*?)<\/script>/.exec(page)?.[1])}`);
  });
});

test('checks of another suite version are counted, not shown; those that a record lacks are dashes', () => {
  const older: RunRecord = {
    ...record,
    verdicts: [{ check: 'gone.check', level: 'must', outcome: 'fail', judged: 1, findings: [], findingsTotal: 0 }],
  };
  const [index] = matrixSite([{ record: older, name: 'old' }], catalogue);
  expect(index?.text).toContain('1 checks of other suite versions are not shown.');
  expect(index?.text).not.toContain('gone.check');
  expect(index?.text.match(/<td class="dim">–<\/td>/g)).toHaveLength(catalogue.checks.length);
});

test('what a server or a path says stays text', () => {
  const evil = '</title><script>alert(1)</script>\u202e';
  const hostile: RunRecord = {
    ...record,
    target: { ...record.target, model: evil, baseUrl: 'http://x/"><img>' },
    ended: 'server-gone',
    endedBecause: evil,
  };
  const [index] = matrixSite([{ record: hostile, name: evil }], catalogue, { reportOf });
  expect(index?.text.match(/<script>/g)).toHaveLength(1);
  expect(index?.text).not.toMatch(/<img>|\u202e|alert\(1\)<\/script>/);
});
