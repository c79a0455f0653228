/** Faults of HTTP in what is answered: headers, media types, endings. What is asked: `http-requests.ts`. */
import type { Reply } from '../../../endpoint/index.ts';
import type { RawHeader } from '../../../spec/index.ts';
import { answers, refuses, says, sendsHeader } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { cutAfter, dropEvent, mapFrames, setHeader } from '../reply-faults.ts';
import { all, any, at, mentions, modelsList, not, plain, sample, streams, type Touch } from '../touching.ts';
import { httpRequestFaults } from './http-requests.ts';
import { answersLate, heldBack } from './shaping.ts';

/** The one stream of the probe `text`, which every check on streams reads. */
const shortStream = sample(
  streams,
  at('/max_tokens', (value) => value === 32),
);
const smallest: Touch = at('/max_tokens', (value) => value === 1);
/** The smallest stream, and nothing that other checks compare it with. */
const tinyStream: Touch = all(streams, smallest, ({ query }) => query.has('beta'));
const longStream: Touch = all(streams, mentions('dragon'));
const noSuchPath: Touch = ({ path }) => path === '/v1/no-such-path';

type Row = Omit<KnownFault, 'layer'> & Partial<Pick<KnownFault, 'layer'>>;

/** Answers with these headers beside its own. */
function sendsHeaders(...headers: readonly RawHeader[]): KnownFault['act'] {
  return says(...headers.map(([name, value]) => setHeader(name, value)));
}

const optional: readonly Row[] = [
  {
    id: 'organization-id-empty',
    sentence: 'anthropic-organization-id is empty.',
    trips: ['http.response.organization-id'],
    touches: noSuchPath,
    act: sendsHeader('anthropic-organization-id', ''),
  },
  {
    id: 'workspace-id-default',
    sentence: 'anthropic-workspace-id is "default".',
    trips: ['http.response.workspace-id'],
    touches: noSuchPath,
    act: sendsHeader('anthropic-workspace-id', 'default'),
  },
  {
    id: 'should-retry-number',
    sentence: 'x-should-retry is 0.',
    trips: ['http.response.should-retry'],
    touches: noSuchPath,
    act: sendsHeader('x-should-retry', '0'),
  },
  {
    id: 'ratelimit-more-left',
    sentence: 'More requests remain than the limit has.',
    trips: ['http.response.ratelimit-headers'],
    touches: noSuchPath,
    act: sendsHeaders(
      ['anthropic-ratelimit-requests-limit', '50'],
      ['anthropic-ratelimit-requests-remaining', '60'],
      ['anthropic-ratelimit-requests-reset', '2026-11-01T00:00:00Z'],
    ),
  },
  {
    id: 'ratelimit-reset-seconds',
    sentence: 'The reset of a rate limit is a number of seconds.',
    trips: ['http.response.ratelimit-headers'],
    touches: noSuchPath,
    act: sendsHeaders(
      ['anthropic-ratelimit-tokens-limit', '50'],
      ['anthropic-ratelimit-tokens-remaining', '10'],
      ['anthropic-ratelimit-tokens-reset', '12'],
    ),
  },
  {
    id: 'tier-limit-alone',
    sentence: 'A header of a service tier tells a limit and nothing else.',
    trips: ['http.response.tier-headers'],
    touches: noSuchPath,
    act: sendsHeader('anthropic-priority-input-tokens-limit', '10000'),
  },
  {
    id: 'retry-after-missing',
    layer: 'status',
    sentence: 'The first request to a path is answered 429 without retry-after.',
    trips: ['http.response.retry-after'],
    touches: noSuchPath,
    act: limitedOnce(undefined),
  },
  {
    id: 'retry-after-scientific',
    layer: 'status',
    sentence: 'retry-after of a 429 is 1e-7.',
    trips: ['http.response.retry-after'],
    touches: noSuchPath,
    act: limitedOnce('1e-7'),
  },
];

/** One 429, and an answer to whoever asks again. */
function limitedOnce(retryAfter: string | undefined): KnownFault['act'] {
  return () => {
    let isFirst = true;
    const { instead } = refuses('rate_limit_error', 'Too many requests.')();
    return {
      instead(asked) {
        const reply = isFirst ? instead?.(asked) : undefined;
        isFirst = false;
        return reply === undefined ? undefined : setHeader('retry-after', retryAfter)(reply, { method: 'GET', url: '/', headers: [] });
      },
    };
  };
}

