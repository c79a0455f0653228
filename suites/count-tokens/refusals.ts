/**
 * Requests that count_tokens refuses: what Messages refuses too, and what belongs to generation. Each row changes one place of a
 * request that is counted.
 */
import { type Change, changed } from '../errors/change.ts';
import type { Check, CheckMeta } from '../model/check.ts';
import { countTokensRequest, type Probe, probe } from '../model/probe.ts';
import { notFound, refusal, type Refusal } from '../model/refusal.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { docs, sdkPython, sdkTypescript } from '../references.ts';
import { unknownModel } from '../unknown-model.ts';

type Row = Change &
  Pick<CheckMeta, 'requirement' | 'covers'> &
  Partial<Pick<CheckMeta, 'why' | 'breaks' | 'fix'>> & {
    /** Last part of the check's id, and name of its step. Permanent. */
    readonly row: string;
    /** Default 400 `invalid_request_error`. */
    readonly expected?: Refusal;
    /** The control that it changes: a plain prompt, or one with tools. Default `base`. */
    readonly of?: 'base' | 'tools';
  };

const call = 'toolu_01ConformanceA';

/** Requests that are counted. `base` is that of the probe `count`, so it is sent once. */
const bases = {
  base: (model: string) => ({ model, messages: [{ role: 'user', content: 'Say hello.' }] }),
  tools: (model: string) => ({
    model,
    tools: [lamp, fruit],
    messages: [
      { role: 'user', content: 'Switch the lamp on.' },
      { role: 'assistant', content: [{ type: 'tool_use', id: call, name: lamp.name, input: { state: 'on' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call, content: 'The lamp is on.' }] },
    ],
  }),
} as const;

const goesUnnoticed = [sdkPython('a request that is about to fail is counted without complaint')];
/** What the Messages route refuses, too. */
const same = (covered: string) => ({ covers: ['count.validation-same', covered], breaks: goesUnnoticed });
const generation = 'A client that sends it takes counting for generating, or the path is routed to the wrong place.';

const rows: readonly Row[] = [
  {
    row: 'model-unknown',
    pointer: '/model',
    value: unknownModel,
    requirement: 'Counting for a model that the server does not have is answered 404 with an error of type not_found_error.',
    covers: ['count.unknown-model'],
    why: 'Each model has its own tokens; a count for another one is wrong.',
    expected: notFound,
  },
  {
    row: 'model-missing',
    pointer: '/model',
    remove: true,
    requirement: 'A request to count without model is answered 400.',
    ...same('err.in.model-missing'),
  },
  {
    row: 'messages-missing',
    pointer: '/messages',
    remove: true,
    requirement: 'A request to count without messages is answered 400, as it is on the Messages route.',
    ...same('err.in.messages-missing'),
  },
  {
    row: 'messages-empty',
    pointer: '/messages',
    value: [],
    requirement: 'A request to count no messages is answered 400.',
    ...same('err.in.messages-empty'),
  },
  {
    row: 'messages-string',
    pointer: '/messages',
    value: 'Say hello.',
    requirement: 'Messages to count that are no array are answered 400.',
    ...same('err.in.messages-not-array'),
  },
  {
    row: 'role-unknown',
    pointer: '/messages/0/role',
    value: 'robot',
    requirement: 'A message to count whose role does not exist is answered 400.',
    ...same('err.in.message-role-unknown'),
  },
  {
    row: 'content-number',
    pointer: '/messages/0/content',
    value: 7,
    requirement: 'A message to count whose content is neither text nor blocks is answered 400.',
    ...same('err.in.message-content-type'),
  },
  {
    row: 'block-type-unknown',
    pointer: '/messages/0/content',
    value: [{ type: 'conformance_no_such_block' }],
    requirement: 'A content block to count whose type does not exist is answered 400.',
    ...same('err.in.content-block-unknown-type'),
    fix: 'A block that is not understood must not count as nothing.',
  },
  {
    row: 'system-number',
    pointer: '/system',
    value: 7,
    requirement: 'A system prompt to count that is neither text nor blocks is answered 400.',
    ...same('err.in.system-type'),
  },
  {
    row: 'key-unknown',
    pointer: '/no_such_field',
    value: 1,
    requirement: 'A request to count with a field that does not exist is answered 400.',
    ...same('err.in.top-level-extra-key'),
  },
  {
    row: 'tool-schema-missing',
    pointer: '/tools/0/input_schema',
    remove: true,
    of: 'tools',
    requirement: 'A tool to count that has no input_schema is answered 400.',
    ...same('err.in.tool-schema-missing'),
  },
  {
    row: 'tool-name-twice',
    pointer: '/tools/1/name',
    value: lamp.name,
    of: 'tools',
    requirement: 'Two tools to count that have one name are answered 400.',
    ...same('err.in.tool-duplicate-name'),
  },
  {
    row: 'tool-result-orphan',
    pointer: '/messages/2/content/0/tool_use_id',
    value: 'toolu_01ConformanceZ',
    of: 'tools',
    requirement: 'A conversation to count in which a tool result belongs to no call is answered 400.',
    ...same('err.in.tool-result-orphan'),
  },
  {
    row: 'max-tokens',
    pointer: '/max_tokens',
    value: 16,
    requirement: 'count_tokens has no max_tokens: a request with it is answered 400.',
    covers: ['count.max-tokens-rejected'],
    why: generation,
  },
  {
    row: 'stream',
    pointer: '/stream',
    value: true,
    requirement: 'count_tokens has no stream: a request with it is answered 400.',
    covers: ['count.max-tokens-rejected'],
    why: generation,
  },
];

export const countRefused: Probe = probe({
  id: 'count-refused',
  title: 'Requests to count tokens with one mistake at a time; nothing is generated',
  needs: ['count-tokens'],
  cost: { requests: 2 + rows.length, outputTokens: 0 },
  steps: ['base', 'tools', ...rows.map(({ row }) => row)],
  async run({ model, send }) {
    await send('base', countTokensRequest(bases.base(model)));
    await send('tools', countTokensRequest(bases.tools(model)), { control: 'base' });
    for (const row of rows) {
      const control = row.of ?? 'base';
      await send(row.row, countTokensRequest(changed(bases[control](model), row)), { control });
    }
  },
});

export const refusalChecks: readonly Check[] = rows.map(({ row, of = 'base', requirement, covers, breaks = [], why, fix, expected }) =>
  refusal({
    id: `count-tokens.refusal.${row}`,
    // Derived: the reference says what the route takes, and that both routes throw alike.
    level: 'should',
    layer: 'http',
    requirement,
    covers,
    source: docs.errors,
    breaks: why === undefined && breaks.length === 0 ? [sdkTypescript('a mistake goes unnoticed')] : breaks,
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix }),
    needs: of === 'tools' ? ['count-tokens', 'tools'] : ['count-tokens'],
    control: `count-refused/${of}`,
    mutant: `count-refused/${row}`,
    ...(expected === undefined ? {} : { expected }),
  }),
);
