import { describe, expect, it } from 'vitest';
import { compare, htmlComparison, markdownComparison, terminalComparison } from './compare/index.ts';
import { type FormatName, formats } from './formats.ts';
import { githubAnnotations, withoutCommands } from './github/index.ts';
import { endless, hostileRecord, venom } from './hostile.fixture.ts';
import { junitProblems, xmlProblems } from './junit/validate.fixture.ts';
import { matrixSite } from './matrix/index.ts';
import { catalogue, record as smallRecord } from './record.fixture.ts';
import { reproBundle } from './repro/index.ts';

const failing = 'stream.order.ends-with-message-stop';

/** Control, format and other invisible characters; the line end is ours. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe.each([
  ['hostile texts', ''],
  ['hostile texts of five million characters', endless],
])('%s', (_title, tail) => {
  const record = hostileRecord(tail);
  const rendered = async (name: FormatName): Promise<string> => {
    const text = (await formats[name].load())(record, catalogue);
    return typeof text === 'string' ? text : [...text].join('');
  };

  it('are only text in JUnit XML', async () => {
    const xml = await rendered('junit');
    expect(await junitProblems(xml)).toEqual([]);
    expect(xml.replaceAll('\n', '')).not.toMatch(invisible);
    expect(xml).not.toContain('<script');
    expect(xml).toContain('&lt;script&gt;');
    expect(xml.length).toBeLessThan(200_000);
  });

  it('are only text in a badge', async () => {
    const svg = await rendered('badge');
    expect(await xmlProblems(svg)).toEqual([]);
    expect(svg).not.toContain('script');
  });

  it.each(['ctrf', 'har', 'json', 'shields'] as const)('are strings in %s', async (name) => {
    const text = await rendered(name);
    expect(JSON.parse(text)).toBeTypeOf('object');
  });

  it('are short and visible in CTRF', async () => {
    const text = await rendered('ctrf');
    expect(text.replaceAll('\n', '')).not.toMatch(invisible);
    expect(text.length).toBeLessThan(200_000);
  });

  it('are code in Markdown, which stays below 64 KiB', async () => {
    const markdown = await rendered('markdown');
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(64 * 1024);
    expect(markdown.replaceAll('\n', '')).not.toMatch(invisible);
    expect(activeText(markdown)).not.toMatch(/(?<!\\)(?:[<`@]|www\.|!\[|\]\((?!https:\/\/docs\.claude\.com))/);
  });

  it('are visible in a terminal', async () => {
    expect((await rendered('terminal')).replaceAll('\n', '')).not.toMatch(invisible);
  });

  it('give no workflow commands', async () => {
    const lines = githubAnnotations(record, catalogue).trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^::(error|warning) title=[^:,\r\n]+::[^\r\n]+$/);
    expect(lines.filter((line) => line.startsWith('::error')).length).toBeLessThanOrEqual(10);
    expect(lines.filter((line) => line.startsWith('::warning')).length).toBeLessThanOrEqual(10);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(4000);
    expect(withoutCommands(await rendered('terminal'))).not.toMatch(/^\s*::|##\[/m);
  });

  it('are text in comparisons', () => {
    for (const records of [
      [smallRecord, record],
      [record, smallRecord],
    ]) {
      const comparison = compare(records, [`a ${venom}`, `b ${venom}`]);
      const markdown = markdownComparison(comparison);
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(64 * 1024);
      expect(activeText(markdown)).not.toMatch(/(?<!\\)(?:[<`@]|www\.|!\[|\]\()/);
      const page = htmlComparison(comparison, '1');
      expect(page).not.toMatch(/<(?:script|img)/);
      for (const text of [markdown, page, terminalComparison(comparison, { width: 80, colour: false })]) {
        expect(text.replaceAll('\n', '')).not.toMatch(invisible);
        expect(text.length).toBeLessThan(200_000);
      }
    }
  });

  it('are text in a matrix, and in the names of its files', () => {
    const site = matrixSite(
      [
        { record, name: venom },
        { record: smallRecord, name: 'b' },
      ],
      catalogue,
      { reportOf: () => '' },
    );
    expect(site[0]?.text.match(/<script/g)).toHaveLength(1);
    expect(site[0]?.text).not.toContain('<img');
    expect(site[0]?.text.replace(/<script>[^]*<\/script>/, '').replaceAll('\n', '')).not.toMatch(invisible);
    for (const { name } of site) expect(name).toMatch(/^[a-z0-9][a-z0-9.-]{0,90}$/);
  });

  it('are quoted in the texts of a bundle', () => {
    const files = new Map(reproBundle(failing, record, catalogue).map(({ name, content }) => [name, content]));
    for (const name of ['expected.md', 'issue.md']) {
      const text = String(files.get(name));
      expect(text.replaceAll('\n', '')).not.toMatch(invisible);
      expect(activeText(text)).not.toMatch(/(?<!\\)(?:[`@]|www\.|!\[|\]\(|<(?!!-- |https:\/\/docs\.claude\.com|angle |name ))/);
      expect(text.length).toBeLessThan(100_000);
    }
    expect(String(files.get('curl.sh')).replaceAll('\n', '')).not.toMatch(invisible);
  });
});

/** Markdown without its code: fenced blocks, then spans, whose fences are runs of backticks of one length. */
function activeText(markdown: string): string {
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const run = /^(`{3,})[a-z]*$/.exec(line)?.[1];
    if (fence === undefined && run !== undefined) fence = run;
    else if (fence === undefined) outside.push(line);
    else if (line === fence) fence = undefined;
  }
  expect(fence).toBeUndefined();
  return outside.join('\n').replaceAll(/(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)/g, 'CODE');
}
