/** What an entry of the models list says about its model: the four fields that every SDK reads, and its limits. */
import { type Check, type CheckMeta, check, type GeneralCheck } from '../model/check.ts';
import { notApplicable, shown, verdictOf } from '../model/judgement.ts';
import { schemaDeviations } from '../problems.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';
import { entriesOf, listsAsked } from './lists.ts';
import { modelDocs } from './sources.ts';

/** What checks of single entries have in common. */
export const common: Pick<GeneralCheck, 'reads' | 'probes' | 'source'> & Required<Pick<GeneralCheck, 'needs' | 'after'>> = {
  reads: listsAsked,
  probes: ['models-list'],
  needs: ['models'],
  source: modelDocs.retrieve,
  after: ['models.list.shape'],
};

type Meta = Pick<CheckMeta, 'id' | 'level' | 'requirement' | 'covers' | 'breaks'> & Partial<Pick<CheckMeta, 'why' | 'bugs' | 'fix'>>;

/** The fields of every entry, by the schema. */
function fieldCheck(meta: Meta, fields: readonly string[], isOptional = false): GeneralCheck {
  const place = new RegExp(`^/data/\\d+/(${fields.join('|')})(/|$)`);
  return check({
    ...common,
    layer: 'schema',
    ...meta,
    judge: ({ json }) => {
      const entries = entriesOf(json);
      if (entries.length === 0) return notApplicable('no model in the list');
      const isTold = entries.some((entry) => fields.some((field) => (entry[field] ?? undefined) !== undefined));
      if (isOptional && !isTold) return notApplicable(`no model tells its ${fields.join(' or ')}`);
      return verdictOf(schemaDeviations('models-list', json, ({ pointer }) => place.test(pointer)));
    },
  });
}

const limitsOrder = check({
  ...common,
  id: 'models.item.limits-fit',
  // Not stated, but arithmetic.
  level: 'should',
  layer: 'semantics',
  requirement: 'The max_tokens of a model is not larger than its context window, max_input_tokens.',
  covers: ['models.item.max-input-tokens', 'models.item.max-tokens'],
  breaks: [],
  why: 'Agents ask for as much as the model is said to give, and reserve that part of the window.',
  after: ['models.list.shape', 'models.item.limits'],
  judge: ({ json }) => {
    const told = entriesOf(json).flatMap(({ max_input_tokens: window, max_tokens: most }, position) =>
      typeof window === 'number' && typeof most === 'number' ? [{ window, most, position }] : [],
    );
    if (told.length === 0) return notApplicable('no model tells both limits');
    return verdictOf(
      told
        .filter(({ window, most }) => most > window)
        .map(({ window, most, position }) => ({
          pointer: `/data/${position}/max_tokens`,
          expected: `at most ${window}`,
          found: shown(most),
        })),
    );
  },
});

export const itemChecks: readonly Check[] = [
  fieldCheck(
    {
      id: 'models.item.id',
      level: 'must',
      requirement: 'A model in the list has an id, a text that is not empty.',
      covers: ['models.item.id'],
      breaks: [sdkTypescript('nothing to name in a request'), sdkPython('nothing to name in a request')],
    },
    ['id'],
  ),
  fieldCheck(
    {
      id: 'models.item.type',
      level: 'must',
      requirement: 'A model in the list has type: "model".',
      covers: ['models.item.type'],
      breaks: [sdkTypescript('code that narrows by type drops the model')],
      fix: 'object: "model" is the form of another API; both may stand side by side.',
    },
    ['type'],
  ),
  fieldCheck(
    {
      id: 'models.item.display-name',
      level: 'must',
      requirement: 'A model in the list has a display_name, a text that is not empty.',
      covers: ['models.item.display-name'],
      breaks: [sdkPython('display_name is None'), claudeCode('the model picker has nothing to show')],
      bugs: ['agentgateway#2235'],
      fix: 'Where a model has no name of its own, repeat its id.',
    },
    ['display_name'],
  ),
  fieldCheck(
    {
      id: 'models.item.created-at',
      level: 'must',
      requirement: 'A model in the list has a created_at in RFC 3339.',
      covers: ['models.item.created-at'],
      breaks: [sdkPython('created_at is no datetime')],
      bugs: ['agentgateway#2235'],
      fix: 'Where the release date is not known, send 1970-01-01T00:00:00Z; a number of seconds is the form of another API.',
    },
    ['created_at'],
  ),
  fieldCheck(
    {
      id: 'models.item.limits',
      level: 'should',
      requirement: 'max_input_tokens and max_tokens of a model are positive integers or null.',
      covers: ['models.item.max-input-tokens', 'models.item.max-tokens'],
      breaks: [sdkTypescript('programs that size their prompts by it compare with undefined')],
    },
    ['max_input_tokens', 'max_tokens'],
    true,
  ),
  limitsOrder,
];
