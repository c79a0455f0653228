/** The HTML report: one file that opens from disk, loads nothing, and runs no script but its own. A pure function of the run record and the catalogue. */
import { createHash } from 'node:crypto';
import type { RunRecord } from '../../spec/record/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { areaTable } from './areas.ts';
import { checkLists } from './checks.ts';
import { exchangeList } from './exchanges.ts';
import { each, html, Markup } from './markup.ts';
import { PageBudget } from './page-budget.ts';
import { pageScript } from './page-script.ts';
import { runView } from './run-view.ts';
import { streamReport } from './stream-report.ts';
import { style } from './style.ts';
import { summary } from './summary.ts';
import { symbolSheet } from './timeline.ts';
import { toolReport } from './tool-report.ts';

/** Characters of the two parts that grow with a run. Checks and tools are bounded by the catalogue. */
const room = { streams: 1_200_000, exchanges: 2_200_000 } as const;

const parts: readonly (readonly [id: string, title: string])[] = [
  ['summary', 'Summary'],
  ['areas', 'Areas'],
  ['checks', 'Checks'],
  ['streams', 'Streams'],
  ['tools', 'Tool use'],
  ['exchanges', 'Exchanges'],
];

/** The whole page. Whatever the server sent stands in it as text. */
export function htmlReport(record: RunRecord, catalogue: Catalogue): string {
  const view = runView(record, catalogue);
  const script = `(${pageScript.toString()})();`;
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="messages-conformance ${record.suite.version}" />
        <link rel="icon" href="data:," />
        <title>Conformance of ${record.target.baseUrl}</title>
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#summary">Skip to the summary</a>
        <header>
          <h1>Messages API conformance</h1>
          <p><code>${record.target.baseUrl}</code> · <code>${record.target.model === '' ? 'no model' : record.target.model}</code></p>
        </header>
        <nav aria-label="Parts of the report">
          <ul>
            ${each(parts, ([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
          </ul>
        </nav>
        <main>
          ${symbolSheet}${summary(record)}${areaTable(view)}${checkLists(view)}${streamReport(view, new PageBudget(room.streams))}${toolReport(view)}${exchangeList(view, new PageBudget(room.exchanges))}
        </main>
        <footer>
          <p>
            messages-conformance ${record.suite.version}. What a server sent stands here as text: control characters and direction marks are
            written out.
          </p>
        </footer>
        ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `;
  return page.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
