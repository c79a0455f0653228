/** The types of thinking: which of them a model takes, and that it says so. */
import { judgeAnswer } from '../acceptance.ts';
import { type Breakage, type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass } from '../model/judgement.ts';
import { errorTypeOf, refusalFaults } from '../model/refusal.ts';
import { at } from '../reading.ts';
import { claudeCode, docs, sdkPython } from '../references.ts';

interface Mode {
  readonly step: string;
  /** Value of `thinking.type`, and name of the capability. */
  readonly type: string;
  readonly covers: readonly string[];
  readonly breaks: readonly Breakage[];
  readonly why: string;
}

const modes: readonly Mode[] = [
  {
    step: 'adaptive',
    type: 'adaptive',
    covers: ['think.param.adaptive'],
    breaks: [claudeCode('sends it with every request, and gives up after six tries where it is refused')],
    why: 'Programs choose by the answer how they ask the next time.',
  },
  {
    step: 'enabled',
    type: 'enabled',
    covers: ['think.param.enabled'],
    breaks: [claudeCode('sends it to models with older names')],
    why: 'Programs choose by the answer how they ask the next time.',
  },
  {
    step: 'disabled',
    type: 'disabled',
    covers: ['think.param.disabled'],
    breaks: [],
    why: 'A model that always thinks refuses it; programs then leave it out.',
  },
  {
    step: 'between-tools',
    type: 'between_tools',
    covers: ['think.param.between-tools'],
    breaks: [],
    why: 'It is young, so most servers do not know it; a clean refusal is what programs can work with.',
  },
];

const handled = modes.map(({ step, type, covers, breaks, why }) =>
  scenario({
    id: `thinking.${step}.handled`,
    level: 'may',
    layer: 'http',
    requirement: `thinking of type ${type} is accepted, or refused with 400 and an error of type invalid_request_error.`,
    covers,
    source: docs.thinking,
    breaks,
    why,
    reads: { control: 'thinking-modes/plain', variant: `thinking-modes/${step}` },
    judge: ({ control, variant }) => {
      if (isTaken(variant)) return judgeTaken(variant);
      if (isRefused(variant)) return pass;
      if (!isTaken(control)) return inconclusive('the same request without thinking was not accepted either');
      return fail({ of: variant, expected: 'a 2xx answer, or 400 invalid_request_error', found: answerOf(variant) });
    },
  }),
);

const asStated = modes.map(({ step, type }) =>
  scenario({
    id: `thinking.${step}.as-stated`,
    level: 'should',
    layer: 'semantics',
    requirement: `thinking of type ${type} is accepted where the model's capabilities say that it is supported, and refused with 400 where they say that it is not.`,
    covers: ['think.param.capability-consistency', `think.param.${step}`],
    source: docs.thinking,
    breaks: [sdkPython('programs that choose the type by the capabilities are refused')],
    why: 'The capabilities are there so that nobody has to find out by trying.',
    fix: 'Derive the capabilities from the same table that validates requests.',
    needs: ['models'],
    reads: { model: 'thinking-modes/model', control: 'thinking-modes/plain', variant: `thinking-modes/${step}` },
    judge: ({ model, control, variant }) => {
      const supported = at(model.json, 'capabilities', 'thinking', 'types', type, 'supported');
      if (typeof supported !== 'boolean') return inconclusive(`the model does not say whether it supports thinking of type ${type}`);
      if (!isTaken(control)) return inconclusive('the same request without thinking was not accepted either');
      return judgeStated(supported, variant);
    },
  }),
);

function judgeStated(supported: boolean, variant: Evidence): Judgement {
  if (supported) return isTaken(variant) ? judgeTaken(variant) : fail({ of: variant, expected: 'a 2xx answer', found: answerOf(variant) });
  if (isRefused(variant)) return pass;
  return fail({ of: variant, expected: '400 invalid_request_error', found: answerOf(variant) });
}

/** Whether a request was taken, also where we hung up on the answer. */
function isTaken({ status }: Evidence): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** Where we hung up, a 2xx is all that there is to judge. */
function judgeTaken(variant: Evidence): Judgement {
  return variant.ended === 'complete' ? judgeAnswer(variant) : pass;
}

function isRefused(evidence: Evidence): boolean {
  return evidence.status === 400 && errorTypeOf(evidence) === 'invalid_request_error';
}

function answerOf(evidence: Evidence): string {
  if (isTaken(evidence)) return `${evidence.status}, it was accepted`;
  return `${evidence.status ?? evidence.ended} ${errorTypeOf(evidence) ?? 'without an error type'}`;
}

const loopSwitchedOn = scenario({
  id: 'thinking.loop.switched-on',
  level: 'may',
  layer: 'http',
  requirement: 'Adaptive thinking may be switched on within a tool loop that began without it.',
  covers: ['think.toggle-midturn-graceful'],
  source: docs.thinking,
  breaks: [claudeCode('a session whose model is changed in the middle of a task cannot go on')],
  why: 'Histories move between models and settings; the reply may simply come without thinking.',
  needs: ['tools', 'thinking'],
  reads: { control: 'thinking-modes/loop-plain', variant: 'thinking-modes/loop-adaptive' },
  judge: ({ control, variant }) => {
    if (!isTaken(control)) return inconclusive('the same request without thinking was not accepted either');
    return isTaken(variant) ? judgeTaken(variant) : fail({ of: variant, expected: 'a 2xx answer', found: answerOf(variant) });
  },
});

const loopManual = scenario({
  id: 'thinking.loop.manual-handled',
  level: 'may',
  layer: 'http',
  requirement:
    'With thinking of type enabled, a tool loop whose last assistant message does not begin with thinking is refused with 400, or answered.',
  covers: ['think.manual-last-turn'],
  source: docs.thinking,
  breaks: [],
  why: 'The documentation has both; an error that no client can read helps nobody.',
  needs: ['tools', 'thinking'],
  reads: { control: 'thinking-modes/loop-plain', enabled: 'thinking-modes/enabled', variant: 'thinking-modes/loop-enabled' },
  judge: ({ control, enabled, variant }) => {
    if (!isTaken(control)) return inconclusive('the same request without thinking was not accepted either');
    if (!isTaken(enabled)) return inconclusive('the model does not take thinking of type enabled');
    if (isTaken(variant)) return judgeTaken(variant);
    if (isRefused(variant)) return pass;
    return fail({ of: variant, expected: 'a 2xx answer, or 400 invalid_request_error', found: answerOf(variant) });
  },
});

const prefillRefused = scenario({
  id: 'thinking.prefill.refused',
  level: 'may',
  layer: 'http',
  requirement: 'A request that begins the reply while thinking is on is refused with 400.',
  covers: ['think.prefill-conflict'],
  source: docs.thinking,
  breaks: [],
  why: 'A reply that has begun has no place for thinking, so one of the two wishes would be dropped in silence.',
  needs: ['thinking'],
  after: refusalFaults,
  reads: { control: 'thinking-modes/prefill-plain', adaptive: 'thinking-modes/adaptive', variant: 'thinking-modes/prefill' },
  judge: ({ control, adaptive, variant }) => {
    if (!isTaken(control)) return inconclusive('the model takes no beginning of its reply without thinking either');
    if (!isTaken(adaptive)) return inconclusive('the model does not take adaptive thinking');
    return isRefused(variant) ? pass : fail({ of: variant, expected: '400 invalid_request_error', found: answerOf(variant) });
  },
});

export const modeChecks: readonly Check[] = [...handled, ...asStated, loopSwitchedOn, loopManual, prefillRefused];
