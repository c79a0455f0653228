/** The canonical path of the models list, wherever a profile says that this server keeps its content. */
import { type Check, scenario } from '../model/check.ts';
import { fail, pass } from '../model/judgement.ts';
import { schemaDeviations } from '../problems.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, sdkTypescript } from '../references.ts';
import { modelDocs } from './sources.ts';

const canonical = scenario({
  id: 'models.route.canonical',
  level: 'must',
  layer: 'http',
  requirement: 'GET /v1/models is where the models list is: a client has one base URL for messages and models.',
  covers: ['http.route.models-list'],
  source: modelDocs.list,
  breaks: [claudeCode('lists no model of the gateway'), sdkTypescript('models.list() throws, or gives objects of another API')],
  fix: 'Serve the list at /v1/models beside /v1/messages; tell clients of another API apart by the anthropic-version header.',
  needs: ['models'],
  reads: { canonical: 'models-list/canonical', list: 'models-list/list' },
  judge: (steps) => {
    const { status, json, exchange } = steps.canonical;
    if (!isAccepted(steps.canonical)) return fail({ of: steps.canonical, expected: 'status 200', found: `status ${status}` });
    // Where both are one answer, its shape is judged by `models.list.shape`.
    if (exchange.id === steps.list.exchange.id) return pass;
    const [first] = schemaDeviations('models-list', json, () => true);
    return first === undefined ? pass : fail({ ...first, of: steps.canonical });
  },
});

export const routeChecks: readonly Check[] = [canonical];
