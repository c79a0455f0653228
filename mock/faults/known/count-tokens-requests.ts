/** Faults of count_tokens that are about single requests: what it refuses although it is counted, and counts although it has to be refused. */
import { answers, crashes, refuses } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { all, any, at, counts, has, header, not, streams, type Touch } from '../touching.ts';
import { isList } from './shaping.ts';

interface Row extends Pick<KnownFault, 'id' | 'sentence' | 'imitates' | 'mayTrip'> {
  readonly check: string;
  readonly when: Touch;
  /** Default: refused, or counted, as the table says. */
  readonly act?: KnownFault['act'];
}

const under2026: Touch = header('anthropic-version', (value) => value === '2026-10-21');
const isFirst = (is: (value: unknown) => boolean): Touch => at('/messages/0/content/0/type', is);

const refused: readonly Row[] = [
  {
    id: 'count-refuses-beta-query',
    sentence: 'count_tokens with ?beta=true is not found.',
    imitates: ['goclaw#69'],
    check: 'count-tokens.route.beta-query',
    when: ({ query, body }) => query.has('beta') && body?.['tools'] === undefined,
    act: refuses('not_found_error', 'There is nothing here.'),
  },
  {
    id: 'count-refuses-tool-history',
    sentence: 'A conversation in which a tool was used cannot be counted.',
    check: 'count-tokens.request.tool-history',
    when: at('/messages/1/content/0/type', (type) => type === 'tool_use'),
  },
  {
    id: 'count-refuses-tool-choice',
    sentence: 'A request with tool_choice cannot be counted.',
    check: 'count-tokens.request.tool-choice',
    when: has('/tool_choice'),
  },
  {
    id: 'count-refuses-adaptive-thinking',
    sentence: 'A request with adaptive thinking cannot be counted.',
    check: 'count-tokens.request.thinking-adaptive',
    when: at('/thinking/type', (type) => type === 'adaptive'),
  },
  {
    id: 'count-crashes-on-effort',
    sentence: 'Counting a request with output_config ends in a 500.',
    check: 'count-tokens.request.effort',
    when: has('/output_config'),
    mayTrip: { 'http.json.parses': 'The 500 is plain text.' },
    act: crashes,
  },
  {
    id: 'count-refuses-cache-control',
    sentence: 'A request with cache_control at its top level cannot be counted.',
    check: 'count-tokens.request.top-level-cache-control',
    when: has('/cache_control'),
  },
  {
    id: 'count-refuses-cached-system',
    sentence: 'A request whose system prompt has cache_control cannot be counted.',
    check: 'count-tokens.request.cached-system-and-tools',
    when: has('/system/0/cache_control'),
  },
  {
    id: 'count-refuses-betas',
    sentence: 'A request with betas cannot be counted.',
    check: 'count-tokens.request.betas',
    when: all(
      header('anthropic-beta', (value) => value?.startsWith('token-counting') === true),
      ({ query }) => !query.has('beta'),
    ),
  },
];

