/**
 * A saved stream without its request. The least request that may have caused it stands in, so that the rules on streams can be applied;
 * what a check wants to know of the request itself it is told nobody knows.
 */
import { type Exchange, foldStream, type RawHeader } from '../../spec/index.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import { Unknowable } from '../judge/unknowable.ts';
import { bodyOf } from '../wire/body.ts';
import { framesOf } from '../wire/index.ts';

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.4: nothing is ever there. */
export const standInUrl = 'http://recording.invalid';

const headers: readonly RawHeader[] = [
  ['anthropic-version', '2023-06-01'],
  ['content-type', 'application/json'],
];

/** Whether the request of an exchange is such a stand-in. */
export function isStandIn({ request }: Exchange): boolean {
  return request.url.startsWith(`${standInUrl}/`);
}

/** A raw event stream as the answer to the least request. It ends where the bytes end, and all of them came at once. */
export function exchangeOfStream(bytes: Uint8Array): { readonly exchange: Exchange; readonly model: string } {
  const model = modelIn(bytes);
  const request = { model, max_tokens: 1, stream: true, messages: [{ role: 'user', content: 'Hi' }] };
  return {
    model,
    exchange: {
      id: 'x1',
      request: { method: 'POST', url: `${standInUrl}/v1/messages`, headers, body: { kind: 'text', text: JSON.stringify(request) } },
      response: {
        status: 200,
        statusText: '',
        headers: [['content-type', 'text/event-stream']],
        body: bodyOf(bytes),
        chunks: bytes.length === 0 ? [] : [{ offset: 0, at: 0 }],
      },
      timing: { sent: 0, headers: 0, ...(bytes.length === 0 ? {} : { firstByte: 0 }), end: 0 },
      connection: { id: 0, reused: false },
      inFlight: 0,
      ended: 'complete',
    },
  };
}

function modelIn(bytes: Uint8Array): string {
  const { message } = foldStream(framesOf(bytes, [], 0).map(({ json }) => json));
  const model = typeof message === 'object' && message !== null && 'model' in message ? message.model : undefined;
  return typeof model === 'string' && model !== '' ? model : 'unknown';
}

function unknown(): never {
  throw new Unknowable('it compares the answer with its request, which is not known');
}

/** The same evidence, without what stands in for its request. */
export function withoutRequest(evidence: Evidence): Evidence {
  const { method, path, stream, validity } = evidence.request;
  const request = {
    method,
    path,
    stream,
    validity,
    header: unknown,
    get json() {
      return unknown();
    },
  };
  // Inherits rather than copies: frames and message are derived when they are first asked for.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.create forgets the type of the prototype
  return Object.create(evidence, { request: { value: request } }) as Evidence;
}
