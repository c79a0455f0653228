/** What the stream helper of the official SDK makes of an event stream, held against the bytes. */
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, type Judgement, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { at, blocksOf, eventsOf, inputTotal, isAccepted, isCut, isList, tokens } from '../reading.ts';
import { docs, sdkPython, sdkTypescript } from '../references.ts';
import { isSameJson } from './same-json.ts';
import { judgeReturned, observedOf, seenIn, throwing, thrownIn } from './observed.ts';

// Above the bytes the SDK is its own judge: an event that the order forbids is judged here by what it does to the SDK.
const common = { layer: 'sse', source: docs.sdkMessageStream } as const;
const complete = ['sdk.stream.every-event', 'sdk.stream.final-message'];
const message = (evidence: Evidence): unknown => seenIn(evidence, 'message');

const everyEvent = scenario({
  ...common,
  id: 'sdk.stream.every-event',
  level: 'must',
  requirement: 'The official SDK yields every event of a stream but pings.',
  covers: ['sdk.stream.named-events', 'sdk.stream.event-data-json'],
  breaks: [sdkTypescript('events without a name vanish: the loop over a stream ends with nothing, and without an error')],
  fix: 'Write an event line before each data line.',
  reads: { stream: 'sdk/stream' },
  judge: ({ stream }) => {
    if (!isAccepted(stream)) return inconclusive(`the stream was refused: ${stream.status}`);
    const events = seenIn(stream, 'events');
    if (!isList(events)) return inconclusive('the record does not say what the SDK made of it');
    // What ends a stream is not yielded but thrown.
    const sent = stream.frames.filter(({ data, event, json }) => {
      const type = at(json, 'type');
      return data !== undefined && type !== 'ping' && event !== 'ping' && type !== 'error' && data !== '[DONE]';
    }).length;
    if (sent === 0) return fail({ of: stream, expected: 'events', found: 'none in the answer' });
    // Where it throws in the middle, at an event that it has read, the final message is what is missing.
    if (events.length === sent || (events.length > 0 && thrownIn(stream) !== undefined)) return pass;
    return fail({ of: stream, expected: `${sent} events`, found: `${events.length}${told(thrownIn(stream))}` });
  },
});

function told(thrown: string | undefined): string {
  return thrown === undefined ? '' : `, then ${thrown}`;
}

const finalMessage = scenario({
  ...common,
  id: 'sdk.stream.final-message',
  level: 'must',
  requirement: 'finalMessage() of the official SDK gives the message of a stream.',
  covers: [
    'sdk.stream.message-stop-required',
    'sdk.stream.single-message',
    'sdk.stream.message-start-usage',
    'sdk.stream.message-delta-usage',
  ],
  breaks: [sdkTypescript('the stream helper throws: no usage in message_start or message_delta, two messages, no message_stop')],
  after: ['sdk.stream.every-event'],
  reads: { stream: 'sdk/stream' },
  judge: ({ stream }) =>
    judgeReturned(stream, () =>
      isList(seenIn(stream, 'message', 'content'))
        ? pass
        : fail({ of: stream, expected: 'a message with content', found: shown(message(stream)) }),
    ),
});

/** What both accumulators keep; null and absent are the same. */
const compared = ['id', 'type', 'role', 'model', 'content', 'stop_reason', 'stop_sequence'] as const;

function parity(stream: Evidence): Judgement {
  const differences = compared.flatMap((field): readonly Deviation[] => {
    const [folded, seen] = [at(stream.message, field) ?? null, seenIn(stream, 'message', field) ?? null];
    return isSameJson(folded, seen) ? [] : [{ of: stream, expected: `${field}: ${shown(folded)}, as the bytes say`, found: shown(seen) }];
  });
  return verdictOf(differences);
}

const rawParity = scenario({
  ...common,
  id: 'sdk.stream.equals-bytes',
  level: 'must',
  requirement: 'The message that the official SDK makes of a stream is the one that the bytes hold.',
  covers: ['stream.raw-parity', 'sdk.stream.push-order'],
  breaks: [sdkTypescript('text goes to the wrong block or is lost, without an error: blocks are numbered wrongly')],
  fix: 'Number blocks from 0 in the order in which they start, and name that number in every delta.',
  after: complete,
  reads: { stream: 'sdk/stream' },
  judge: ({ stream }) => judgeReturned(stream, () => parity(stream)),
});

const usage = scenario({
  ...common,
  id: 'sdk.stream.usage',
  level: 'must',
  requirement:
    'The usage of the message that the official SDK makes of a stream is complete, and that of message_delta where it states it.',
  covers: ['sdk.stream.usage-overwrite', 'sdk.stream.message-delta-usage', 'sdk.stream.message-start-usage'],
  breaks: [sdkTypescript('a count of 0 in message_delta overwrites the true one of message_start: costs are computed from it')],
  fix: 'Repeat the whole input_tokens in message_delta, or leave it out.',
  after: complete,
  reads: { stream: 'sdk/stream' },
  judge: ({ stream }) =>
    judgeReturned(stream, () => {
      const seen = seenIn(stream, 'message', 'usage');
      const missing = ['input_tokens', 'output_tokens'].filter((field) => tokens(seen, field) === undefined);
      if (missing.length > 0)
        return verdictOf(missing.map((field) => ({ of: stream, expected: `usage.${field}`, found: shown(at(seen, field)) })));
      return (inputTotal(seen) ?? 0) > 0 ? pass : fail({ of: stream, expected: 'input tokens above 0', found: shown(seen) });
    }),
});

