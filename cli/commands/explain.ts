/** `conformance explain ID`: everything the catalogue knows about a check, and how to see it for oneself. */
import { catalogue, type Catalogue, type CheckInfo } from '../../reports/catalogue.ts';
import { hanging } from '../../reports/terminal/wrap.ts';
import { openConsole } from '../console.ts';
import { programName } from '../hints.ts';
import { nearestTo, UsageError } from '../usage-error.ts';

/** @throws UsageError for an id that no check has. */
export function explainCommand(id: string): void {
  const terminal = openConsole();
  terminal.out(explanation(id, catalogue, terminal.width ?? 100));
}

/** @throws UsageError */
export function explanation(id: string, { checks, probes }: Catalogue, width: number): string {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) {
    const nearest = nearestTo(
      id,
      checks.map((one) => one.id),
    );
    const isArea = checks.some((one) => one.id.startsWith(`${id}.`));
    if (isArea) throw new UsageError(`There is no check "${id}"; its checks are listed by ${programName} list --only "${id}.*".`);
    throw new UsageError(
      `There is no check "${id}"; ${nearest === undefined ? `"${programName} list" names them all.` : `did you mean ${nearest}?`}`,
    );
  }
  const row = (name: string, text: string | undefined): readonly string[] =>
    text === undefined || text === '' ? [] : hanging(name.padEnd(12), text, width);
  const titles = new Map(probes.map((probe) => [probe.id, probe.title]));
  const lines = [
    check.id,
    '',
    ...row('requires', check.requirement),
    ...row('level', `${check.level} (${meanings[check.level]})`),
    ...row('layer', check.layer),
    ...row('why', check.why),
    ...check.breaks.flatMap(({ client, effect }) => row('breaks', `${client}: ${effect}`)),
    ...row('bugs', check.bugs?.join(', ')),
    ...row('fix', check.fix),
    ...row('needs', check.needs?.join(', ')),
    ...row('parts', check.parts && `${check.parts.join(', ')} (where one of them is refused, so may be the whole)`),
    ...row('source', check.source),
    ...row('covers', check.covers.join(', ')),
    ...row('since', check.since),
    ...row('quarantined', check.quarantined && `${check.quarantined.reason} (${check.quarantined.link})`),
    ...check.probes.flatMap((probe) => row('probe', `${probe}: ${titles.get(probe) ?? 'no title'}`)),
    '',
    `try it      ${programName} --base-url http://127.0.0.1:8000 --only ${check.id} --verbose`,
    ...hanging('            ', 'A failure prints the curl command of its exact request. A plain request to start from:', width),
    ...sampleCurl(check).map((line) => `            ${line}`),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

const meanings = { must: 'a failure makes exit 1', should: 'a failure is a warning', may: 'a failure is information' } as const;

/** A request to the route that the check is about; never wrapped, to be copied. */
function sampleCurl({ area, probes }: CheckInfo): readonly string[] {
  const base = 'curl -sS -i';
  if (area === 'models' || area === 'model') return [`${base} http://127.0.0.1:8000/v1/models -H 'anthropic-version: 2023-06-01'`];
  const isStream = area.startsWith('stream') || probes.every((probe) => probe.includes('stream'));
  const isCount = area === 'count-tokens';
  const body = {
    model: 'NAME',
    ...(isCount ? {} : { max_tokens: 64 }),
    ...(isStream && !isCount ? { stream: true } : {}),
    messages: [{ role: 'user', content: 'Hello' }],
  };
  return [
    `${base}${isStream && !isCount ? ' -N' : ''} http://127.0.0.1:8000/v1/messages${isCount ? '/count_tokens' : ''} \\`,
    `  -H 'content-type: application/json' -H 'anthropic-version: 2023-06-01' \\`,
    `  --data-raw '${JSON.stringify(body)}'`,
  ];
}
