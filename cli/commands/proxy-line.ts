/** One line for an exchange that passed: what it was, how it ended, and what is wrong with it. */
import { safeText } from '../../reports/index.ts';
import type { Exchange, Verdict } from '../../spec/record/index.ts';

/** Checks named on a line; the report at the end has them all. */
const most = 3;

/** What a client puts into its URL may be anything. */
const longestPath = 80;

export function proxyLine(
  { id, request, response, timing, ended, problem }: Exchange,
  verdicts: readonly Verdict[],
  baseUrl: string,
): string {
  const path = request.url.startsWith(baseUrl) ? request.url.slice(baseUrl.length) : request.url;
  const isAnswered = response !== undefined && ended === 'complete';
  const words = [
    `${id} ${request.method} ${safeText(path.split('?', 1)[0] ?? '', longestPath)} ${response?.status ?? 'no answer'}`,
    `${Math.round(timing.end - timing.sent)} ms`,
    ...(ended === 'complete' ? [] : [safeText(problem ?? ended).replace(/\.$/, '')]),
  ];
  return `${words.join(', ')}${isAnswered || verdicts.length > 0 ? `: ${wrong(verdicts)}` : ''}`;
}

function wrong(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return 'nothing wrong';
  const named = verdicts.slice(0, most).map(({ outcome, check, reason, findings: [first] }) => {
    const what = first === undefined ? (reason ?? '') : `${first.found}, expected ${first.expected}`;
    return `${outcome} ${safeText(check)} (${safeText(what, 160)})`;
  });
  const others = verdicts.length - named.length;
  return [...named, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}
