/** What Claude Code asked and what it got, read from the recorded exchanges: one row for each request, and whether it asked again. */
import { isDeepStrictEqual } from 'node:util';
import { evidenceOf } from '../../runner/evidence.ts';
import { pathBelow } from '../../runner/request-view.ts';
import { bytesOf } from '../../runner/wire/index.ts';
import { type Exchange, parseBetas } from '../../spec/index.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import { at, eventsOf, inputTotal, isAccepted, tokens } from '../../suites/reading.ts';

/**
 * Why a request was sent. `turn`: the conversation went on. `fallback`: without stream, after a stream that could not be used. `retry`: the
 * same conversation once more, after a refusal or a broken answer. `other`: no request for a message.
 */
export type RequestKind = 'turn' | 'fallback' | 'retry' | 'other';

export interface RequestRow {
  readonly id: string;
  readonly kind: RequestKind;
  /** When it was sent, on the clock of the recording. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly model: string | undefined;
  readonly stream: boolean;
  readonly maxTokens: number | undefined;
  readonly betas: readonly string[];
  readonly bytes: number;
  /** Absent where no answer came. */
  readonly status: number | undefined;
  readonly ended: Exchange['ended'];
  readonly stopReason: string | undefined;
  /** Of the prompt, those from the cache included. */
  readonly inputTokens: number | undefined;
  readonly cachedTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly firstByteMs: number | undefined;
  /** Until the first delta: the prompt had been read then. */
  readonly firstDeltaMs: number | undefined;
  readonly durationMs: number;
}

export function requestRows(exchanges: readonly Exchange[], baseUrl: string): readonly RequestRow[] {
  const all = exchanges.toSorted((a, b) => a.timing.sent - b.timing.sent).map((exchange) => evidenceOf(exchange, [], { baseUrl }));
  return all.map((evidence, index) => rowOf(evidence, kindOf(evidence, all.slice(0, index)), baseUrl));
}

function kindOf(evidence: Evidence, before: readonly Evidence[]): RequestKind {
  if (evidence.endpoint !== 'messages') return 'other';
  if (!evidence.request.stream) return 'fallback';

  const previous = before.findLast(({ endpoint }) => endpoint === 'messages');
  if (previous === undefined) return 'turn';
  const isRepeated = isDeepStrictEqual(at(previous.request.json, 'messages'), at(evidence.request.json, 'messages'));
  return isRepeated || !isAccepted(previous) ? 'retry' : 'turn';
}

function rowOf(evidence: Evidence, kind: RequestKind, baseUrl: string): RequestRow {
  const { exchange, request, message } = evidence;
  const { timing } = exchange;
  const since = (time: number | undefined): number | undefined => (time === undefined ? undefined : Math.round(time - timing.sent));
  const usage = at(message, 'usage');
  return {
    id: exchange.id,
    kind,
    atMs: Math.round(timing.sent),
    method: request.method,
    path: pathBelow(baseUrl, exchange.request.url),
    model: textOrNothing(at(request.json, 'model')),
    stream: request.stream,
    maxTokens: tokens(request.json, 'max_tokens'),
    betas: parseBetas(request.header('anthropic-beta')),
    bytes: exchange.request.body === undefined ? 0 : bytesOf(exchange.request.body).length,
    status: evidence.status,
    ended: evidence.ended,
    stopReason: evidence.stopReason,
    inputTokens: inputTotal(usage),
    cachedTokens: tokens(usage, 'cache_read_input_tokens'),
    outputTokens: tokens(usage, 'output_tokens'),
    firstByteMs: since(timing.firstByte),
    firstDeltaMs: since(eventsOf(evidence, 'content_block_delta')[0]?.frame.at),
    durationMs: Math.round(timing.end - timing.sent),
  };
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
