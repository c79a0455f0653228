/** Traits of the house around the API: the web framework and the OpenAI API that shine through, keys and versions. */
import type { EndpointRequest } from '../../../endpoint/index.ts';
import { answers, refuses, says } from '../../faults/acting.ts';
import { headerOf } from '../../faults/asked.ts';
import { putBody } from '../../faults/body-edits.ts';
import { mapJson } from '../../faults/known/shaping.ts';
import { allFaults, replaceError, setHeader } from '../../faults/reply-faults.ts';
import { put } from '../../faults/stream-edits.ts';
import { all, any, at, counts, messages, modelsList, type Touch, valueAt } from '../../faults/touching.ts';
import { asIn, type Trait } from '../persona.ts';

const routes: Readonly<Record<string, string>> = { '/v1/messages': 'POST', '/v1/messages/count_tokens': 'POST', '/v1/models': 'GET' };

/** One model by its id. */
export const oneModel: Touch = ({ method, path }) => method === 'GET' && path.startsWith('/v1/models/');
/** Neither a route of the API nor one model. */
export const elsewhere: Touch = (asked) => routes[asked.path] !== asked.method && !oneModel(asked);

export const openAiModels: Trait = asIn('models-openai-list', modelsList);

export const openAiModel: Trait = {
  sentence: 'A model that is asked for alone comes in the shape of the OpenAI API.',
  touches: oneModel,
  act: says(mapJson(({ id }) => ({ id, object: 'model', created: 1_790_000_000, owned_by: 'local' }))),
};

export const noSingleModel: Trait = {
  sentence: 'There is no route for a single model: the web framework answers 404.',
  touches: oneModel,
  act: answers(404, { detail: 'Not Found' }),
};

export const noRequestId: Trait = {
  sentence: 'Neither the header nor the body of a response has a request id.',
  act: says(
    setHeader('request-id', undefined),
    replaceError((envelope) => ({ body: Object.fromEntries(Object.entries(envelope).filter(([key]) => key !== 'request_id')) })),
  ),
};

/** What FastAPI says of itself. */
const details: Readonly<Record<number, string>> = { 404: 'Not Found', 405: 'Method Not Allowed' };

/** What the router of Go says of itself: gin, and net/http. */
const goTexts: Readonly<Record<number, string>> = { 404: '404 page not found', 405: '405 method not allowed' };

export const goRoutes: Trait = {
  sentence: 'Unknown paths and methods are answered by the router, as text.',
  touches: elsewhere,
  act: says(
    replaceError((_, status) => {
      const body = goTexts[status];
      return body === undefined ? {} : { body, contentType: 'text/plain' };
    }),
  ),
};

export const frameworkRoutes: Trait = {
  sentence: 'Unknown paths and methods are answered by the web framework, with a detail.',
  touches: elsewhere,
  act: says(replaceError((_, status) => (details[status] === undefined ? {} : { body: { detail: details[status] } }))),
};

export const bearerOnly: Trait = {
  sentence: 'A key in x-api-key is not looked at.',
  act: () => ({ hearsHeaders: (headers) => headers.filter(([name]) => name.toLowerCase() !== 'x-api-key') }),
};

export const unauthorizedText: Trait = {
  sentence: 'A missing or wrong key is answered {"error": "Unauthorized"}.',
  act: says(replaceError((_, status) => (status === 401 ? { body: { error: 'Unauthorized' } } : {}))),
};

/** The version that it speaks whatever it is asked for. */
const version: readonly [string, string] = ['anthropic-version', '2023-06-01'];

/** @param where requests of which the header must still be there, whatever it says */
export function versionIgnored(where: Touch = () => false): Trait {
  return {
    sentence: 'anthropic-version is not looked at.',
    act: () => ({
      hearsHeaders: (headers, asked) =>
        where(asked) && headerOf(asked, version[0]) === undefined
          ? headers
          : [...headers.filter(([name]) => name.toLowerCase() !== version[0]), version],
    }),
  };
}

export const betasIgnored: Trait = {
  sentence: 'anthropic-beta is not looked at.',
  act: () => ({ hearsHeaders: (headers) => headers.filter(([name]) => name.toLowerCase() !== 'anthropic-beta') }),
};

/** A 400 of the API, in a sentence of the server. */
export const refusal = (message: string): Trait['act'] => refuses('invalid_request_error', message);

/** The one that it has loaded, whatever it is called. */
export const namesAnyModel: Trait = {
  sentence: 'Any name of a model is served, and given back.',
  touches: all(
    any(messages, counts),
    at('/model', (name) => typeof name === 'string'),
  ),
  act: (loaded) => ({
    hears: (body) => ({ ...body, model: loaded }),
    says: (reply, request) => {
      const name = modelIn(request.body);
      return allFaults(putBody('/model', name), put({ type: 'message_start' }, '/message/model', name))(reply, request);
    },
  }),
};

/** Bodies have been read by then. */
function modelIn(body: EndpointRequest['body']): unknown {
  if (body === undefined || typeof body === 'function') return undefined;
  return valueAt(JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)), '/model');
}
