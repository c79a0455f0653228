/** Puts known faults into an endpoint, of a mock or of the reference server alike. The first named acts nearest to the server. */
import type { Endpoint, EndpointRequest } from '../../endpoint/index.ts';
import { asked, type Asked } from './asked.ts';
import type { Act, KnownFault } from './fault.ts';
import type { Touch } from './touching.ts';

/** Longer bodies are not looked at; the endpoint refuses them. */
const mostBytes = 32 * 1024 * 1024;

/** @param reach `sample`: a fault touches few requests, as in the kill matrix. Default: all that it is about. */
export function inject(endpoint: Endpoint, faults: readonly KnownFault[], reach: 'all' | 'sample' = 'all'): Endpoint {
  return faults.reduce(
    (inner, fault) => faulty(inner, fault, reach === 'all' ? (fault.touches?.wide ?? fault.touches) : fault.touches),
    endpoint,
  );
}

function faulty(inner: Endpoint, fault: KnownFault, touches: Touch | undefined): Endpoint {
  const act = fault.act();
  return {
    async handle(request) {
      const { request: read, text } = await withText(request);
      if (text === undefined) return inner.handle(read);
      const what = asked(read, text);
      if (touches?.(what) === false) return inner.handle(read);
      const reply = act.instead?.(what) ?? (await inner.handle(heard(read, what, act)));
      return act.says?.(reply, read) ?? reply;
    },
  };
}

/** The request as the server takes it. */
function heard(request: EndpointRequest, what: Asked, act: Act): EndpointRequest {
  const body = act.hears !== undefined && what.body !== undefined ? { body: JSON.stringify(act.hears(what.body, what)) } : {};
  const headers = act.hearsHeaders === undefined ? {} : { headers: act.hearsHeaders(what.headers, what) };
  return { ...request, ...body, ...headers, ...act.hearsTarget?.(what) };
}

/** A body can be read once, so it goes on as what was read; undefined where it is too long. */
async function withText(request: EndpointRequest): Promise<{ readonly request: EndpointRequest; readonly text: string | undefined }> {
  const { body } = request;
  if (body === undefined) return { request, text: '' };
  if (typeof body === 'string') return { request, text: body };
  const bytes = typeof body === 'function' ? await body(mostBytes) : body;
  if (bytes === undefined) return { request: { ...request, body: () => Promise.resolve(undefined) }, text: undefined };
  return { request: { ...request, body: bytes }, text: new TextDecoder().decode(bytes) };
}
