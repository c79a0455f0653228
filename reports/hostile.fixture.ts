/** A record of a server that attacks whoever reads a report of it: every text that a server, or somebody who sends a record, can choose. */
import type { RunRecord } from '../spec/record/index.ts';
import { record } from './record.fixture.ts';

/** Breaks out of HTML, XML, Markdown, workflow commands and terminals, where any of them lets it. */
export const venom: string = [
  '<script>alert(1)</script></script>',
  ']]>',
  '--><img src=x onerror=alert(1)>',
  '\u202Eevil\u2066',
  '\u001B[31m\u001B]0;x\u0007\u0000\u0008\u0085\u2028\uFFFE\uD800',
  '\n::error::owned\r\n##[error]owned\n',
  '```\n# title\n~~~\n',
  '` `` ``` ````',
  '| a | b |\n[x](javascript:alert(1)) ![y](https://e.org/t.png) @octocat #1 $x$ www.example.org &amp; "\' %0A::error::',
].join(' ');

// These are words of a closed list: a record with others is refused before it is read.
// Ids stay too, so that what refers to them still does.
const closed: ReadonlySet<string> = new Set([
  'id',
  'exchange',
  'level',
  'outcome',
  'ended',
  'modelFrom',
  'state',
  'kind',
  'auth',
  'format',
  'startedAt',
  'base64',
]);

/** What a server can make as long as it likes. */
const long: ReadonlySet<string> = new Set(['found', 'model', 'text']);

/** @param tail what the longest texts end in */
export function hostileRecord(tail: string = ''): RunRecord {
  const spoilt = spoil('', record, tail) as RunRecord;
  return {
    ...spoilt,
    ended: 'preflight',
    endedBecause: venom + tail,
    readiness: [{ client: venom, state: 'not-ready', blockers: [{ check: venom, effect: venom }], limits: [], open: [] }],
    baseline: {
      file: venom,
      strict: true,
      entries: [
        { check: venom, address: `a/${venom}`, reason: venom, state: 'stale' },
        { check: venom, reason: venom, state: 'expired', expires: '2026-01-01' },
      ],
    },
    verdicts: [...record.verdicts, ...spoilt.verdicts].map((verdict, index) =>
      index % 4 === 1 ? { ...verdict, known: { reason: venom, link: venom } } : verdict,
    ),
  };
}

function spoil(key: string, value: unknown, tail: string): unknown {
  if (typeof value === 'string') return closed.has(key) ? value : `${value}${venom}${long.has(key) ? tail : ''}`;
  if (Array.isArray(value)) return value.map((item) => spoil(key, item, tail));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(name, item, tail)]));
}

/** Five million characters, of more than one byte and of surrogate pairs. */
export const endless: string = 'aé😀`|<'.repeat(714_286);
