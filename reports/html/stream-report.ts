/** The SSE-ordering report: every recorded stream as a timeline, as text, and in numbers. Those with something to see come first, and open. */
import { grammarRules } from '../../spec/index.ts';
import type { Outcome } from '../../spec/record/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { each, html, joined, jump, type Markup, nothing } from './markup.ts';
import { bytes, counted, milliseconds } from './numbers.ts';
import type { PageBudget } from './page-budget.ts';
import { badge, mark, worst } from './outcomes.ts';
import type { ExchangeView, PlacedFinding, RunView } from './run-view.ts';
import type { StreamFacts } from './stream-memo.ts';
import type { ShownEvent, StreamView } from './stream-view.ts';
import { indexText, legend, timeline } from './timeline.ts';

/** Items of a stream as text; the others are counted. */
const mostItems = 120;

/** What is told of all streams together; the stream itself is taken apart again where it is drawn. */
interface StreamEntry {
  readonly view: ExchangeView;
  readonly facts: StreamFacts;
  /** The worst of the findings at its events. */
  readonly worstFinding: Outcome | undefined;
}

/** A breach of the order, then what fails, then warnings. Information alone is nothing to begin with. */
function rank({ facts, worstFinding }: StreamEntry): number {
  if (facts.breaches > 0) return 0;
  return worstFinding === 'fail' ? 1 : worstFinding === 'warn' ? 2 : 3;
}

function isNotable(entry: StreamEntry): boolean {
  return rank(entry) < 3;
}

function entryOf(view: ExchangeView): StreamEntry | undefined {
  const { streamFacts: facts, findings } = view;
  if (facts === undefined) return undefined;
  return { view, facts, worstFinding: worst(findings.filter(isAtEvent).map(({ verdict }) => verdict.outcome)) };
}

export function streamReport({ exchanges }: RunView, budget: PageBudget): Markup {
  const all = [...exchanges.values()].flatMap((view) => entryOf(view) ?? []);
  // Stable: within each rank the order of the run.
  const sorted = all.toSorted((a, b) => rank(a) - rank(b));
  const shown = sorted.map((entry, index) => ({ entry, figure: budget.take(() => streamFigure(entry, isNotable(entry) && index < 6)) }));
  const figures = (areNotable: boolean): readonly Markup[] =>
    shown.flatMap(({ entry, figure }) => (figure !== undefined && isNotable(entry) === areNotable ? [figure] : []));
  const [telling, others] = [figures(true), figures(false)];
  const left = all.length - telling.length - others.length;
  if (all.length === 0) return section(html`<p>The run recorded no event stream.</p>`);
  return section(
    html`<p>
        ${counted(all.length, 'stream')} recorded: ${numbered(all, 0)} with a breach of the published order, ${numbered(all, 1, 2)} in order
        with a failure or a warning at an event. ${overview(all)}
      </p>
      <p class="note">
        Times and rates are measurements, not verdicts. What the automaton expected is told for every stream; whether it counts against the
        server is told by the checks.
      </p>
      ${legend}${telling}${
        others.length === 0
          ? nothing
          : html`<details class="list">
              <summary>
                <h3>All others <span class="count">${others.length}</span></h3>
              </summary>
              ${others}
            </details>`
      }${left > 0 ? html`<p class="more">${counted(left, 'stream')} more left out, to keep this page small; the record has them.</p>` : nothing}`,
  );
}

function section(content: Markup): Markup {
  return html`<section id="streams" aria-labelledby="h-streams">
    <h2 id="h-streams">Order of stream events</h2>
    ${content}
  </section>`;
}

function isAtEvent({ finding }: PlacedFinding): boolean {
  return finding.at?.frame !== undefined;
}

function numbered(all: readonly StreamEntry[], ...ranks: readonly number[]): number | string {
  return all.filter((entry) => ranks.includes(rank(entry))).length || 'none';
}

function overview(all: readonly StreamEntry[]): Markup {
  const first = all.map(({ facts }) => facts.measured.firstEventMs).toSorted((a, b) => a - b);
  const silent = Math.max(...all.map(({ facts }) => facts.measured.longestSilenceMs));
  const atOnce = all.filter(({ facts }) => facts.isAtOnce).length;
  return html`First event after ${milliseconds(first[Math.floor(first.length / 2)] ?? 0)} in the median, ${milliseconds(first.at(-1) ?? 0)}
  at most; longest silence within a stream ${milliseconds(silent)}; ${atOnce === 0 ? 'none' : atOnce} came all at once.`;
}

