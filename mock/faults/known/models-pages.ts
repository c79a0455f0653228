/** Faults of the pages of the models list: limits and cursors that are not looked at, or looked at wrongly. */
import type { Reply } from '../../../endpoint/index.ts';
import { refuses, says } from '../acting.ts';
import type { Asked } from '../asked.ts';
import { fault, type KnownFault } from '../fault.ts';
import { replaceError } from '../reply-faults.ts';
import { all, modelsList, type Touch } from '../touching.ts';
import { isList, mapList } from './shaping.ts';

interface Row extends Pick<KnownFault, 'id' | 'sentence' | 'imitates' | 'mayTrip' | 'act'> {
  readonly rules: readonly string[];
  /** Which pages. */
  readonly when: (query: URLSearchParams) => boolean;
}

/** Takes the list to be asked for with another query. */
function hearsQuery(change: (query: URLSearchParams) => void): KnownFault['act'] {
  return () => ({
    hearsTarget({ path, query }) {
      const heard = new URLSearchParams(query);
      change(heard);
      return { url: heard.size === 0 ? path : `${path}?${heard}` };
    },
  });
}

const without = (name: string): KnownFault['act'] => hearsQuery((query) => query.delete(name));
const withLimit = (limit: number): KnownFault['act'] => hearsQuery((query) => query.set('limit', String(limit)));
const page = (change: Parameters<typeof mapList>[0]): KnownFault['act'] => says(mapList(change));
/** Where the server itself refuses, it fails instead. */
const fails = says(
  replaceError((envelope) => ({ status: 500, body: { ...envelope, error: { type: 'api_error', message: 'Internal server error.' } } })),
);

const rows: readonly Row[] = [
  {
    id: 'pages-no-limit',
    sentence: 'limit is not looked at.',
    rules: ['limit'],
    when: (query) => query.get('limit') === '1' && query.size === 1,
    act: without('limit'),
  },
  {
    id: 'pages-never-more',
    sentence: 'has_more is false on every page.',
    rules: ['has-more'],
    when: (query) => query.get('limit') === '1' && query.size === 1,
    act: page((list) => ({ ...list, has_more: false })),
  },
  {
    id: 'pages-no-after-id',
    mayTrip: { 'sdk.models.pages-end': 'The SDK asks for pages for ever.' },
    sentence: 'after_id is not looked at: every page is the first.',
    rules: ['after-id', 'walk-complete', 'after-last'],
    when: (query) => query.has('after_id') && !query.has('before_id'),
    act: without('after_id'),
  },
  {
    id: 'pages-endless',
    mayTrip: { 'sdk.models.pages-end': 'The SDK asks for pages for ever.' },
    sentence: 'after_id is not looked at, and every page says that more follow.',
    rules: ['after-id'],
    when: (query) => !query.has('before_id') && [...query.keys()].every((name) => name === 'after_id' || name === 'limit'),
    act: () => ({ ...without('after_id')(), says: mapList((list) => ({ ...list, has_more: true })) }),
  },
  {
    id: 'pages-after-id-inclusive',
    mayTrip: { 'sdk.models.pages-end': 'The SDK asks for pages for ever.' },
    sentence: 'The page after an entry begins with that entry.',
    rules: ['after-id'],
    when: (query) => query.has('after_id') && query.has('limit'),
    act: without('after_id'),
  },
  {
    id: 'pages-lose-models',
    sentence: 'Pages behind the first leave out every second model.',
    rules: ['walk-complete'],
    when: (query) => query.has('after_id') && !query.has('limit') && !query.has('before_id'),
    act: page((list, data) => ({ ...list, data: data.filter((_, index) => index !== 1) })),
  },
  {
    id: 'pages-begin-again',
    sentence: 'Behind the last model the list begins again.',
    rules: ['after-last'],
    when: (query) => query.size === 0 || (query.size === 1 && query.has('after_id')),
    act: beginsAgain,
  },
  {
    id: 'pages-no-before-id',
    sentence: 'before_id is not looked at.',
    rules: ['before-id', 'before-first'],
    when: (query) => query.has('before_id') && !query.has('after_id'),
    act: without('before_id'),
  },
  {
    id: 'pages-begin-again-backwards',
    sentence: 'Before the first model is the whole list.',
    rules: ['before-first'],
    when: (query) => query.has('before_id') && query.size === 1,
    act: without('before_id'),
  },
  {
    id: 'pages-more-forwards-only',
    sentence: 'With before_id, has_more says whether entries follow, not whether there are earlier ones.',
    rules: ['has-more-backwards'],
    when: (query) => query.has('before_id') && query.has('limit'),
    act: page((list) => ({ ...list, has_more: list['has_more'] !== true })),
  },
  { id: 'pages-limit-0', sentence: 'limit=0 is taken for the default.', rules: ['limit-0'], when: limitIs('0'), act: without('limit') },
  {
    id: 'pages-limit-clamped',
    sentence: 'A limit over 1000 is cut to 1000 without a word.',
    rules: ['limit-1001'],
    when: limitIs('1001'),
    act: withLimit(1000),
  },
  {
    id: 'pages-limit-negative',
    sentence: 'limit=-1 leaves out the last model.',
    rules: ['limit-negative'],
    when: limitIs('-1'),
    act: withLimit(3),
  },
  {
    id: 'pages-limit-text',
    sentence: 'A limit that is no number is taken for the default.',
    rules: ['limit-text'],
    when: limitIs('abc'),
    act: without('limit'),
  },
  {
    id: 'pages-limit-100',
    sentence: 'A limit over 100 is refused.',
    rules: ['limit-1000'],
    mayTrip: { 'clients.claude-code.model-discovery': 'Claude Code asks for the same page.' },
    when: (query) => Number(query.get('limit')) > 100,
    act: refuses(),
  },
  {
    id: 'pages-crash-on-cursor',
    sentence: 'A cursor that names no model ends in a 500.',
    rules: ['unknown-cursor'],
    when: (query) => query.has('after_id') && query.size === 1,
    act: fails,
  },
  {
    id: 'pages-crash-on-two-cursors',
    sentence: 'Two cursors at once end in a 500.',
    rules: ['both-cursors'],
    when: (query) => query.has('after_id') && query.has('before_id'),
    act: fails,
  },
];

function limitIs(value: string): Row['when'] {
  return (query) => query.get('limit') === value;
}

/** Remembers the first page, and gives it for an empty one. */
function beginsAgain(): ReturnType<KnownFault['act']> {
  let first: Reply | undefined;
  return {
    says(reply, { url }) {
      if (reply.kind !== 'body' || reply.status >= 400) return reply;
      if (!url.includes('?')) first = reply;
      const { data } = JSON.parse(reply.body);
      return isList(data) && data.length === 0 ? (first ?? reply) : reply;
    },
  };
}

export const modelPageFaults: readonly KnownFault[] = rows.map(({ rules, when, ...row }) => {
  const isSo: Touch = ({ query }: Asked) => when(query);
  return fault({ layer: 'behaviour', ...row, touches: all(modelsList, isSo), trips: rules.map((rule) => `models.page.${rule}`) });
});
