/** `expected.md`: what the rule asks, where the answer departs from it, and how to see that it is fixed. */
import { block, code, prose } from '../markdown/text.ts';
import { type FindingGroup, groupFindings, placeText } from '../terminal/places.ts';
import { shellQuote } from '../shell-quote.ts';
import { safeText } from '../terminal/safe-text.ts';
import type { Failure } from './failure.ts';

export function expectedText({ verdict, check, exchange, record }: Failure): string {
  return [
    `# ${code(verdict.check)}`,
    '',
    ...(check === undefined ? [] : [prose(check.requirement), '', `Source: <${check.source}>`, '']),
    '## Expected and found',
    '',
    ...findingLines({ verdict }),
    '',
    ...(check?.why === undefined ? [] : ['## Why it matters', '', prose(check.why), '']),
    ...(check === undefined || check.breaks.length === 0
      ? []
      : ['## Who breaks', '', ...check.breaks.map(({ client, effect }) => `- ${prose(client)}: ${prose(effect)}`), '']),
    ...(check?.fix === undefined ? [] : ['## Typical fix', '', prose(check.fix), '']),
    '## See it again',
    '',
    `\`curl.sh\` sends the request of exchange ${code(exchange.id)}; \`response\` is what it was answered. The check alone:`,
    '',
    block([`npx messages-conformance --base-url ${shellQuote(safeText(record.target.baseUrl))} --only ${safeText(verdict.check)}`], 'sh'),
    '',
  ].join('\n');
}

/** Equal findings once, with their places. */
export function findingLines({ verdict: { findings, findingsTotal } }: Pick<Failure, 'verdict'>): readonly string[] {
  const groups = groupFindings(findings).slice(0, 10);
  const shown = groups.reduce((sum, { places }) => sum + Math.max(places.length, 1), 0);
  return [...groups.flatMap(groupLines), ...(findingsTotal > shown ? [`- and ${findingsTotal - shown} more`] : [])];
}

function groupLines({ expected, found, places }: FindingGroup): readonly string[] {
  return [
    `- expected ${code(expected, 1200)}`,
    `- found ${code(found, 1200)}`,
    ...places.slice(0, 3).map((place) => `  - at ${code(placeText(place))}`),
    ...(places.length > 3 ? [`  - and at ${places.length - 3} more places`] : []),
  ];
}
