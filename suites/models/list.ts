/** The models list as one page. */
import { type Check, check } from '../model/check.ts';
import { fail, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { modelLists } from '../model/kinds.ts';
import { schemaDeviations } from '../problems.ts';
import { at } from '../reading.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';
import { entriesOf, idsOf } from './lists.ts';
import { modelDocs } from './sources.ts';

const common = { reads: modelLists, probes: ['models-list'], needs: ['models'], source: modelDocs.list } as const;

/** Entries are judged by checks of their own. */
const isOfPage = ({ pointer }: { readonly pointer: string }): boolean => !pointer.startsWith('/data/');

const shape = check({
  ...common,
  id: 'models.list.shape',
  level: 'must',
  layer: 'schema',
  requirement: 'The models list is an object with a data array, a boolean has_more, and first_id and last_id.',
  covers: ['http.route.models-list', 'models.list.shape', 'models.list.no-openai-shape'],
  breaks: [sdkTypescript('a page without has_more ends the list, or never does'), sdkPython('pages are not followed')],
  bugs: ['agentgateway#2235'],
  fix: 'Tell clients by the anthropic-version header, and give them this shape; {"object": "list"} may stay beside it.',
  judge: ({ json }) => verdictOf(schemaDeviations('models-list', json, isOfPage)),
});

const firstAndLast = check({
  ...common,
  id: 'models.list.first-last',
  level: 'must',
  layer: 'semantics',
  requirement: 'first_id and last_id are the ids of the first and the last entry, and null where there is none.',
  covers: ['models.list.first-last', 'sdk.page.last-id'],
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
    if (request.path.includes('_id=')) return notApplicable('a later page may be empty');
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
  after: ['models.list.shape', 'models.item.fields'],
  judge: ({ json }) => {
    const times = entriesOf(json).map((entry) => Date.parse(String(entry['created_at'])));
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

/** Fields that every SDK reads, and those that came in 2026. */
const newFields = /^\/data\/\d+\/(max_input_tokens|max_tokens|capabilities|lifecycle|deprecated_at|retires_at|line)/;

const itemFields = check({
  ...common,
  id: 'models.item.fields',
  level: 'must',
  layer: 'schema',
  requirement: 'A model in the list has type: "model", an id, a display_name, and a created_at in RFC 3339.',
  covers: ['models.item.id', 'models.item.type', 'models.item.display-name', 'models.item.created-at'],
  breaks: [sdkPython('display_name is None, created_at no datetime'), sdkTypescript('display_name is undefined')],
  bugs: ['agentgateway#2235'],
  fix: 'Where the release date is not known, send 1970-01-01T00:00:00Z; a number of seconds is the form of another API.',
  after: ['models.list.shape'],
  judge: ({ json }) => {
    if (entriesOf(json).length === 0) return notApplicable('no model in the list');
    return verdictOf(schemaDeviations('models-list', json, (problem) => !isOfPage(problem) && !newFields.test(problem.pointer)));
  },
});

const itemNewFields = check({
  ...common,
  id: 'models.item.limits-and-capabilities',
  level: 'should',
  layer: 'schema',
  requirement:
    'max_input_tokens and max_tokens of a model are positive integers or null, capabilities an object of the documented shape or null.',
  covers: [
    'models.item.max-input-tokens',
    'models.item.max-tokens',
    'models.item.capabilities',
    'models.item.capabilities-thinking',
    'models.item.capabilities-effort',
    'models.item.lifecycle',
  ],
  breaks: [sdkTypescript('programs that size their prompts by it compare with undefined')],
  after: ['models.list.shape'],
  judge: ({ json }) => {
    const tells = entriesOf(json).some((entry) =>
      ['max_input_tokens', 'max_tokens', 'capabilities', 'lifecycle'].some((field) => (entry[field] ?? undefined) !== undefined),
    );
    if (!tells) return notApplicable('no model tells its limits or capabilities');
    return verdictOf(schemaDeviations('models-list', json, ({ pointer }) => newFields.test(pointer)));
  },
});

export const listChecks: readonly Check[] = [shape, firstAndLast, notEmpty, idsUnique, newestFirst, itemFields, itemNewFields];
