/** Faults of HTTP in what is asked: routes, queries, request headers and media types that are taken for something else. */
import { answers, refuses, says } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { replaceError } from '../reply-faults.ts';
import { all, at, header, mentions, messages, models, not, plain, streams, type Touch } from '../touching.ts';

const withQuery: Touch = ({ query }) => query.has('beta');
const listOfModels: Touch = all(models, ({ path }) => path === '/v1/models');
const notFound = refuses('not_found_error', 'There is nothing here.');
const fails = refuses('api_error', 'Internal server error.');
const detail = answers(404, { detail: 'Not Found' });
/** The request that only measures what requests may carry. */
const tiny: Touch = all(
  messages,
  at('/max_tokens', (most) => most === 1),
  ({ body }) => Object.keys(body ?? {}).every((key) => ['model', 'max_tokens', 'messages', 'stream'].includes(key)),
);
const sends = (name: string, is: (value: string) => boolean = () => true): Touch =>
  header(name, (value) => value !== undefined && is(value));
/** The smallest request as a run sends it by itself: no query, the older version. */
const bare: Touch = all(
  header('anthropic-version', (value) => value === '2023-06-01'),
  header('anthropic-beta', (value) => value === undefined),
  ({ query }) => query.size === 0,
);
/** Names of headers as they were written. */
const writes =
  (name: string): Touch =>
  ({ headers }) =>
    headers.some(([other]) => other === name);

/** Takes a request without those of its headers that are so, or with another value in them. */
function hearsHeader(name: string, heard: string | undefined): KnownFault['act'] {
  return () => ({
    hearsHeaders: (headers) => {
      const others = headers.filter(([other]) => other.toLowerCase() !== name);
      return heard === undefined ? others : [...others, [name, heard]];
    },
  });
}

type Row = Omit<KnownFault, 'layer'> & Partial<Pick<KnownFault, 'layer'>>;

const routes: readonly Row[] = [
  {
    id: 'route-missing',
    sentence: 'There is no POST /v1/messages: a web framework answers 404.',
    imitates: ['sglang#23814', 'vllm#47753'],
    trips: ['http.route.messages-exists', 'errors.envelope.not-foreign'],
    mayTrip: { 'errors.status.invalid-is-400': 'The empty request is answered 404.' },
    touches: messages,
    endsRun: true,
    act: detail,
  },
  {
    id: 'route-page',
    sentence: 'POST /v1/messages is answered with a page.',
    trips: ['http.route.messages-exists', 'http.json.parses'],
    touches: messages,
    endsRun: true,
    act: answers(200, '<!doctype html><title>Welcome</title>', 'text/html'),
  },
  {
    id: 'route-method',
    sentence: 'POST /v1/messages is answered 405.',
    trips: ['http.route.messages-exists', 'errors.envelope.not-foreign'],
    mayTrip: { 'errors.status.invalid-is-400': 'The empty request is answered 405.' },
    touches: messages,
    endsRun: true,
    act: answers(405, { detail: 'Method Not Allowed' }),
  },
  {
    id: 'query-messages',
    sentence: 'POST /v1/messages with ?beta=true is not found.',
    imitates: ['goclaw#69', 'claude-relay-service#113'],
    trips: ['http.route.beta-query'],
    mayTrip: { 'beta.header.agent-names': 'It is asked as Claude Code asks, with the query.' },
    touches: all(plain, tiny, withQuery),
    act: notFound,
  },
  {
    id: 'query-streams',
    sentence: 'A stream with ?beta=true is not found.',
    imitates: ['goclaw#69'],
    trips: ['http.route.beta-query-stream'],
    mayTrip: { 'beta.header.agent-names-stream': 'It is asked as Claude Code asks, with the query.' },
    touches: all(streams, tiny, withQuery),
    act: notFound,
  },
  {
    id: 'query-models',
    sentence: 'GET /v1/models?beta=true is not found.',
    trips: ['http.route.beta-query-models'],
    touches: all(listOfModels, withQuery),
    act: notFound,
  },
  {
    id: 'query-model',
    sentence: 'A model with ?beta=true is not found.',
    trips: ['http.route.beta-query-model'],
    touches: all(models, not(listOfModels), withQuery),
    act: notFound,
  },
  {
    id: 'path-unexpected',
    sentence: 'A path that does not exist is answered 200 with an error in it.',
    imitates: ['lmstudio-bug-tracker#2055'],
    trips: ['http.route.unknown-path'],
    touches: ({ path }) => path === '/v1/no-such-path',
    act: answers(200, { error: 'Unexpected endpoint or method. (GET /v1/no-such-path)' }),
  },
  {
    id: 'path-detail',
    sentence: 'A path that does not exist is answered {"detail": "Not Found"}.',
    trips: ['errors.envelope.not-foreign'],
    touches: ({ path }) => path === '/v1/no-such-path',
    act: detail,
  },
  {
    id: 'method-crash',
    sentence: 'A method that the path does not have ends in a 500.',
    trips: ['http.route.wrong-method'],
    touches: ({ method, path }) => method === 'GET' && path === '/v1/messages',
    act: says(
      replaceError((envelope) => ({ status: 500, body: { ...envelope, error: { type: 'api_error', message: 'Internal server error.' } } })),
    ),
  },
  {
    id: 'method-detail',
    sentence: 'A method that the path does not have is answered {"detail": "Method Not Allowed"}.',
    trips: ['errors.envelope.not-foreign'],
    touches: ({ method, path }) => method === 'GET' && path === '/v1/messages',
    act: answers(405, { detail: 'Method Not Allowed' }),
  },
  {
    id: 'cors-few-headers',
    layer: 'headers',
    sentence: 'Pages may ask, but not with the headers of the API.',
    trips: ['http.cors.preflight'],
    touches: ({ method }) => method === 'OPTIONS',
    act: () => ({
      instead: () => ({
        kind: 'body',
        status: 204,
        headers: [
          ['access-control-allow-origin', '*'],
          ['access-control-allow-methods', 'GET, POST, OPTIONS'],
          ['access-control-allow-headers', 'content-type, authorization'],
          ['request-id', 'req_of_a_fault'],
        ],
        body: '',
      }),
    }),
  },
  ...(['batches', 'files', 'completions'] as const).map((name): Row => ({
    id: `optional-${name}-crash`,
    sentence: `A request to the route of ${name} ends in a 500.`,
    trips: [`http.optional-route.${name}`],
    touches: ({ path }) => path === { batches: '/v1/messages/batches', files: '/v1/files', completions: '/v1/complete' }[name],
    act: fails,
  })),
];

