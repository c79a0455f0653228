import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
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

const yes = { supported: true };
const no = { supported: false };
const types = { adaptive: yes, enabled: yes, disabled: yes, between_tools: yes };
/** A model that tells all its capabilities, with some of them changed. */
const able = (changes: Json): Evidence =>
  list(
    model('a', {
      capabilities: {
        batch: no,
        citations: no,
        code_execution: no,
        context_management: no,
        effort: { supported: true, low: yes, medium: yes, high: yes, max: yes },
        image_input: yes,
        pdf_input: no,
        server_tools: no,
        structured_outputs: yes,
        thinking: { supported: true, types },
        ...changes,
      },
    }),
  );
const many = (count: number): readonly Json[] => Array.from({ length: count }, (_, index) => model(`m${index}`));
const three = list(model('c'), model('b'), model('a'));
const long = answer(page([model('c')], { has_more: true }));
const active = list(model('a', { lifecycle: 'active' }));

const badLimit = {
  passes: { 'a 400': { control: two, mutant: refused } },
  fails: { 'a page': [{ control: two, mutant: list() }, '200, it was accepted'] },
  open: { 'a refused control': [{ control: refused, mutant: refused }, 'the same request without the defect was not accepted (400)'] },
} as const;
const handled = {
  passes: { 'a page': { control: two, variant: list() }, 'a refusal': { control: two, variant: refused } },
  fails: { 'a fault': [{ control: two, variant: refusalEvidence(500, error('api_error'), route) }, '500 api_error'] },
} as const;
/** How `use` may turn out, of which `taken` is an answer. */
const usable = (taken: Evidence): Examples => ({
  passes: { 'an answer': { list: two, use: taken } },
  fails: { 'a name that is not known': [{ list: two, use: notFound }, '404 not_found_error'] },
  open: {
    'a fault': [{ list: two, use: refusalEvidence(500, error('api_error')) }, 'the request was answered 500 api_error'],
    'a 200 to anything': [{ list: two, use: jsonEvidence({ ok: true }) }, 'answered 200, but without a Message'],
  },
});

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
    fails: {
      'the list of another API': [openai, 'nothing'],
      'a text as has_more': [answer(page([], { has_more: 'no' })), '"no"'],
      'no first_id and no last_id': [answer({ data: [], has_more: false }), 'nothing'],
    },
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
    open: {
      'a later page': [jsonEvidence(page([]), { ...route, path: '/v1/models?after_id=a' }), 'a later page or a filtered one may be empty'],
    },
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
  'models.list.not-foreign': {
    passes: { 'a page': two, 'both shapes at once': answer(page([model('a')], { object: 'list' })) },
    fails: {
      'the list of OpenAI': [openai, 'the models list of OpenAI'],
      'an array': [answer([model('a')]), 'a bare array'],
      'the list of a runner': [answer({ models: [{ name: 'a' }] }), 'a list of models under another name'],
    },
  },
  'models.list.last-id-to-follow': {
    passes: { 'an id': answer(page([model('a')], { has_more: true })) },
    fails: { 'no id': [answer(page([model('a')], { has_more: true, last_id: null })), 'null'] },
    open: { 'the last page': [two, 'there is nothing more'] },
  },
  'models.list.empty-is-last': {
    passes: { 'an empty page': list() },
    fails: { 'an empty page with more behind it': [answer(page([], { has_more: true })), 'true'] },
    open: { 'a page': [two, 'the page is not empty'] },
  },
  'models.list.default-limit': {
    passes: { 'twenty models': list(...many(20)), 'a first page': answer(page(many(5), { has_more: true })) },
    fails: { 'twenty-one models': [list(...many(21)), '21 models'] },
    open: {
      'a few models': [two, 'the server has fewer than 20 models'],
      'a limit': [jsonEvidence(page(many(21)), { ...route, path: '/v1/models?limit=1000' }), 'a limit was asked for'],
    },
  },
  'models.list.size': {
    passes: { 'a page': two },
    fails: { 'a page without an end': [jsonEvidence(page([]), { ...route, ended: 'limit-by-us' }), 'more than this suite reads'] },
  },
  'models.item.id': {
    passes: { 'an id': two, 'a mistake that another check reports': list(model('a', { created_at: 7 })) },
    fails: { 'an empty id': [list(model('')), '""'], 'no id': [list({ type: 'model' }), 'nothing'] },
    open: { 'no model': [list(), 'no model in the list'] },
  },
  'models.item.type': {
    passes: { model: two },
    fails: { 'no type': [list({ id: 'a', object: 'model' }), 'nothing'], 'another type': [list(model('a', { type: 'llm' })), '"llm"'] },
  },
  'models.item.display-name': {
    passes: { 'a name': two },
    fails: {
      'no name': [list(model('a', { display_name: undefined })), 'nothing'],
      'an empty name': [list(model('a', { display_name: '' })), '""'],
    },
  },
  'models.item.created-at': {
    passes: { 'a time': two, 'the epoch': list(model('a', { created_at: '1970-01-01T00:00:00Z' })) },
    fails: { 'a number of seconds': [list(model('a', { created_at: 1767225600 })), '1767225600'] },
  },
  'models.item.limits': {
    passes: { limits: list(model('a', { max_input_tokens: 32768, max_tokens: null })) },
    fails: {
      'no positive integer': [list(model('a', { max_tokens: 0 })), '0'],
      'a text': [list(model('a', { max_input_tokens: '32k' })), '"32k"'],
    },
    open: { 'a model that tells nothing': [two, 'no model tells its max_input_tokens or max_tokens'] },
  },
  'models.item.limits-fit': {
    passes: { 'a part of the window': list(model('a', { max_input_tokens: 32768, max_tokens: 4096 })) },
    fails: { 'more than the window': [list(model('a', { max_input_tokens: 4096, max_tokens: 32768 })), '32768'] },
    open: { 'one of the limits': [list(model('a', { max_tokens: 4096 })), 'no model tells both limits'] },
  },
  'models.item.capabilities': {
    passes: { 'all of them': able({}), 'a few of them': list(model('a', { capabilities: { batch: yes } })) },
    fails: {
      'a plain true': [able({ image_input: true }), 'true'],
      'a list of names': [list(model('a', { capabilities: ['batch'] })), '["batch"]'],
    },
    open: { 'a model that tells nothing': [two, 'no model tells its capabilities'] },
  },
  'models.item.capabilities-complete': {
    passes: { 'all of them': able({}) },
    fails: { 'all but one': [able({ pdf_input: undefined }), 'nothing'] },
    open: { 'a model that tells nothing': [two, 'no model tells its capabilities'] },
  },
  'models.item.capabilities-thinking': {
    passes: { 'all types': able({}) },
    fails: {
      'the older types': [able({ thinking: { supported: true, types: { adaptive: yes, enabled: yes } } }), 'nothing'],
      'no types': [able({ thinking: { supported: true } }), 'nothing'],
    },
    open: { 'nothing about thinking': [able({ thinking: null }), 'no model tells its capability thinking'] },
  },
  'models.item.capabilities-effort': {
    passes: {
      'all levels': able({}),
      'xhigh as null': able({ effort: { supported: true, low: yes, medium: yes, high: yes, max: yes, xhigh: null } }),
    },
    fails: { 'three levels': [able({ effort: { supported: true, low: yes, medium: yes, high: yes } }), 'nothing'] },
    open: { 'nothing about effort': [able({ effort: null }), 'no model tells its capability effort'] },
  },
  'models.item.capabilities-consistent': {
    passes: {
      'parts of a whole': able({}),
      'no thinking, and the choice not to': able({ thinking: { supported: false, types: { ...types, enabled: no, between_tools: no } } }),
    },
    fails: {
      'a level without effort': [able({ effort: { supported: false, low: yes, medium: no, high: no, max: no } }), '{"supported":true}'],
      'thinking without thinking': [able({ thinking: { supported: false, types } }), '{"supported":true}'],
    },
    open: { 'a model that tells nothing': [two, 'no model tells its capabilities'] },
  },
  'models.item.lifecycle': {
    passes: { 'an active model': list(model('a', { lifecycle: 'active' })) },
    fails: { 'another word': [list(model('a', { lifecycle: 'legacy' })), '"legacy"'] },
    open: { 'a model that tells nothing': [two, 'no model tells its lifecycle'] },
  },
  'models.item.lifecycle-dates': {
    passes: {
      'an active model': list(model('a', { lifecycle: 'active', deprecated_at: null })),
      'a deprecated one': list(
        model('a', { lifecycle: 'deprecated', deprecated_at: '2026-01-01T00:00:00Z', retires_at: '2027-01-01T00:00:00Z' }),
      ),
    },
    fails: {
      'an active model that was deprecated': [
        list(model('a', { lifecycle: 'active', deprecated_at: '2026-01-01T00:00:00Z' })),
        '"2026-01-01T00:00:00Z"',
      ],
      'a retirement before': [
        list(model('a', { lifecycle: 'deprecated', deprecated_at: '2026-01-01T00:00:00Z', retires_at: '2025-01-01T00:00:00Z' })),
        '"2025-01-01T00:00:00Z"',
      ],
    },
  },
  'models.item.line': {
    passes: { 'a line': list(model('a', { line: 'haiku' })), 'a line of tomorrow': list(model('a', { line: 'canto' })) },
    fails: { 'a number': [list(model('a', { line: 4 })), '4'] },
    open: { 'no line': [list(model('a', { line: null })), 'no model tells its line'] },
  },
  'models.list.retired-left-out': {
    passes: { 'an active model': list(model('a', { lifecycle: 'active' })) },
    fails: { 'a retired one': [list(model('a', { lifecycle: 'retired' })), '"retired"'] },
    open: {
      'a filter': [
        jsonEvidence(page([model('a', { lifecycle: 'retired' })]), { ...route, path: '/v1/models?lifecycle[]=retired' }),
        'a filter was asked for',
      ],
    },
  },
  'models.list.lifecycle-filter': {
    passes: { 'a filter that works': { list: active, active, retired: list() } },
    fails: {
      'a filter that is ignored': [{ list: active, active, retired: active }, '"active"'],
      'a filter that is half refused': [{ list: active, active, retired: refused }, 'status 400'],
    },
    open: {
      'models that tell nothing': [{ list: two, active: two, retired: two }, 'no model tells its lifecycle'],
      'a refusal': [{ list: active, active: refused, retired: refused }, 'the filter is refused'],
    },
  },
  'models.route.unknown-query': {
    passes: { 'the list': { control: two, variant: two } },
    fails: { 'a refusal': [{ control: two, variant: refused }, '400 invalid_request_error'] },
  },
  'models.route.trailing-slash': {
    passes: { 'the list': { control: two, variant: two }, 'a 404': { control: two, variant: notFound } },
    fails: { 'a redirect': [{ control: two, variant: jsonEvidence('', { ...route, status: 307 }) }, '307 without an error envelope'] },
  },
  'models.version.missing': {
    passes: { 'a 400': { control: two, mutant: refused } },
    fails: { 'the list': [{ control: two, mutant: two }, '200, it was accepted'] },
    open: { 'the list of another API': [{ control: two, mutant: openai }, 'without the header the list of another API is answered'] },
  },
  'models.version.unknown': {
    passes: { 'a 400': { control: two, mutant: refused } },
    fails: { 'the list': [{ control: two, mutant: two }, '200, it was accepted'] },
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
  'models.page.walk-complete': {
    passes: {
      'the rest': { list: three, rest: list(model('b'), model('a')) },
      'nothing behind one': { list: list(model('a')), rest: list() },
    },
    fails: {
      'one lost': [{ list: three, rest: list(model('a')) }, '["a"]'],
      'another order': [{ list: three, rest: list(model('a'), model('b')) }, '["a","b"]'],
      'the first one again': [{ list: three, rest: three }, '["c","b","a"]'],
    },
    open: {
      'a list of several pages': [{ list: long, rest: two }, 'the whole list does not fit one page'],
      'a refusal': [{ list: three, rest: refused }, 'after_id was answered 400'],
    },
  },
  'models.page.after-last': {
    passes: { 'an empty page': { list: three, page: list() } },
    fails: {
      'the list from its beginning': [{ list: three, page: three }, '3 entries'],
      'a refusal': [{ list: three, page: notFound }, 'status 404'],
    },
    open: { 'a list of several pages': [{ list: long, page: two }, 'the whole list does not fit one page'] },
  },
  'models.page.before-id': {
    passes: {
      'the one before': { list: three, page: list(model('b')) },
      'an empty page before the only one': { list: list(model('a')), page: list() },
    },
    fails: {
      'the first of all': [{ list: three, page: list(model('c')) }, '"c"'],
      'a cursor that is ignored': [{ list: list(model('a')), page: list(model('a')) }, '"a"'],
      'a refusal': [{ list: three, page: refused }, 'status 400'],
    },
    open: { 'a list of several pages': [{ list: long, page: two }, 'the whole list does not fit one page'] },
  },
  'models.page.before-first': {
    passes: { 'an empty page': { page: list() } },
    fails: { 'the whole list': [{ page: two }, '2 entries'], 'a refusal': [{ page: refused }, 'status 400'] },
  },
  'models.page.has-more-backwards': {
    passes: {
      'another one before it': { list: three, page: answer(page([model('b')], { has_more: true })) },
      'nothing before it': { list: two, page: list(model('b')) },
    },
    fails: {
      'another one, unsaid': [{ list: three, page: list(model('b')) }, 'false'],
      'what is behind, not before': [{ list: two, page: answer(page([model('b')], { has_more: true })) }, 'true'],
    },
    open: { 'a refusal': [{ list: three, page: refused }, 'before_id was answered 400'] },
  },
  'models.page.limit-0': badLimit,
  'models.page.limit-1001': badLimit,
  'models.page.limit-negative': badLimit,
  'models.page.limit-text': badLimit,
  'models.page.limit-1000': {
    passes: { 'the list': { control: two, variant: two } },
    fails: { 'a refusal': [{ control: two, variant: refused }, '400 invalid_request_error'] },
  },
  'models.page.unknown-cursor': handled,
  'models.page.both-cursors': handled,
  'models.retrieve.same-as-listed': {
    passes: {
      'the entry': { list: two, one: one(model('a'), 'a') },
      'fields of another API beside it, different ones each time': {
        list: list(model('a', { created: 1767225600, owned_by: 'me' })),
        one: one(model('a', { created: 1767225601 }), 'a'),
      },
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
  'models.retrieve.encoded-id': {
    passes: { 'the model': { list: list(model('org/a:1')), plain: one(model('a'), 'a'), one: one(model('org/a:1'), 'org/a:1') } },
    fails: {
      'a path that is split first': [
        {
          list: list(model('org/a:1')),
          plain: one(model('a'), 'a'),
          one: refusalEvidence(404, error('not_found_error'), { ...route, endpoint: 'model', path: '/v1/models/org%2Fa%3A1' }),
        },
        '404 not_found_error',
      ],
      'an id that stays encoded': [
        { list: list(model('org/a:1')), plain: one(model('a'), 'a'), one: one(model('org%2Fa%3A1'), 'org/a:1') },
        '"org%2Fa%3A1"',
      ],
    },
    open: {
      'a plain id': [{ list: two, plain: one(model('a'), 'a'), one: one(model('a'), 'a') }, 'no listed id needs percent-encoding'],
      'a route that is not there': [
        {
          list: list(model('org/a:1')),
          plain: refusalEvidence(404, error('not_found_error'), { ...route, endpoint: 'model', path: '/v1/models/a' }),
          one: refusalEvidence(404, error('not_found_error'), { ...route, endpoint: 'model', path: '/v1/models/org%2Fa%3A1' }),
        },
        'no model is found by its id (404)',
      ],
    },
  },
  'models.retrieve.alias': {
    passes: { 'the listed model': { list: two, one: one(model('a'), 'alias') } },
    fails: { 'the alias itself': [{ list: two, one: one(model('alias'), 'alias') }, '"alias"'] },
    open: {
      'no alias': [{ list: two, one: one(model('a'), 'a') }, 'no alias is known'],
      'an alias that is not there': [
        { list: two, one: refusalEvidence(404, error('not_found_error'), { ...route, endpoint: 'model', path: '/v1/models/c' }) },
        'there is no alias c',
      ],
    },
  },
  'models.retrieve.unknown': {
    passes: { 'a 404': { list: two, one: notFound } },
    fails: { 'any model': [{ list: two, one: one(model('a'), 'no-such-model-7f3a') }, '200, it was accepted'] },
  },
  'models.usable.messages': usable(jsonEvidence(fixtureMessage)),
  'models.usable.count-tokens': usable(jsonEvidence({ input_tokens: 3 }, { endpoint: 'count-tokens' })),
});
