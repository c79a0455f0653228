import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const accepted = jsonEvidence(fixtureMessage);
const streamed = streamEvidence(fixtureEvents);
const badRequest = { type: 'error', error: { type: 'invalid_request_error', message: 'anthropic-beta: unknown' }, request_id: 'req_01' };
const refused = refusalEvidence(400, badRequest);
const notFound = { type: 'error', error: { type: 'not_found_error', message: 'No such path' } };
const html = '<!doctype html><title>Not Found</title>';
const withId = (evidence: Evidence, id: string): Evidence => ({ ...evidence, header: (name) => (name === 'request-id' ? id : undefined) });
const withoutHeaders = { headers: [] } as const;
const reset: Evidence = { ...accepted, ended: 'reset', exchange: { ...accepted.exchange, ended: 'reset', problem: 'other side closed' } };
const unanswered: Evidence = { ...reset, status: undefined, exchange: { ...reset.exchange, connection: { id: 1, reused: true } } };

const first = (evidence: Evidence): Evidence => ({ ...evidence, preflight: true });

/** A request that has to be accepted because its control is. */
const acceptance = {
  passes: { 'a request taken like its control': { control: accepted, variant: accepted } },
  fails: { 'a request refused unlike its control': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a request refused like its control': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
} as const;

const withHeaders = (...headers: readonly (readonly [string, string])[]): Evidence => jsonEvidence(fixtureMessage, { headers });
const limits = (limit: string, remaining: string, at: string): Evidence =>
  withHeaders(
    ['anthropic-ratelimit-requests-limit', limit],
    ['anthropic-ratelimit-requests-remaining', remaining],
    ['anthropic-ratelimit-requests-reset', at],
  );
const streamWith = (...headers: readonly (readonly [string, string])[]): Evidence =>
  streamEvidence(fixtureEvents, { headers: [['content-type', 'text/event-stream'], ...headers] });

const allowing = (names: string): readonly (readonly [string, string])[] => [
  ['access-control-allow-origin', '*'],
  ['access-control-allow-headers', names],
];

const gzip = streamWith(['content-encoding', 'gzip']);
/** A stream in two pieces that came at these times. */
const arriving = (evidence: Evidence, from: number, to: number): Evidence => {
  const { response, ...exchange } = evidence.exchange;
  const chunks = [from, to].map((at, offset) => ({ offset, at }));
  return {
    ...evidence,
    exchange: { ...exchange, ...(response && { response: { ...response, chunks } }), timing: { sent: 0, headers: 1, end: to } },
  };
};

/** Evidence as that step of a probe. */
const as = (address: string, evidence: Evidence): Evidence => {
  const [probe = '', step = ''] = address.split('/');
  return { ...evidence, steps: [{ address, probe, step, attempt: 1, last: true, exchange: 'x1' }] };
};
const failure = refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'Internal server error' } });
const silent: Evidence = {
  ...reset,
  status: undefined,
  ended: 'timed-out-by-us',
  exchange: { ...reset.exchange, ended: 'timed-out-by-us', problem: 'No byte for 120000 ms.' },
};

/** What a server may take or refuse, as long as it answers. */
const cleanAnswer = (address: string): Examples => ({
  passes: { 'an answer': as(address, accepted), 'a 400': as(address, refused), 'a 404': as(address, refusalEvidence(404, notFound)) },
  fails: {
    'an internal error': [as(address, failure), '500 api_error'],
    'a 404 of another API': [as(address, refusalEvidence(404, { detail: 'Not Found' })), '404 without an error type'],
    silence: [as(address, silent), 'No byte for 120000 ms.'],
  },
  open: {
    'a broken connection': [as(address, { ...reset, status: undefined }), 'no complete answer: other side closed'],
    'a busy server': [{ ...refused, steps: as(address, refused).steps.map((step) => ({ ...step, busy: true })) }, 'server busy'],
  },
});

/** What a server has to refuse. */
const mustRefuse = (address: string): Examples => ({
  passes: { 'a 400': as(address, refused) },
  fails: { 'an answer': [as(address, accepted), '200, it was accepted'], 'an internal error': [as(address, failure), '500 api_error'] },
});

