import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
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

describeExamples(checks, {
  'http.response.ends': {
    passes: { 'a complete answer': accepted },
    fails: { 'an endless answer': [{ ...streamed, ended: 'limit-by-us' }, 'more than the suite reads'] },
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
