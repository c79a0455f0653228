/** What every response has to be before anything else can be read from it. */
import { type Check, check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass, shown } from '../model/judgement.ts';
import { responses } from '../model/kinds.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { exchanges, jsonBodies, streamAnswers } from './kinds.ts';

const responseComplete = check({
  id: 'http.response.complete',
  level: 'must',
  layer: 'transport',
  requirement: 'A response that was begun ends as HTTP says it must; the connection is not broken and the bytes are HTTP.',
  covers: ['sse.terminates'],
  source: 'https://www.rfc-editor.org/rfc/rfc9112#section-8',
  breaks: [claudeCode('asks again, so the answer is generated twice'), sdkTypescript('throws "terminated"')],
  fix: 'Catch exceptions of the generator, write an error event, and end the response.',
  reads: exchanges,
  probes: ['routes'],
  judge: judgeEnding,
});

/** An idle connection may close just as it is used again: that is a race, and the runner asks once more. */
function judgeEnding({ ended, exchange, status }: Evidence): Judgement {
  if (ended === 'complete') return pass;
  if (ended === 'refused') return inconclusive('no connection could be made');
  if (ended === 'protocol-error') return fail({ expected: 'a response in HTTP', found: exchange.problem ?? 'bytes that are not HTTP' });
  if (ended !== 'reset') return notApplicable('this side ended the exchange');
  if (status === undefined && exchange.connection.reused) return notApplicable('an idle connection was closed as it was used again');
  return fail({ expected: 'a complete response', found: exchange.problem ?? 'the connection was broken' });
}

const responseEnds = check({
  id: 'http.response.ends',
  level: 'must',
  layer: 'transport',
  requirement:
    'A response to a small request ends: it is neither endless nor larger than 16 MiB, and no line of a stream is longer than 1 MiB.',
  covers: ['sse.terminates'],
  source: 'https://www.rfc-editor.org/rfc/rfc9112#section-8',
  why: 'Every request of the suite allows at most a few hundred tokens.',
  breaks: [claudeCode('the turn never ends'), sdkTypescript('memory grows until the process dies')],
  reads: exchanges,
  probes: ['routes'],
  // A body that was read to its end, and only not recorded whole, has ended.
  judge: ({ exchange: { ended, problem } }) => {
    if (ended === 'limit-by-us') return fail({ expected: 'the end of the response', found: problem ?? 'more than the suite reads' });
    return ended === 'complete' ? pass : notApplicable('the exchange ended otherwise');
  },
});

const serverAnswers = check({
  id: 'http.server.keeps-answering',
  level: 'must',
  layer: 'transport',
  requirement: 'The server goes on answering, whatever it was asked before.',
  covers: ['http.keepalive.concurrent', 'own.keeps-answering'],
  source: docs.errors,
  breaks: [claudeCode('waits five minutes, asks again, and gives up in the end')],
  fix: 'Find the request in whose answer it stopped; one bad request must not take the server down.',
  reads: exchanges,
  probes: ['routes'],
  judge: ({ steps, status, ended, preflight }) => {
    const stopped = steps.find(({ serverStopped }) => serverStopped);
    if (stopped !== undefined) return fail({ expected: 'an answer', found: `the server stopped answering during ${stopped.address}` });
    if (status !== undefined) return pass;
    if (preflight && ended === 'timed-out-by-us') return fail({ expected: 'an answer', found: 'a connection, and silence' });
    return notApplicable('no answer, and the server went on with others');
  },
});

const jsonParses = check({
  id: 'http.json.parses',
  level: 'must',
  layer: 'http',
  requirement: 'Every answer that is not a stream has a body in UTF-8 that parses as JSON, errors included.',
  covers: ['http.response.body-nonempty', 'err.no-html', 'sdk.error.non-json'],
  source: docs.errors,
  breaks: [
    sdkTypescript('a success without a body becomes undefined, an error loses its type'),
    claudeCode('a 200 that is not JSON costs a second request and ends the turn'),
  ],
  fix: 'Register handlers for the error pages of the web framework too: 404, 405, 413, 422 and 500.',
  reads: jsonBodies,
  probes: ['routes', 'bad-json'],
  judge: ({ json, text, status }) => {
    if (json !== undefined) return pass;
    return fail({
      expected: 'a JSON body',
      found: `${status} with ${text === undefined ? 'bytes that are not UTF-8' : text === '' ? 'an empty body' : shown(text)}`,
    });
  },
});

