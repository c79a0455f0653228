/** Faults of the models list and of its entries. Its pages: `models-pages.ts`; its route, and single models: `models-route.ts`. */
import type { JsonObject } from '../../../spec/json.ts';
import { says } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { all, models, modelsList, type Touch } from '../touching.ts';
import { modelPageFaults } from './models-pages.ts';
import { modelRouteFaults } from './models-route.ts';
import { mapEntries, mapList } from './shaping.ts';

/** The largest page: no other check than those on lists as such looks at its entries. */
const largest: Touch = all(modelsList, ({ query }) => query.get('limit') === '1000');
/** A list with a filter. */
const filtered: Touch = all(modelsList, ({ query }) => query.getAll('lifecycle[]').includes('active'));

interface Row extends Pick<KnownFault, 'id' | 'sentence' | 'imitates' | 'mayTrip' | 'act'> {
  /** Last parts of the ids of checks. */
  readonly rules: readonly string[];
  /** Default: every answer of the models routes. */
  readonly touches?: Touch;
}

/** Each entry with another value at a key; undefined removes it. */
const entries = (change: (entry: JsonObject) => JsonObject): KnownFault['act'] => says(mapEntries(change));
const put = (key: string, value: unknown): KnownFault['act'] => entries((entry) => ({ ...entry, [key]: value }));
const capability = (change: (capabilities: JsonObject) => JsonObject): KnownFault['act'] =>
  entries((entry) => ({ ...entry, capabilities: change(Object(entry['capabilities'])) }));
const list = (change: (page: JsonObject, data: readonly JsonObject[]) => unknown): KnownFault['act'] => says(mapList(change));

