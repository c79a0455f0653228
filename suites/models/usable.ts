/** A model that is listed can be asked. */
import { judgeAnswer, statusAndType } from '../acceptance.ts';
import type { Capability } from '../../spec/index.ts';
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, type Judgement } from '../model/judgement.ts';
import type { Evidence } from '../model/evidence.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, sdkTypescript } from '../references.ts';
import { modelDocs } from './sources.ts';

/** Other statuses than these are about the server's state, not about the model's name. */
const refusesModel: ReadonlySet<number> = new Set([400, 403, 404, 422]);

function judgeUse(use: Evidence): Judgement {
  if (isAccepted(use)) return judgeAnswer(use);
  const found = statusAndType(use);
  return use.status !== undefined && refusesModel.has(use.status)
    ? fail({ of: use, expected: 'a 2xx answer for a model that is listed', found })
    : inconclusive(`the request was answered ${found}`);
}

function usable(rule: string, step: string, needs: readonly Capability[], more: Pick<Check, 'requirement' | 'breaks'>): Check {
  return scenario({
    id: `models.usable.${rule}`,
    level: 'must',
    layer: 'http',
    covers: ['models.usable'],
    source: modelDocs.list,
    fix: 'List models under the names by which requests find them.',
    needs,
    after: ['models.list.shape'],
    ...more,
    reads: { list: 'models-list/list', use: `models-list/${step}` },
    judge: ({ use }) => judgeUse(use),
  });
}

export const usableChecks: readonly Check[] = [
  usable('messages', 'usable', ['models'], {
    requirement: 'POST /v1/messages takes a model by the id that the models list gives.',
    breaks: [claudeCode('a model from the picker is answered with an error'), sdkTypescript('the first of models.list() cannot be used')],
  }),
  usable('count-tokens', 'usable-count', ['models', 'count-tokens'], {
    requirement: 'POST /v1/messages/count_tokens takes a model by the id that the models list gives.',
    breaks: [claudeCode('/context shows an estimate of its own')],
  }),
];