const bodies: readonly Row[] = [
  {
    id: 'no-request-id',
    sentence: 'Responses carry no request-id header.',
    trips: ['http.response.request-id'],
    mayTrip: {
      'errors.envelope.request-id': 'It compares the header with the body.',
      'http.response.request-id-unique': 'There is nothing to compare.',
      'sdk.create.request-id': 'The SDK reads it.',
    },
    touches: any(modelsList, all(plain, not(smallest))),
    act: sendsHeader('request-id', undefined),
  },
  {
    id: 'same-request-id',
    sentence: 'Every response carries the same request-id.',
    trips: ['http.response.request-id-unique'],
    mayTrip: { 'errors.envelope.request-id': 'It compares the header with the body.' },
    touches: any(
      noSuchPath,
      all(streams, smallest, mentions('Say hello.'), ({ query }) => query.size === 0),
    ),
    act: sendsHeader('request-id', 'req_0'),
  },
  {
    id: 'coded-unasked',
    sentence: 'A response is compressed for a client that did not offer to decode it.',
    trips: ['http.response.not-encoded'],
    touches: noSuchPath,
    act: sendsHeader('content-encoding', 'br'),
  },
  {
    id: 'huge-response',
    layer: 'bytes',
    sentence: 'A response has 18 MB.',
    trips: ['http.response.ends'],
    touches: noSuchPath,
    act: answers(404, {
      type: 'error',
      error: { type: 'not_found_error', message: 'no '.repeat(6_000_000) },
      request_id: 'req_of_a_fault',
    }),
  },
  {
    id: 'limit-hangs',
    layer: 'behaviour',
    sentence: 'A request with a limit out of its range is never answered.',
    trips: ['http.server.keeps-answering'],
    touches: all(modelsList, ({ query }) => ['0', '1001', '-1'].includes(query.get('limit') ?? '')),
    act: () => ({ instead: stalled }),
  },
];

const streamed: readonly Row[] = [
  {
    id: 'stream-reset',
    layer: 'bytes',
    sentence: 'The connection is broken in the middle of a stream.',
    imitates: ['litellm#32159', 'TensorRT-LLM#18289', 'gpt-load#736'],
    trips: ['http.response.complete'],
    touches: tinyStream,
    act: says(cutAfter(3, 'reset')),
  },
  {
    id: 'stream-as-json',
    sentence: 'A stream is sent as application/json.',
    trips: ['http.stream.is-event-stream'],
    touches: tinyStream,
    act: sendsHeader('content-type', 'application/json'),
  },
  {
    id: 'stream-as-text',
    sentence: 'A stream is sent as text/plain.',
    trips: ['http.stream.is-event-stream'],
    touches: tinyStream,
    act: sendsHeader('content-type', 'text/plain; charset=utf-8'),
  },
  {
    id: 'stream-cacheable',
    sentence: 'A stream has no cache-control header.',
    trips: ['http.stream.cache-control'],
    touches: tinyStream,
    act: sendsHeader('cache-control', undefined),
  },
  {
    id: 'stream-with-length',
    layer: 'bytes',
    sentence: 'A stream is held back to its end and sent with its length.',
    trips: ['http.stream.no-content-length'],
    touches: tinyStream,
    act: () => ({ says: heldBack }),
  },
  {
    id: 'stream-compressed-at-end',
    layer: 'timing',
    sentence: 'A stream that the client offers to decompress arrives at its end.',
    trips: ['http.stream.compression-flushed'],
    touches: longStream,
    act: compressedAtEnd,
  },
  {
    id: 'no-message-stop',
    layer: 'sse',
    sentence: 'A stream ends without message_stop.',
    imitates: ['vllm#45367'],
    trips: ['stream.order.ends-with-message-stop'],
    mayTrip: { 'sdk.stream.final-message': 'The stream helper of the SDK throws.' },
    touches: shortStream,
    act: says(dropEvent('message_stop')),
  },
];

/** Streams at an even pace, or, where a coding is offered, in one piece. The bytes are not looked at, so they are as they were. */
function compressedAtEnd(): ReturnType<KnownFault['act']> {
  const paced = mapFrames((frame, index) => [{ ...frame, due: index }]);
  return {
    says: async (reply, request) => {
      const isOffered = [...request.headers].some(([name, value]) => name.toLowerCase() === 'accept-encoding' && value.includes('gzip'));
      if (!isOffered) return paced(reply, request);
      return setHeader('content-encoding', 'gzip')(answersLate(60)(await heldBack(reply), request), request);
    },
  };
}

/** A head that never comes. */
function stalled(): Reply {
  return {
    kind: 'stream',
    status: 200,
    headers: [
      ['content-type', 'application/json'],
      ['request-id', 'req_of_a_fault'],
    ],
    frames: silent(),
  };
}

// oxlint-disable-next-line require-yield -- it is silent
async function* silent(): AsyncGenerator<never, 'stall'> {
  return 'stall';
}

const answered: readonly KnownFault[] = [...optional, ...bodies, ...streamed].map((row) => fault({ layer: 'headers', ...row }));

export const httpFaults: readonly KnownFault[] = [...answered, ...httpRequestFaults];