function without(value: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

const rows: readonly Row[] = [
  {
    id: 'models-openai-list',
    sentence: 'The models list is that of the OpenAI API, whatever the client.',
    imitates: ['agentgateway#2235'],
    rules: ['list.not-foreign'],
    act: list((_, data) => ({
      object: 'list',
      data: data.map(({ id }) => ({ id, object: 'model', created: 1_790_000_000, owned_by: 'local' })),
    })),
  },
  {
    id: 'models-ollama-list',
    sentence: 'The models list has its entries under "models".',
    rules: ['list.not-foreign'],
    mayTrip: { 'clients.claude-code.model-discovery': 'Claude Code asks for the same page.' },
    act: list((_, data) => ({ models: data.map(({ id }) => ({ name: id, model: id })) })),
  },
  {
    id: 'models-bare-array',
    sentence: 'The models list is an array.',
    rules: ['list.not-foreign'],
    mayTrip: { 'clients.claude-code.model-discovery': 'Claude Code asks for the same page.' },
    act: list((_, data) => data),
  },
  {
    id: 'models-without-first-and-last',
    sentence: 'The models list has data and has_more, but neither first_id nor last_id.',
    imitates: ['agentgateway#2235'],
    rules: ['list.shape'],
    act: list((_, data) => ({ data, has_more: false })),
  },
  {
    id: 'models-first-id-null',
    sentence: 'first_id is null in every models list.',
    rules: ['list.first-last'],
    act: list((page) => ({ ...page, first_id: null })),
  },
  {
    id: 'models-last-id-null',
    sentence: 'last_id is null on pages that say that more follow.',
    rules: ['list.last-id-to-follow', 'list.first-last'],
    mayTrip: { 'sdk.models.pages-end': 'The SDK finds no next page.' },
    act: list((page) => (page['has_more'] === true ? { ...page, last_id: null } : page)),
  },
  {
    id: 'models-empty-has-more',
    sentence: 'An empty page says that more follow.',
    rules: ['list.empty-is-last'],
    mayTrip: { 'models.list.last-id-to-follow': 'An empty page has no last entry.' },
    act: list((page, data) => (data.length === 0 ? { ...page, has_more: true } : page)),
  },
  {
    id: 'models-none',
    sentence: 'The models list is empty.',
    rules: ['list.not-empty'],
    act: list(() => ({ data: [], has_more: false, first_id: null, last_id: null })),
  },
  {
    id: 'models-twice',
    sentence: 'The first model is listed twice.',
    rules: ['list.ids-unique'],
    touches: largest,
    act: list((page, data) => ({ ...page, data: [...data.slice(0, 1), ...data] })),
  },
  {
    id: 'models-oldest-first',
    sentence: 'The models list begins with the oldest release.',
    rules: ['list.newest-first'],
    touches: largest,
    act: list((page, data) => ({ ...page, data: data.toReversed(), first_id: page['last_id'], last_id: page['first_id'] })),
  },
  {
    id: 'models-unpaged',
    sentence: 'A list that was asked for without limit comes whole, however long it is.',
    rules: ['list.default-limit'],
    touches: filtered,
    act: list((page, data) => {
      const many = Array.from({ length: 30 }, (_, index) => ({ ...data[0], id: `model-${index}` }));
      return { ...page, data: many, first_id: 'model-0', last_id: 'model-29' };
    }),
  },
  {
    id: 'models-huge',
    sentence: 'The models list has more than a megabyte.',
    rules: ['list.size'],
    touches: largest,
    act: entries((entry) => ({ ...entry, description: 'model '.repeat(100_000) })),
  },
  {
    id: 'model-id-empty',
    sentence: 'A model has an empty id.',
    rules: ['item.id'],
    touches: largest,
    act: list((page, data) => ({ ...page, data: data.map((entry, index) => (index === 1 ? { ...entry, id: '' } : entry)) })),
  },
  {
    id: 'model-object',
    sentence: 'A model has object: "model" in the place of its type.',
    imitates: ['agentgateway#2235'],
    rules: ['item.type'],
    act: entries((entry) => ({ ...without(entry, 'type'), object: 'model' })),
  },
  {
    id: 'model-without-name',
    sentence: 'A model has no display_name.',
    imitates: ['agentgateway#2235'],
    rules: ['item.display-name'],
    act: entries((entry) => without(entry, 'display_name')),
  },
  {
    id: 'model-created-seconds',
    sentence: 'created_at of a model is a number of seconds.',
    rules: ['item.created-at'],
    act: put('created_at', 1_790_000_000),
  },
  {
    id: 'model-limits-zero',
    sentence: 'max_input_tokens of a model is 0 where it is not known.',
    rules: ['item.limits'],
    act: put('max_input_tokens', 0),
  },
  {
    id: 'model-output-over-window',
    sentence: 'max_tokens of a model is larger than its context window.',
    rules: ['item.limits-fit'],
    act: put('max_tokens', 250_000),
  },
  {
    id: 'model-capability-bare',
    sentence: 'A capability is a plain true.',
    rules: ['item.capabilities'],
    act: capability((told) => ({ ...told, pdf_input: true })),
  },
  {
    id: 'model-capabilities-few',
    sentence: 'Capabilities name only those that the server knows of.',
    rules: ['item.capabilities-complete'],
    act: capability((told) => without(told, 'batch', 'code_execution')),
  },
  {
    id: 'model-thinking-types-few',
    sentence: 'The capability thinking does not say whether there is thinking between tools.',
    rules: ['item.capabilities-thinking'],
    act: capability((told) => {
      const thinking = Object(told['thinking']);
      return { ...told, thinking: { ...thinking, types: without(Object(thinking.types), 'between_tools') } };
    }),
  },
  {
    id: 'model-effort-levels-few',
    sentence: 'The capability effort does not name max.',
    rules: ['item.capabilities-effort'],
    act: capability((told) => ({ ...told, effort: without(Object(told['effort']), 'max') })),
  },
  {
    id: 'model-capability-contradicts',
    sentence: 'A part of a capability is supported, although the whole is not.',
    rules: ['item.capabilities-consistent'],
    act: capability((told) => ({
      ...told,
      context_management: { ...Object(told['context_management']), compact_20260112: { supported: true } },
    })),
  },
  {
    id: 'model-lifecycle-odd',
    sentence: 'The lifecycle of a model is "preview".',
    rules: ['item.lifecycle'],
    act: put('lifecycle', 'preview'),
  },
  {
    id: 'model-active-deprecated-at',
    sentence: 'An active model has a date from which it is deprecated.',
    rules: ['item.lifecycle-dates'],
    act: entries((entry) => (entry['lifecycle'] === 'active' ? { ...entry, deprecated_at: '2027-01-01T00:00:00Z' } : entry)),
  },
  { id: 'model-line-empty', sentence: 'The line of a model is an empty text.', rules: ['item.line'], act: put('line', '') },
  {
    id: 'models-retired-listed',
    sentence: 'Retired models are listed beside the others.',
    rules: ['list.retired-left-out'],
    act: entries((entry) => (entry['lifecycle'] === 'deprecated' ? { ...entry, lifecycle: 'retired' } : entry)),
  },
  {
    id: 'models-created-now',
    sentence: 'created_at of every model is the time of the request.',
    rules: ['retrieve.same-as-listed'],
    act: () => {
      let second = 10;
      return {
        says: mapEntries(
          (entry) => ({ ...entry, created_at: `2026-11-01T00:00:${second}Z` }),
          () => (second = 10 + ((second + 1) % 50)),
        ),
      };
    },
  },
];

const tables: readonly KnownFault[] = rows.map(({ rules, ...row }) =>
  fault({ layer: 'json', touches: models, ...row, trips: rules.map((rule) => `models.${rule}`) }),
);

export const modelFaults: readonly KnownFault[] = [...tables, ...modelPageFaults, ...modelRouteFaults];
