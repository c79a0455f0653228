/** A mock behind MSW: whatever goes to the base URL is the mock's to answer. https://mswjs.io/docs/http/intercepting-requests */
import { http, type HttpHandler } from 'msw';
import type { Mock } from '../create-mock.ts';
import { readBaseUrl } from './base-url.ts';
import { framed } from './framed.ts';

export interface HandlersOptions {
  /**
   * Where the client thinks that the API is, as it is given to an SDK: an origin, with or without a path, without `/v1`. Where there is a
   * page it may be relative to it. Default `https://api.anthropic.com`.
   */
  readonly baseUrl?: string;
}

/**
 * Handlers for everything below the base URL's `/v1/`, and for the probes with which clients look whether a server is there. A path that
 * the API does not have gets its 404 and never leaves the process. Other requests are left to other handlers. In a browser a reset may
 * swallow what was sent just before it, as on a network; `mock.live()` can wait until the client has read that.
 *
 * @throws TypeError for a base URL that is none.
 * @example
 * const mock = createMock();
 * const server = setupServer(...handlers(mock));
 * server.listen();
 * mock.once(say('Hello'));
 * await new Anthropic({ apiKey: 'test' }).messages.create(request);
 */
export function handlers(mock: Pick<Mock, 'fetch'>, { baseUrl = 'https://api.anthropic.com' }: HandlersOptions = {}): HttpHandler[] {
  const base = readBaseUrl(baseUrl);

  async function answer(request: Request): Promise<Response> {
    const url = base.withoutPrefix(request.url);
    try {
      return framed(await (url === request.url ? mock.fetch(request) : mock.fetch(url, request)));
    } catch (error) {
      // Nobody is left to be told, and MSW would print what it takes for an exception of ours.
      if (request.signal.aborted) return Response.error();
      throw error;
    }
  }

  return [
    http.all(base.pattern('v1/'), ({ request }) => answer(request)),
    http.head(base.pattern('(api/hello)?$'), ({ request }) => answer(request)),
  ];
}
