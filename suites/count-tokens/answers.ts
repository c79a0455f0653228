/** What the route answers, and where. What it refuses: `refusals.ts`; what it takes: `requests.ts`. */
import { acceptance } from '../acceptance.ts';
import { type Check, check } from '../model/check.ts';
import { fail, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { tokenCounts } from '../model/kinds.ts';
import { schemaDeviations } from '../problems.ts';
import { at, isList, tokens } from '../reading.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';

const needs = ['count-tokens'] as const;

const shape = check({
  id: 'count-tokens.shape.valid',
  level: 'must',
  layer: 'schema',
  requirement: 'A token count is an object with an integer input_tokens of 0 or more; max_tokens is not needed to get it.',
  covers: ['http.route.count-tokens', 'count.shape', 'count.no-max-tokens-needed'],
  source: docs.tokenCounting,
  breaks: [sdkTypescript('input_tokens is undefined'), claudeCode('/context shows an estimate of its own')],
  bugs: ['lmstudio-bug-tracker#2055', 'litellm#13252'],
  after: ['errors.status.not-200'],
  fix: 'Where tokens cannot be counted, answer 404 with the error envelope, never a 200 with something else.',
  needs,
  reads: tokenCounts,
  probes: ['count'],
  judge: ({ json }) => verdictOf(schemaDeviations('count-tokens', json)),
});

const positive = check({
  id: 'count-tokens.value.positive',
  level: 'must',
  layer: 'semantics',
  requirement: 'A prompt that is not empty has more than 0 tokens.',
  covers: ['count.positive'],
  source: docs.tokenCounting,
  breaks: [claudeCode('/context shows an empty context')],
  after: ['count-tokens.shape.valid'],
  needs,
  reads: tokenCounts,
  probes: ['count'],
  judge: ({ request, json }) => {
    const asked = at(request.json, 'messages');
    if (!isList(asked) || asked.length === 0) return notApplicable('the prompt is empty');
    const value = tokens(json, 'input_tokens');
    return value === 0 ? fail({ pointer: '/input_tokens', expected: 'more than 0', found: shown(value) }) : pass;
  },
});

const betaQuery = acceptance({
  id: 'count-tokens.route.beta-query',
  level: 'must',
  layer: 'http',
  requirement: 'POST /v1/messages/count_tokens?beta=true is the same route as without the query.',
  covers: ['http.route.beta-query-tolerated'],
  source: docs.tokenCounting,
  breaks: [claudeCode('always asks with this query')],
  fix: 'Match routes on the path alone.',
  needs,
  control: 'count/base',
  variant: 'count/beta-query',
});

const toolHistory = acceptance({
  id: 'count-tokens.request.tool-history',
  level: 'must',
  layer: 'http',
  requirement: 'Tokens of a history with tool calls and results can be counted.',
  covers: ['count.tool-history'],
  source: docs.tokenCounting,
  breaks: [claudeCode('/context shows an estimate as soon as a tool was used')],
  needs: ['count-tokens', 'tools'],
  control: 'count/tools',
  variant: 'count/tool-history',
});

export const answerChecks: readonly Check[] = [shape, positive, betaQuery, toolHistory];
