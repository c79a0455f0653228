/** Kinds of exchange that only the checks of HTTP itself judge: also of requests that are invalid, also of other routes. */
import type { Kind } from '../model/kinds.ts';
import type { Evidence } from '../model/evidence.ts';

/** Every exchange that was sent. */
export const exchanges: Kind = { name: 'exchanges', matches: () => true };

/** The first requests of a run to `POST /v1/messages`, by which it finds out whether it can be asked at all. */
export const firstMessages: Kind = { name: 'first requests to /v1/messages', matches: (e) => e.preflight && e.endpoint === 'messages' };

/** What answered a request for a stream with a 2xx status. */
export const streamAnswers: Kind = { name: 'answers to streaming requests', matches: ({ isStream }) => isStream };

/** Complete answers of the API's own routes whose body has to be JSON: everything but streams. */
export const jsonBodies: Kind = {
  name: 'JSON answers',
  matches: (e) =>
    e.ended === 'complete' &&
    e.endpoint !== 'other' &&
    e.request.method !== 'HEAD' &&
    hasBodyStatus(e) &&
    !e.isStream &&
    !isRefusedAsStream(e),
};

/** A refusal sent as an event stream is one fault, and `errors.stream.refused-as-json` names it. */
function isRefusedAsStream({ request, mediaType }: Evidence): boolean {
  return request.stream && mediaType === 'text/event-stream';
}

function hasBodyStatus({ status }: Evidence): boolean {
  return status !== undefined && status !== 204 && (status < 300 || status >= 400);
}
