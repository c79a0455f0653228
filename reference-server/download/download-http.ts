/** GET for downloads: through the user's proxy, along redirects, with the Hugging Face token for Hugging Face alone. */
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { asText } from '../../spec/as-text.ts';
import { StartError } from '../start-error.ts';

export interface DownloadHttpOptions {
  /** `HF_TOKEN`. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For tests. Default: what the proxy variables of the environment say, loopback excepted. */
  readonly dispatcher?: Dispatcher;
}

/** A part of a file that begins at byte `from`; `validator` is the ETag or date that the bytes before it had. */
export interface RangeWanted {
  readonly from: number;
  readonly validator?: string;
}

export interface DownloadResponse {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Dispatcher.ResponseData['body'];
}

/** The network, or the server behind it, did not answer, or not to the end: to try again may help. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  /** Whether there was no connection at all. */
  readonly isUnreachable: boolean;

  constructor(host: string, reason: string, cause?: unknown) {
    super(`${host}: ${reason}`, { cause });
    this.isUnreachable = cause instanceof Error && 'code' in cause && unreachable.has(asText(cause.code));
  }
}

const unreachable: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const mostRedirects = 10;
const silenceMs = 60_000;
const tokenHosts: ReadonlySet<string> = new Set(['huggingface.co', 'hf.co']);

export class DownloadHttp implements AsyncDisposable {
  readonly signal: AbortSignal | undefined;
  readonly #token: string | undefined;
  readonly #dispatcher: Dispatcher;
  readonly #isOwn: boolean;

  constructor({ token, signal, dispatcher }: DownloadHttpOptions = {}) {
    this.#token = token?.trim() === '' ? undefined : token?.trim();
    this.signal = signal;
    this.#dispatcher = dispatcher ?? proxied();
    this.#isOwn = dispatcher === undefined;
  }

  /** The response at the end of the redirects, whatever its status. @throws ConnectionLost, or StartError for redirects that nobody should follow. */
  async get(url: URL, range?: RangeWanted): Promise<DownloadResponse> {
    let place = url;
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      const { statusCode, headers, body } = await this.#send(place, range);
      const header = (name: string): string | undefined => [headers[name]].flat()[0];
      const location = header('location');
      if (statusCode < 300 || statusCode >= 400 || location === undefined) return { status: statusCode, header, body };
      await body.dump();
      const next = safeStep(location, place);
      if (next === undefined) {
        throw new StartError('model-refused', `${place.host} redirects the download to a place that is not safe to follow.`);
      }
      place = next;
    }
    throw new StartError('model-refused', `${url.host} redirects the download more than ${mostRedirects} times.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOwn) await this.#dispatcher.destroy();
  }

  /** Whether a request to this URL carries the token: to Hugging Face itself, and encrypted. */
  sendsTokenTo(url: URL): boolean {
    return this.#token !== undefined && url.protocol === 'https:' && tokenHosts.has(url.hostname);
  }

  async #send(url: URL, range: RangeWanted | undefined): Promise<Dispatcher.ResponseData> {
    try {
      return await request(url, {
        dispatcher: this.#dispatcher,
        headersTimeout: silenceMs,
        bodyTimeout: silenceMs,
        ...(this.signal === undefined ? {} : { signal: this.signal }),
        headers: {
          'user-agent': 'messages-conformance',
          'accept-encoding': 'identity',
          ...(range === undefined ? {} : { range: `bytes=${range.from}-` }),
          ...(range?.validator === undefined ? {} : { 'if-range': range.validator }),
          ...(this.sendsTokenTo(url) ? { authorization: `Bearer ${this.#token}` } : {}),
        },
      });
    } catch (error) {
      throw this.lost(url.host, error);
    }
  }

  /** What to throw for a broken connection: the abort, where that was what broke it. */
  lost(host: string, error: unknown): unknown {
    return this.signal?.aborted === true ? this.signal.reason : new ConnectionLost(host, reasonOf(error), error);
  }
}

/** Where a server sends us on to; undefined where nobody should follow: out of the web, or out of what is encrypted. */
export function safeStep(target: string, from: URL): URL | undefined {
  const next = URL.parse(target, from);
  const isSafe = next?.protocol === 'https:' || (next?.protocol === 'http:' && from.protocol === 'http:');
  return isSafe ? next : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is unknown, or there is no network',
  EAI_AGAIN: 'its name cannot be looked up, is there a network?',
  ECONNREFUSED: 'nothing listens there',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'it cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  UND_ERR_BODY_TIMEOUT: 'it went silent',
  UND_ERR_SOCKET: 'it closed the connection',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'it sent less than it promised',
  ECONNRESET: 'it closed the connection',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return asText(error);
  const code = 'code' in error ? asText(error.code) : '';
  return reasons[code] ?? (error.message === '' ? code : error.message);
}

/** Each of two spellings; the small one counts where both are set. */
const proxyVariables = ['http_proxy', 'https_proxy'] as const;
const proxyProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'socks:', 'socks5:']);

function proxied(): Dispatcher {
  for (const small of proxyVariables) {
    const name = process.env[small] === undefined ? small.toUpperCase() : small;
    const value = process.env[name];
    if (value === undefined || value === '' || proxyProtocols.has(URL.parse(value)?.protocol ?? '')) continue;
    // Without the value, which may hold a password.
    throw new StartError('download-failed', `${name} is not the URL of a proxy: write it as in http://proxy.example:8080, or unset it.`);
  }
  const excepted = [process.env['no_proxy'] ?? process.env['NO_PROXY'], 'localhost', '127.0.0.1', '::1'];
  return new EnvHttpProxyAgent({ noProxy: excepted.filter((host) => host !== undefined && host !== '').join(',') });
}
