/** The head of the page: who was asked, how it went, what the exit code means, which clients can be used, and which optional parts there are. */
import type { ClientReadiness, Obstacle, RunRecord, Target } from '../../spec/record/index.ts';
import { each, html, joined, jump, type Markup, nothing } from './markup.ts';
import { standingOf } from '../standing.ts';
import { milliseconds } from './numbers.ts';
import { outcomeLooks, outcomes, readinessBadge } from './outcomes.ts';

/** In words, for each exit code of a run. */
const exits: Readonly<Record<number, readonly [title: string, meaning: string]>> = {
  0: ['Conformant as asked', 'Nothing failed that the run is held to.'],
  1: ['Not conformant', ''],
  2: ['Not judged', 'The run was configured wrongly: an unknown model, or a key that is missing or refused.'],
  3: ['Not judged', 'The server could not be reached, or nothing could be judged.'],
  4: ['Fault of the suite', 'The suite itself failed; its verdicts are incomplete.'],
  130: ['Interrupted', 'The run was stopped; this is what there was.'],
};

const modelSource: Readonly<Record<Target['modelFrom'], string>> = {
  option: 'as given',
  'models-list': 'first of the models list',
  profile: 'from the profile',
};

export function summary(record: RunRecord): Markup {
  const [title, meaning] = exits[record.exitCode] ?? [`Exit ${record.exitCode}`, ''];
  const like = record.exitCode === 0 ? 'good' : record.exitCode === 1 || record.exitCode === 4 ? 'bad' : 'open';
  return html`<section id="summary" aria-labelledby="h-summary">
    <h2 id="h-summary" class="vh">Summary</h2>
    <p class="verdict ${like}">
      <strong>${title}</strong> <span>${record.exitCode === 1 ? whyNot(record) : meaning} Exit code ${record.exitCode}.</span>
    </p>
    ${record.ended === 'finished' ? nothing : html`<p class="verdict bad"><strong>Ended early</strong> <span>${record.endedBecause ?? record.ended}</span></p>`}${totals(record)}
    <div class="columns">
      <div>
        <h3>Run</h3>
        ${facts(record)}
      </div>
      <div>
        <h3>Clients</h3>
        ${clients(record.readiness)}
      </div>
      <div>
        <h3>Optional parts</h3>
        ${optionalParts(record)}
      </div>
    </div>
  </section>`;
}

/** What makes exit 1. */
function whyNot(record: RunRecord): string {
  const failing = record.verdicts.filter((verdict) => standingOf(verdict, record) === 'failing').length;
  if (failing > 0) return `${failing === 1 ? 'One check' : `${failing} checks`} failed that the run is held to.`;
  return record.ended === 'server-gone'
    ? 'The server stopped answering.'
    : 'The client that was asked for cannot be used, a required part is refused, or the baseline is stale.';
}

function totals({ totals: counts }: RunRecord): Markup {
  return html`<ul class="totals" aria-label="Totals">
    ${each(
      outcomes.filter((outcome) => counts[outcome] > 0 || outcome === 'fail' || outcome === 'pass'),
      (outcome) => {
        const { mark, word } = outcomeLooks[outcome];
        return html`<li class="o-${outcome}${counts[outcome] === 0 ? ' zero' : ''}">
          <a href="#checks" data-outcome="${outcome}"
            ><b>${counts[outcome]}</b> <span><span aria-hidden="true">${mark}</span> ${word}</span></a
          >
        </li>`;
      },
    )}
  </ul>`;
}

