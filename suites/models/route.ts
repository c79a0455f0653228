/** The path of the models list, and what else may come with it: a query, a slash, a version. */
import { acceptance } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import { fail, notApplicable, pass } from '../model/judgement.ts';
import { badRequest, judgeRefusal } from '../model/refusal.ts';
import { schemaDeviations } from '../problems.ts';
import { at, isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { judgeHandling } from '../variants.ts';
import { modelDocs } from './sources.ts';

const canonical = scenario({
  id: 'models.route.canonical',
  level: 'must',
  layer: 'http',
  requirement: 'GET /v1/models is where the models list is: a client has one base URL for messages and models.',
  covers: ['http.route.models-list'],
  source: modelDocs.list,
  breaks: [
    claudeCode('lists no model of the gateway, unless the list of OpenAI is there'),
    sdkTypescript('models.list() throws, or gives objects of another API'),
  ],
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

const common = { layer: 'http', needs: ['models'] } as const;

const unknownQuery = acceptance({
  ...common,
  id: 'models.route.unknown-query',
  level: 'should',
  requirement: 'A query parameter of the models list that the server does not know is ignored.',
  covers: ['models.list.unknown-query-ignored'],
  source: modelDocs.list,
  breaks: [],
  why: 'Newer SDKs add parameters, as lifecycle[] was added in 2026; the list must not vanish for them.',
  control: 'models-list/list',
  variant: 'models-list/unknown-query',
});

const trailingSlash = scenario({
  ...common,
  id: 'models.route.trailing-slash',
  level: 'may',
  requirement: 'GET /v1/models/ is the list, or is refused with an error envelope.',
  covers: ['models.get.trailing-slash'],
  source: modelDocs.list,
  breaks: [],
  why: 'An empty id in models.retrieve("") asks this path; a redirect or a 5xx says nothing about the mistake.',
  reads: { control: 'models-list/list', variant: 'models-list/trailing-slash' },
  judge: ({ control, variant }) => judgeHandling(control, variant),
});

/** Servers of several APIs answer without the header as another one does. */
const answersForAnother = (json: unknown): boolean => at(json, 'has_more') === undefined && at(json, 'data') !== undefined;
const causes = ['http.json.parses', 'errors.envelope.not-foreign', 'errors.type.matches-status'];

const missingVersion = scenario({
  ...common,
  id: 'models.version.missing',
  level: 'should',
  requirement: 'The models list without anthropic-version is answered 400, as Messages are, unless another API has the path then.',
  covers: ['models.version-header'],
  source: docs.versioning,
  breaks: [],
  why: 'A server that takes any version today cannot tell its clients apart when the next one changes something.',
  after: causes,
  reads: { control: 'models-list/list', mutant: 'models-list/version-missing' },
  judge: ({ control, mutant }) =>
    isAccepted(mutant) && answersForAnother(mutant.json)
      ? notApplicable('without the header the list of another API is answered')
      : judgeRefusal(control, mutant, badRequest),
});

const unknownVersion = scenario({
  ...common,
  id: 'models.version.unknown',
  // From memory, not documented; and clients newer than the server are better served by leniency.
  level: 'may',
  requirement: 'The models list under a version that never existed is answered 400.',
  covers: ['models.version-header'],
  source: docs.versioning,
  breaks: [],
  why: 'A typing error in the header goes unnoticed otherwise.',
  after: causes,
  reads: { control: 'models-list/list', mutant: 'models-list/version-unknown' },
  judge: ({ control, mutant }) => judgeRefusal(control, mutant, badRequest),
});

export const routeChecks: readonly Check[] = [canonical, unknownQuery, trailingSlash, missingVersion, unknownVersion];
