/** The matrix: areas and checks as rows, servers as columns. */
import type { Outcome, Readiness, RunRecord, Verdict } from '../../spec/record/index.ts';
import type { Catalogue, CheckInfo } from '../catalogue.ts';
import { cell } from '../compare/html.ts';
import { hostOf } from '../compare/labels.ts';
import { breakable, each, html, joined, type Markup, nothing } from '../html/markup.ts';
import { outcomeLooks, outcomes } from '../html/outcomes.ts';

/** A column. */
export interface MatrixRun {
  readonly label: string;
  readonly record: RunRecord;
  /** Name of its page beside this one; undefined where there is none. */
  readonly page?: string;
}

const readinessWords: Readonly<Record<Readiness, readonly [word: string, like: Outcome]>> = {
  ready: ['ready', 'pass'],
  'ready-with-limits': ['with limits', 'warn'],
  'not-ready': ['not ready', 'fail'],
  unknown: ['unknown', 'inconclusive'],
};

export function matrixTable(runs: readonly MatrixRun[], { checks }: Catalogue): Markup {
  const tables = runs.map(({ record }) => new Map(record.verdicts.map((verdict) => [verdict.check, verdict])));
  const known = new Set(checks.map(({ id }) => id));
  const foreign = new Set(tables.flatMap((table) => [...table.keys()].filter((id) => !known.has(id))));
  const areas = Map.groupBy(checks, ({ area }) => area);
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Areas and checks by server">
    <table>
      <caption>
        Passed of judged, what failed, and what is open: asked, but the answers left it undecided. An area opens to its
        checks.${foreign.size === 0 ? '' : ` ${foreign.size} checks of other suite versions are not shown.`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Area</th>
          ${each(runs, head)}
        </tr>
      </thead>
      <tbody class="facts">
        <tr>
          <th scope="row">Asked</th>
          ${each(runs, facts)}
        </tr>
      </tbody>
      ${clientRows(runs)} ${totalRow(runs, known)} ${each(areas, ([area, own], index) => areaRows(area, own, { runs, tables, index }))}
    </table>
  </div>`;
}

function head({ label, page }: MatrixRun): Markup {
  return html`<th scope="col">${page === undefined ? label : html`<a href="${page}">${label}</a>`}</th>`;
}

/** What is behind a column, as far as its label does not say it. */
function facts({ label, record }: MatrixRun): Markup {
  const { target, suite, startedAt } = record;
  const known = [hostOf(target.baseUrl), target.model].filter((fact) => fact !== '' && !label.includes(fact));
  return html`<td>
    ${each([...known, `suite ${suite.version}`, startedAt.slice(0, 10)], (fact) => html`<span title="${fact}">${fact}</span>`)}
  </td>`;
}

function clientRows(runs: readonly MatrixRun[]): Markup {
  const clients = [...new Set(runs.flatMap(({ record }) => record.readiness.map(({ client }) => client)))];
  if (clients.length === 0) return nothing;
  const rows = each(
    clients,
    (client) =>
      html`<tr>
        <th scope="row">Client ${client}</th>
        ${each(runs, ({ record, page }) => {
          const state = record.readiness.find((one) => one.client === client)?.state;
          if (state === undefined) return html`<td class="dim">–</td>`;
          const [word, like] = readinessWords[state];
          return html`<td class="o-${like}">${page === undefined ? word : html`<a href="${page}">${word}</a>`}</td>`;
        })}
      </tr>`,
  );
  return html`<tbody>
    ${rows}
  </tbody>`;
}

function totalRow(runs: readonly MatrixRun[], known: ReadonlySet<string>): Markup {
  return html`<tbody class="area">
    <tr>
      <th scope="row">All checks</th>
      ${each(runs, ({ record }) => counts(record.verdicts.filter(({ check }) => known.has(check))))}
    </tr>
  </tbody>`;
}

interface AreaContext {
  readonly runs: readonly MatrixRun[];
  readonly tables: readonly ReadonlyMap<string, Verdict>[];
  readonly index: number;
}

/** Open where scripts do not run; else the page's script closes them. */
function areaRows(area: string, checks: readonly CheckInfo[], { runs, tables, index }: AreaContext): Markup {
  const inAll = tables.map((table) => checks.flatMap(({ id }) => table.get(id) ?? []));
  const worstFirst = checks.toSorted((a, b) => rank(a.id) - rank(b.id));
  return html`<tbody class="area" id="area-${index}">
    <tr>
      <th scope="row"><button type="button" aria-expanded="true" aria-controls="area-${index}">${breakable(area)}</button></th>
      ${each(inAll, counts)}
    </tr>
    ${each(worstFirst, ({ id, level, requirement }) => {
      const cells = each(runs, ({ page }, column) => checkCell(tables[column]?.get(id), page));
      return html`<tr class="row">
        <th scope="row" title="${requirement}"><code>${breakable(id)}</code> <span class="level">${level}</span></th>
        ${cells}
      </tr>`;
    })}
  </tbody>`;

  /** By the worst that any of them shows. */
  function rank(id: string): number {
    const seen = new Set(tables.map((table) => table.get(id)?.outcome));
    const at = outcomes.findIndex((outcome) => seen.has(outcome));
    return at === -1 ? outcomes.length : at;
  }
}

/** What failed leads to the finding in the report of that server. */
function checkCell(verdict: Verdict | undefined, page: string | undefined): Markup {
  if (verdict === undefined) return html`<td class="dim">–</td>`;
  const { outcome, check } = verdict;
  if (page === undefined || (outcome !== 'fail' && outcome !== 'warn')) return cell(verdict);
  return html`<td class="o-${outcome}"><a href="${page}#${encodeURIComponent(check)}">${outcomeLooks[outcome].word}</a></td>`;
}

function counts(verdicts: readonly Verdict[]): Markup {
  const count = (...wanted: readonly Outcome[]): number => verdicts.filter(({ outcome }) => wanted.includes(outcome)).length;
  const [passed, failed, warned] = [count('pass'), count('fail'), count('warn')];
  const judged = passed + failed + warned + count('info');
  if (judged === 0) return html`<td class="dim">${unjudged(count)}</td>`;
  const like: Outcome = failed > 0 ? 'fail' : warned > 0 ? 'warn' : 'pass';
  // Where much is open, the share that passed says little.
  const parts = [[failed, 'failed'] as const, [warned, 'warned'] as const, [count('inconclusive', 'harness-error'), 'open'] as const];
  const words = parts.flatMap(([number, word]) => (number > 0 ? [html`<span>${number} ${word}</span>`] : []));
  const below = words.length === 0 ? nothing : html`<span class="below">${joined(words, ', ')}</span>`;
  return html`<td class="o-${like}">${passed}/${judged}${below}</td>`;
}

/** Why an area of a server came to no judgement. */
function unjudged(count: (...wanted: readonly Outcome[]) => number): string {
  const open = count('inconclusive', 'harness-error');
  if (count('unsupported') > 0) return outcomeLooks.unsupported.word;
  if (open > 0) return `${open} open`;
  return count('not-applicable', 'skipped') > 0 ? outcomeLooks[count('skipped') > 0 ? 'skipped' : 'not-applicable'].word : 'not asked';
}
