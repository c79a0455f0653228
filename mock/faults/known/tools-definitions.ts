/** Faults with definitions of tools: valid ones that are refused or end in a crash, and mistakes in them that are taken. */
import { asText } from '../../../spec/as-text.ts';
import { hears, ignores } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { all, any, at, counts, has, messages, not, plain, streams, type Touch } from '../touching.ts';
import { putUsage } from '../body-edits.ts';
import { says } from '../acting.ts';
import { type Acted, acted, failed, refused } from './acted.ts';
import { isList } from './shaping.ts';
import { is, someTool } from './tools-shaping.ts';

const name = '/tools/0/name';
/** The smallest request with the lamp and the fruit. */
const small = all(plain, at('/max_tokens', is(1)), has('/tools/1'), not(has('/tool_choice')));
const lamp = all(small, at(name, is('set_lamp')));
const longName = (length: number) => (value: unknown) => typeof value === 'string' && value.length === length;

const refusing = refused([
  {
    id: 'tool-description-needed',
    sentence: 'A tool without a description is refused.',
    trips: ['tools.definition.no-description'],
    touches: all(lamp, not(has('/tools/0/description'))),
  },
  {
    id: 'tool-properties-needed',
    sentence: 'A schema without properties is refused.',
    trips: ['tools.definition.no-properties'],
    touches: all(lamp, not(has('/tools/0/input_schema/properties'))),
  },
  {
    id: 'tool-schema-keywords-refused',
    sentence: 'A schema with $defs, $ref or formats is refused, since it cannot be made a grammar.',
    imitates: ['lmstudio-bug-tracker#2220', 'lmstudio-bug-tracker#2236'],
    trips: ['tools.definition.full-schema'],
    touches: all(lamp, has('/tools/0/input_schema/$defs')),
  },
  {
    id: 'tool-type-custom-refused',
    sentence: 'A tool that says its type, custom, is refused.',
    trips: ['tools.definition.custom-type'],
    touches: all(lamp, at('/tools/0/type', is('custom'))),
  },
  {
    id: 'tool-name-63',
    sentence: 'Tool names end at 63 characters.',
    trips: ['tools.definition.name-64'],
    touches: all(small, at(name, longName(64))),
  },
  {
    id: 'tool-cache-control-refused',
    sentence: 'cache_control on a tool is an unknown field.',
    trips: ['tools.definition.cache-control'],
    touches: all(lamp, has('/tools/0/cache_control')),
  },
  {
    id: 'tools-64',
    sentence: 'More than 64 tools are refused.',
    trips: ['tools.definition.many'],
    touches: has('/tools/64'),
  },
  {
    id: 'tools-empty-refused',
    sentence: 'An empty array of tools is refused.',
    trips: ['tools.definition.empty-array'],
    touches: all(
      messages,
      at('/tools', (tools) => isList(tools) && tools.length === 0),
    ),
  },
  {
    id: 'tool-deferred-refused',
    sentence: 'defer_loading is an unknown field.',
    imitates: ['vllm#40190'],
    trips: ['tools.definition.defer-loading'],
    touches: all(lamp, at('/tools/0/defer_loading', is(true))),
  },
  {
    id: 'tool-eager-refused-in-stream',
    sentence: 'A stream with eager_input_streaming is refused.',
    trips: ['tools.stream.eager-accepted'],
    touches: all(streams, at('/max_tokens', is(1)), has('/tools/0/eager_input_streaming')),
  },
  {
    id: 'tool-strict-refused',
    sentence: 'A strict tool is refused.',
    trips: ['tools.definition.strict'],
    touches: all(plain, at(name, is('pack_basket')), has('/tools/0/strict')),
  },
  {
    id: 'tool-strict-refused-unforced',
    sentence: 'A strict tool is refused in a stream where its call is not forced.',
    trips: ['tools.definition.strict-offered'],
    touches: all(streams, has('/tools/0/strict'), not(has('/tools/1')), not(has('/tool_choice'))),
  },
]);

