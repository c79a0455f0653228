/**
 * The view of an exchange that checks judge, made from the record alone, so that a loaded record gives the same evidence as a run.
 * What takes work is done when it is first asked for, and once.
 */
import { type Exchange, foldStream, type Step } from '../spec/index.ts';
import type { Evidence, Frame } from '../suites/model/evidence.ts';
import { endpointOf, headerIn, isCoded, pathBelow, requestViewOf } from './request-view.ts';
import { bytesOf, framesOf, parseJson } from './wire/index.ts';

export interface EvidenceOptions {
  readonly baseUrl: string;
  /** Whether discovery or preflight sent it. Default false. */
  readonly preflight?: boolean;
  /** Where the target keeps its models list. Default `/v1/models`. Of another one, only that holds content: the canonical path is then no more than a route. */
  readonly modelsPath?: string;
}

/**
 * Evidence of one exchange.
 *
 * A body that is too long to be recorded whole cannot be judged from the record, so its exchange counts as `limit-by-us`, also during
 * the run: `text` and `json` are undefined, and `frames` are those of its beginning.
 */
export function evidenceOf(exchange: Exchange, steps: readonly Step[], options: EvidenceOptions): Evidence {
  const { response } = exchange;
  const body = response?.body;
  const status = response?.status;
  const path = pathBelow(options.baseUrl, exchange.request.url);
  const endpoint = isCoded(exchange.request, response) ? 'other' : endpointOf(exchange.request.method, path, options.modelsPath);
  const request = once(() => requestViewOf(exchange.request, endpoint, path));
  const header = headerIn(response?.headers ?? []);
  const text = body?.kind === 'text' ? body.text : undefined;
  const isStream = once(() => endpoint === 'messages' && isOk(status) && request().stream);
  const json = once(() => (text === undefined || isStream() ? undefined : jsonOf(text)));
  const frames = once((): readonly Frame[] => {
    if (response === undefined || !isStream()) return [];
    return framesOf(bytesOf(response.body), response.chunks, exchange.timing.end);
  });
  const message = once((): unknown => {
    if (endpoint !== 'messages' || !isOk(status)) return undefined;
    return isStream() ? foldStream(frames().map((frame) => frame.json)).message : json();
  });

  return {
    exchange,
    steps,
    endpoint,
    preflight: options.preflight ?? false,
    get request() {
      return request();
    },
    ended: body?.kind === 'cut' ? 'limit-by-us' : exchange.ended,
    status,
    headers: response?.headers ?? [],
    header,
    mediaType: (header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    text,
    get json() {
      return json();
    },
    get isStream() {
      return isStream();
    },
    get frames() {
      return frames();
    },
    get message() {
      return message();
    },
    get stopReason() {
      return stopReasonOf(message());
    },
  };
}

function isOk(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function jsonOf(text: string): unknown {
  const parsed = parseJson(text);
  return 'json' in parsed ? parsed.json : undefined;
}

function stopReasonOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('stop_reason' in message)) return undefined;
  return typeof message.stop_reason === 'string' ? message.stop_reason : undefined;
}

/** The result of `work`, which is done at the first call. */
function once<Result>(work: () => Result): () => Result {
  let done: { readonly result: Result } | undefined;
  return () => (done ??= { result: work() }).result;
}
