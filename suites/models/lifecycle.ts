/** Where models are in their life, which of them are listed, and to which line they belong. All of it is optional. */
import { type Check, check, scenario } from '../model/check.ts';
import { type Deviation, notApplicable, shown, verdictOf } from '../model/judgement.ts';
import { isAccepted } from '../reading.ts';
import { common } from './items.ts';
import { entriesOf } from './lists.ts';
import { modelDocs } from './sources.ts';

const stages = ['active', 'deprecated', 'retired'];
const fields = { ...common, level: 'may', layer: 'schema', breaks: [] } as const;

/** A deviation for each entry that tells its lifecycle and breaks the rule. */
function toldWrong(json: unknown, rule: (entry: Readonly<Record<string, unknown>>, at: string) => readonly Deviation[]) {
  const entries = entriesOf(json).map((entry, position) => ({ entry, at: `/data/${position}` }));
  const told = entries.filter(({ entry }) => (entry['lifecycle'] ?? null) !== null);
  if (told.length === 0) return notApplicable('no model tells its lifecycle');
  return verdictOf(told.flatMap(({ entry, at }) => rule(entry, at)));
}

const stage = check({
  ...fields,
  id: 'models.item.lifecycle',
  requirement: 'The lifecycle of a model is active, deprecated or retired.',
  covers: ['models.item.lifecycle'],
  why: 'Programs warn before a model goes away.',
  judge: ({ json }) =>
    toldWrong(json, ({ lifecycle }, at) =>
      stages.some((one) => one === lifecycle) ? [] : [{ pointer: `${at}/lifecycle`, expected: stages.join(', '), found: shown(lifecycle) }],
    ),
});

const dates = check({
  ...fields,
  id: 'models.item.lifecycle-dates',
  requirement: 'deprecated_at is null while a model is active, and the date of its retirement is not before it.',
  covers: ['models.item.lifecycle'],
  why: 'Programs that show the dates announce the end of a model that stays.',
  after: ['models.list.shape', 'models.item.lifecycle'],
  judge: ({ json }) =>
    toldWrong(json, ({ lifecycle, deprecated_at: deprecated = null, retires_at: retires = null }, at) => {
      if (lifecycle === 'active') {
        return deprecated === null ? [] : [{ pointer: `${at}/deprecated_at`, expected: 'null', found: shown(deprecated) }];
      }
      const [from, to] = [deprecated, retires].map((time) => (typeof time === 'string' ? Date.parse(time) : undefined));
      if (from === undefined || to === undefined || to >= from) return [];
      return [{ pointer: `${at}/retires_at`, expected: `a time after ${shown(deprecated)}`, found: shown(retires) }];
    }),
});

const line = check({
  ...fields,
  id: 'models.item.line',
  requirement: 'The line of a model is a word, such as haiku or other, or null.',
  covers: ['models.item.line'],
  why: 'Programs group models by it. New lines may come, so any word is right.',
  judge: ({ json }) => {
    const told = entriesOf(json).flatMap(({ line: value = null }, position) => (value === null ? [] : [{ value, position }]));
    if (told.length === 0) return notApplicable('no model tells its line');
    return verdictOf(
      told
        .filter(({ value }) => typeof value !== 'string' || value === '')
        .map(({ value, position }) => ({ pointer: `/data/${position}/line`, expected: 'a word or null', found: shown(value) })),
    );
  },
});

const noRetired = check({
  ...common,
  id: 'models.list.retired-left-out',
  level: 'may',
  layer: 'semantics',
  requirement: 'Without a filter, retired models are not listed.',
  covers: ['models.list.lifecycle-filter'],
  source: modelDocs.list,
  breaks: [],
  why: 'A user who picks a retired model gets 404 for every request.',
  after: ['models.list.shape', 'models.item.lifecycle'],
  judge: ({ json, request }) => {
    if (request.path.includes('lifecycle')) return notApplicable('a filter was asked for');
    return toldWrong(json, ({ lifecycle }, at) =>
      lifecycle === 'retired' ? [{ pointer: `${at}/lifecycle`, expected: 'active or deprecated', found: '"retired"' }] : [],
    );
  },
});

const filter = scenario({
  id: 'models.list.lifecycle-filter',
  level: 'may',
  layer: 'semantics',
  requirement: 'lifecycle[]=active lists active models only, and lifecycle[]=retired retired ones.',
  covers: ['models.list.lifecycle-filter'],
  source: modelDocs.list,
  breaks: [],
  why: 'A filter that is ignored shows models as what they are not.',
  needs: ['models'],
  after: ['models.list.shape', 'models.item.lifecycle'],
  reads: { list: 'models-list/list', active: 'models-list/lifecycle-active', retired: 'models-list/lifecycle-retired' },
  judge: ({ list, active, retired }) => {
    if (!entriesOf(list.json).some(({ lifecycle = null }) => lifecycle !== null)) return notApplicable('no model tells its lifecycle');
    if (!isAccepted(active) && !isAccepted(retired)) return notApplicable('the filter is refused');
    const pages = [
      { of: active, wanted: 'active' },
      { of: retired, wanted: 'retired' },
    ];
    return verdictOf(
      pages.flatMap(({ of, wanted }) => {
        if (!isAccepted(of)) return [{ of, expected: 'a page', found: `status ${of.status}` }];
        return entriesOf(of.json).flatMap(({ lifecycle = null }, position) =>
          lifecycle === null || lifecycle === wanted
            ? []
            : [{ of, pointer: `/data/${position}/lifecycle`, expected: shown(wanted), found: shown(lifecycle) }],
        );
      }),
    );
  },
});

export const lifecycleChecks: readonly Check[] = [stage, dates, line, noRetired, filter];
