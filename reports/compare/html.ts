/** A comparison as one HTML page. */
import { breakable, each, html, type Markup, nothing } from '../html/markup.ts';
import { outcomeLooks } from '../html/outcomes.ts';
import { page } from '../matrix/page.ts';
import { gist } from '../standing.ts';
import { summary } from '../terminal/summary.ts';
import type { Verdict } from '../../spec/record/index.ts';
import { type ComparedCheck, type Comparison, checksWith } from './compare.ts';
import { headings, shownChanges, tally } from './words.ts';

export function htmlComparison(comparison: Comparison, version: string): string {
  const { runs, notes } = comparison;
  const body = html`<header>
      <h1>Messages API conformance, compared</h1>
      <p>${tally(comparison)}</p>
      <ol>
        ${each(runs, ({ label, record }) => html`<li><code>${label}</code>: ${summary(record)[1]}</li>`)}
      </ol>
      ${each(notes, (note) => html`<p class="verdict open">${note}</p>`)}
    </header>
    <main id="main" class="wide">${each(shownChanges, (change) => section(comparison, change))}</main>`;
  return page({ title: 'Conformance compared', body, version });
}

function section(comparison: Comparison, change: (typeof shownChanges)[number]): Markup {
  const checks = checksWith(comparison, change);
  if (checks.length === 0) return nothing;
  return html`<section aria-labelledby="${change}">
    <h2 id="${change}">${headings[change]} <span class="count">${checks.length}</span></h2>
    <div class="scroll" role="region" tabindex="0" aria-labelledby="${change}">
      <table>
        <thead>
          <tr>
            <th scope="col">Check</th>
            ${each(comparison.runs, ({ label }) => html`<th scope="col">${label}</th>`)}
            <th scope="col">Found</th>
          </tr>
        </thead>
        <tbody>
          ${each(checks, row)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row({ check, level, verdicts }: ComparedCheck): Markup {
  const told = verdicts.findLast(({ outcome }) => outcome === 'fail' || outcome === 'warn');
  return html`<tr>
    <th scope="row"><code>${breakable(check)}</code> <span class="level">${level}</span></th>
    ${each(verdicts, cell)}
    <td class="found">${told === undefined ? '' : gist(told)}</td>
  </tr>`;
}

/** The outcome in a word, which tells it without its colour. */
export function cell({ outcome }: Pick<Verdict, 'outcome'>): Markup {
  return html`<td class="o-${outcome}">${outcomeLooks[outcome].word}</td>`;
}