const headers: readonly Row[] = [
  {
    id: 'charset-refused',
    sentence: 'The content type application/json; charset=utf-8 is refused.',
    trips: ['http.request.content-type-charset'],
    touches: all(
      tiny,
      sends('content-type', (value) => value.includes('charset')),
    ),
    act: refuses('invalid_request_error', 'Unsupported media type.'),
  },
  {
    id: 'extra-headers-refused',
    sentence: 'A request with tracing headers is refused.',
    trips: ['http.request.extra-headers'],
    touches: all(messages, sends('traceparent')),
    act: refuses(),
  },
  {
    id: 'header-case',
    sentence: 'Header names in upper case are not found.',
    trips: ['http.request.header-case'],
    touches: writes('ANTHROPIC-VERSION'),
    act: hearsHeader('anthropic-version', undefined),
  },
  {
    id: 'beta-list-refused',
    sentence: 'Of several betas, separated by commas, none is known.',
    trips: ['http.request.beta-list'],
    touches: all(
      tiny,
      sends('anthropic-beta', (value) => value.includes(' ,')),
    ),
    act: refuses(),
  },
  {
    id: 'beta-unknown-refused',
    sentence: 'A beta that is not known is refused.',
    trips: ['http.request.unknown-beta'],
    touches: all(
      tiny,
      sends('anthropic-beta', (value) => value.startsWith('no-such-beta')),
    ),
    act: refuses(),
  },
  {
    id: 'user-profile-refused',
    sentence: 'A request with anthropic-user-profile-id is refused.',
    trips: ['http.request.user-profile'],
    touches: sends('anthropic-user-profile-id'),
    act: refuses(),
  },
  {
    id: 'workspace-refused',
    sentence: 'A request with anthropic-workspace-id is refused.',
    trips: ['http.request.workspace'],
    touches: sends('anthropic-workspace-id'),
    act: refuses(),
  },
  {
    id: 'identity-refused',
    sentence: 'A stream with accept-encoding: identity is refused.',
    trips: ['http.request.accept-encoding-identity'],
    mayTrip: {
      'http.route.messages': 'It streams without an offer.',
      'version.header.2023-06-01-stream': 'It streams without an offer.',
      'keep-alive.after-json.answered': 'It streams without an offer.',
    },
    touches: all(
      streams,
      tiny,
      bare,
      mentions('Say hello.'),
      sends('accept-encoding', (value) => value === 'identity'),
    ),
    act: refuses(),
  },
  {
    id: 'unicode-refused',
    sentence: 'Text beyond ASCII is refused.',
    trips: ['http.request.unicode'],
    touches: all(tiny, mentions('שלום')),
    act: refuses(),
  },
  {
    id: 'text-plain-taken',
    sentence: 'A body of any media type is read as JSON.',
    trips: ['http.request.other-media-type'],
    touches: sends('content-type', (value) => value === 'text/plain'),
    act: hearsHeader('content-type', 'application/json'),
  },
  {
    id: 'gzip-crash',
    sentence: 'A compressed body ends in a 500.',
    trips: ['http.request.compressed'],
    touches: all(
      messages,
      sends('content-encoding', (value) => value === 'gzip'),
      ({ body }) => body === undefined,
    ),
    act: fails,
  },
  {
    id: 'coding-overlooked',
    sentence: 'content-encoding is not looked at.',
    trips: ['http.request.corrupt-coding'],
    touches: all(
      messages,
      sends('content-encoding', (value) => value === 'gzip'),
      ({ body }) => body !== undefined,
    ),
    act: hearsHeader('content-encoding', undefined),
  },
];

export const httpRequestFaults: readonly KnownFault[] = [...routes, ...headers].map((row) => fault({ layer: 'behaviour', ...row }));
