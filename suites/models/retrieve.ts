/** One model by its id. */
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, shown, verdictOf } from '../model/judgement.ts';
import { errorTypeOf, judgeRefusal, notFound } from '../model/refusal.ts';
import { isAccepted } from '../reading.ts';
import { sdkPython, sdkTypescript } from '../references.ts';
import { isJsonObject } from '../../spec/json.ts';
import { entriesOf } from './lists.ts';
import { modelDocs } from './sources.ts';

const common = { needs: ['models'], source: modelDocs.retrieve } as const;

const sameObject = scenario({
  ...common,
  id: 'models.retrieve.same-as-listed',
  level: 'must',
  layer: 'semantics',
  requirement: 'GET /v1/models/{id} answers with the entry that the list has for the id, also where the id is percent-encoded.',
  covers: ['http.route.models-get', 'models.get.same-object', 'models.get.encoded-id'],
  breaks: [
    sdkTypescript('models.retrieve fails for names such as org/model'),
    sdkPython('models.retrieve fails for names such as org/model'),
  ],
  fix: 'Decode the last part of the path, after it was split at its slashes.',
  after: ['models.list.shape'],
  reads: { list: 'models-list/list', one: 'models-list/retrieve' },
  judge: ({ list, one }) => {
    const id = decodeURIComponent(one.request.path.replace(/^.*\/v1\/models\//, ''));
    const listed = entriesOf(list.json).find((entry) => entry['id'] === id);
    if (listed === undefined) return inconclusive(`the list has no ${id}`);
    if (!isAccepted(one)) return fail({ of: one, expected: `the model ${id}`, found: `${one.status} ${errorTypeOf(one) ?? ''}`.trim() });
    const found = one.json;
    if (!isJsonObject(found)) return fail({ of: one, expected: 'an object', found: shown(found) });
    return verdictOf(
      Object.entries(listed).flatMap(([field, value]) =>
        isSame(found[field], value) ? [] : [{ of: one, pointer: `/${field}`, expected: shown(value), found: shown(found[field]) }],
      ),
    );
  },
});

/** Whether two JSON values are the same, whatever the order of their fields; absent is null. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

const unknown = scenario({
  ...common,
  id: 'models.retrieve.unknown',
  level: 'must',
  layer: 'http',
  requirement: 'GET /v1/models/{id} with an id that is not listed is answered 404 with an error of type not_found_error.',
  covers: ['models.get.unknown-404', 'err.status.404'],
  breaks: [sdkTypescript('NotFoundError is not thrown'), sdkPython('NotFoundError is not raised')],
  after: ['http.json.parses', 'errors.envelope.not-foreign', 'errors.type.matches-status'],
  reads: { list: 'models-list/list', one: 'models-list/unknown-id' },
  judge: ({ list, one }) => judgeRefusal(list, one, notFound),
});

export const retrieveChecks: readonly Check[] = [sameObject, unknown];
