/** Faults of the routes of models: where the list is, what its query and version do to it, single models, and models that are listed but not served. */
import { asText } from '../../../spec/as-text.ts';
import { answers, refuses, says } from '../acting.ts';
import type { Asked } from '../asked.ts';
import { fault, type KnownFault } from '../fault.ts';
import { replaceError } from '../reply-faults.ts';
import { all, header, models, modelsList, type Touch } from '../touching.ts';
import { hearsVersion, mapEntries, mapJson } from './shaping.ts';

const known: ReadonlySet<string> = new Set(['beta', 'limit', 'after_id', 'before_id', 'lifecycle[]']);
const oneModel: Touch = ({ method, path }) => method === 'GET' && /^\/v1\/models\/./.test(path);
const version = (is: (value: string | undefined) => boolean): Touch => header('anthropic-version', is);
const lastPart = ({ path }: Asked): string => path.slice('/v1/models/'.length);
const bare: Touch = all(
  modelsList,
  ({ query }) => query.size === 0,
  version((value) => value === '2023-06-01'),
);

const notFound = refuses('not_found_error', 'There is nothing here.');
/** What a gateway puts before the names of its models. */
const prefix = 'gateway/';

export const modelRouteFaults: readonly KnownFault[] = [
  fault({
    id: 'models-list-fails',
    sentence: 'The models list is answered 500.',
    layer: 'status',
    trips: ['models.route.canonical'],
    touches: bare,
    act: refuses('api_error', 'Internal server error.'),
  }),
  fault({
    id: 'models-missing',
    sentence: 'There is no models list.',
    layer: 'status',
    // Allowed.
    trips: [],
    touches: models,
    act: notFound,
  }),
  fault({
    id: 'models-elsewhere',
    sentence: 'The models list is at /anthropic/v1/models; /v1/models is not found.',
    layer: 'status',
    // For a run without a profile that is a server without a models list, which is allowed.
    trips: [],
    touches: ({ path }) => /^(\/anthropic)?\/v1\/models/.test(path),
    act: () => {
      const { instead } = notFound();
      return {
        instead: (asked) => (asked.path.startsWith('/anthropic') ? undefined : instead?.(asked)),
        hearsTarget: ({ path, query }) => ({ url: `${path.replace('/anthropic', '')}${query.size === 0 ? '' : `?${query}`}` }),
      };
    },
  }),
  fault({
    id: 'models-strict-query',
    sentence: 'A query parameter of the models list that the server does not know is answered 400.',
    layer: 'behaviour',
    trips: ['models.route.unknown-query'],
    touches: all(models, ({ query }) => [...query.keys()].some((name) => !known.has(name))),
    act: refuses(),
  }),
  fault({
    id: 'models-slash-redirects',
    sentence: 'GET /v1/models/ is redirected, as web frameworks do by themselves.',
    layer: 'status',
    trips: ['models.route.trailing-slash'],
    touches: ({ path }) => path === '/v1/models/',
    act: () => ({
      instead: () => ({
        kind: 'body',
        status: 307,
        headers: [
          ['location', '/v1/models'],
          ['request-id', 'req_of_a_fault'],
        ],
        body: '',
      }),
    }),
  }),
  fault({
    id: 'models-no-filter',
    sentence: 'lifecycle[] is not looked at.',
    layer: 'behaviour',
    trips: ['models.list.lifecycle-filter'],
    touches: all(modelsList, ({ query }) => query.has('lifecycle[]')),
    act: () => ({ hearsTarget: ({ path }) => ({ url: path }) }),
  }),
  fault({
    id: 'models-refuse-2026-10-21',
    sentence: 'The models list is refused under version 2026-10-21.',
    layer: 'behaviour',
    trips: ['version.2026-10-21.models'],
    touches: all(
      modelsList,
      version((value) => value === '2026-10-21'),
    ),
    act: refuses(),
  }),
  fault({
    id: 'models-without-version',
    sentence: 'The models list needs no anthropic-version.',
    layer: 'behaviour',
    trips: ['models.version.missing'],
    touches: all(
      models,
      version((value) => value === undefined),
    ),
    act: hearsVersion('2023-06-01'),
  }),
  fault({
    id: 'models-any-version',
    sentence: 'The models list takes any anthropic-version.',
    layer: 'behaviour',
    trips: ['models.version.unknown'],
    touches: all(
      models,
      version((value) => value !== undefined && !['2023-06-01', '2026-10-21'].includes(value)),
    ),
    act: hearsVersion('2023-06-01'),
  }),
  fault({
    id: 'models-route-absent',
    sentence: 'There is no list of models: the router says so in plain text.',
    layer: 'status',
    trips: ['http.json.parses'],
    touches: models,
    act: answers(404, '404 page not found', 'text/plain'),
  }),
  fault({
    id: 'model-not-retrievable',
    sentence: 'There is a list of models, but no route for one of them.',
    layer: 'status',
    trips: ['models.retrieve.same-as-listed'],
    touches: all(oneModel, ({ query }) => query.size === 0),
    act: notFound,
  }),
  fault({
    id: 'model-retrieved-otherwise',
    sentence: 'A single model has other fields than in the list.',
    layer: 'json',
    trips: ['models.retrieve.same-as-listed'],
    touches: oneModel,
    act: says(mapJson(({ id, type, created_at, ...rest }) => ({ ...rest, id, type, created_at, display_name: `${asText(id)} (local)` }))),
  }),
  fault({
    id: 'model-id-not-decoded',
    sentence: 'The id in the path of a model is not decoded.',
    layer: 'behaviour',
    trips: ['models.retrieve.encoded-id'],
    touches: all(oneModel, ({ path }) => path.includes('%')),
    act: notFound,
  }),
  fault({
    id: 'model-alias-kept',
    sentence: 'A model that is asked for by an alias is answered under the alias.',
    layer: 'json',
    trips: ['models.retrieve.alias'],
    touches: all(oneModel, (asked) => /^[\w-]*[a-z]$/.test(lastPart(asked))),
    act: () => ({
      says: (reply, { url }) =>
        mapJson((body) => ({ ...body, id: url.split('/').at(-1)?.split('?')[0] }))(reply, { method: 'GET', url, headers: [] }),
    }),
  }),
  fault({
    id: 'model-unknown-400',
    sentence: 'A model that is not listed is answered 400.',
    layer: 'status',
    trips: ['models.retrieve.unknown'],
    touches: all(oneModel, ({ path }) => path.includes('no-such-model')),
    act: says(
      replaceError((envelope) => ({ status: 400, body: { ...envelope, error: { type: 'invalid_request_error', message: 'Bad model.' } } })),
    ),
  }),
  fault({
    id: 'model-unknown-detail',
    sentence: 'A model that is not listed is answered {"detail": ...}.',
    layer: 'json',
    trips: ['errors.envelope.not-foreign'],
    touches: all(oneModel, ({ path }) => path.includes('no-such-model')),
    act: answers(404, { detail: 'The model does not exist.' }),
  }),
  fault({
    id: 'model-unknown-made-up',
    sentence: 'Every name is answered with a model of that name.',
    layer: 'behaviour',
    trips: ['models.retrieve.unknown'],
    touches: all(oneModel, ({ path }) => path.includes('no-such-model')),
    act: answers(200, { type: 'model', id: 'no-such-model', display_name: 'No such model', created_at: '1970-01-01T00:00:00Z' }),
  }),
  fault({
    id: 'models-listed-otherwise',
    sentence: 'Models are listed under other names than requests are answered for.',
    layer: 'behaviour',
    trips: ['models.usable.messages', 'models.usable.count-tokens'],
    touches: models,
    act: () => ({
      hearsTarget: ({ path, query }) => {
        const heard = new URLSearchParams([...query].map(([name, value]): [string, string] => [name, value.replace(prefix, '')]));
        const at = path.replace(encodeURIComponent(prefix), '');
        return { url: heard.size === 0 ? at : `${at}?${heard}` };
      },
      says: (reply, request) => {
        const named = mapEntries((entry) => ({ ...entry, id: `${prefix}${asText(entry['id'])}` }));
        return mapJson((body) => ({ ...body, ...ends(body) }))(named(reply, request), request);
      },
    }),
  }),
];

/** The ends of a page under the names that its entries have. */
function ends({ first_id: first, last_id: last }: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  if (typeof first !== 'string' || typeof last !== 'string') return {};
  return { first_id: `${prefix}${first}`, last_id: `${prefix}${last}` };
}
