// Whatever stands in a record, a HAR or a saved stream: it is judged and rendered, or refused in one sentence that names the file.
import { expect, test } from 'vitest';
import { failureOf } from '../cli/failure.ts';
import { seededRandom } from '../mock/physics/random.ts';
import { clientProfiles } from '../profiles/clients.ts';
import { formatNames, formats } from '../reports/formats.ts';
import { harPieces } from '../reports/har/index.ts';
import { jsonPieces } from '../reports/json-pieces.ts';
import { parseRecord } from '../reports/read-record.ts';
import { catalogue, record } from '../reports/record.fixture.ts';
import { judgeRecord, judgeTraffic, readInput } from '../runner/offline/index.ts';
import type { RunRecord } from '../spec/index.ts';
import { isJsonObject } from '../spec/json.ts';
import { anyValues, type Random } from './hostile-values.fixture.ts';

/** With much time many files, each another; otherwise a few. */
const files = Number(process.env['HOSTILE_FILES'] ?? 40);

const texts: readonly string[] = JSON.parse(String.raw`[
  "", " ", "__proto__", "constructor", "\uD800", "\u0000", "\uFEFF", "a\nb", "-1", "%E0%A4%A", "http://[", "data:,x", "2020-99-99T99:99:99Z",
  "+275760-09-13T00:00:00Z", "text/event-stream", "${'['.repeat(5000)}", "event: x\ndata: {\"type\":\"__proto__\"}\n\n", "/0/__proto__", "~2", "$&$'"
]`);
const numbers = [0, 1, 1.5, 99, 200, 999, 1e21, 1e308, 2 ** 53];

/** Words of a closed list: with another one the file is refused, and nothing else is seen. */
const closed = new Set(['format', 'formatVersion', 'level', 'outcome', 'ended', 'modelFrom', 'state', 'kind', 'auth', 'capability']);

/** The same, but for some texts and numbers, so that most are still what a schema allows. */
function otherwise(value: unknown, random: Random): unknown {
  const isChanged = random() < 0.015;
  if (typeof value === 'string' && isChanged) return (random() < 0.5 ? value : '') + oneOf(texts, random);
  if (typeof value === 'number' && isChanged) return oneOf(numbers, random);
  if (Array.isArray(value)) return isChanged ? [] : value.map((item: unknown) => otherwise(item, random));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, closed.has(name) ? item : otherwise(item, random)]));
}

function oneOf<T>(all: readonly T[], random: Random): T {
  return all[Math.floor(random() * all.length)] as T;
}

/** With bytes that are others, more or fewer. */
function damaged(bytes: Buffer, random: Random): Buffer {
  const at = Math.floor(random() * bytes.length);
  const more = Buffer.from(oneOf(['', '\u0000', '{', '"', '\\', ']', ',', '"exchanges":['], random));
  return Buffer.concat([bytes.subarray(0, at), more, random() < 0.3 ? Buffer.alloc(0) : bytes.subarray(at + Math.floor(random() * 3))]);
}

/** What came of it; undefined where it was refused as it should be. */
function attempt(work: () => RunRecord, name: string): RunRecord | undefined {
  try {
    return work();
  } catch (error) {
    const { exitCode, text } = failureOf(error);
    expect([exitCode, text]).toEqual([2, expect.stringMatching(new RegExp(`^[^\\n]*\\b${name}\\b[^\\n]*[.?]$`))]);
    return undefined;
  }
}

async function expectReports(read: RunRecord): Promise<void> {
  expect(parseRecord(Buffer.from([...jsonPieces(read)].join('')), 'again')).toEqual(read);
  for (const name of formatNames) {
    const text = (await formats[name].load())(read, catalogue);
    expect((typeof text === 'string' ? text : [...text].join('')).length).toBeGreaterThan(0);
  }
}

const seeds = Array.from({ length: files }, (_, seed) => seed);

test('records', { timeout: 60_000 + files * 100 }, async () => {
  let valid = 0;
  for (const seed of seeds) {
    const random = seededRandom(seed);
    const other = seed % 5 === 0 ? anyValues(random, 0.02)(record) : otherwise(record, random);
    const bytes = Buffer.from(JSON.stringify(other));
    const read = attempt(() => parseRecord(seed % 5 === 1 ? damaged(bytes, random) : bytes, 'a.json'), 'a.json');
    if (read === undefined) continue;
    valid += 1;
    await expectReports(read);
    attempt(
      () => judgeRecord({ ...read, options: { only: [], skip: [], level: 'may', require: [] } }, { clients: clientProfiles }),
      'a.json',
    );
  }
  expect(valid).toBeGreaterThan(files / 3);
});

test('HAR files and saved streams', { timeout: 60_000 + files * 100 }, async () => {
  const har: unknown = JSON.parse([...harPieces(record, catalogue)].join(''));
  const [stream = ''] = record.exchanges.flatMap(({ response }) =>
    response?.body.kind === 'text' && response.body.text.startsWith('event:') ? [response.body.text] : [],
  );
  let valid = 0;
  for (const seed of seeds) {
    const random = seededRandom(seed);
    const other = seed % 3 === 0 ? anyValues(random, 0.02)(har) : otherwise(har, random);
    const bytes = Buffer.from(seed % 4 === 1 ? stream : JSON.stringify(other));
    const judged = attempt(() => judgeTraffic(readInput(seed % 4 < 2 ? damaged(bytes, random) : bytes, 'a.har').traffic), 'a.har');
    if (judged === undefined) continue;
    valid += 1;
    expect(judged.verdicts.filter(({ outcome }) => outcome === 'harness-error')).toEqual([]);
    await expectReports(judged);
  }
  expect(valid).toBeGreaterThan(files / 3);
});