const startsFirst = scenario({
  ...common,
  id: 'sdk.stream.nothing-before-start',
  // Seen in versions before 2; the current one was not looked at.
  level: 'should',
  requirement: 'No event but ping comes before message_start.',
  covers: ['sdk.stream.python-order'],
  breaks: [sdkPython('the stream helper raises at any other event before message_start')],
  reads: { stream: 'sdk/stream' },
  judge: ({ stream }) => {
    if (!isAccepted(stream)) return inconclusive(`the stream was refused: ${stream.status}`);
    const first = eventsOf(stream).find(({ type }) => type !== 'ping');
    if (first === undefined) return inconclusive('there are no events');
    return first.type === 'message_start'
      ? pass
      : fail({ of: stream, frame: first.frame, expected: 'message_start', found: shown(first.type) });
  },
});

const errorTyped = scenario({
  ...common,
  id: 'sdk.stream.error-typed',
  level: 'must',
  requirement: 'An error event in a stream makes the official SDK throw an APIError with the type of that error.',
  covers: ['sdk.stream.error-event'],
  breaks: [sdkTypescript('error.type is null, and an overload cannot be told from a fault')],
  fix: 'Send event: error with {"type":"error","error":{"type","message"}}.',
  reads: { stream: 'sdk/stream' },
  judge: ({ stream }) => {
    const frame = stream.frames.find(({ event, json }) => event === 'error' || at(json, 'type') === 'error');
    if (frame === undefined) return notApplicable('no stream ended with an error event');
    const error = observedOf(stream)?.error;
    if (error?.classes.includes('APIError') === true && error.type !== undefined) return pass;
    return fail({ of: stream, frame, expected: 'an APIError with a type', found: thrownIn(stream) ?? 'nothing was thrown' });
  },
});

const toolInput = scenario({
  ...common,
  id: 'sdk.stream.tool-input',
  level: 'must',
  requirement: 'The input of a streamed tool call is, in the official SDK, the object that the fragments spell.',
  covers: ['sdk.stream.tool-json-at-stop', 'stream.raw-parity'],
  breaks: [sdkTypescript('the helper throws at the end of a tool call, or the tool runs with {}')],
  needs: ['tools', 'forced-tool-choice'],
  reads: { stream: 'sdk-tools/stream' },
  judge: ({ stream }) =>
    judgeReturned(stream, () => {
      if (isCut(stream)) return inconclusive('the call was cut');
      const call = blocksOf(stream.message).find(({ type }) => type === 'tool_use');
      const seen = blocksOf(message(stream)).find(({ type }) => type === 'tool_use');
      if (call === undefined && seen === undefined) return inconclusive('no tool was called');
      return isSameJson(call?.['input'], seen?.['input']) && seen !== undefined
        ? pass
        : fail({ of: stream, expected: `${shown(call?.['input'])}, as the bytes say`, found: shown(seen?.['input']) });
    }),
});

const signature = scenario({
  ...common,
  id: 'sdk.stream.signature',
  level: 'must',
  requirement:
    'The signature of streamed thinking is, in the official SDK, that of the last signature_delta, and the thinking is that of the bytes.',
  covers: ['sdk.stream.signature-assign'],
  breaks: [sdkTypescript('a signature in pieces keeps only its last one, and the next turn is refused')],
  fix: 'Send the whole signature in one signature_delta, at the end of its block.',
  needs: ['thinking'],
  reads: { stream: 'sdk-thinking/stream' },
  judge: ({ stream }) => {
    const thrown = thrownIn(stream);
    if (isAccepted(stream) && thrown !== undefined) return fail(throwing(stream, thrown));
    return judgeReturned(stream, () => {
      if (!blocksOf(stream.message).some(({ type }) => type === 'thinking')) return inconclusive('the model did not think');
      const byBlock = Map.groupBy(
        eventsOf(stream, 'content_block_delta').filter(({ data }) => at(data, 'delta', 'type') === 'signature_delta'),
        ({ data }) => data['index'],
      );
      const pieces = [...byBlock.values()].find((deltas) => deltas.length > 1);
      if (pieces?.[0] !== undefined)
        return fail({
          of: stream,
          frame: pieces[0].frame,
          expected: 'one signature_delta for each block',
          found: `${pieces.length}: all but the last are lost`,
        });
      return parity(stream);
    });
  },
});

export const streamChecks: readonly Check[] = [everyEvent, finalMessage, rawParity, usage, startsFirst, errorTyped, toolInput, signature];
