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
    expect(page).toMatch(/stream\.<wbr \/>order<\/button>/);
    expect(page.match(/<a href="two\.html#stream\.order\.ends-with-message-stop">fail<\/a>/g)).toHaveLength(1);
    expect(page.match(/<tr class="row">/g)).toHaveLength(catalogue.checks.length);
  });

  test('says beside what passed how much is open, and of an area without a judgement why', () => {
    const text = page.replaceAll(/\s*\n\s*/g, '');
    expect(text).toContain('1/4<span class="below"><span>1 failed</span>, <span>1 warned</span>, <span>2 open</span></span>');
    const area = (name: string): string => new RegExp(`${name}</button></th><td class="dim">([^<]+)</td>`).exec(text)?.[1] ?? '';
    expect(['tools', 'count-tokens', 'models'].map(area)).toEqual(['unsupported', 'not applicable', '1 open']);
  });

  test('tells what is behind a column, and leads from the readiness of a client to the report', () => {
    const readiness = [{ client: 'claude-code', state: 'not-ready', blockers: [], limits: [], open: [] }] as const;
    const [own] = matrixSite([{ record: { ...record, readiness }, name: 'one' }], catalogue, { reportOf });
    expect(own?.text).toContain('<td class="o-fail"><a href="one.html">not ready</a></td>');
    expect([...page.matchAll(/<span title="([^"]+)">/g)].slice(0, 4).map(([, fact]) => fact)).toEqual([
      '127.0.0.1:8000',
      'qwen3-8b',
      'suite 0.1.0',
      '2026-11-20',
    ]);
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
