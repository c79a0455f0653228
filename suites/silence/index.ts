/**
 * How long a server says nothing. Clients give up after minutes of silence and ask again, so a slow server that stays silent does its work
 * twice. What counts is time between bytes; any byte will do, an event or a comment.
 */
import { type Check, check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass } from '../model/judgement.ts';
import { eventsOf } from '../reading.ts';
import { jsonMessages, type Kind, streams } from '../model/kinds.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';

/** Milliseconds after which clients give up, and after which a person wonders. */
export const patience = {
  /** Claude Code, without a response head. */
  head: 360_000,
  /** Claude Code, between two bytes of a stream. */
  bytes: 300_000,
  /** Claude Code, for an answer without stream. */
  json: 300_000,
  /** A stream that is silent for longer deserves a ping. */
  ping: 30_000,
} as const;

const probes = ['text', 'counting', 'long-stream'];
const source = 'https://github.com/anthropics/claude-code/issues/39906';

/** A pause between two signs of life, and whether the answer came at all. */
interface Pause {
  readonly ms: number;
  /** Whether it ended because this side gave up. */
  readonly isOpen: boolean;
}

/** From sending to the head of the response. */
function pauseBeforeHead({ exchange }: Evidence): Pause {
  const { sent, headers, end } = exchange.timing;
  return { ms: (headers ?? end) - sent, isOpen: headers === undefined };
}

/** The longest time without a byte after the head. */
function longestPause({ exchange, ended }: Evidence): Pause {
  const { headers, sent, end } = exchange.timing;
  const times = [headers ?? sent, ...(exchange.response?.chunks.map(({ at }) => at) ?? []), end];
  const pauses = times.slice(1).map((at, n) => at - (times[n] ?? at));
  const ms = pauses.reduce((longest, pause) => Math.max(longest, pause), 0);
  return { ms, isOpen: ended === 'timed-out-by-us' && pauses.at(-1) === ms };
}

function judgePause({ ms, isOpen }: Pause, limit: number): Judgement {
  if (ms >= limit) return fail({ expected: `a sign of life within ${seconds(limit)}`, found: `${seconds(ms)} of silence` });
  return isOpen ? inconclusive(`given up after ${seconds(ms)} of silence; clients wait for ${seconds(limit)}`) : pass;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Streams, and requests for one that never got a head. */
const awaitedStreams: Kind = {
  name: 'requests for a stream',
  matches: (e) => streams.matches(e) || (e.request.stream && !e.preflight && e.status === undefined && e.ended === 'timed-out-by-us'),
};

const headInTime = check({
  id: 'silence.stream.head-in-time',
  level: 'should',
  layer: 'transport',
  requirement: 'The head of a stream is sent at once, not when the prompt has been read: at the latest before clients give up.',
  covers: ['sse.first-event-early'],
  source,
  breaks: [claudeCode('closes the connection after 360 s and asks again, so the prompt is read twice')],
  bugs: ['anthropics/claude-code#39906', 'anthropics/claude-code#35327'],
  fix: 'Send the head and a ping as soon as the request is known to be valid.',
  reads: awaitedStreams,
  probes,
  judge: (evidence) => judgePause(pauseBeforeHead(evidence), patience.head),
});

const noLongPause = check({
  id: 'silence.stream.no-long-pause',
  level: 'should',
  layer: 'transport',
  requirement: 'A stream is never silent for five minutes.',
  covers: ['stream.ping.exists', 'sse.incremental'],
  source,
  breaks: [claudeCode('closes the connection after 300 s without a byte, and asks again without stream')],
  bugs: ['anthropics/claude-code#41785', 'anthropics/claude-code#4968'],
  fix: 'Send a ping event, or a comment line, every few seconds while nothing else is sent.',
  reads: streams,
  probes,
  judge: (evidence) => judgePause(longestPause(evidence), patience.bytes),
});

const pinged = check({
  id: 'silence.stream.pinged',
  level: 'may',
  layer: 'transport',
  requirement: 'A stream in which nothing is said for half a minute has ping events or comments.',
  covers: ['stream.ping.exists'],
  source: docs.streaming,
  why: 'Proxies close connections that are silent for a minute, and users press Escape.',
  breaks: [],
  fix: 'Send a ping event every ten seconds while nothing else is sent.',
  reads: streams,
  probes,
  judge: (evidence) => {
    if (eventsOf(evidence, 'ping').length > 0 || hasComment(evidence)) return pass;
    const { ms } = longestPause(evidence);
    return ms < patience.ping
      ? notApplicable(`never silent for ${seconds(patience.ping)}`)
      : fail({ expected: 'a ping event or a comment', found: `${seconds(ms)} of silence` });
  },
});

function hasComment({ frames }: Evidence): boolean {
  return frames.some(({ lines }) => lines.some((line) => line.startsWith(':')));
}

const jsonInTime = check({
  id: 'silence.json.in-time',
  level: 'should',
  layer: 'transport',
  requirement: 'A short answer without stream comes before clients give up.',
  covers: ['http.route.messages'],
  source,
  breaks: [claudeCode('gives up after 300 s'), sdkTypescript('gives up after 600 s'), sdkPython('gives up after 600 s')],
  reads: jsonMessages,
  probes,
  judge: ({ exchange }) => judgePause({ ms: exchange.timing.end - exchange.timing.sent, isOpen: false }, patience.json),
});

export const checks: readonly Check[] = [headInTime, noLongPause, pinged, jsonInTime];