function streamFigure({ view, facts: { breaches }, worstFinding }: StreamEntry, isOpen: boolean): Markup {
  const { id } = view.exchange;
  const { stream } = view;
  if (stream === undefined) return nothing;
  const state =
    breaches > 0
      ? html`<span class="badge o-fail"><span aria-hidden="true">✗</span> ${counted(breaches, 'breach', 'breaches')}</span>`
      : html`<span class="badge o-pass"><span aria-hidden="true">✓</span> in order</span>`;
  return html`<details class="stream" id="stream-${id}" ${isOpen ? html` open` : nothing}>
    <summary>
      ${state}${worstFinding === undefined || breaches > 0 ? nothing : html` ${badge(worstFinding)}`} <code>${address(view)}</code>
      <span class="dim"
        >${id} · ${counted(stream.events.length, 'event')} ·
        ${milliseconds(stream.measured.spanMs)}${stream.isAtOnce ? ' · all at once' : ''}</span
      >
    </summary>
    <div class="body">
      ${measurements(stream)}${timeline(stream)}${breachList(stream)}
      <p class="sequence" tabindex="0" role="group" aria-label="Events as text">${sequence(stream)}</p>
      ${ownFindings(view)}
      <p>${jump(id, `Request and raw answer of ${id}`)}</p>
    </div>
  </details>`;
}

export function address({ steps, exchange }: ExchangeView): string {
  return steps[0]?.address ?? exchange.id;
}

function measurements({ measured, isAtOnce, exchange }: StreamView): Markup {
  const { firstEventMs, spanMs, longestSilenceMs, eventsPerSecond, chunks, bytes: size } = measured;
  const rows: readonly (readonly [string, string])[] = [
    ['First event', milliseconds(firstEventMs)],
    ['First to last', milliseconds(spanMs)],
    ['Longest silence', milliseconds(longestSilenceMs)],
    ['Events per second', eventsPerSecond === undefined ? 'all at once' : eventsPerSecond.toFixed(eventsPerSecond < 10 ? 1 : 0)],
    ['Came in', `${counted(chunks, 'piece')}, ${bytes(size)}${isAtOnce ? ' (no streaming seen)' : ''}`],
    ['Ended', exchange.ended],
  ];
  return html`<dl class="measures">
    ${each(
      rows,
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function breachList({ violations, exchange, events }: StreamView): Markup {
  if (violations.length === 0) return nothing;
  const shown = violations.slice(0, 30);
  return html`<ol class="breaches" aria-label="Breaches of the order">
      ${each(shown, ({ at, rule, expected, found }) => html`<li><b>${at < events.length ? `Event ${at}` : 'At the end'}</b>: expected ${expected}, found ${found}. <span class="dim">${grammarRules[rule]}</span></li>`)}
    </ol>
    ${violations.length > shown.length ? html`<p class="more">and ${violations.length - shown.length} more in ${exchange.id}</p>` : nothing}`;
}

function ownFindings({ findings }: ExchangeView): Markup {
  const checks = [...new Set(findings.map(({ verdict }) => verdict.check))];
  if (checks.length === 0) return nothing;
  const outcomes = new Map(findings.map(({ verdict }) => [verdict.check, verdict.outcome]));
  return html`<p>
    Checks with findings here:
    ${each(checks, (check, index) => html`${index === 0 ? '' : ', '}${mark(outcomes.get(check) ?? 'fail')} ${jump(check, check)}`)}
  </p>`;
}

/** Equal neighbours are counted: `12 × text_delta #0`. */
function sequence({ events, violations }: StreamView): Markup {
  const breaches = Map.groupBy(
    violations.map((violation, index) => ({ ...violation, number: index + 1 })),
    ({ at }) => at,
  );
  const items: { readonly text: string; readonly numbers: readonly number[]; count: number }[] = [];
  for (const [at, event] of events.entries()) {
    const text = eventText(event);
    const numbers = (breaches.get(at) ?? []).map(({ number }) => number);
    const last = items.at(-1);
    if (last !== undefined && last.text === text && numbers.length === 0 && last.numbers.length === 0) last.count += 1;
    else items.push({ text, numbers, count: 1 });
  }
  const missing = (breaches.get(events.length) ?? []).map(({ number }) => number);
  if (missing.length > 0) items.push({ text: 'end', numbers: missing, count: 1 });
  const shown = items.slice(0, mostItems).map(({ text, numbers, count }) => {
    const what = html`${count > 1 ? `${count} × ` : ''}${text}`;
    return numbers.length === 0 ? what : html`<mark>${what} ✗${numbers.join(', ✗')}</mark>`;
  });
  const left = items.length - shown.length;
  return joined(left > 0 ? [...shown, html`and ${left} more`] : shown, ' → ');
}

function eventText({ type, index, blockType, deltaType, frame }: ShownEvent): string {
  switch (type) {
    case 'content_block_start':
      return `start ${indexText(index)} ${blockType ?? '?'}`;
    case 'content_block_delta':
      return `${deltaType ?? 'delta'} ${indexText(index)}`;
    case 'content_block_stop':
      return `stop ${indexText(index)}`;
    case 'message_delta':
      return `message_delta ${stopReason(frame.json)}`.trimEnd();
    case '':
      return frame.data === undefined ? 'comment' : `(${frame.event ?? 'no event'}: no type)`;
    default:
      return type;
  }
}

function stopReason(json: unknown): string {
  const delta = isJsonObject(json) ? json['delta'] : undefined;
  const reason = isJsonObject(delta) ? delta['stop_reason'] : undefined;
  return typeof reason === 'string' ? reason : '';
}
