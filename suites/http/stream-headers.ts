/** The head of an event stream: what proxies and HTTP libraries make of it decides whether the events come one by one. */
import { acceptance } from '../acceptance.ts';
import { type Check, check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { responses } from '../model/kinds.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { streamAnswers } from './kinds.ts';

const noLength = check({
  id: 'http.stream.no-content-length',
  level: 'may',
  layer: 'http',
  requirement: 'An event stream has no content-length: it is sent while it is made.',
  covers: ['sse.no-content-length'],
  source: 'https://www.rfc-editor.org/rfc/rfc9112#section-6',
  why: 'Who knows the length has held the whole answer back.',
  breaks: [claudeCode('shows nothing until the turn is over')],
  fix: 'Send the head before anything is generated, and each event as it is made.',
  after: ['http.stream.is-event-stream'],
  reads: streamAnswers,
  probes: ['routes', 'text'],
  judge: (evidence) => {
    const length = evidence.header('content-length');
    return length === undefined ? pass : fail({ expected: 'no content-length', found: `content-length: ${length}` });
  },
});

const cacheControl = check({
  id: 'http.stream.cache-control',
  level: 'may',
  layer: 'http',
  requirement: 'An event stream has cache-control: no-cache or no-store.',
  covers: ['sse.cache-control'],
  source: docs.eventStreams,
  why: 'Proxies and browsers may keep or hold back an answer that does not say so.',
  breaks: [],
  after: ['http.stream.is-event-stream'],
  reads: streamAnswers,
  probes: ['routes', 'text'],
  judge: (evidence) => {
    const value = evidence.header('cache-control');
    return value !== undefined && /\bno-(cache|store)\b/i.test(value)
      ? pass
      : fail({ expected: 'cache-control: no-cache', found: value === undefined ? 'none' : shown(value) });
  },
});

const notEncoded = check({
  id: 'http.response.not-encoded',
  level: 'should',
  layer: 'http',
  requirement: 'A response has a content coding only where the request offers one.',
  covers: ['sse.accept-encoding-identity'],
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3',
  why: 'Simple HTTP libraries do not decode what they did not ask for, and a coder that collects bytes holds events back.',
  breaks: [],
  fix: 'Leave text/event-stream out of the types that a proxy compresses.',
  reads: responses,
  probes: ['routes', 'headers'],
  judge: (evidence) => {
    const offered = evidence.request.header('accept-encoding');
    if (offered !== undefined && offered !== 'identity') return notApplicable('the request offers content codings');
    const coding = evidence.header('content-encoding');
    return coding === undefined || coding.toLowerCase() === 'identity'
      ? pass
      : fail({ expected: 'no content-encoding', found: `content-encoding: ${coding}` });
  },
});

const identity = acceptance({
  id: 'http.request.accept-encoding-identity',
  level: 'should',
  layer: 'http',
  requirement: 'A request for a stream with accept-encoding: identity is accepted where one that offers content codings is.',
  covers: ['sse.accept-encoding-identity'],
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3',
  breaks: [sdkTypescript('programs that switch compression off fail'), sdkPython('programs that switch compression off fail')],
  control: 'headers/offered-stream',
  variant: 'headers/base-stream',
});

/** In an answer that took less, in milliseconds, one burst proves nothing. */
const tooFastToTell = 1000;
/** Pieces that arrive further apart than this, in milliseconds, or than a tenth of the whole time, did not come in one burst. */
const longerThanABurst = 50;

const compressionFlushed = scenario({
  id: 'http.stream.compression-flushed',
  level: 'may',
  layer: 'http',
  requirement: 'An event stream that is compressed, because the client offers it, still arrives while it is made.',
  covers: ['sse.compression'],
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3',
  breaks: [claudeCode('shows nothing until the turn is over: it offers four codings with every request')],
  fix: 'Flush the compressor after each event, or leave text/event-stream uncompressed.',
  reads: { plain: 'long-stream/stream', offered: 'long-stream/compressible' },
  judge: ({ plain, offered }) => {
    if (!isAccepted(plain) || !isAccepted(offered)) return inconclusive('the streams were not both accepted');
    const coding = offered.header('content-encoding');
    if (coding === undefined || coding.toLowerCase() === 'identity') return pass;
    if (isBurst(plain)) return inconclusive('without compression it comes in one burst too');
    if (!isBurst(offered)) return pass;
    const ms = durationOf(offered);
    if (ms < tooFastToTell) return inconclusive('the whole answer came in one burst, but took less than a second');
    return fail({
      of: offered,
      expected: 'events that arrive while they are made',
      found: `${coding}, in one burst after ${ms.toFixed(0)} ms`,
    });
  },
});

function durationOf({ exchange }: Evidence): number {
  return exchange.timing.end - exchange.timing.sent;
}

function isBurst(evidence: Evidence): boolean {
  const chunks = evidence.exchange.response?.chunks ?? [];
  const spread = (chunks.at(-1)?.at ?? 0) - (chunks[0]?.at ?? 0);
  return spread < Math.min(longerThanABurst, durationOf(evidence) / 10);
}

export const streamHeaderChecks: readonly Check[] = [noLength, cacheControl, notEncoded, identity, compressionFlushed];