function facts({ target, suite, startedAt, durationMs, options, exchanges, baseline }: RunRecord): Markup {
  const rows: readonly (readonly [string, Markup | undefined])[] = [
    ['Target', html`<code>${target.baseUrl}</code>`],
    ['Model', target.model === '' ? html`none known` : html`<code>${target.model}</code> (${modelSource[target.modelFrom]})`],
    ['Profile', target.profile === undefined ? undefined : html`${target.profile}`],
    ['Authentication', html`${target.auth === 'none' ? 'none (no key)' : target.auth}`],
    ['API version', html`${target.apiVersion}`],
    ['Suite', html`${suite.version}, catalogue ${suite.catalogue.slice(0, 8)}`],
    ['Date', html`<time datetime="${startedAt}">${startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`],
    ['Took', html`${milliseconds(durationMs)}, ${exchanges.length} requests`],
    ['Asked for', asked(options)],
    ['Baseline', baseline === undefined ? undefined : baselineFact(baseline)],
  ];
  return html`<dl class="facts">
    ${each(rows, ([name, value]) =>
      value === undefined
        ? nothing
        : html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>`;
}

function baselineFact({ file, entries }: NonNullable<RunRecord['baseline']>): Markup {
  const states = Map.groupBy(entries, ({ state }) => state);
  return html`<code>${file}</code>, ${[...states].map(([state, own]) => `${own.length} ${state}`).join(', ') || 'empty'}`;
}

function asked({ only, skip, level, require, quick, tokenBudget, client }: RunRecord['options']): Markup | undefined {
  const words = [
    ...(quick === true ? ['the quick selection'] : []),
    ...(only.length > 0 ? [`only ${only.join(', ')}`] : []),
    ...(skip.length > 0 ? [`not ${skip.join(', ')}`] : []),
    ...(level === 'may' || level === '' ? [] : [`level ${level}`]),
    ...(require.length > 0 ? [`required: ${require.join(', ')}`] : []),
    ...(tokenBudget === undefined ? [] : [`at most ${tokenBudget} output tokens`]),
    ...(client === undefined ? [] : [`client ${client}`]),
  ];
  return words.length === 0 ? undefined : html`${words.join('; ')}`;
}

function clients(all: readonly ClientReadiness[]): Markup {
  if (all.length === 0) return html`<p class="dim">Not worked out in this run.</p>`;
  return html`<ul class="clients">
    ${each(
      all,
      ({ client, state, blockers, limits, open }) =>
        html`<li>
          ${readinessBadge(state)} <b>${client}</b>${obstacles('Blocks', blockers)}${obstacles('Limits', limits)}${
            open.length === 0
              ? nothing
              : html`<details>
                  <summary>${open.length} not judged</summary>
                  <p>${checkLinks(open)}</p>
                </details>`
          }
        </li>`,
    )}
  </ul>`;
}

function obstacles(title: string, all: readonly Obstacle[]): Markup {
  if (all.length === 0) return nothing;
  const byEffect = [...Map.groupBy(all, ({ effect }) => effect)];
  return html`<details open>
    <summary>${title}: ${byEffect.length}</summary>
    <ul>
      ${each(byEffect.slice(0, 20), ([effect, own]) => html`<li>${effect} <span class="dim">${checkLinks(own.map(({ check }) => check))}</span></li>`)}
    </ul>
  </details>`;
}

function checkLinks(ids: readonly string[]): Markup {
  const shown = ids.slice(0, 12).map((id) => jump(id, id));
  return html`${joined(shown, ', ')}${ids.length > shown.length ? ` and ${ids.length - shown.length} more` : ''}`;
}

const states = { yes: ['✓', 'yes', 'pass'], refused: ['⊘', 'refused', 'unsupported'], unknown: ['?', 'unknown', 'inconclusive'] } as const;

function optionalParts({ capabilities, steps }: RunRecord): Markup {
  if (capabilities.length === 0) return html`<p class="dim">Not worked out in this run.</p>`;
  const exchanges = new Map(steps.map(({ address, exchange }) => [address, exchange]));
  return html`<ul class="capabilities">
    ${each(capabilities, ({ capability, state, address }) => {
      const [sign, word, like] = states[state];
      const exchange = address === undefined ? undefined : exchanges.get(address);
      return html`<li>
        <span class="badge o-${like}"><span aria-hidden="true">${sign}</span> ${word}</span>
        ${exchange === undefined ? capability : jump(exchange, capability)}
      </li>`;
    })}
  </ul>`;
}
