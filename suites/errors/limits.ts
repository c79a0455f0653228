/** Limits that the models list tells, and models that are no more. https://platform.claude.com/docs/en/api/models */
import type { Check } from '../model/check.ts';
import { badRequest, notFound, refusal } from '../model/refusal.ts';
import { claudeCode, docs } from '../references.ts';
import { hidden } from './reasons.ts';

const models = 'https://platform.claude.com/docs/en/api/models';

const overMaxTokens = refusal({
  id: 'errors.in.max-tokens-over-model',
  level: 'should',
  layer: 'http',
  requirement: 'A max_tokens above that of the model in the models list is answered 400.',
  covers: ['err.in.max-tokens-over-model'],
  source: models,
  breaks: [],
  why: hidden,
  needs: ['models'],
  control: 'bad-limits/control-stream',
  mutant: 'bad-limits/over-max-tokens',
});

const promptTooLong = refusal({
  id: 'errors.in.prompt-too-long',
  level: 'should',
  layer: 'http',
  requirement: 'A prompt with more tokens than the context window of the model is answered 400, not cut.',
  covers: ['err.in.prompt-too-long'],
  source: 'https://platform.claude.com/docs/en/build-with-claude/context-windows',
  breaks: [claudeCode('compacts the conversation when the prompt is called too long; cut in silence, it loses its instructions')],
  fix: 'Count before generating, and refuse; some engines shift or truncate the context by default.',
  needs: ['models'],
  control: 'bad-limits/control',
  mutant: 'bad-limits/too-long',
});

const retiredModel = refusal({
  id: 'errors.in.model-retired',
  level: 'may',
  layer: 'http',
  requirement: 'A request for a model that the models list calls retired is answered 404 or 400.',
  covers: ['err.in.model-retired'],
  source: docs.errors,
  breaks: [],
  why: 'Another model that answers in its place goes unnoticed.',
  needs: ['models'],
  control: 'bad-limits/control',
  mutant: 'bad-limits/retired',
  expected: { ...notFound, or: [badRequest] },
});

export const limitChecks: readonly Check[] = [overMaxTokens, promptTooLong, retiredModel];
