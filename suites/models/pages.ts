/** Pages of the models list, as the SDKs walk them: `limit`, `after_id` and `before_id`. Bad limits and cursors: `bounds.ts`. */
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { at, isAccepted } from '../reading.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';
import { entriesOf, idsOf } from './lists.ts';
import { modelDocs } from './sources.ts';

const common = { needs: ['models'], source: modelDocs.list, after: ['models.list.shape'] } as const;

const limit = scenario({
  ...common,
  id: 'models.page.limit',
  level: 'must',
  layer: 'semantics',
  requirement: 'A page has at most as many entries as limit says.',
  covers: ['models.list.limit'],
  breaks: [sdkPython('pages hold more than was asked for')],
  reads: { list: 'models-pages/list', page: 'models-pages/limit-1' },
  judge: ({ list, page }) => {
    if (entriesOf(list.json).length < 2) return notApplicable('the server has one model');
    if (!isAccepted(page)) return fail({ of: page, expected: 'a page of one entry', found: `status ${page.status}` });
    const { length } = entriesOf(page.json);
    return length === 1 ? pass : fail({ of: page, pointer: '/data', expected: 'one entry', found: `${length} entries` });
  },
});

const hasMore = scenario({
  ...common,
  id: 'models.page.has-more',
  level: 'must',
  layer: 'semantics',
  requirement: 'has_more is true where further entries exist, and false where none do.',
  covers: ['models.list.has-more', 'sdk.page.has-more'],
  breaks: [
    sdkTypescript('misses models, or asks for pages for ever'),
    claudeCode('follows no page: what is not on the first one is not found'),
  ],
  reads: { list: 'models-pages/list', page: 'models-pages/limit-1' },
  judge: ({ list, page }) => {
    if (at(list.json, 'has_more') !== false) return inconclusive('the whole list does not fit one page');
    if (!isAccepted(page)) return inconclusive(`limit=1 was answered ${page.status}`);
    const expected = entriesOf(page.json).length < entriesOf(list.json).length;
    const found = at(page.json, 'has_more');
    return found === expected ? pass : fail({ of: page, pointer: '/has_more', expected: String(expected), found: shown(found) });
  },
});

const afterId = scenario({
  ...common,
  id: 'models.page.after-id',
  level: 'must',
  layer: 'semantics',
  requirement: 'after_id gives the entries behind that one, without it; an empty page behind the last.',
  covers: ['models.list.after-id'],
  breaks: [
    sdkTypescript('a server that ignores after_id and says has_more is asked for ever'),
    sdkPython('the same page comes again and again'),
  ],
  reads: { list: 'models-pages/list', page: 'models-pages/after-first' },
  judge: ({ list, page }) => {
    const [, second] = idsOf(list.json);
    if (!isAccepted(page)) return fail({ of: page, expected: 'a page', found: `status ${page.status}` });
    const [found] = idsOf(page.json);
    if (found !== second)
      return fail({
        of: page,
        pointer: '/data/0/id',
        expected: second === undefined ? 'an empty page' : shown(second),
        found: shown(found),
      });
    if (second === undefined && at(page.json, 'has_more') === true)
      return fail({ of: page, pointer: '/has_more', expected: 'false', found: 'true' });
    return pass;
  },
});

const walk = scenario({
  ...common,
  id: 'models.page.walk-complete',
  level: 'must',
  layer: 'semantics',
  requirement: 'The pages behind an entry hold every later one once, in the order of the whole list.',
  covers: ['models.list.walk-complete'],
  breaks: [sdkTypescript('models are lost, or come twice'), sdkPython('models are lost, or come twice')],
  fix: 'Take the position of the cursor in the whole list, in one fixed order.',
  reads: { list: 'models-pages/list', rest: 'models-pages/rest' },
  judge: ({ list, rest }) => {
    if (at(list.json, 'has_more') !== false) return inconclusive('the whole list does not fit one page');
    if (!isAccepted(rest)) return inconclusive(`after_id was answered ${rest.status}`);
    const [expected, found] = [idsOf(list.json).slice(1), idsOf(rest.json)];
    return JSON.stringify(expected) === JSON.stringify(found)
      ? pass
      : fail({ of: rest, pointer: '/data', expected: shown(expected), found: shown(found) });
  },
});