const jsonContentType = check({
  id: 'http.json.content-type',
  level: 'must',
  layer: 'http',
  requirement: 'Every answer that is not a stream has the media type application/json, with or without parameters.',
  covers: ['http.response.content-type-json', 'sdk.json.media-type', 'count.content-type'],
  source: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/internal/parse.ts',
  breaks: [sdkTypescript('hands back the raw text, so message.content is undefined')],
  after: ['http.json.parses'],
  reads: jsonBodies,
  probes: ['routes', 'bad-json'],
  judge: ({ mediaType }) =>
    isJsonType(mediaType)
      ? pass
      : fail({ expected: 'content-type: application/json', found: mediaType === '' ? 'no content-type' : mediaType }),
});

/** The SDK parses `application/json` and any type with the suffix `+json`. */
function isJsonType(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json');
}

const streamIsEventStream = check({
  id: 'http.stream.is-event-stream',
  level: 'must',
  layer: 'http',
  requirement: 'A request with stream: true that is accepted is answered as text/event-stream, whatever its Accept header says.',
  covers: ['sse.content-type', 'sse.status', 'http.request.accept-json-while-streaming'],
  source: docs.streaming,
  breaks: [
    claudeCode('a JSON body instead of events makes it ask again without stream'),
    sdkTypescript('iterating yields no event and no error; the stream helper throws'),
  ],
  fix: 'Choose the form of the answer by `stream` in the body; official SDKs send Accept: application/json with every request.',
  reads: streamAnswers,
  probes: ['routes'],
  judge: ({ mediaType, status }) => {
    if (mediaType !== 'text/event-stream')
      return fail({ expected: 'content-type: text/event-stream', found: mediaType === '' ? 'no content-type' : mediaType });
    return status === 200 ? pass : fail({ expected: 'status 200', found: `status ${status}` });
  },
});

const requestIdPresent = check({
  id: 'http.response.request-id',
  level: 'should',
  layer: 'http',
  requirement: 'Every response carries a request-id header.',
  covers: ['http.response.request-id', 'sdk.request-id'],
  source: docs.errors,
  why: 'It is what a user can quote to whoever runs the server.',
  breaks: [sdkTypescript('_request_id is null'), sdkPython('_request_id is None')],
  reads: responses,
  probes: ['routes', 'bad-json'],
  judge: (evidence) => ((evidence.header('request-id') ?? '') === '' ? fail({ expected: 'a request-id header', found: 'none' }) : pass),
});

const requestIdUnique = scenario({
  id: 'http.response.request-id-unique',
  level: 'should',
  layer: 'http',
  requirement: 'Two requests never get the same request-id.',
  covers: ['http.response.request-id-unique'],
  source: docs.errors,
  why: 'Logs are searched by it.',
  breaks: [],
  fix: 'Draw the id for each request, not once for the process.',
  reads: { json: 'routes/base', stream: 'routes/base-stream', refused: 'routes/unknown-path' },
  judge: (steps) => {
    const ids = Object.values(steps).flatMap((evidence) => evidence.header('request-id') ?? []);
    if (ids.length < 2) return inconclusive('fewer than two responses carry a request-id');
    return new Set(ids).size === ids.length ? pass : fail({ expected: 'different ids', found: ids.map(shown).join(', ') });
  },
});

export const responseChecks: readonly Check[] = [
  responseComplete,
  responseEnds,
  serverAnswers,
  jsonParses,
  jsonContentType,
  streamIsEventStream,
  requestIdPresent,
  requestIdUnique,
];