const taken: readonly Row[] = [
  {
    id: 'counts-for-any-model',
    sentence: 'Tokens are counted for a model that the server does not have.',
    check: 'count-tokens.refusal.model-unknown',
    when: at('/model', (model) => typeof model === 'string' && model.startsWith('no-such-model')),
  },
  {
    id: 'counts-without-model',
    sentence: 'Tokens are counted for no model.',
    check: 'count-tokens.refusal.model-missing',
    when: not(has('/model')),
  },
  {
    id: 'counts-without-messages',
    sentence: 'A request without messages is counted.',
    check: 'count-tokens.refusal.messages-missing',
    when: not(has('/messages')),
  },
  {
    id: 'counts-no-messages',
    sentence: 'An empty list of messages is counted.',
    check: 'count-tokens.refusal.messages-empty',
    when: at('/messages', (list) => isList(list) && list.length === 0),
  },
  {
    id: 'counts-a-string',
    sentence: 'A string in the place of messages is counted.',
    check: 'count-tokens.refusal.messages-string',
    when: at('/messages', (value) => typeof value === 'string'),
  },
  {
    id: 'counts-any-role',
    sentence: 'A message of a role that does not exist is counted.',
    check: 'count-tokens.refusal.role-unknown',
    when: at('/messages/0/role', (role) => role === 'robot'),
  },
  {
    id: 'counts-a-number',
    sentence: 'A number in the place of content is counted.',
    check: 'count-tokens.refusal.content-number',
    when: at('/messages/0/content', (content) => typeof content === 'number'),
  },
  {
    id: 'counts-unknown-blocks',
    sentence: 'A block of a type that does not exist is counted as nothing.',
    check: 'count-tokens.refusal.block-type-unknown',
    when: isFirst((type) => typeof type === 'string' && type.startsWith('conformance_')),
  },
  {
    id: 'counts-system-number',
    sentence: 'A request whose system prompt is a number is counted.',
    check: 'count-tokens.refusal.system-number',
    when: at('/system', (system) => typeof system === 'number'),
  },
  {
    id: 'counts-unknown-fields',
    sentence: 'A request with a field that does not exist is counted.',
    check: 'count-tokens.refusal.key-unknown',
    when: has('/no_such_field'),
  },
  {
    id: 'counts-tools-of-one-name',
    sentence: 'Two tools of one name are counted.',
    check: 'count-tokens.refusal.tool-name-twice',
    when: at('/tools/1/name', (name) => name === 'set_lamp'),
  },
  {
    id: 'counts-tools-without-schema',
    sentence: 'A tool without an input_schema is counted.',
    check: 'count-tokens.refusal.tool-schema-missing',
    when: all(has('/tools/0/name'), not(has('/tools/0/type')), not(has('/tools/0/input_schema')), has('/messages/2')),
  },
  {
    id: 'counts-results-of-no-call',
    sentence: 'The result of a tool that nobody called is counted.',
    check: 'count-tokens.refusal.tool-result-orphan',
    when: at('/messages/2/content/0/tool_use_id', (id) => id === 'toolu_01ConformanceZ'),
  },
  {
    id: 'counts-with-max-tokens',
    sentence: 'max_tokens is accepted by count_tokens.',
    check: 'count-tokens.refusal.max-tokens',
    when: has('/max_tokens'),
  },
  { id: 'counts-with-stream', sentence: 'stream is accepted by count_tokens.', check: 'count-tokens.refusal.stream', when: has('/stream') },
  {
    id: 'counts-assistant-documents-2026',
    sentence: 'Under version 2026-10-21 a document of the assistant is counted.',
    check: 'count-tokens.version.assistant-document',
    when: all(
      under2026,
      at('/messages/1/content/0/type', (type) => type === 'document'),
    ),
  },
  {
    id: 'counts-user-citations-2026',
    sentence: 'Under version 2026-10-21 citations of the user are counted.',
    check: 'count-tokens.version.user-citations',
    when: all(under2026, has('/messages/0/content/0/citations')),
  },
];

function faultsOf(rows: readonly Row[], usual: KnownFault['act']): readonly KnownFault[] {
  return rows.map(({ check, when, act = usual, ...row }) =>
    fault({ ...row, layer: 'behaviour', trips: [check], touches: all(counts, when), act }),
  );
}

/** Touches the message with thinking, too, which shows that the model takes it. */
const refusesThinking = fault({
  id: 'count-refuses-thinking',
  sentence: 'A request that asks for thinking is answered, but cannot be counted.',
  layer: 'behaviour',
  trips: ['count-tokens.request.thinking'],
  touches: all(
    any(counts, streams),
    at('/thinking/type', (type) => type === 'enabled'),
    at('/max_tokens', (most) => most === undefined || most === 1025),
  ),
  act: () => {
    const { instead } = refuses()();
    return { instead: (asked) => (counts(asked) ? instead?.(asked) : undefined) };
  },
});

export const countRequestFaults: readonly KnownFault[] = [
  refusesThinking,
  ...faultsOf(refused, refuses()),
  ...faultsOf(taken, answers(200, { input_tokens: 12 })),
];
