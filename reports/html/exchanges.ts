/** Requests and answers as they were recorded, folded, so that every place of a finding can be looked up. */
import type { Body, RawHeader } from '../../spec/record/index.ts';
import { bytesOf } from './frames.ts';
import { cut } from './excerpt.ts';
import { each, html, jump, type Markup, nothing, wireText } from './markup.ts';
import { bytes, counted, milliseconds } from './numbers.ts';
import type { PageBudget } from './page-budget.ts';
import type { ExchangeView, RunView } from './run-view.ts';

/** Lines of the list. A run has some seven hundred. */
const mostLines = 3000;
/** Characters of a body; more where there is a finding. */
const room = { usual: 3000, found: 9000 } as const;

export function exchangeList({ exchanges }: RunView, budget: PageBudget): Markup {
  const all = [...exchanges.values()].toSorted((a, b) => a.exchange.timing.sent - b.exchange.timing.sent);
  // Room goes to those with findings first; the list keeps the order of the run.
  const contents = new Map<ExchangeView, Markup | undefined>();
  for (const view of all.toSorted((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0))) {
    contents.set(
      view,
      budget.take(() => content(view)),
    );
  }
  const left = all.length - mostLines;
  return html`<section id="exchanges" aria-labelledby="h-exchanges">
    <h2 id="h-exchanges">Exchanges</h2>
    <p>${counted(all.length, 'exchange')} in the order of sending, secrets replaced by stars.</p>
    <details class="list">
      <summary>
        <h3>All exchanges <span class="count">${all.length}</span></h3>
      </summary>
      ${each(all.slice(0, mostLines), (view) => line(view, contents.get(view)))}${left > 0 ? html`<p class="more">${counted(left, 'exchange')} more in the record</p>` : nothing}
    </details>
  </section>`;
}

function line(view: ExchangeView, inside: Markup | undefined): Markup {
  const { id, request, response, timing, ended } = view.exchange;
  const path = request.url.replace(/^\w+:\/\/[^/]*/, '');
  const addresses = view.steps.map(({ address }) => address);
  const others = addresses.length > 3 ? ` and ${addresses.length - 3} more` : '';
  return html`<details class="exchange" id="${id}">
    <summary>
      <code>${id}</code> <span class="status">${response?.status ?? '—'}</span>
      <span class="addr">${addresses.slice(0, 3).join(', ')}${others}</span>
      <span class="dim"
        >${request.method} ${cut(path, 100)} · ${milliseconds(timing.end - timing.sent)}${ended === 'complete' ? '' : ` · ${ended}`}</span
      >
    </summary>
    <div class="body">${inside ?? html`<p class="more">Left out, to keep this page small; the record has it.</p>`}</div>
  </details>`;
}

function content({ exchange, findings, streamFacts }: ExchangeView): Markup {
  const { request, response, problem } = exchange;
  const limit = findings.length > 0 ? room.found : room.usual;
  const checks = [...new Set(findings.map(({ verdict }) => verdict.check))];
  return html`${problem === undefined ? nothing : html`<p class="bad">${problem}</p>`}${checks.length === 0 ? nothing : html`<p>Findings: ${each(checks, (check, index) => html`${index === 0 ? '' : ', '}${jump(check, check)}`)}</p>`}${streamFacts === undefined ? nothing : html`<p>${jump(`stream-${exchange.id}`, 'Timeline of this stream')}</p>`}${message('Request', `${request.method} ${request.url}`, request.headers, request.body, limit)}${response === undefined ? nothing : message('Response', `HTTP ${response.status} ${response.statusText}`, response.headers, response.body, limit)}`;
}

function message(title: string, first: string, headers: readonly RawHeader[], body: Body | undefined, limit: number): Markup {
  const lines = headers.slice(0, 80).map(([name, value]) => `${cut(name, 200)}: ${cut(value, 600)}`);
  const left = headers.length > 80 ? [`… ${counted(headers.length - 80, 'more header')}`] : [];
  const text = [cut(first, 600).trimEnd(), ...lines, ...left].join('\n');
  return html`<figure class="wire">
    <figcaption>
      ${title}${body === undefined ? '' : `, ${bytes(sizeOf(body))}${body.kind === 'text' ? '' : body.kind === 'base64' ? ', not UTF-8' : ', its two ends recorded'}`}
    </figcaption>
    <pre
      tabindex="0"
    ><span class="dim">${wireText(text)}</span>${body === undefined ? nothing : wireText(`\n\n${cut(textOf(body), limit)}`)}</pre>
  </figure>`;
}

function textOf(body: Body): string {
  return body.kind === 'text' ? body.text : bytesOf(body).toString();
}

function sizeOf(body: Body): number {
  return body.kind === 'text' ? Buffer.byteLength(body.text) : body.bytes;
}
