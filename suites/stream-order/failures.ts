/** Streams that fail: when an error event is no surprise, and when it comes too early. */
import { answersToPlain } from '../errors/kinds.ts';
import { check, type GeneralCheck } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { type Kind, streams } from '../model/kinds.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, eventsOf } from '../reading.ts';

export const errorNotFirst: GeneralCheck = check({
  id: 'stream.order.error-not-first',
  level: 'should',
  layer: 'order',
  reads: streams,
  probes: ['text', 'counting'],
  requirement: 'What fails before the message has begun is answered with an HTTP status, not with an error event first in a stream.',
  covers: ['err.stream-preflight-json'],
  source: docs.errors,
  breaks: [sdkTypescript('throws without trying again, which it would do after a 5xx or a 429')],
  fix: 'Send the status once the first token is there, or the error.',
  judge: (evidence) => {
    const [error] = eventsOf(evidence, 'error');
    if (error === undefined) return notApplicable('no error in the stream');
    const first = eventsOf(evidence).find(({ type }) => type !== 'ping');
    if (first?.frame !== error.frame) return pass;
    return fail({ frame: error.frame, expected: 'message_start, or a status from 400 on', found: shown(error.data['error']) });
  },
});

const plainStreams: Kind = {
  name: 'streams of plain requests',
  matches: (evidence) => streams.matches(evidence) && answersToPlain.matches(evidence),
};

/** The server's load, or its patience, rather than a defect. */
const passing: ReadonlySet<unknown> = new Set(['overloaded_error', 'rate_limit_error', 'timeout_error']);

export const noErrorOnValid: GeneralCheck = check({
  id: 'stream.order.no-error-on-valid',
  level: 'must',
  layer: 'order',
  reads: plainStreams,
  probes: ['text', 'counting'],
  requirement: 'The stream that answers a valid request for text has no error event, unless the server is overloaded.',
  covers: ['err.status.500', 'stream.error.shape'],
  source: docs.errors,
  breaks: [
    sdkTypescript('throws, and does not try again'),
    claudeCode('drops the stream and generates the same turn again without stream'),
  ],
  judge: (evidence) => {
    const [error] = eventsOf(evidence, 'error');
    if (error === undefined) return pass;
    const type = at(error.data, 'error', 'type');
    if (passing.has(type)) return inconclusive(`the stream ended with ${shown(type)}`);
    return fail({ frame: error.frame, expected: 'no error', found: shown(error.data['error']) });
  },
});