const afterLast = scenario({
  ...common,
  id: 'models.page.after-last',
  // Not stated, but what walking a list comes to.
  level: 'should',
  layer: 'semantics',
  requirement: 'Behind the last entry is an empty page.',
  covers: ['models.list.after-last'],
  breaks: [sdkTypescript('a list that begins again is walked for ever')],
  reads: { list: 'models-pages/list', page: 'models-pages/after-last' },
  judge: ({ list, page }) => {
    if (at(list.json, 'has_more') !== false) return inconclusive('the whole list does not fit one page');
    if (!isAccepted(page)) return fail({ of: page, expected: 'an empty page', found: `status ${page.status}` });
    const { length } = entriesOf(page.json);
    return length === 0 ? pass : fail({ of: page, pointer: '/data', expected: 'an empty page', found: `${length} entries` });
  },
});

const beforeId = scenario({
  ...common,
  id: 'models.page.before-id',
  level: 'should',
  layer: 'semantics',
  requirement: 'before_id gives the entries just before that one, without it, in the order of the whole list.',
  covers: ['models.list.before-id'],
  breaks: [],
  why: 'Lists in user interfaces are scrolled in both directions.',
  reads: { list: 'models-pages/list', page: 'models-pages/before-last' },
  judge: ({ list, page }) => {
    if (at(list.json, 'has_more') !== false) return inconclusive('the whole list does not fit one page');
    if (!isAccepted(page)) return fail({ of: page, expected: 'a page', found: `status ${page.status}` });
    const ids = idsOf(list.json);
    const [expected, found] = [ids.at(-2), idsOf(page.json)[0]];
    if (ids.length > 1 ? found === expected : found === undefined) return pass;
    const wanted = ids.length > 1 ? shown(expected) : 'an empty page';
    return fail({ of: page, pointer: '/data/0/id', expected: wanted, found: shown(found) });
  },
});

const beforeFirst = scenario({
  ...common,
  id: 'models.page.before-first',
  level: 'should',
  layer: 'semantics',
  requirement: 'Before the first entry is an empty page.',
  covers: ['models.list.before-id'],
  breaks: [],
  why: 'A list that is walked backwards comes to its beginning.',
  reads: { page: 'models-pages/before-first' },
  judge: ({ page }) => {
    if (!isAccepted(page)) return fail({ of: page, expected: 'an empty page', found: `status ${page.status}` });
    const { length } = entriesOf(page.json);
    return length === 0 ? pass : fail({ of: page, pointer: '/data', expected: 'an empty page', found: `${length} entries` });
  },
});

const hasMoreBackwards = scenario({
  ...common,
  id: 'models.page.has-more-backwards',
  level: 'should',
  layer: 'semantics',
  requirement: 'With before_id, has_more says whether there are further entries in that direction.',
  covers: ['models.list.has-more', 'sdk.page.has-more'],
  breaks: [sdkTypescript('walking backwards stops too early, or never')],
  after: ['models.list.shape', 'models.page.before-id'],
  reads: { list: 'models-pages/list', page: 'models-pages/before-last' },
  judge: ({ list, page }) => {
    if (at(list.json, 'has_more') !== false) return inconclusive('the whole list does not fit one page');
    if (!isAccepted(page)) return inconclusive(`before_id was answered ${page.status}`);
    const expected = entriesOf(list.json).length > 2;
    const found = at(page.json, 'has_more');
    return found === expected ? pass : fail({ of: page, pointer: '/has_more', expected: String(expected), found: shown(found) });
  },
});

export const pageChecks: readonly Check[] = [limit, hasMore, afterId, walk, afterLast, beforeId, beforeFirst, hasMoreBackwards];
