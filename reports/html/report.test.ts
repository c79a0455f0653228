import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Exchange, RunRecord, Verdict } from '../../spec/record/index.ts';
import { catalogue as wholeCatalogue } from '../catalogue.ts';
import { endless, hostileRecord, venom } from '../hostile.fixture.ts';
import { catalogue, record } from '../record.fixture.ts';
import { htmlReport } from './index.ts';
import { closed, ended, messageStart, messageStop, opened, said, streamed, text } from './stream.fixture.ts';

const stream = [messageStart, opened(0, text), said(0, 'Hello'), closed(0), ended('end_turn'), messageStop];

/** The record with a whole stream in the place of the short one, and a finding at one of its events. */
const telling: RunRecord = {
  ...record,
  exchanges: record.exchanges.map((exchange) => (exchange.id === 'x2' ? streamed(stream, 10, { id: 'x2' }) : exchange)),
};

const page = htmlReport(telling, catalogue);

/** The page without its style and its script, which are checked by their hash. */
function withoutOurs(html: string): string {
  return html.replace(/<style>[^]*?<\/style>/, '').replace(/<script>[^]*?<\/script>/, '');
}

/** What a browser takes for tags. */
function tagsOf(html: string): readonly string[] {
  return withoutOurs(html).match(/<[^>]*>/g) ?? [];
}

/** Attributes that act, elements that load, and addresses that are neither of this page nor of the web. Values of other attributes are text. */
function dangersIn(html: string): readonly string[] {
  const tags = tagsOf(html);
  const names = tags.map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));
  return [
    ...names.filter((tag) => /\s(?:src|srcset|style|on\w+)\s*=|<(?:img|iframe|object|embed|base|script)\b|'/i.test(tag)),
    ...tags.filter((tag) => /href="(?!#|https?:\/\/|data:,")/.test(tag)),
  ];
}

describe('the page', () => {
  it('loads nothing and runs only its own script', () => {
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(page) ?? [];
    const hash = (part: string): string => `'sha256-${createHash('sha256').update(part).digest('base64')}'`;
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(dangersIn(page)).toEqual([]);
    expect(page).not.toMatch(/@import|url\(/);
  });

  it('is small without data', () => {
    expect(htmlReport({ ...record, exchanges: [], steps: [], verdicts: [] }, catalogue).length).toBeLessThan(200_000);
  });

  it('has landmarks, headings in their order, captions, and names for what can be focused', () => {
    for (const landmark of ['<header', '<nav aria-label', '<main', '<footer', 'role="search"']) expect(page).toContain(landmark);
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    expect(page.match(/<table/g)?.length).toBe(page.match(/<caption/g)?.length);
    expect(tagsOf(page).filter((tag) => tag.startsWith('<svg') && !/aria-hidden|aria-label/.test(tag))).toEqual([]);
  });

  it('has every id once, and leads to none that is not there', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => decodeURIComponent(id));
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has each check under its own id', () => {
    for (const { check } of record.verdicts) expect(page).toContain(`id="${check}"`);
  });

  it('tells of a finding what was asked, expected and found, who breaks, the bug, the fix and the command', () => {
    const [, entry = ''] = /id="stream\.order\.ends-with-message-stop"([^]*?)<\/details>/.exec(page) ?? [];
    for (const part of [
      'A stream that did not fail ends with exactly one message_stop event.',
      'nothing after message_delta',
      'SDK for TypeScript',
      'the stream helper throws',
      'https://github.com/vllm-project/vllm/issues/45367',
      'Send message_stop after the last message_delta',
      'curl -sS -i -N http://127.0.0.1:8000/v1/messages',
      'href="#x2"',
      'href="#stream-x2"',
    ]) {
      expect(entry).toContain(part);
    }
  });

  it('marks the offending bytes of the frame', () => {
    const [, entry = ''] = /id="stream\.order\.ends-with-message-stop"([^]*?)<\/details>/.exec(page) ?? [];
    // Frame 4 with the pointer /delta/stop_reason.
    expect(entry).toContain('{&quot;stop_reason&quot;:<mark>&quot;end_turn&quot;</mark>}');
  });

  it('says what a run came to, and what its exit code means', () => {
    expect(page).toContain('Fault of the suite');
    expect(htmlReport({ ...record, exitCode: 1 }, catalogue)).toContain('One check failed that the run is held to.');
    expect(htmlReport({ ...record, exitCode: 0 }, catalogue)).toContain('Conformant as asked');
  });

  it('tells what each client can expect', () => {
    const readiness = [
      {
        client: 'claude-code',
        state: 'not-ready' as const,
        blockers: [{ check: 'models.page', effect: 'It hangs.' }],
        limits: [],
        open: [],
      },
      {
        client: 'sdk-python',
        state: 'ready-with-limits' as const,
        blockers: [],
        limits: [{ check: 'models.page', effect: 'It is slow.' }],
        open: [],
      },
      { client: 'other', state: 'unknown' as const, blockers: [], limits: [], open: ['models.page'] },
    ];
    const shown = htmlReport({ ...record, readiness }, catalogue);
    for (const part of ['not ready', 'It hangs.', 'ready with limits', 'It is slow.', 'unknown', '1 not judged'])
      expect(shown).toContain(part);
  });
});