describeExamples(checks, {
  'http.response.organization-id': {
    passes: { 'an id': withHeaders(['anthropic-organization-id', 'org-1']) },
    fails: { 'an empty one': [withHeaders(['anthropic-organization-id', '']), '""'] },
    open: { 'no header': [accepted, 'no anthropic-organization-id header'] },
  },
  'http.response.workspace-id': {
    passes: { 'an id': withHeaders(['anthropic-workspace-id', 'wrkspc_01A']) },
    fails: { 'another id': [withHeaders(['anthropic-workspace-id', 'default']), '"default"'] },
    open: { 'no header': [accepted, 'no anthropic-workspace-id header'] },
  },
  'http.response.should-retry': {
    passes: { 'a no': withHeaders(['x-should-retry', 'false']), 'a yes': withHeaders(['x-should-retry', 'true']) },
    fails: { 'a number': [withHeaders(['x-should-retry', '0']), '"0"'] },
    open: { 'no header': [accepted, 'no x-should-retry header'] },
  },
  'http.response.ratelimit-headers': {
    passes: { 'a triple': limits('50', '49', '2026-11-21T10:00:00Z') },
    fails: {
      'more remaining than the limit': [limits('50', '51', '2026-11-21T10:00:00Z'), 'limit "50", remaining "51"'],
      'a count that is none': [limits('many', '1', '2026-11-21T10:00:00Z'), 'limit "many", remaining "1"'],
      'seconds for a time': [limits('50', '49', '60'), '"60"'],
      'half a triple': [withHeaders(['anthropic-ratelimit-tokens-limit', '1']), 'no remaining, no reset'],
    },
    open: { 'no headers': [accepted, 'no anthropic-ratelimit header'] },
  },
  'http.response.tier-headers': {
    passes: {
      'a triple': withHeaders(
        ['anthropic-priority-input-tokens-limit', '10'],
        ['anthropic-priority-input-tokens-remaining', '10'],
        ['anthropic-priority-input-tokens-reset', '2026-11-21T10:00:00.5+01:00'],
      ),
    },
    fails: { 'half a triple': [withHeaders(['anthropic-fast-output-tokens-reset', 'soon']), 'no limit, no remaining'] },
    open: { 'no headers': [accepted, 'no header of a service tier'] },
  },
  'http.response.retry-after': {
    passes: { seconds: refusalEvidence(429, badRequest, { headers: [['retry-after', '7']] }) },
    fails: {
      'no header': [refusalEvidence(429, badRequest), 'none'],
      'a date': [
        refusalEvidence(429, badRequest, { headers: [['retry-after', 'Sat, 21 Nov 2026 10:00:00 GMT']] }),
        '"Sat, 21 Nov 2026 10:00:00 GMT"',
      ],
    },
    open: { 'another answer': [refused, 'no 429'] },
  },
  'http.stream.no-content-length': {
    passes: { 'a chunked stream': streamed },
    fails: { 'a length': [streamWith(['content-length', '900']), 'content-length: 900'] },
  },
  'http.stream.cache-control': {
    passes: { 'no-cache': streamWith(['cache-control', 'private, no-cache']), 'no-store': streamWith(['Cache-Control', 'no-store']) },
    fails: { none: [streamed, 'none'], 'a time to keep it': [streamWith(['cache-control', 'max-age=60']), '"max-age=60"'] },
  },
  'http.response.not-encoded': {
    passes: { 'no coding': streamed, identity: streamWith(['content-encoding', 'identity']) },
    fails: { 'a coding that nobody offered': [streamWith(['content-encoding', 'gzip']), 'content-encoding: gzip'] },
    open: {
      'a request that offers it': [
        streamEvidence(fixtureEvents, { requestHeaders: { 'accept-encoding': 'gzip' } }),
        'the request offers content codings',
      ],
    },
  },
  'http.request.accept-encoding-identity': { ...acceptance, passes: { 'a stream': { control: streamed, variant: streamed } } },
  'http.stream.compression-flushed': {
    passes: {
      'an uncompressed stream': { plain: arriving(streamed, 10, 900), offered: arriving(streamed, 900, 901) },
      'one that is flushed': { plain: arriving(streamed, 10, 900), offered: arriving(gzip, 10, 900) },
    },
    fails: {
      'one that is not': [{ plain: arriving(streamed, 10, 2000), offered: arriving(gzip, 2000, 2001) }, 'gzip, in one burst after 2001 ms'],
    },
    open: {
      'a fast one': [
        { plain: arriving(streamed, 10, 900), offered: arriving(gzip, 30, 31) },
        'the whole answer came in one burst, but took less than a second',
      ],
      'a burst either way': [
        { plain: arriving(streamed, 2000, 2001), offered: arriving(gzip, 2000, 2001) },
        'without compression it comes in one burst too',
      ],
      'a refused stream': [{ plain: refused, offered: refused }, 'the streams were not both accepted'],
    },
  },
  'http.route.beta-query-models': acceptance,
  'http.route.beta-query-model': acceptance,
  'http.cors.preflight': {
    passes: {
      'all headers allowed': as('routes/cors-preflight', withHeaders(...allowing('*'))),
      'these allowed': as('routes/cors-preflight', withHeaders(...allowing('X-Api-Key, content-type,anthropic-version'))),
    },
    fails: {
      'a header missing': [as('routes/cors-preflight', withHeaders(...allowing('content-type,x-api-key'))), '"content-type,x-api-key"'],
      'an internal error': [as('routes/cors-preflight', failure), '500'],
    },
    open: {
      'a refusal': [as('routes/cors-preflight', refused), 'pages of other origins are not allowed'],
      'an answer without permission': [as('routes/cors-preflight', accepted), 'pages of other origins are not allowed'],
    },
  },
  'http.request.user-profile': acceptance,
  'http.request.workspace': acceptance,
  'http.request.other-media-type': mustRefuse('headers/text-plain'),
  'http.request.compressed': cleanAnswer('headers/gzip'),
  'http.request.corrupt-coding': mustRefuse('headers/gzip-corrupt'),
  'http.optional-route.batches': cleanAnswer('out-of-scope/batches'),
  'http.optional-route.files': cleanAnswer('out-of-scope/files'),
  'http.optional-route.completions': cleanAnswer('out-of-scope/completions'),
  'http.response.ends': {
    passes: { 'a complete answer': accepted, 'an answer too long to be recorded whole': { ...accepted, ended: 'limit-by-us' } },
    fails: {
      'an endless answer': [
        { ...streamed, ended: 'limit-by-us', exchange: { ...streamed.exchange, ended: 'limit-by-us' } },
        'more than the suite reads',
      ],
    },
    open: { 'a broken one': [reset, 'the exchange ended otherwise'] },
  },
  'http.server.keeps-answering': {
    passes: { 'an answer': accepted, 'a refusal': refused },
    fails: {
      'a server that stopped': [
        { ...unanswered, steps: [{ address: 'p/s', probe: 'p', step: 's', attempt: 1, last: true, exchange: 'x1', serverStopped: true }] },
        'the server stopped answering during p/s',
      ],
      'one that never began': [{ ...unanswered, preflight: true, ended: 'timed-out-by-us' }, 'a connection, and silence'],
    },
    open: { 'one broken connection among others': [unanswered, 'no answer, and the server went on with others'] },
  },
  'http.route.messages-exists': {
    passes: { 'an answer': first(accepted), 'a refusal': first(refused), 'a 404 for another reason than the route': first(refused) },
    fails: {
      'a page': [first(jsonEvidence(html, { headers: [['content-type', 'text/html']] })), 'status 200, text/html'],
      'the 404 of a framework': [first(refusalEvidence(404, { detail: 'Not Found' })), 'status 404, application/json'],
      'a 405': [first(refusalEvidence(405, { detail: 'Method Not Allowed' })), 'status 405, application/json'],
      'a 404 for a request without a model': [
        first({ ...refusalEvidence(404, notFound), request: { ...accepted.request, json: {} } }),
        'status 404, application/json',
      ],
    },
    open: {
      'a 404 that may be about the model': [first(refusalEvidence(404, notFound)), 'the model may be unknown'],
      silence: [first(unanswered), 'no answer'],
    },
  },
  'http.response.complete': {
    passes: { 'a complete answer': accepted, 'a complete refusal': refused },
    fails: {
      'a broken connection': [reset, 'other side closed'],
      'bytes that are not HTTP': [{ ...accepted, ended: 'protocol-error' }, 'bytes that are not HTTP'],
    },
    open: {
      'a stream that we left': [{ ...streamed, ended: 'aborted-by-us' }, 'this side ended the exchange'],
      'a server that is not there': [{ ...accepted, ended: 'refused' }, 'no connection could be made'],
      'an idle connection closed as it was used': [unanswered, 'an idle connection was closed as it was used again'],
    },
  },
  'http.json.parses': {
    passes: { 'a message': accepted, 'an error': refused },
    fails: {
      'a page of HTML': [refusalEvidence(404, html), '404 with "<!doctype html><title>Not Found</title>"'],
      'an empty body': [jsonEvidence(''), '200 with an empty body'],
      'bytes that are no text': [{ ...accepted, json: undefined, text: undefined }, '200 with bytes that are not UTF-8'],
    },
  },
  'http.json.content-type': {
    passes: {
      'application/json': accepted,
      'a charset parameter': jsonEvidence(fixtureMessage, { headers: [['Content-Type', 'application/json; charset=utf-8']] }),
      'a type with +json': refusalEvidence(400, badRequest, { headers: [['content-type', 'application/problem+json']] }),
    },
    fails: {
      'text/plain': [jsonEvidence(fixtureMessage, { headers: [['content-type', 'text/plain']] }), 'text/plain'],
      'no type': [jsonEvidence(fixtureMessage, withoutHeaders), 'no content-type'],
    },
  },
  'http.stream.is-event-stream': {
    passes: {
      'an event stream': streamed,
      'a charset parameter': streamEvidence(fixtureEvents, { headers: [['content-type', 'text/event-stream; charset=utf-8']] }),
    },
    fails: {
      'a JSON body': [
        streamEvidence(JSON.stringify(fixtureMessage), { headers: [['content-type', 'application/json']] }),
        'application/json',
      ],
      'a status other than 200': [streamEvidence(fixtureEvents, { status: 202 }), 'status 202'],
    },
  },
  'http.response.request-id': {
    passes: { 'an id': accepted, 'an id on a refusal': refused },
    fails: { 'no id': [jsonEvidence(fixtureMessage, withoutHeaders), 'none'] },
  },
  'http.response.request-id-unique': {
    passes: { 'three ids': { json: withId(accepted, 'req_1'), stream: withId(streamed, 'req_2'), refused: withId(refused, 'req_3') } },
    fails: {
      'one id for all': [
        { json: withId(accepted, 'req_1'), stream: withId(streamed, 'req_2'), refused: withId(refused, 'req_1') },
        '"req_1", "req_2", "req_1"',
      ],
    },
    open: {
      'no ids': [
        { json: jsonEvidence(fixtureMessage, withoutHeaders), stream: streamEvidence(fixtureEvents, withoutHeaders), refused },
        'fewer than two responses carry a request-id',
      ],
    },
  },
  'http.route.messages': {
    passes: { 'both modes': { json: accepted, stream: streamed } },
    fails: {
      'no such route': [{ json: refusalEvidence(404, notFound), stream: refusalEvidence(404, notFound) }, 'status 404 not_found_error'],
      'no streams': [{ json: accepted, stream: refusalEvidence(501, {}) }, 'status 501'],
    },
  },
  'http.route.beta-query': acceptance,
  'http.route.beta-query-stream': {
    ...acceptance,
    fails: { 'a query that is no path': [{ control: streamed, variant: refusalEvidence(404, notFound) }, '404 not_found_error'] },
  },
  'http.route.unknown-path': {
    passes: { 'a 404 with the envelope': { refused: refusalEvidence(404, notFound) } },
    fails: {
      'a 200 for any path': [{ refused: jsonEvidence({ error: 'Unexpected endpoint' }) }, '200 without an error type'],
      'a 404 of another API': [{ refused: refusalEvidence(404, { detail: 'Not Found' }) }, '404 without an error type'],
    },
  },
  'http.route.wrong-method': {
    passes: { 'a 405': { refused: refusalEvidence(405, badRequest) }, 'a 404': { refused: refusalEvidence(404, notFound) } },
    fails: {
      'a page': [{ refused: jsonEvidence('{}') }, '200 with "{}"'],
      'an internal error': [{ refused: refusalEvidence(500, badRequest) }, '500'],
    },
  },
  'http.request.content-type-charset': acceptance,
  'http.request.extra-headers': acceptance,
  'http.request.header-case': acceptance,
  'http.request.beta-list': acceptance,
  'http.request.unknown-beta': acceptance,
  'http.request.unicode': acceptance,
});
