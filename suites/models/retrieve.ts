/** One model by its id. */
import { statusAndType } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { judgeRefusal, notFound } from '../model/refusal.ts';
import { at, holdsAnswer, isAccepted } from '../reading.ts';
import { sdkPython, sdkTypescript } from '../references.ts';
import { validate } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { entriesOf, idsOf } from './lists.ts';
import { modelDocs } from './sources.ts';

const common = { needs: ['models'], source: modelDocs.retrieve } as const;

const sameObject = scenario({
  ...common,
  id: 'models.retrieve.same-as-listed',
  level: 'must',
  layer: 'semantics',
  requirement: 'GET /v1/models/{id} answers with the entry that the list has for the id.',
  covers: ['http.route.models-get', 'models.get.same-object'],
  breaks: [sdkTypescript('models.retrieve fails, or gives another object'), sdkPython('models.retrieve fails, or gives another object')],
  after: ['models.list.shape'],
  reads: { list: 'models-list/list', one: 'models-list/retrieve' },
  judge: ({ list, one }) => {
    const id = askedId(one);
    const listed = entriesOf(list.json).find((entry) => entry['id'] === id);
    if (listed === undefined) return inconclusive(`the list has no ${id}`);
    if (!isAccepted(one)) return fail({ of: one, expected: `the model ${id}`, found: statusAndType(one) });
    const found = one.json;
    if (!isJsonObject(found)) return fail({ of: one, expected: 'an object', found: shown(found) });
    return verdictOf(
      documented(listed).flatMap(([field, value]) =>
        isSame(found[field], value) ? [] : [{ of: one, pointer: `/${field}`, expected: shown(value), found: shown(found[field]) }],
      ),
    );
  },
});

/** The fields that the API documents. Servers of several APIs add theirs, among them the time of the answer. */
function documented(entry: JsonObject): readonly (readonly [field: string, value: unknown])[] {
  const foreign = new Set(
    validate('model', entry).flatMap(({ keyword, pointer }) => (keyword === 'additionalProperties' ? [pointer] : [])),
  );
  return Object.entries(entry).filter(([field]) => !foreign.has(`/${field}`));
}

/** Whether two JSON values are the same, whatever the order of their fields; absent is null. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

const encoded = scenario({
  ...common,
  id: 'models.retrieve.encoded-id',
  level: 'must',
  layer: 'http',
  requirement: 'GET /v1/models/{id} finds a model whose id is percent-encoded in the path, such as org%2Fmodel%3Atag.',
  covers: ['models.get.encoded-id'],
  breaks: [
    sdkTypescript('models.retrieve fails for names such as org/model'),
    sdkPython('models.retrieve fails for names such as org/model'),
  ],
  fix: 'Decode the last part of the path, after it was split at its slashes.',
  after: ['models.list.shape'],
  reads: { list: 'models-list/list', plain: 'models-list/retrieve', one: 'models-list/retrieve-encoded' },
  judge: ({ list, plain, one }) => {
    const id = askedId(one);
    if (encodeURIComponent(id) === id) return notApplicable('no listed id needs percent-encoding');
    if (!isAccepted(plain) || !holdsAnswer(plain)) return inconclusive(`no model is found by its id (${plain.status})`);
    if (!idsOf(list.json).includes(id)) return inconclusive(`the list has no ${id}`);
    if (!isAccepted(one)) return fail({ of: one, expected: `the model ${id}`, found: statusAndType(one) });
    const found = at(one.json, 'id');
    return found === id ? pass : fail({ of: one, pointer: '/id', expected: shown(id), found: shown(found) });
  },
});

/** The id in the path of a request. */
function askedId({ request }: Evidence): string {
  return decodeURIComponent(request.path.replace(/^.*\/v1\/models\//, ''));
}

const alias = scenario({
  ...common,
  id: 'models.retrieve.alias',
  level: 'may',
  layer: 'semantics',
  requirement: 'GET /v1/models/{alias} answers with the listed model that the alias stands for.',
  covers: ['models.get.alias'],
  breaks: [],
  why: 'Programs that are configured with an alias look up the limits of its model.',
  after: ['models.list.shape'],
  reads: { list: 'models-list/list', one: 'models-list/alias' },
  judge: ({ list, one }) => {
    if (idsOf(list.json).includes(askedId(one))) return notApplicable('no alias is known');
    if (!isAccepted(one)) return notApplicable(`there is no alias ${askedId(one)}`);
    const found = at(one.json, 'id');
    if (idsOf(list.json).includes(found)) return pass;
    return fail({ of: one, pointer: '/id', expected: 'the id of a listed model', found: shown(found) });
  },
});

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

export const retrieveChecks: readonly Check[] = [sameObject, encoded, alias, unknown];
