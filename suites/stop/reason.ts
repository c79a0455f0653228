/** The stop reason: that there is one, that it is a known one, and that it fits what the reply holds. */
import { validate } from '../../spec/index.ts';
import { check, type GeneralCheck, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, type Judgement, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { deviationOf, schemaDeviations } from '../problems.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, blocksOf, eventsOf, isAccepted, isCut, tokens, wholeText } from '../reading.ts';

const probes = ['text', 'counting'];

/** Where a reply says why it ended: its last message_delta, or the body. */
function placeOf(evidence: Evidence, field: string): Pick<Deviation, 'frame' | 'pointer'> {
  const last = eventsOf(evidence, 'message_delta').at(-1);
  return last === undefined ? { pointer: `/${field}` } : { frame: last.frame, pointer: `/delta/${field}` };
}

/** A stream that ends with an error event has no stop reason. */
const failedMidway = (evidence: Evidence): boolean => eventsOf(evidence, 'error').length > 0;

export const reasonPresent: GeneralCheck = check({
  id: 'stop.reason.present',
  level: 'must',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'A finished reply has a stop reason; in a stream the last message_delta brings it.',
  covers: ['resp.stop-reason-nonnull', 'stream.msgdelta.stop-reason-final', 'stream.no-silent-truncation', 'stop.empty-end-turn'],
  source: docs.stopReasons,
  breaks: [sdkTypescript('the tool runner stops without running the tool')],
  fix: 'Map every way in which the engine can finish to a stop reason, unusual ones too.',
  judge: (evidence) => {
    if (failedMidway(evidence)) return notApplicable('the stream reports an error');
    if (evidence.stopReason !== undefined) return pass;
    return fail({ ...placeOf(evidence, 'stop_reason'), expected: 'a stop reason', found: shown(at(evidence.message, 'stop_reason')) });
  },
});

export const reasonKnown: GeneralCheck = check({
  id: 'stop.reason.known',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'The stop reason is one that the API documents.',
  covers: ['resp.stop-reason-enum'],
  source: docs.stopReasons,
  breaks: [sdkTypescript('the tool runner stops at "tool_calls" without running the tool')],
  fix: 'Translate the engine’s finish reason: stop, length and tool_calls are of another protocol.',
  judge: (evidence) => {
    if (evidence.stopReason === undefined) return notApplicable('the reply has no stop reason');
    const unknown = validate('message', evidence.message).find(({ level, pointer }) => level === 'advice' && pointer === '/stop_reason');
    return unknown === undefined ? pass : fail({ ...deviationOf(unknown, evidence.message), ...placeOf(evidence, 'stop_reason') });
  },
});

export const toolUseNamed: GeneralCheck = check({
  id: 'stop.tool-use.reported',
  level: 'must',
  layer: 'semantics',
  reads: messages,
  probes: ['tool-forced'],
  needs: ['tools'],
  requirement: 'A reply with a tool_use block that was not cut has the stop reason tool_use.',
  covers: ['stop.tool-use', 'tools.stop-reason.priority', 'stream.tool-then-stop', 'stream.equiv.stop-rules'],
  source: docs.stopReasons,
  breaks: [sdkTypescript('the tool runner stops without running the tool')],
  bugs: ['litellm#34692'],
  fix: 'Decide the stop reason from the blocks that were sent, not from the engine’s finish reason alone.',
  judge: (evidence) => {
    if (!blocksOf(evidence.message).some(({ type }) => type === 'tool_use')) return notApplicable('no tool_use block in the reply');
    if (evidence.stopReason === 'tool_use') return pass;
    if (isCut(evidence) && evidence.stopReason !== 'pause_turn') return notApplicable('the reply was cut');
    if (evidence.stopReason === 'stop_sequence') return inconclusive('a stop sequence ended the reply after the call');
    return fail({ ...placeOf(evidence, 'stop_reason'), expected: '"tool_use"', found: shown(at(evidence.message, 'stop_reason')) });
  },
});

export const toolUsePresent: GeneralCheck = check({
  id: 'stop.tool-use.has-block',
  level: 'must',
  layer: 'semantics',
  reads: messages,
  probes: ['tool-forced'],
  needs: ['tools'],
  requirement: 'A reply with the stop reason tool_use has a tool_use block.',
  covers: ['stop.tool-use-iff'],
  source: docs.stopReasons,
  breaks: [],
  why: 'An agent waits for a call that never comes, or sends an empty list of results, which is refused.',
  bugs: ['litellm#18238'],
  fix: 'Do not drop the call where text shares its chunk.',
  judge: ({ stopReason, message }) => {
    if (stopReason !== 'tool_use') return notApplicable('the stop reason is not tool_use');
    const types = blocksOf(message).map(({ type }) => type);
    return types.includes('tool_use') ? pass : fail({ pointer: '/content', expected: 'a tool_use block', found: shown(types) });
  },
});

export const detailsOnRefusal: GeneralCheck = check({
  id: 'stop.details.refusal-only',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'stop_details is absent or null, or describes a refusal.',
  covers: ['resp.stop-details', 'stop.refusal'],
  source: docs.stopReasons,
  breaks: [],
  why: 'Clients that show why a request was refused show it for every reply.',
  judge: (evidence) => {
    const details = at(evidence.message, 'stop_details') ?? null;
    if (details === null) return pass;
    if (evidence.stopReason !== 'refusal') {
      return fail({ ...placeOf(evidence, 'stop_details'), expected: 'null', found: shown(details) });
    }
    return verdictOf(schemaDeviations('message', evidence.message, ({ pointer }) => pointer.startsWith('/stop_details')));
  },
});

/** The two limits of the probe `counting`, in one mode. */
const maxTokens = (mode: 'json' | 'stream', more: Pick<ScenarioCheck, 'id' | 'requirement' | 'covers' | 'breaks'>): ScenarioCheck =>
  scenario({
    level: 'must',
    layer: 'semantics',
    reads: { one: `counting/one-${mode}`, more: `counting/${mode}` },
    source: docs.stopReasons,
    fix: 'Take the stop reason from what ended generation: the engine’s "length" is max_tokens, in both modes.',
    judge: ({ one, more: longer }) => judgeTruncation(one, longer),
    ...more,
  });

export const maxTokensJson: ScenarioCheck = maxTokens('json', {
  id: 'stop.max-tokens.json',
  requirement: 'A reply that max_tokens cut says so.',
  covers: ['stop.max-tokens', 'stop.max-tokens-one'],
  breaks: [claudeCode('takes half an answer for the whole')],
});

export const maxTokensStream: ScenarioCheck = maxTokens('stream', {
  id: 'stop.max-tokens.stream',
  requirement: 'A stream that max_tokens cut says so in its message_delta.',
  covers: ['stop.max-tokens', 'stream.max-tokens', 'stream.equiv.stop-rules'],
  breaks: [claudeCode('takes half an answer for the whole')],
});

/**
 * The reply with the smaller limit was cut for certain where it used up its one token and the larger limit lets it go on: then the
 * end of the turn was not generated. For the larger limit alone, an end exactly there could be chance.
 */
function judgeTruncation(one: Evidence, longer: Evidence): Judgement {
  if (!isAccepted(longer)) return inconclusive('the request was refused');
  if (!isAccepted(one)) return fail({ of: one, expected: 'a 2xx answer to max_tokens 1', found: String(one.status) });
  if (isSilent(one) && goesOn(one, longer)) return verdictOf([one, longer].filter(isSilent).map(unreported));
  if ([one, longer].some(({ stopReason }) => stopReason === 'max_tokens')) return pass;
  return inconclusive('the model ended its replies before the limit');
}

/** Used up its limit, and gives another reason for its end. */
function isSilent(evidence: Evidence): boolean {
  const used = tokens(at(evidence.message, 'usage'), 'output_tokens');
  return !isCut(evidence) && used === at(evidence.request.json, 'max_tokens');
}

function goesOn(shorter: Evidence, longer: Evidence): boolean {
  const [short, long] = [wholeText(shorter.message), wholeText(longer.message)];
  return short !== '' && long.length > short.length && long.startsWith(short);
}

function unreported(evidence: Evidence): Deviation {
  return { of: evidence, ...placeOf(evidence, 'stop_reason'), expected: '"max_tokens"', found: shown(evidence.stopReason) };
}
