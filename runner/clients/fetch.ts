/**
 * A `fetch` for clients whose traffic is to be recorded: the request goes out through the recorder, and its answer is handed over while it arrives,
 * in the same pieces. https://fetch.spec.whatwg.org/#fetch-method
 */
import type { Exchange, RawHeader } from '../../spec/index.ts';
import type { Listener, WireRequest } from '../wire/index.ts';

/** Sends one request and records it. Resolves when the exchange has ended, however it did; rejects where nothing may be sent any more. */
export type Dispatch = (request: WireRequest, live: Live) => Promise<Exchange>;

export interface Live {
  readonly listener: Listener;
  /** Aborts where the client gives up or leaves. */
  readonly signal: AbortSignal;
}

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export function fetchOver(dispatch: Dispatch): Fetch {
  return async (input, init = {}) => {
    const request = await wireRequestOf(input, init);
    const leaving = new AbortController();
    const signal = init.signal ? AbortSignal.any([init.signal, leaving.signal]) : leaving.signal;
    return await new Promise<Response>((resolve, reject) => {
      let body: ReadableStreamDefaultController<Uint8Array> | undefined;
      const listener: Listener = {
        head: (status, statusText, headers) => {
          const stream = new ReadableStream<Uint8Array>({
            start: (controller) => {
              body = controller;
            },
            cancel: () => {
              body = undefined;
              leaving.abort();
            },
          });
          // Nothing may be thrown at the recorder, and a Response takes neither every status nor every header that can be sent.
          try {
            resolve(responseOf(status, statusText, headers, stream));
          } catch (error) {
            body = undefined;
            reject(error);
          }
        },
        data: (chunk) => body?.enqueue(chunk),
      };
      const broken = (problem: unknown): void => {
        body?.error(problem);
        // Without effect where the head has come.
        reject(problem);
      };
      // A client that gives up hears of it at once, though the recording may go on.
      const giveUp = (): void => {
        broken(signal.reason);
        body = undefined;
      };
      signal.addEventListener('abort', giveUp);
      const finish = ({ ended, problem }: Exchange): void => {
        if (ended === 'complete') body?.close();
        else broken(new TypeError(body === undefined ? 'fetch failed' : 'terminated', { cause: new Error(problem ?? ended) }));
      };
      // Node keeps a combined signal, and all that its listeners hold, for as long as it has any.
      const over = (): void => signal.removeEventListener('abort', giveUp);
      dispatch(request, { listener, signal }).then(finish, broken).finally(over);
    });
  };
}

async function wireRequestOf(input: string | URL | Request, init: RequestInit): Promise<WireRequest> {
  const body = init.body === undefined || init.body === null ? undefined : new Uint8Array(await new Response(init.body).arrayBuffer());
  return {
    method: init.method ?? 'GET',
    url: input instanceof Request ? input.url : String(input),
    headers: [...new Headers(init.headers)],
    ...(body === undefined ? {} : { body }),
  };
}

/** Statuses that have no body. https://fetch.spec.whatwg.org/#null-body-status */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

function responseOf(status: number, statusText: string, raw: readonly RawHeader[], stream: ReadableStream<Uint8Array>): Response {
  const headers = new Headers();
  for (const [name, value] of raw) headers.append(name, value);
  return new Response(withoutBody.has(status) ? null : stream, { status, statusText, headers });
}
