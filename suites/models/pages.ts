/** Pages of the models list, as the SDKs walk them: `limit` and `after_id`. */
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { badRequest, judgeRefusal } from '../model/refusal.ts';
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
  reads: { list: 'models-list/list', page: 'models-list/limit-1' },
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
  reads: { list: 'models-list/list', page: 'models-list/limit-1' },
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
  covers: ['models.list.after-id', 'models.list.walk-complete', 'models.list.after-last', 'sdk.page.empty-has-more'],
  breaks: [
    sdkTypescript('a server that ignores after_id and says has_more is asked for ever'),
    sdkPython('the same page comes again and again'),
  ],
  reads: { list: 'models-list/list', page: 'models-list/after-first' },
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

const limitBounds = scenario({
  ...common,
  id: 'models.page.limit-zero',
  level: 'should',
  layer: 'http',
  requirement: 'limit=0 is answered 400.',
  covers: ['models.list.limit-bounds'],
  breaks: [],
  why: 'A page of nothing that says there is more keeps a client asking.',
  after: [...common.after, 'http.json.parses', 'errors.envelope.not-foreign', 'errors.type.matches-status'],
  reads: { control: 'models-list/limit-1', mutant: 'models-list/limit-0' },
  judge: ({ control, mutant }) => judgeRefusal(control, mutant, badRequest),
});

export const pageChecks: readonly Check[] = [limit, hasMore, afterId, limitBounds];
