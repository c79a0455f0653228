/** The models list as one page. */
import { asText } from '../../spec/as-text.ts';
import { type Check, check } from '../model/check.ts';
import { fail, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { schemaDeviations } from '../problems.ts';
import { at, isList } from '../reading.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';
import { entriesOf, idsOf, listsAsked, listsOfAnyLength } from './lists.ts';
import { modelDocs } from './sources.ts';

const common = { reads: listsAsked, probes: ['models-list', 'models-pages'], needs: ['models'], source: modelDocs.list } as const;

/** What the lists of other APIs call their models. */
const notForeign = check({
  ...common,
  id: 'models.list.not-foreign',
  level: 'must',
  layer: 'schema',
  requirement: 'A client that sends anthropic-version gets the models list of this API, not that of another one.',
  covers: ['models.list.no-openai-shape'],
  // Claude Code reads the list of OpenAI as well.
  breaks: [sdkTypescript('models.list() gives objects without display_name, and one page only')],
  bugs: ['agentgateway#2235'],
  fix: 'Tell clients apart by the anthropic-version header; {"object": "list"} may stand beside has_more, first_id and last_id.',
  judge: ({ json }) => {
    if (at(json, 'has_more') !== undefined) return pass;
    if (isList(json)) return fail({ pointer: '', expected: 'an object with data', found: 'a bare array' });
    if (at(json, 'object') === 'list') return fail({ pointer: '/object', expected: 'has_more', found: 'the models list of OpenAI' });
    if (isList(at(json, 'models'))) return fail({ pointer: '/models', expected: 'data', found: 'a list of models under another name' });
    return pass;
  },
});

/** Entries are judged by checks of their own. */
const isOfPage = ({ pointer }: { readonly pointer: string }): boolean => !/^\/data\/\d+\//.test(pointer);

const shape = check({
  ...common,
  id: 'models.list.shape',
  level: 'must',
  layer: 'schema',
  requirement: 'The models list is an object with a data array, a boolean has_more, and first_id and last_id.',
  covers: ['http.route.models-list', 'models.list.shape'],
  breaks: [sdkTypescript('a page without has_more ends the list, or never does'), sdkPython('pages are not followed')],
  bugs: ['agentgateway#2235'],
  after: ['models.list.not-foreign'],
  judge: ({ json }) => verdictOf(schemaDeviations('models-list', json, isOfPage)),
});

const firstAndLast = check({
  ...common,
  id: 'models.list.first-last',
  level: 'must',
  layer: 'semantics',
  requirement: 'first_id and last_id are the ids of the first and the last entry, and null where there is none.',
  covers: ['models.list.first-last'],
  breaks: [sdkTypescript('stops after the first page, or asks for the same page for ever')],
  after: ['models.list.shape'],
  judge: ({ json }) => {
    const ids = idsOf(json);
    const ends = { first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null };
    return verdictOf(
      Object.entries(ends).flatMap(([field, expected]) => {
        const found = at(json, field) ?? null;
        return found === expected ? [] : [{ pointer: `/${field}`, expected: shown(expected), found: shown(found) }];
      }),
    );
  },
});

const notEmpty = check({
  ...common,
  id: 'models.list.not-empty',
  level: 'should',
  layer: 'semantics',
  requirement: 'The models list has a model in it.',
  covers: ['models.list.nonempty'],
  breaks: [claudeCode('the model picker stays empty')],
  after: ['models.list.shape'],
  judge: ({ json, request }) => {
    if (/_id=|lifecycle/.test(request.path)) return notApplicable('a later page or a filtered one may be empty');
    return entriesOf(json).length > 0 ? pass : fail({ pointer: '/data', expected: 'a model', found: '[]' });
  },
});

const idsUnique = check({
  ...common,
  id: 'models.list.ids-unique',
  level: 'must',
  layer: 'semantics',
  requirement: 'No id occurs twice in a models list.',
  covers: ['models.list.ids-unique'],
  breaks: [],
  why: 'A client that keeps models by id loses one of the two.',
  after: ['models.list.shape'],
  judge: ({ json }) => {
    const ids = idsOf(json);
    if (ids.length < 2) return notApplicable('fewer than two models');
    const twice = ids.find((id, position) => ids.indexOf(id) !== position);
    return twice === undefined ? pass : fail({ pointer: '/data', expected: 'every id once', found: `${shown(twice)} twice` });
  },
});

const newestFirst = check({
  ...common,
  id: 'models.list.newest-first',
  level: 'should',
  layer: 'semantics',
  requirement: 'The models list begins with the newest release.',
  covers: ['models.list.order'],
  breaks: [],
  why: 'Programs take the first entry for the newest model.',
  after: ['models.list.shape', 'models.item.created-at'],
  judge: ({ json }) => {
    const times = entriesOf(json).map((entry) => Date.parse(asText(entry['created_at'])));
    if (times.length < 2) return notApplicable('fewer than two models');
    const late = times.findIndex((time, position) => position > 0 && time > (times[position - 1] ?? time));
    return late === -1
      ? pass
      : fail({
          pointer: `/data/${late}/created_at`,
          expected: 'a time not after the one before',
          found: shown(entriesOf(json)[late]?.['created_at']),
        });
  },
});

/** The SDKs stop at an empty page whatever it says; hand-written loops do not. */
const emptyEnds = check({
  ...common,
  id: 'models.list.empty-is-last',
  level: 'should',
  layer: 'semantics',
  requirement: 'An empty page says that there is nothing more.',
  covers: ['sdk.page.empty-has-more'],
  breaks: [sdkTypescript('stops there, and misses what has_more promises')],
  after: ['models.list.shape'],
  judge: ({ json }) => {
    if (entriesOf(json).length > 0) return notApplicable('the page is not empty');
    return at(json, 'has_more') === false ? pass : fail({ pointer: '/has_more', expected: 'false', found: shown(at(json, 'has_more')) });
  },
});

const followable = check({
  ...common,
  id: 'models.list.last-id-to-follow',
  level: 'must',
  layer: 'semantics',
  requirement: 'A page that is not the last one names the id behind which the next one begins.',
  covers: ['sdk.page.last-id'],
  breaks: [sdkTypescript('paging stops, and the models behind are lost'), sdkPython('paging stops, and the models behind are lost')],
  after: ['models.list.shape'],
  judge: ({ json }) => {
    if (at(json, 'has_more') !== true) return notApplicable('there is nothing more');
    const last = at(json, 'last_id') ?? null;
    return typeof last === 'string' && last !== '' ? pass : fail({ pointer: '/last_id', expected: 'an id', found: shown(last) });
  },
});

/** Without `limit` a page has this many. */
const defaultLimit = 20;

const defaultPage = check({
  ...common,
  id: 'models.list.default-limit',
  level: 'should',
  layer: 'semantics',
  requirement: 'Without limit a page has at most 20 models.',
  covers: ['models.list.limit-default'],
  breaks: [],
  why: 'A gateway with hundreds of models sends megabytes to every client that only looks for one.',
  after: ['models.list.shape'],
  judge: ({ json, request }) => {
    if (request.path.includes('limit=')) return notApplicable('a limit was asked for');
    const { length } = entriesOf(json);
    if (length > defaultLimit) return fail({ pointer: '/data', expected: `at most ${defaultLimit} models`, found: `${length} models` });
    const isWhole = length < defaultLimit && at(json, 'has_more') !== true;
    return isWhole ? notApplicable(`the server has fewer than ${defaultLimit} models`) : pass;
  },
});

const size = check({
  ...common,
  id: 'models.list.size',
  level: 'should',
  layer: 'transport',
  reads: listsOfAnyLength,
  requirement: 'A page of the models list is short enough to be read at once: less than 1 MiB.',
  covers: ['models.list.limit-default'],
  breaks: [],
  why: 'Agents ask for the list at every start. A page of twenty models has some 20 KB.',
  fix: 'Send pages, 20 models each unless limit says otherwise.',
  judge: ({ ended, exchange }) => {
    if (ended !== 'limit-by-us') return pass;
    const body = exchange.response?.body;
    const found = body?.kind === 'cut' ? `${body.bytes} bytes` : (exchange.problem ?? 'more than this suite reads');
    return fail({ expected: 'less than 1 MiB', found });
  },
});

export const listChecks: readonly Check[] = [
  notForeign,
  shape,
  firstAndLast,
  followable,
  emptyEnds,
  notEmpty,
  idsUnique,
  newestFirst,
  defaultPage,
  size,
];
