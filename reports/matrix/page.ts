/** The frame of the pages that hold several records: one file, no network, no script but its own. */
import { createHash } from 'node:crypto';
import { html, Markup, nothing } from '../html/markup.ts';
import { style } from '../html/style.ts';

/** On top of the report's own style: many narrow columns, the first of which stays in sight. */
const tableStyle = `
header,main.wide,footer{max-width:none}
.wide table{width:auto;min-width:100%}
.wide thead th{min-width:6.5rem;vertical-align:bottom}.wide thead th .dim{display:block;font-weight:400;font-size:.85em}
.wide th:first-child{position:sticky;left:0;background:var(--bg);z-index:1;min-width:19rem;max-width:26rem;white-space:normal}
.wide tbody tr:hover th:first-child{background:var(--panel)}
.wide td{white-space:nowrap;font-variant-numeric:tabular-nums}
.wide td.o-pass,.wide td.o-fail,.wide td.o-warn,.wide td.o-info,.wide td.o-harness-error,.wide td.o-inconclusive,.wide td.o-unsupported,.wide td.o-not-applicable,.wide td.o-skipped{background-clip:padding-box;font-size:.9em}
.wide td a,.wide td .below{color:inherit}
.wide tbody>tr:first-child>*{border-top:2px solid var(--line)}.wide tbody.area>tr:first-child>*{font-weight:600}
.wide button{font:inherit;font-weight:600;color:var(--text);background:none;border:0;padding:0;cursor:pointer;text-align:left}
.wide button::before{content:"▸";display:inline-block;width:1.1em;color:var(--dim)}.wide button[aria-expanded=true]::before{content:"▾"}
.wide .row th{padding-left:1.8rem;font-weight:400}.wide .row code{overflow-wrap:anywhere}
.wide .level{color:var(--dim);font-size:.85em}
.wide td.found{white-space:normal;min-width:16rem;color:var(--dim);font-size:.9em}
@media (max-width:40rem){.wide th:first-child{min-width:8.5rem;max-width:9.5rem}.wide thead th{min-width:5rem}.wide td{white-space:normal}.wide .row code{font-size:.76em}.wide caption{position:sticky;left:0;max-width:22rem}.wide .row th{padding-left:.8rem}}
@media print{.wide [hidden]{display:table-row}}
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
