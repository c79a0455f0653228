/** Areas by level and outcome: where the faults are, at one look. */
import type { Level, Verdict } from '../../spec/record/index.ts';
import { each, html, type Markup } from './markup.ts';
import { mark, outcomeLooks, outcomes, worst } from './outcomes.ts';
import type { RunView } from './run-view.ts';

const levels: readonly Level[] = ['must', 'should', 'may'];

export function areaTable({ record, checks }: RunView): Markup {
  const areas = [...Map.groupBy(record.verdicts, ({ check }) => checks.get(check)?.area ?? 'unknown')];
  const shown = outcomes.filter((outcome) => outcome !== 'pass' && record.totals[outcome] > 0);
  const row = (name: Markup, own: readonly Verdict[]): Markup =>
    html`<tr>
      <th scope="row">${name}</th>
      ${each(levels, (level) => passed(own.filter((verdict) => verdict.level === level)))}${each(shown, (outcome) => {
        const count = own.filter((verdict) => verdict.outcome === outcome).length;
        return html`<td class="num${count === 0 ? ' dim' : ` o-${outcome} plain`}">${count === 0 ? '·' : count}</td>`;
      })}
    </tr>`;
  return html`<section id="areas" aria-labelledby="h-areas">
    <h2 id="h-areas">Areas</h2>
    <div class="scroll" role="region" aria-labelledby="h-areas" tabindex="0">
      <table class="areas">
        <caption>
          Passed of those judged, and all other outcomes
        </caption>
        <thead>
          <tr>
            <th scope="col">area</th>
            ${each(levels, (level) => html`<th scope="col">${level}</th>`)}${each(shown, (outcome) => html`<th scope="col">${mark(outcome)}<span class="below" aria-hidden="true">${outcomeLooks[outcome].word}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${each(areas, ([area, own]) => row(html`<a href="#checks" data-area="${area}">${area}</a>`, own))}
        </tbody>
        <tfoot>
          ${row(html`all`, record.verdicts)}
        </tfoot>
      </table>
    </div>
  </section>`;
}

/** The worst outcome of a level, and how many passed of those that came to a judgement. */
function passed(own: readonly Verdict[]): Markup {
  const judged = own.filter(({ outcome }) => ['pass', 'fail', 'warn', 'info', 'harness-error'].includes(outcome));
  const bad = worst(judged.map(({ outcome }) => outcome));
  if (bad === undefined) return html`<td class="dim">${own.length === 0 ? '·' : `– of ${own.length}`}</td>`;
  return html`<td>${mark(bad)} ${judged.filter(({ outcome }) => outcome === 'pass').length} of ${judged.length}</td>`;
}
