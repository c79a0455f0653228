/** The tool-use report: a matrix of tool_choice and forms of use, the arguments as they were streamed, and schema keywords. */
import type { Layer, Outcome } from '../../spec/record/index.ts';
import { asText } from '../../spec/as-text.ts';
import { hasCall, type StreamedCall } from './fragments.ts';
import { each, html, jump, type Markup, nothing } from './markup.ts';
import { counted } from './numbers.ts';
import { mark, worst } from './outcomes.ts';
import { type ExchangeView, outcomeAt, type RunView } from './run-view.ts';
import { type KeywordUse, keywordUses } from './schema-keywords.ts';
import { address } from './stream-report.ts';
import {
  forcingChoices,
  type ToolCell,
  type ToolChoice,
  toolChoices,
  type ToolForm,
  toolForms,
  type ToolMode,
  toolModes,
} from './tool-cells.ts';

/** Streamed calls shown; the others are counted. */
const mostCalls = 24;

export function toolReport(view: RunView): Markup {
  return html`<section id="tools" aria-labelledby="h-tools">
    <h2 id="h-tools">Tool use</h2>
    ${matrix(view)}${fragments(view)}${keywords(view)}
  </section>`;
}

function matrix(view: RunView): Markup {
  return html`<h3 id="h-matrix">tool_choice and forms of use</h3>
    <p class="note">Each mark is the worst verdict on the content of that exchange, and leads to it. ${matrixLegend()}</p>
    <div class="scroll" role="region" aria-labelledby="h-matrix" tabindex="0">
      <table class="matrix">
        <caption>
          Worst verdict on each exchange
        </caption>
        <thead>
          <tr>
            <td></td>
            ${each(toolChoices, (choice) => html`<th scope="colgroup" colspan="2">${choice}</th>`)}
          </tr>
          <tr>
            <th scope="col">form</th>
            ${each(toolChoices, () => html`${each(toolModes, (mode) => html`<th scope="col">${mode}</th>`)}`)}
          </tr>
        </thead>
        <tbody>
          ${each(
            toolForms,
            (form) =>
              html`<tr>
                <th scope="row">${form.title}</th>
                ${each(toolChoices, (choice) => html`${each(toolModes, (mode) => tableCell(form, choice, mode, view))}`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** How many places of the matrix are asked, and why the others are not. */
function matrixLegend(): string {
  const places = toolForms.length * toolChoices.length * toolModes.length;
  const asked = toolForms.reduce((sum, { cells }) => sum + cells.length, 0);
  const ruledOut = toolForms.filter(({ needsCall }) => needsCall === true).length * toolModes.length;
  return `Of ${places} combinations ${asked} are asked. ${ruledOut} cannot be (—): tool_choice none rules out a call. No probe asks the other ${places - asked - ruledOut}: nothing is known of them.`;
}

function tableCell(form: ToolForm, choice: ToolChoice, mode: ToolMode, view: RunView): Markup {
  const cell = form.cells.find((one) => one.choice === choice && one.mode === mode);
  if (cell === undefined && form.needsCall === true && choice === 'none')
    return html`<td class="dim">—<span class="vh">cannot be</span></td>`;
  if (cell === undefined) return html`<td class="dim unasked">not asked</td>`;
  const seen = view.judged.get(cell.step);
  const outcome = cellOutcome(cell, view);
  if (seen === undefined) return html`<td>${mark(outcome ?? 'skipped')}<span class="vh">, not sent</span></td>`;
  return html`<td>${jump(seen.exchange.id, html`${mark(outcome ?? 'inconclusive')}<span class="vh">, ${cell.step}</span>`)}</td>`;
}

/** Faults of HTTP are shown elsewhere: they say nothing about tools. */
const layers: ReadonlySet<Layer | undefined> = new Set(['sse', 'order', 'schema', 'semantics']);

/** The worst of what was said about that exchange: by the checks made for it, and by any other that found something in its content. */
export function cellOutcome(cell: ToolCell, view: RunView): Outcome | undefined {
  const outcome = saidOf(cell, view);
  const seen = view.judged.get(cell.step);
  // A check of many exchanges passes by the others where this one has no call to judge.
  return outcome === 'pass' && seen !== undefined && forcingChoices.has(cell.choice) && !hasCall(seen) ? 'inconclusive' : outcome;
}

function saidOf({ step, checks }: ToolCell, view: RunView): Outcome | undefined {
  const seen = view.judged.get(step);
  const own = checks.flatMap((check) => outcomeAt(view, check, seen?.exchange.id ?? '') ?? []);
  const judged = own.filter((outcome) => outcome !== 'not-applicable' && outcome !== 'inconclusive' && outcome !== 'skipped');
  // A check of many exchanges that could not judge another one says nothing about this.
  const others = (seen?.findings ?? []).filter(({ verdict }) => layers.has(view.checks.get(verdict.check)?.layer));
  return worst([...(judged.length > 0 ? judged : own), ...others.map(({ verdict }) => verdict.outcome)]);
}

function fragments({ exchanges }: RunView): Markup {
  const calls = [...exchanges.values()].flatMap((view) => (view.streamFacts?.calls ?? []).map((call) => ({ view, call })));
  const sorted = calls.toSorted((a, b) => Number(b.call.state === 'broken') - Number(a.call.state === 'broken'));
  const left = calls.length - mostCalls;
  return html`<h3>Arguments as they were streamed</h3>
    ${
      calls.length === 0
        ? html`<p>No stream of the run has a tool call.</p>`
        : html`<p>${counted(calls.length, 'call')} in streams. Fragments stand between bars, and are joined in the line below.</p>
            <ul class="calls">
              ${each(sorted.slice(0, mostCalls), ({ view, call }) => callItem(view, call))}
            </ul>
            ${left > 0 ? html`<p class="more">and ${left} more</p>` : nothing}`
    }`;
}

const states: Readonly<Record<StreamedCall['state'], readonly [like: Outcome, text: string]>> = {
  json: ['pass', 'a JSON object'],
  empty: ['pass', 'no arguments'],
  broken: ['fail', 'not a JSON object'],
  cut: ['not-applicable', 'cut before its end'],
};

function callItem(view: ExchangeView, { name, index, fragments: pieces, fragmentsTotal, joined, state }: StreamedCall): Markup {
  const [like, text] = states[state];
  const left = fragmentsTotal - pieces.length;
  return html`<li>
    ${mark(like)} <code>${name}</code> ${text}
    <span class="dim">block ${asText(index)} of ${jump(view.exchange.id, address(view))}, ${counted(fragmentsTotal, 'fragment')}</span>
    <div class="pieces" tabindex="0" role="group" aria-label="Fragments">
      ${each(pieces, (piece) => (piece === '' ? html`<code class="empty" title="empty">∅</code>` : html`<code>${piece}</code>`))}${left > 0 ? html`<span class="more">and ${left} more</span>` : nothing}
    </div>
    ${pieces.length === 0 ? nothing : html`<div class="whole"><span class="dim">joined</span> <code>${joined}</code></div>`}
  </li>`;
}

function keywords({ exchanges }: RunView): Markup {
  const uses = keywordUses(exchanges.values());
  if (uses.length === 0) return nothing;
  const places = Map.groupBy(uses, ({ place }) => place);
  return html`<h3 id="h-keywords">Schema keywords</h3>
    <p class="note">
      A keyword was accepted where any request with it was. Where none was, the keyword is a suspect: the request may have been refused for
      another reason.
    </p>
    <div class="scroll" role="region" aria-labelledby="h-keywords" tabindex="0">
      <table class="keywords">
        <caption>
          Keywords of JSON Schema that the run sent
        </caption>
        <thead>
          <tr>
            <th scope="col">place</th>
            <th scope="col">accepted</th>
            <th scope="col">refused, never accepted</th>
          </tr>
        </thead>
        <tbody>
          ${each(
            places,
            ([place, own]) =>
              html`<tr>
                <th scope="row">${place}</th>
                <td>${keywordList(own, 'accepted')}</td>
                <td>${keywordList(own, 'refused')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function keywordList(uses: readonly KeywordUse[], side: 'accepted' | 'refused'): Markup {
  const own = uses.filter((use) => use[side].length > 0);
  if (own.length === 0) return html`<span class="dim">none</span>`;
  return html`${each(own, (use, index) => html`${index === 0 ? '' : ', '}${jump(use[side][0] ?? '', html`<code>${use.keyword}</code>`)}`)}`;
}