/** Control, format and other characters that nobody sees; the line end is ours. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

describe('what a server sends', () => {
  it.each([
    ['hostile texts', ''],
    ['hostile texts of five million characters', endless],
  ])('is only text: %s', (_title, tail) => {
    const hostile = hostileRecord(tail);
    const shown = htmlReport(hostile, catalogue);
    expect(shown.match(/<script/g)).toHaveLength(1);
    expect(shown.match(/<\/script/g)).toHaveLength(1);
    expect(dangersIn(shown)).toEqual([]);
    expect(withoutOurs(shown).replaceAll('\n', '')).not.toMatch(invisible);
    expect(shown).toContain('&lt;script&gt;');
    expect(shown.length).toBeLessThan(1_000_000);
  });

  it('is only text in a stream, too', () => {
    const events = [
      messageStart,
      opened(venom, { type: venom, text: venom, name: venom }),
      said(venom, venom),
      ended(venom),
      { type: venom, x: endless },
    ];
    const shown = htmlReport({ ...record, exchanges: [streamed(events, 10, { id: 'x2' })] }, catalogue);
    expect(shown.match(/<script/g)).toHaveLength(1);
    expect(dangersIn(shown)).toEqual([]);
    expect(withoutOurs(shown).replaceAll('\n', '')).not.toMatch(invisible);
    expect(shown.length).toBeLessThan(1_000_000);
  });
});

/** As many checks and exchanges as a long run has, a third of them streams, a quarter of the checks failed at many places. */
function largeRecord(checks: number, exchanges: number): RunRecord {
  const own: readonly Exchange[] = Array.from({ length: exchanges }, (_, index) => {
    const words = Array.from({ length: 40 }, (__, word) => said(0, `word ${word} of ${index}`));
    const events = [messageStart, opened(0, text), ...words, ...(index % 2 === 0 ? [closed(0)] : []), ended('end_turn'), messageStop];
    return index % 3 === 0 ? streamed(events, 10, { id: `x${index}` }) : { ...record.exchanges[0]!, id: `x${index}` };
  });
  const verdicts: readonly Verdict[] = wholeCatalogue.checks.slice(0, checks).map(({ id, level }, index) => {
    const findings = Array.from({ length: 20 }, (_, at) => ({
      at: { exchange: `x${(index * 20 + at) % exchanges}`, address: `probe/step-${at}`, frame: at, pointer: '/delta/text' },
      expected: 'something',
      found: `something else at ${at % 5}`,
    }));
    return index % 4 === 0
      ? { check: id, level, outcome: 'fail', judged: 20, findings, findingsTotal: 40 }
      : { check: id, level, outcome: 'pass', judged: 3, findings: [], findingsTotal: 0 };
  });
  return { ...record, exchanges: own, verdicts, steps: own.map(({ id }) => ({ ...record.steps[0]!, exchange: id })) };
}

describe('a large run', () => {
  it('of 700 checks and 700 exchanges is a page in a fraction of a second', () => {
    const large = largeRecord(700, 700);
    htmlReport(large, wholeCatalogue);
    const started = performance.now();
    const shown = htmlReport(large, wholeCatalogue);
    // 160 to 240 ms of processor time on two cores; a busy machine gets more.
    expect(performance.now() - started).toBeLessThan(1500);
    expect(shown.length).toBeLessThan(5_000_000);
  });

  it('of 2,000 streams stays small enough to open, and says what is left out', () => {
    const shown = htmlReport(largeRecord(700, 6_000), wholeCatalogue);
    expect(shown.length).toBeLessThan(5_500_000);
    expect(shown).toMatch(/streams more left out/);
    expect(shown).toMatch(/exchanges more in the record/);
  });
});
