/** The checks that become tests, by area and in the order in which they are best run. */
import { agendaOf } from '../runner/agenda.ts';
import { ConformanceError, type RunOptions } from '../runner/index.ts';
import { offer } from '../runner/offer.ts';
import { checks } from '../suites/catalogue.ts';
import { areaOf, type Check } from '../suites/model/check.ts';

export interface Area {
  readonly name: string;
  readonly checks: readonly Check[];
}

/** @throws ConformanceError `usage` for an area that there is not, or options that leave nothing to run. */
export function selectedChecks(options: RunOptions, areas: readonly string[] | undefined): readonly Area[] {
  const isWanted = wantedBy(areas);
  const { leftOut } = agendaOf(options, offer);
  const selected = checks.filter(({ id }) => !leftOut.has(id) && isWanted(areaOf(id)));
  if (selected.length === 0)
    throw new ConformanceError('usage', 'The selection leaves no check of these areas to run; see "npx messages-conformance list".');
  const grouped = [...Map.groupBy(selected, ({ id }) => areaOf(id))].map(([name, own]) => ({ name, checks: inTwoRows(own) }));
  // A general check waits for everything that is sent, so areas without one come first: their tests end one by one.
  return [...grouped.filter((area) => !area.checks.some(isGeneral)), ...grouped.filter((area) => area.checks.some(isGeneral))];
}

function wantedBy(areas: readonly string[] | undefined): (area: string) => boolean {
  if (areas === undefined) return () => true;
  const known = [...new Set(checks.map(({ id }) => areaOf(id)))];
  const unknown = areas.find((wanted) => !known.some((area) => isOf(area, wanted)));
  if (unknown !== undefined) throw new ConformanceError('usage', `There is no area "${unknown}"; there are ${known.join(', ')}.`);
  return (area) => areas.some((wanted) => isOf(area, wanted));
}

function isOf(area: string, wanted: string): boolean {
  return area === wanted || area.startsWith(`${wanted}.`);
}

function isGeneral({ kind }: Check): boolean {
  return kind === 'general';
}

function inTwoRows(own: readonly Check[]): readonly Check[] {
  return [...own.filter((check) => !isGeneral(check)), ...own.filter(isGeneral)];
}
