/** Mistakes in thinking, structured output and warm-up requests, taken. */
import type { KnownFault } from '../fault.ts';
import { all, at, has, messages, not } from '../touching.ts';
import { holds, is, taken } from './errors-taken.ts';

const budget = '/thinking/budget_tokens';
const enabled = at('/thinking/type', is('enabled'));
const disabled = at('/thinking/type', is('disabled'));
const warm = at('/max_tokens', is(0));

const thinking = taken(messages, [
  {
    row: 'thinking-disabled-display',
    takes: 'a display of thinking that is off',
    pointer: '/thinking/display',
    wrong: is('summarized'),
    of: disabled,
  },
  { row: 'thinking-disabled-budget', takes: 'a budget for thinking that is off', pointer: budget, wrong: is(1024), of: disabled },
  {
    row: 'thinking-budget-over-max',
    takes: 'a budget for thinking above max_tokens',
    pointer: '/max_tokens',
    wrong: is(1),
    right: 1025,
    of: all(enabled, has('/tools')),
  },
  { row: 'thinking-budget-small', takes: 'any small budget for thinking', pointer: budget, wrong: is(1023), right: 1024 },
  {
    row: 'thinking-forced-tool',
    takes: 'a forced tool together with thinking',
    pointer: '/tool_choice/type',
    wrong: is('any'),
    right: 'auto',
    of: all(enabled, not(warm)),
  },
  // Without signatures there is nothing to hold it against, so it is dropped.
  {
    row: 'thinking-edited',
    takes: 'thinking that was edited',
    pointer: '/messages/1/content/0/thinking',
    wrong: is('I was told to say five.'),
    rightAt: '/messages/1/content/0',
  },
  {
    row: 'thinking-cache-control',
    takes: 'a cache marker on thinking',
    pointer: '/messages/1/content/0/cache_control',
    wrong: holds('type'),
    of: at('/messages/1/content/0/type', is('thinking')),
  },
]);

const format = '/output_config/format';
const watts = `${format}/schema/properties/watts`;

const formats = taken(messages, [
  {
    row: 'format-type-unknown',
    takes: "an output format of OpenAI's",
    pointer: `${format}/type`,
    wrong: is('json_object'),
    right: 'json_schema',
  },
  { row: 'format-schema-missing', takes: 'an output format without a schema', pointer: format, wrong: is({ type: 'json_schema' }) },
  { row: 'format-bounds', takes: 'bounds in an output schema, and does not keep to them', pointer: `${watts}/minimum`, wrong: is(1) },
  {
    row: 'format-open-object',
    takes: 'an output schema that is open',
    pointer: `${format}/schema/additionalProperties`,
    wrong: is(true),
    right: false,
  },
  { row: 'format-recursive', takes: 'a recursive output schema', pointer: watts, wrong: is({ $ref: '#' }), right: { type: 'integer' } },
  {
    row: 'format-external-reference',
    takes: 'an output schema that refers to another host',
    pointer: watts,
    wrong: is({ $ref: 'https://example.com/schema.json' }),
    right: { type: 'integer' },
  },
  {
    row: 'format-with-citations',
    takes: 'an output format together with citations',
    pointer: '/messages/0/content/0/citations/enabled',
    wrong: is(true),
    of: has(format),
  },
]);

const warming = taken(all(messages, warm), [
  { row: 'warm-stream', takes: 'a stream of no tokens', pointer: '/stream', wrong: is(true), rightAt: '/max_tokens', right: 1 },
  {
    row: 'warm-thinking',
    takes: 'thinking without room for a token',
    pointer: '/thinking/type',
    wrong: is('enabled'),
    rightAt: '/thinking',
  },
  { row: 'warm-format', takes: 'an output format without room for a token', pointer: '/output_config', wrong: holds('format') },
  {
    row: 'warm-forced-any',
    takes: 'the choice of any tool without room for a token',
    pointer: '/tool_choice/type',
    wrong: is('any'),
    rightAt: '/tool_choice',
  },
  {
    row: 'warm-forced-tool',
    takes: 'the choice of one tool without room for a token',
    pointer: '/tool_choice/type',
    wrong: is('tool'),
    rightAt: '/tool_choice',
  },
]);

export const takenModes: readonly KnownFault[] = [...thinking, ...formats, ...warming];
