/** How the response around a stream ends, and that it comes piece by piece. A broken connection is `http.response.complete`. */
import { check, type GeneralCheck, scenario, type ScenarioCheck } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass } from '../model/judgement.ts';
import { streams } from '../model/kinds.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { eventsOf, isAccepted, tokens } from '../reading.ts';

const probes = ['text', 'counting'];

export const endsAfterMessageStop: GeneralCheck = check({
  id: 'stream.framing.ends-after-message-stop',
  level: 'must',
  layer: 'sse',
  reads: streams,
  probes,
  requirement: 'The response ends after message_stop.',
  covers: ['sse.terminates'],
  source: docs.sdkStreaming,
  breaks: [sdkTypescript('waits until its timeout for more events: iterating hangs')],
  fix: 'End the response after message_stop; keep-alive concerns the connection, not the response.',
  judge: (evidence) => {
    const stop = eventsOf(evidence, 'message_stop').at(-1);
    if (stop === undefined) return notApplicable('no message_stop in the stream');
    if (evidence.ended === 'complete') return pass;
    if (evidence.ended !== 'timed-out-by-us') return inconclusive(`the response did not end in order: ${evidence.ended}`);
    return fail({ frame: stop.frame, expected: 'the end of the response', found: 'silence until our timeout' });
  },
});

/** A reply of fewer tokens may well arrive at once. */
const fewTokens = 20;
/** In an answer that took less, in milliseconds, one burst proves nothing: a mock, a cache, or a busy machine. */
const tooFastToTell = 1000;
/** Events that arrive further apart than this, in milliseconds, or than a tenth of the whole time, did not come in one burst. */
const longerThanABurst = 50;

export const incremental: ScenarioCheck = scenario({
  id: 'stream.framing.arrives-incrementally',
  level: 'should',
  layer: 'sse',
  reads: { stream: 'long-stream/stream' },
  requirement: 'The events of a longer reply arrive while it is generated, not all at the end.',
  covers: ['sse.incremental', 'sse.first-event-early'],
  source: docs.streaming,
  breaks: [claudeCode('shows nothing until the turn is over')],
  fix: 'Flush every event; switch off buffering and compression in proxies for this content type.',
  judge: ({ stream }) => {
    if (!isAccepted(stream)) return inconclusive('the stream was refused');
    const { sent, end } = stream.exchange.timing;
    const output = tokens(eventsOf(stream, 'message_delta').at(-1)?.data['usage'], 'output_tokens') ?? 0;
    if (output < fewTokens) return inconclusive(`the reply has only ${output} tokens`);
    const start = stream.frames[0];
    const last = eventsOf(stream, 'content_block_delta').at(-1);
    if (start === undefined || last === undefined) return inconclusive('the stream has no deltas');
    const spread = last.frame.at - start.at;
    if (spread >= Math.min(longerThanABurst, (end - sent) / 10)) return pass;
    if (end - sent < tooFastToTell) return inconclusive('the whole answer came in one burst, but took less than a second');
    const found = `all of it within ${spread.toFixed(1)} of ${(end - sent).toFixed(0)} ms`;
    return fail({ frame: last.frame, expected: 'the first event well before the last delta', found });
  },
});
