/** The frame of the pages that hold several records: one file, no network, no script but its own. */
import { createHash } from 'node:crypto';
import { html, Markup, nothing } from '../html/markup.ts';
import { style } from '../html/style.ts';

/** On top of the report's own style: many narrow columns; their heads and the first of them stay in sight. */
const tableStyle = `
header,main.wide,footer{max-width:none}
.wide .scroll{max-height:94vh;overflow:auto}
.wide table{width:auto;min-width:100%}
.wide thead th{min-width:7.2rem;vertical-align:bottom;white-space:normal;position:sticky;top:0;z-index:2;background:var(--bg);box-shadow:0 1px 0 var(--line)}.wide .facts td{color:var(--dim);font-size:.8em}.wide .facts span{display:block;max-width:13rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.wide th:first-child{position:sticky;left:0;background:var(--bg);z-index:1;min-width:17rem;max-width:26rem;white-space:normal}.wide thead th:first-child{z-index:3}
.wide tbody tr:hover th:first-child{background:var(--panel)}
.wide caption{position:sticky;left:0}
.wide td{font-variant-numeric:tabular-nums;font-size:.9em}.wide td.o-inconclusive{color:var(--dim);background:none}
.wide td a,.wide td .below{color:inherit}.wide td .below{white-space:normal}.wide td .below span{white-space:nowrap}
.wide tbody>tr:first-child>*{border-top:2px solid var(--line)}.wide tbody.area>tr:first-child>*{font-weight:600}.wide tbody.area td.dim{font-weight:400}
.wide tbody button{font:inherit;font-weight:600;color:var(--text);background:none;border:0;padding:0 0 0 1.1em;text-indent:-1.1em;cursor:pointer;text-align:left}
.wide tbody button::before{content:"▸";display:inline-block;width:1.1em;text-indent:0;color:var(--dim)}.wide tbody button[aria-expanded=true]::before{content:"▾"}
#all{font:inherit;color:var(--text);background:var(--bg);border:1px solid var(--dim);border-radius:4px;padding:.3rem .7rem;cursor:pointer}
.wide .row th{padding-left:1.8rem;font-weight:400}.wide .row code{overflow-wrap:anywhere}
.wide .level{color:var(--dim);font-size:.85em}
.wide td.found{white-space:normal;min-width:16rem;color:var(--dim)}
@media (max-width:40rem){.wide .facts span{white-space:normal}.wide thead th{min-width:6rem}.wide th:first-child{min-width:8.5rem;max-width:9.5rem}.wide .row code{font-size:.76em}.wide caption{max-width:22rem}.wide .row th{padding-left:.8rem}}
@media print{.wide .scroll{max-height:none}.wide [hidden]{display:table-row}}
`;

export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Source of a function that is called once. */
  readonly script?: string;
  /** Version of the suite. */
  readonly version: string;
}

export function page({ title, body, script, version }: Page): string {
  const styles = style + tableStyle;
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(styles)}'`,
    `script-src ${script === undefined ? "'none'" : `'${hashOf(script)}'`}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="messages-conformance ${version}" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${new Markup(`<style>${styles}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the table</a>
        ${body} ${script === undefined ? nothing : new Markup(`<script>${script}</script>`)}
      </body>
    </html> `.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
