import type { Evidence } from '../model/evidence.ts';
import { jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

type Json = Readonly<Record<string, unknown>>;

const model = (id: string, more: Json = {}): Json => ({ id, type: 'model', display_name: id, created_at: '2026-01-01T00:00:00Z', ...more });
const page = (data: readonly Json[], more: Json = {}): Json => ({
  data,
  has_more: false,
  first_id: data[0]?.['id'] ?? null,
  last_id: data.at(-1)?.['id'] ?? null,
  ...more,
});
const route = { endpoint: 'models', method: 'GET', path: '/v1/models' } as const;
const answer = (body: unknown): Evidence => jsonEvidence(body, route);
const list = (...data: readonly Json[]): Evidence => answer(page(data));
const error = (type: string) => ({ type: 'error', error: { type, message: 'no' } });
const refused = refusalEvidence(400, error('invalid_request_error'), route);
const notFound = refusalEvidence(404, error('not_found_error'), { ...route, endpoint: 'model' });
const two = list(model('b'), model('a'));
const openai = answer({ object: 'list', data: [{ id: 'a', object: 'model', created: 1767225600 }] });
const one = (body: unknown, id: string): Evidence =>
  jsonEvidence(body, { endpoint: 'model', method: 'GET', path: `/v1/models/${encodeURIComponent(id)}` });

/** Another exchange than that of the list. */
const elsewhere = (evidence: Evidence): Evidence => ({ ...evidence, exchange: { ...evidence.exchange, id: 'x2' } });

describeExamples(checks, {
  'models.route.canonical': {
    passes: { 'the list itself': { canonical: openai, list: openai }, 'the same at two paths': { canonical: elsewhere(two), list: two } },
    fails: {
      'nothing there': [{ canonical: elsewhere(notFound), list: two }, 'status 404'],
      'the list of another API there': [{ canonical: elsewhere(openai), list: two }, 'nothing'],
    },
  },
  'models.list.shape': {
    passes: { 'a page': two, 'the fields of another API beside ours': answer(page([model('a')], { object: 'list' })) },
    fails: { 'the list of another API': [openai, 'nothing'], 'a text as has_more': [answer(page([], { has_more: 'no' })), '"no"'] },
  },
  'models.list.first-last': {
    passes: { 'a page': two, 'an empty page': list() },
    fails: {
      'no first_id': [answer(page([model('a')], { first_id: null })), 'null'],
      'another last_id': [answer(page([model('a')], { last_id: 'b' })), '"b"'],
    },
  },
  'models.list.not-empty': {
    passes: { 'a model': two },
    fails: { 'no model': [list(), '[]'] },
    open: { 'a later page': [jsonEvidence(page([]), { ...route, path: '/v1/models?after_id=a' }), 'a later page may be empty'] },
  },
  'models.list.ids-unique': {
    passes: { 'two ids': two },
    fails: { 'one id twice': [list(model('a'), model('a')), '"a" twice'] },
    open: { 'one model': [list(model('a')), 'fewer than two models'] },
  },
  'models.list.newest-first': {
    passes: { 'the newest first': list(model('b', { created_at: '2026-02-01T00:00:00Z' }), model('a')), 'the same date': two },
    fails: { 'the oldest first': [list(model('a'), model('b', { created_at: '2026-02-01T00:00:00Z' })), '"2026-02-01T00:00:00Z"'] },
    open: { 'one model': [list(model('a')), 'fewer than two models'] },
  },
  'models.item.fields': {
    passes: { 'a model': two, 'wrong limits, which another check reports': list(model('a', { max_tokens: 'many' })) },
    fails: {
      'a number of seconds': [list(model('a', { created_at: 1767225600 })), '1767225600'],
      'the model of another API': [list({ id: 'a', object: 'model' }), 'nothing'],
    },
    open: { 'no model': [list(), 'no model in the list'] },
  },
  'models.item.limits-and-capabilities': {
    passes: { limits: list(model('a', { max_input_tokens: 32768, max_tokens: null })) },
    fails: { 'no positive integer': [list(model('a', { max_tokens: 0 })), '0'] },
    open: { 'a model that tells nothing': [two, 'no model tells its limits or capabilities'] },
  },
  'models.page.limit': {
    passes: { 'one entry': { list: two, page: list(model('b')) } },
    fails: {
      'a limit that is ignored': [{ list: two, page: two }, '2 entries'],
      'an empty page': [{ list: two, page: list() }, '0 entries'],
      'a refusal': [{ list: two, page: refused }, 'status 400'],
    },
    open: { 'one model': [{ list: list(model('a')), page: list(model('a')) }, 'the server has one model'] },
  },
  'models.page.has-more': {
    passes: {
      'more to come': { list: two, page: answer(page([model('b')], { has_more: true })) },
      'nothing more': { list: list(model('a')), page: list(model('a')) },
    },
    fails: {
      'more to come, unsaid': [{ list: two, page: list(model('b')) }, 'false'],
      'nothing more, unsaid': [{ list: list(model('a')), page: answer(page([model('a')], { has_more: true })) }, 'true'],
    },
    open: {
      'a list of several pages': [
        { list: answer(page([model('a')], { has_more: true })), page: two },
        'the whole list does not fit one page',
      ],
      'a refusal': [{ list: two, page: refused }, 'limit=1 was answered 400'],
    },
  },
  'models.page.after-id': {
    passes: {
      'the next entry': { list: two, page: list(model('a')) },
      'an empty page behind the last': { list: list(model('a')), page: list() },
    },
    fails: {
      'the same entry again': [{ list: two, page: list(model('b')) }, '"b"'],
      'the only entry again': [{ list: list(model('a')), page: list(model('a')) }, '"a"'],
      'an empty page that says there is more': [{ list: list(model('a')), page: answer(page([], { has_more: true })) }, 'true'],
      'a refusal': [{ list: two, page: refused }, 'status 400'],
    },
  },
  'models.page.limit-zero': {
    passes: { 'a 400': { control: list(model('a')), mutant: refused } },
    fails: { 'a page': [{ control: list(model('a')), mutant: list() }, '200, it was accepted'] },
  },
  'models.retrieve.same-as-listed': {
    passes: {
      'the entry': { list: two, one: one(model('a'), 'a') },
      'an encoded id': { list: list(model('org/a:1', { max_tokens: null })), one: one(model('org/a:1'), 'org/a:1') },
    },
    fails: {
      'another date each time': [
        { list: two, one: one(model('a', { created_at: '2026-01-02T00:00:00Z' }), 'a') },
        '"2026-01-02T00:00:00Z"',
      ],
      'no such model': [
        { list: two, one: refusalEvidence(404, error('not_found_error'), { ...route, endpoint: 'model', path: '/v1/models/a' }) },
        '404 not_found_error',
      ],
      'a list': [
        { list: two, one: one([model('a')], 'a') },
        '[{"id":"a","type":"model","display_name":"a","created_at":"2026-01-01T00:00:00Z"}]',
      ],
    },
    open: { 'a model that is not listed': [{ list: two, one: one(model('c'), 'c') }, 'the list has no c'] },
  },
  'models.retrieve.unknown': {
    passes: { 'a 404': { list: two, one: notFound } },
    fails: { 'any model': [{ list: two, one: one(model('a'), 'no-such-model-7f3a') }, '200, it was accepted'] },
  },
});
