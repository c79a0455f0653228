/** Stop sequences: honoured, named, kept out of the text, and without effect where they do not occur. */
import { acceptance } from '../acceptance.ts';
import { check, type GeneralCheck, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { docs } from '../references.ts';
import { at, blocksOf, eventsOf, isAccepted, isList, wholeText } from '../reading.ts';

const probes = ['stop-sequence'];

/** The stop sequences of a request. */
function submitted({ request }: Evidence): readonly string[] {
  const sequences = at(request.json, 'stop_sequences');
  return isList(sequences) ? sequences.filter((sequence) => typeof sequence === 'string') : [];
}

/** Where a text block holds one of the request's stop sequences. */
function occurrences(evidence: Evidence): readonly Deviation[] {
  const sequences = submitted(evidence);
  return blocksOf(evidence.message).flatMap(({ type, text }, position) => {
    const held = type === 'text' && typeof text === 'string' ? sequences.find((sequence) => text.includes(sequence)) : undefined;
    return held === undefined ? [] : [{ pointer: `/content/${position}/text`, expected: `no ${shown(held)}`, found: shown(text) }];
  });
}

export const namedIffReason: GeneralCheck = check({
  id: 'stop.sequence.named-iff-reason',
  level: 'must',
  layer: 'semantics',
  reads: messages,
  probes: [...probes, 'text', 'counting'],
  requirement: 'stop_sequence is a string where the stop reason is stop_sequence, and null or absent everywhere else.',
  covers: ['resp.stop-sequence-null', 'stream.msgdelta.stop-sequence', 'stream.equiv.stop-rules'],
  source: docs.messages,
  breaks: [],
  why: 'Chains that stop at a marker ask which one it was; without the name they go on as after a normal end.',
  bugs: ['vllm#45807', 'vllm#48273', 'sglang#33153'],
  fix: 'Take the matched string from the engine, and report an abort as something else.',
  judge: (evidence) => {
    const named = at(evidence.message, 'stop_sequence') ?? null;
    const isReason = evidence.stopReason === 'stop_sequence';
    const place = { pointer: '/stop_sequence', ...lastDelta(evidence) };
    if (isReason && typeof named !== 'string') return fail({ ...place, expected: 'the sequence that was met', found: shown(named) });
    if (!isReason && named !== null) return fail({ ...place, expected: 'null', found: shown(named) });
    return pass;
  },
});

function lastDelta(evidence: Evidence): Pick<Deviation, 'frame' | 'pointer'> {
  const last = eventsOf(evidence, 'message_delta').at(-1);
  return last === undefined ? {} : { frame: last.frame, pointer: '/delta/stop_sequence' };
}

export const oneOfRequest: GeneralCheck = check({
  id: 'stop.sequence.one-of-request',
  level: 'must',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'The stop_sequence of a reply is one that the request gave, letter for letter.',
  covers: ['stop.stop-sequence'],
  source: docs.messages,
  breaks: [],
  why: 'A name that the client never gave, such as the model’s own end marker, fits none of its branches.',
  judge: (evidence) => {
    const named = at(evidence.message, 'stop_sequence');
    if (typeof named !== 'string') return notApplicable('no stop sequence ended the reply');
    if (submitted(evidence).includes(named)) return pass;
    const place = { pointer: '/stop_sequence', ...lastDelta(evidence) };
    return fail({ ...place, expected: `one of ${shown(submitted(evidence))}`, found: shown(named) });
  },
});

export const honoured: GeneralCheck = check({
  id: 'stop.sequence.honoured',
  level: 'must',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'Generation stops at a stop sequence, also where it spans several tokens, and the stop reason says so.',
  covers: ['stop.stop-sequence', 'stop.stop-sequence-multi-token', 'stream.equiv.stop-rules'],
  source: docs.stopReasons,
  breaks: [],
  why: 'Prompts that end at a marker run on and pay for it; what follows the marker is taken for the answer.',
  bugs: ['vllm#45807', 'vllm#48273', 'sglang#33153', 'Rapid-MLX#469'],
  fix: 'Match on the decoded text, across tokens, and report the match as stop_sequence, not as end_turn.',
  judge: (evidence) => {
    if (submitted(evidence).length === 0) return notApplicable('the request has no stop sequences');
    if (evidence.stopReason === 'stop_sequence') return pass;
    const [first, ...rest] = occurrences(evidence);
    if (first === undefined) return inconclusive('the model wrote none of the stop sequences');
    return fail(first, ...rest);
  },
});

/** The reply is the beginning of what came without stop sequences, and one of them would have been next. */
function endsBeforeSequence(reply: Evidence, plain: Evidence): boolean {
  const [said, whole] = [wholeText(reply.message), wholeText(plain.message)];
  return whole.startsWith(said) && submitted(reply).some((sequence) => whole.startsWith(sequence, said.length));
}

export const reported: ScenarioCheck = scenario({
  id: 'stop.sequence.reported',
  level: 'must',
  layer: 'semantics',
  reads: { plain: 'stop-sequence/plain', json: 'stop-sequence/letters-json', stream: 'stop-sequence/letters-stream' },
  requirement: 'A reply that ends where a stop sequence would have come next has the stop reason stop_sequence.',
  covers: ['stop.stop-sequence', 'stream.equiv.stop-rules'],
  source: docs.stopReasons,
  breaks: [],
  why: 'Chains that stop at a marker take the piece before it for the whole answer.',
  bugs: ['vllm#45807', 'vllm#48273', 'sglang#33153'],
  fix: 'Ask the engine what it stopped at; its "stop" alone does not tell a stop sequence from the end of the turn.',
  judge: ({ plain, json, stream }) => {
    const replies = [json, stream].filter((reply) => isAccepted(reply) && reply.stopReason !== 'max_tokens');
    const stopped = isAccepted(plain) ? replies.filter((reply) => endsBeforeSequence(reply, plain)) : [];
    // One empty reply may be a model that had nothing to say.
    const isTelling = stopped.length === 2 || stopped.some(({ message }) => wholeText(message) !== '');
    if (!isTelling) return inconclusive('no reply is known to have ended at a stop sequence');
    return verdictOf(
      stopped
        .filter(({ stopReason }) => stopReason !== 'stop_sequence')
        .map((of): Deviation => ({ of, pointer: '/stop_reason', expected: '"stop_sequence"', found: shown(of.stopReason) })),
    );
  },
});

export const excluded: GeneralCheck = check({
  id: 'stop.sequence.excluded',
  // Long-standing behaviour that the reference does not state.
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  after: ['stop.sequence.honoured'],
  requirement: 'The text of a reply that a stop sequence ended holds neither the sequence nor what would follow it.',
  covers: ['stop.stop-sequence-excluded', 'stop.stop-sequence-none-in-text', 'stream.stop-sequence.no-leak'],
  source: docs.messages,
  breaks: [],
  why: 'Callers join the text with what they know comes next, and find the marker twice.',
  bugs: ['Rapid-MLX#469'],
  fix: 'Hold back text that could be the beginning of a stop sequence until it is known not to be one.',
  judge: (evidence) => {
    if (evidence.stopReason !== 'stop_sequence') return notApplicable('no stop sequence ended the reply');
    return verdictOf(occurrences(evidence));
  },
});

export const unmatched: ScenarioCheck = scenario({
  id: 'stop.sequence.unmatched',
  level: 'must',
  layer: 'semantics',
  reads: { plain: 'unmatched-stop/plain', json: 'unmatched-stop/json', stream: 'unmatched-stop/stream' },
  requirement: 'A stop sequence that does not occur leaves the stop reason as it is.',
  covers: ['stop.stop-sequence-unmatched'],
  source: docs.messages,
  breaks: [],
  why: 'A reply that claims a stop sequence it never met is cut at the wrong place by its caller.',
  judge: ({ plain, json, stream }) => {
    if (!isAccepted(plain)) return inconclusive('the same request without stop sequences was refused too');
    const refused = [json, stream].filter((evidence) => !isAccepted(evidence));
    const claimed = [json, stream].filter(({ stopReason }) => stopReason === 'stop_sequence');
    return verdictOf([
      ...refused.map((of) => ({ of, expected: 'a 2xx answer', found: String(of.status) })),
      ...claimed.map((of) => ({ of, expected: 'another stop reason', found: '"stop_sequence"' })),
    ]);
  },
});

export const severalAccepted: ScenarioCheck = acceptance({
  id: 'stop.sequence.several-accepted',
  // How many are allowed is not documented; four is a limit of another API.
  level: 'should',
  layer: 'http',
  control: 'stop-sequence/plain',
  variant: 'stop-sequence/letters-json',
  requirement: 'Ten stop sequences are accepted.',
  covers: ['stop.stop-sequence'],
  source: docs.messages,
  breaks: [],
  why: 'Prompts written for this API use more than the four that others allow.',
  bugs: ['vllm#51997', 'vllm#52088'],
});
