/** Every check with its verdict, worst first: what it asks, what was found and where, who suffers, how to see it again, and what helps. */
import type { Outcome, RunRecord, Verdict } from '../../spec/record/index.ts';
import type { CheckInfo } from '../catalogue.ts';
import { curl } from '../curl.ts';
import { type FindingGroup, groupFindings, placeText } from '../terminal/places.ts';
import { bugLink } from './bug-links.ts';
import { excerpt } from './excerpt.ts';
import { each, html, joined, jump, link, type Markup, nothing, wireText } from './markup.ts';
import { badge, outcomeLooks, outcomes } from './outcomes.ts';
import type { RunView } from './run-view.ts';

/** Different findings shown of a check, and places of a finding; the others are counted. */
const most = { groups: 4, places: 5 } as const;

/** Characters; a request with a body of usual size has a few hundred. */
const longestCommand = 12_000;

/** Lists that are open when the page is: what a reader came for. */
const openLists: ReadonlySet<Outcome> = new Set(['fail', 'harness-error', 'warn']);

export function checkLists(view: RunView): Markup {
  const { verdicts } = view.record;
  return html`<section id="checks" aria-labelledby="h-checks">
    <h2 id="h-checks">Checks</h2>
    ${searchForm(view)}${each(outcomes, (outcome) => {
      const own = verdicts.filter((verdict) => verdict.outcome === outcome);
      if (own.length === 0) return nothing;
      return html`<details class="list" ${openLists.has(outcome) ? html` open` : nothing}>
        <summary>
          <h3>${badge(outcome)} ${outcomeLooks[outcome].plural} <span class="count">${own.length}</span></h3>
        </summary>
        ${each(own, (verdict, index) => check(verdict, view, openLists.has(outcome) && index < 12))}
      </details>`;
    })}
    <p id="no-check" hidden>No check fits.</p>
  </section>`;
}

function option(value: string): Markup {
  return html`<option>${value}</option>`;
}

/** Works with the page's script, and is not shown without it. */
function searchForm({ record, checks }: RunView): Markup {
  const present = outcomes.filter((outcome) => record.totals[outcome] > 0);
  const areas = [...new Set(record.verdicts.map(({ check: id }) => checks.get(id)?.area ?? 'unknown'))];
  return html`<form id="search" role="search" aria-label="Checks" hidden>
    <label>Search <input type="search" id="q" placeholder="id, requirement, finding …" autocomplete="off" aria-keyshortcuts="/" /></label
    ><label
      >Area
      <select id="area">
        <option value="">all</option>
        ${each(areas, option)}
      </select></label
    ><label
      >Level
      <select id="level">
        <option value="">all</option>
        ${each(['must', 'should', 'may'], option)}
      </select></label
    >
    <fieldset>
      <legend>Outcome</legend>
      ${each(present, (outcome) => html`<label class="chip"><input type="checkbox" name="outcome" value="${outcome}" checked />${outcomeLooks[outcome].word}</label>`)}
    </fieldset>
    <button type="reset">Show all</button>
    <p id="shown" role="status"></p>
  </form>`;
}

function check(verdict: Verdict, view: RunView, isOpen: boolean): Markup {
  const { check: id, level, outcome, reason, known, quarantined, judged } = verdict;
  const info = view.checks.get(id);
  const facts = [
    ...(reason === undefined ? [] : [fact('Reason', html`${reason}`)]),
    ...(known === undefined
      ? []
      : [
          fact(
            'Known',
            html`${known.reason}${known.link === undefined ? nothing : html` (${link(known.link, known.link)})`}${known.expires === undefined ? '' : `, until ${known.expires}`}`,
          ),
        ]),
    ...(quarantined === undefined ? [] : [fact('Quarantined', html`${quarantined.reason} (${link(quarantined.link, quarantined.link)})`)]),
  ];
  return html`<details
    class="check"
    id="${id}"
    data-outcome="${outcome}"
    data-level="${level}"
    data-area="${info?.area ?? 'unknown'}"
    ${isOpen ? html` open` : nothing}
  >
    <summary>
      ${badge(outcome)} ${accepted(verdict)}<span class="level">${level}</span> <code>${id}</code
      ><span class="req">${info?.requirement ?? 'A check that this version does not know.'}</span>
    </summary>
    <div class="body">
      <dl>${facts}</dl>
      ${findings(verdict, view)}
      <dl>
        ${info === undefined ? nothing : about(info)}${fact('Judged', html`${judged === 1 ? 'one exchange' : `${judged} exchanges`}${info === undefined ? '' : ` of ${info.probes.join(', ')}`} · ${jump(id, 'link to this check')}`)}
      </dl>
    </div>
  </details>`;
}