/** Forms that are refused wherever they are: together with others, and counted alone. */
const forms = refused([
  form('tool-name-64', 'Tool names end at 64 characters.', 'name-128', (tool) => longName(128)(tool['name'])),
  form('tool-examples-refused', 'input_examples is an unknown field.', 'input-examples', (tool) => 'input_examples' in tool),
  {
    ...form(
      'tool-eager-null-refused',
      'eager_input_streaming must be true or false.',
      'eager-input-streaming',
      (tool) => tool['eager_input_streaming'] === null,
    ),
    mayTrip: { 'messages.nulls.tool-fields': 'It is null there, too.' },
  },
  form('tool-callers-refused', 'allowed_callers is an unknown field.', 'allowed-callers', (tool) => 'allowed_callers' in tool),
  form('tool-enum-256', 'An enum may have 256 values.', 'large-enum', (tool) => JSON.stringify(tool).includes('"item_299"')),
  form(
    'tool-description-braces',
    'Braces in the description of a tool break the chat template.',
    'description-unicode',
    ({ description }) => asText(description).includes('{%'),
  ),
]);

function form(id: string, sentence: string, rule: string, isSo: Parameters<typeof someTool>[0]): Acted {
  const trips = [`tools.definition.${rule}`, 'tools.definition.forms-together'];
  return { id, sentence, trips, touches: all(any(messages, counts), someTool(isSo)) };
}

const failing = failed([
  {
    id: 'client-tools-crash',
    sentence: 'Tools of Anthropic that the client runs have no schema, which ends in a 500.',
    trips: ['tools.definition.client-tools'],
    touches: all(messages, at('/tools/0/type', is('bash_20250124')), at('/max_tokens', is(64))),
  },
]);

const onlyLamp: Touch = all(small, at(name, is('set_lamp')));

const understood = acted({ layer: 'behaviour', act: ignores() }, [
  {
    id: 'tools-empty-counted',
    sentence: 'An empty array of tools puts the introduction to tools into the prompt.',
    trips: ['tools.definition.empty-array-counts-nothing'],
    touches: all(
      plain,
      at('/tools', (tools) => isList(tools) && tools.length === 0),
    ),
    act: says(putUsage('input_tokens', 311)),
  },
  {
    id: 'tools-cut-to-twenty',
    sentence: 'Of many tools the first twenty reach the prompt.',
    trips: ['tools.definition.many-counted'],
    touches: all(plain, has('/tools/64')),
    act: hears((value) => ({ ...value, tools: isList(value['tools']) ? value['tools'].slice(0, 20) : [] })),
  },
  {
    id: 'tool-examples-unchecked',
    sentence: 'Examples of tools are not held against the schema.',
    trips: ['tools.definition.examples-checked'],
    touches: all(onlyLamp, at('/tools/0/input_examples/0/state', is(5))),
    act: ignores('/tools/0/input_examples'),
  },
  {
    id: 'tools-all-deferred-taken',
    sentence: 'That every tool is deferred is not noticed.',
    trips: ['tools.definition.not-all-deferred'],
    mayTrip: { 'errors.in.toolset-deferred': 'A toolset is deferred there.' },
    touches: all(plain, at('/tools/0/defer_loading', is(true)), not(has('/tools/1'))),
    act: ignores('/tools/0/defer_loading'),
  },
  {
    id: 'server-tool-as-own',
    sentence: 'A tool that the server should run is taken for a tool of the client.',
    imitates: ['sglang#22655', 'sglang#22656'],
    trips: ['tools.server.not-for-client'],
    touches: all(plain, at('/tools/0/type', is('web_search_20250305')), at('/max_tokens', is(64))),
    act: hears((value) => ({ ...value, tools: [{ name: 'web_search', input_schema: { type: 'object' } }] })),
  },
]);

export const toolDefinitionFaults: readonly KnownFault[] = [...refusing, ...forms, ...failing, ...understood];
