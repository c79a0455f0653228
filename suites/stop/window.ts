/** The end of the context window, on models whose window is small and known. */
import { notAccepted } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { claudeCode, docs } from '../references.ts';
import { limit } from '../probes/small-window.ts';
import { at, isAccepted, tokens } from '../reading.ts';

const reads = { fill: 'small-window/fill' } as const;
const needs = ['models', 'count-tokens'] as const;

/** Whether there was a window to fill. */
const isFull = ({ request }: Evidence): boolean => tokens(request.json, 'max_tokens') === limit;
const noWindow = notApplicable('the context window is not told, or more than 8,192 tokens');

const accepted = scenario({
  id: 'stop.context-window.request-accepted',
  level: 'should',
  layer: 'http',
  requirement: 'A prompt that fits the context window is accepted, also where prompt and max_tokens together do not.',
  covers: ['stop.input-plus-max-over-window-ok'],
  source: docs.stopReasons,
  breaks: [claudeCode('always asks for the largest max_tokens; every request of a long session is refused')],
  fix: 'Generate until the window is full; do not refuse what might fit.',
  needs,
  reads,
  judge: ({ fill }) => {
    if (!isFull(fill)) return noWindow;
    return isAccepted(fill) ? pass : notAccepted(fill);
  },
});

const reported = scenario({
  id: 'stop.context-window.reported',
  level: 'may',
  layer: 'semantics',
  requirement: 'A reply that filled the context window has the stop reason model_context_window_exceeded.',
  covers: ['stop.context-window'],
  source: docs.stopReasons,
  breaks: [],
  why: 'A client that reads max_tokens asks for more and gets none; one that reads end_turn takes half an answer for the whole.',
  after: ['usage.shape.valid'],
  needs,
  reads,
  judge: ({ fill }) => {
    if (!isFull(fill)) return noWindow;
    if (!isAccepted(fill)) return notApplicable('the request is refused');
    if (fill.stopReason === 'model_context_window_exceeded') return pass;
    const used = tokens(at(fill.message, 'usage'), 'output_tokens');
    if (fill.stopReason === 'end_turn') return inconclusive('the model ended its reply before the window was full');
    if (fill.stopReason !== 'max_tokens' || used === undefined || used >= limit - 1) {
      return inconclusive('the window was not filled');
    }
    return fail({
      of: fill,
      pointer: '/stop_reason',
      expected: `"model_context_window_exceeded" after ${used} of ${limit} tokens`,
      found: shown(fill.stopReason),
    });
  },
});

export const windowChecks: readonly Check[] = [accepted, reported];