/** Shown, but not gating. */
function accepted({ known, quarantined }: Verdict): Markup {
  if (known === undefined && quarantined === undefined) return nothing;
  return html`<span class="badge o-info">${known === undefined ? 'quarantined' : 'known'}</span> `;
}

function fact(name: string, value: Markup): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function about({ layer, since, source, why, breaks, bugs = [], fix, needs = [], covers }: CheckInfo): readonly Markup[] {
  return [
    ...(breaks.length === 0
      ? []
      : [
          fact(
            'Who breaks',
            html`<ul>
              ${each(breaks, ({ client, effect }) => html`<li><b>${client}</b>: ${effect}</li>`)}
            </ul>`,
          ),
        ]),
    ...(why === undefined ? [] : [fact('Why', html`${why}`)]),
    ...(fix === undefined ? [] : [fact('Typical fix', html`${fix}`)]),
    ...(bugs.length === 0 ? [] : [fact('Known bugs', joined(bugs.map(bugLink), ', '))]),
    fact('Source', link(source, source.replace(/^https?:\/\//, ''))),
    fact(
      'About',
      html`${layer} layer, since
      ${since}${needs.length === 0 ? '' : `, needs ${needs.join(', ')}`}${covers.length === 0 ? '' : `; covers ${covers.join(', ')}`}`,
    ),
  ];
}

function findings(verdict: Verdict, view: RunView): Markup {
  const groups = groupFindings(verdict.findings);
  if (groups.length === 0) return nothing;
  const shown = groups.slice(0, most.groups);
  const unseen = verdict.findingsTotal - shown.reduce((sum, { places }) => sum + Math.max(1, places.length), 0);
  return html`${each(shown, (group) => finding(group, view))}${unseen > 0 ? html`<p class="more">and ${unseen} more in the record</p>` : nothing}${reproduction(groups, view)}`;
}

function finding({ expected, found, places }: FindingGroup, view: RunView): Markup {
  const [first] = places;
  const seen = first === undefined ? undefined : view.exchanges.get(first.exchange);
  const others = places.length - most.places;
  const where = places
    .slice(0, most.places)
    .map((place) =>
      view.exchanges.has(place.exchange)
        ? html`<li>
            ${jump(place.exchange, placeText(place))}${view.exchanges.get(place.exchange)?.streamFacts === undefined ? nothing : html` · ${jump(`stream-${place.exchange}`, 'timeline')}`}
          </li>`
        : html`<li>${placeText(place)}</li>`,
    );
  return html`<div class="finding">
    <dl class="pair">
      <div>
        <dt>Expected</dt>
        <dd>${expected}</dd>
      </div>
      <div>
        <dt>Found</dt>
        <dd class="bad">${found}</dd>
      </div>
    </dl>
    ${first === undefined || seen === undefined ? nothing : excerpt(first, seen)}${
      where.length === 0
        ? nothing
        : html`<ul class="where" aria-label="Where">
            ${where}${others > 0 ? html`<li>and at ${others} more places</li>` : nothing}
          </ul>`
    }
  </div>`;
}

function reproduction(groups: readonly FindingGroup[], { record, exchanges }: RunView): Markup {
  const id = groups.flatMap(({ places }) => places)[0]?.exchange;
  const seen = id === undefined ? undefined : exchanges.get(id);
  return seen === undefined ? nothing : curlFigure(seen.exchange, record);
}

/** The command that sends a request again. */
function curlFigure(exchange: RunRecord['exchanges'][number], { target }: RunRecord): Markup {
  const { parts, note } = curl(exchange, { hasKey: target.auth !== 'none' });
  const command = parts.join(' \\\n  ');
  // Half a command would be worse than none.
  if (command.length > longestCommand)
    return html`<p class="more">The request is too long for a command line; it is in the record as ${exchange.id}.</p>`;
  return html`<figure class="curl">
    <figcaption>See it again${note === undefined ? '' : ` (${note})`}</figcaption>
    <pre tabindex="0">${wireText(command)}</pre>
  </figure>`;
}
