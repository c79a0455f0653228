/** A static site of many records: the table, and the report of each of them. */
import type { RunRecord } from '../../spec/record/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { labelsOf } from '../compare/labels.ts';
import { each, html } from '../html/markup.ts';
import { page } from './page.ts';
import { pageScript } from './page-script.ts';
import { type MatrixRun, matrixTable } from './table.ts';

export interface SiteFile {
  readonly name: string;
  readonly text: string;
}

/** A record and what its path says of it; see `labelsOf`. */
export interface NamedRecord {
  readonly record: RunRecord;
  readonly name: string;
}

export interface SiteOptions {
  /** Makes the page of one record. Absent: the table alone. */
  readonly reportOf?: (record: RunRecord, catalogue: Catalogue) => string;
}

/** `index.html` first. Records stand in the order of their labels. */
export function matrixSite(given: readonly NamedRecord[], catalogue: Catalogue, { reportOf }: SiteOptions = {}): readonly SiteFile[] {
  const records = given.map(({ record }) => record);
  const labels = labelsOf(
    records,
    given.map(({ name }) => name),
  );
  const named = records.map((record, index) => ({ record, label: labels[index] ?? '' })).toSorted((a, b) => (a.label < b.label ? -1 : 1));
  const names = fileNames(named.map(({ label }) => label));
  const runs: readonly MatrixRun[] = named.map((run, index) =>
    reportOf === undefined ? run : Object.assign({}, run, { page: names[index] ?? `${index}.html` }),
  );
  const reports = runs.flatMap(({ record, page: name }) =>
    name === undefined || reportOf === undefined ? [] : [{ name, text: reportOf(record, catalogue) }],
  );
  return [{ name: 'index.html', text: indexPage(runs, catalogue) }, ...reports];
}

function indexPage(runs: readonly MatrixRun[], catalogue: Catalogue): string {
  const suites = new Set(runs.map(({ record }) => record.suite.catalogue));
  const early = runs.filter(({ record }) => record.ended !== 'finished');
  const body = html`<header>
      <h1>Messages API conformance</h1>
      <p>${runs.length} ${runs.length === 1 ? 'server' : 'servers'}, ${catalogue.checks.length} checks.</p>
      ${suites.size > 1 ? html`<p class="verdict open">Judged with ${suites.size} different catalogues; "npx messages-conformance judge" brings records to one.</p>` : undefined}
      ${each(early, ({ label, record }) => html`<p class="verdict open"><code>${label}</code> ended early: ${record.endedBecause ?? record.ended}</p>`)}
      <p><button type="button" id="all" hidden>Open all areas</button></p>
    </header>
    <main id="main" class="wide">${matrixTable(runs, catalogue)}</main>
    <footer><p>messages-conformance ${catalogue.version}. What a server sent stands here as text.</p></footer>`;
  return page({ title: 'Messages API conformance', body, script: `(${pageScript.toString()})();`, version: catalogue.version });
}

/** Of labels, which may hold anything: letters, digits and hyphens, all different, none of them the index. */
function fileNames(labels: readonly string[]): readonly string[] {
  const taken = new Set(['index']);
  return labels.map((label) => {
    const base =
      label
        .toLowerCase()
        .replaceAll(/[^a-z0-9.]+/g, '-')
        .replaceAll(/\.{2,}/g, '.')
        .replaceAll(/^[-.]+|[-.]+$/g, '')
        .slice(0, 80) || 'record';
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
    taken.add(name);
    return `${name}.html`;
  });
}
