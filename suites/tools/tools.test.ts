import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { blockChecks } from './blocks.ts';
import { definitionChecks } from './definitions.ts';
import { forcedChecks } from './forced.ts';
import { resultChecks } from './results.ts';

type Json = Readonly<Record<string, unknown>>;

const call = (id: string, name: string, input: unknown): Json => ({ type: 'tool_use', id, name, input });
const offering = { request: { tools: [lamp, fruit] } };
const saying = (...content: readonly Json[]): Evidence => jsonEvidence({ ...fixtureMessage, content, stop_reason: 'tool_use' }, offering);
const cut = (...content: readonly Json[]): Evidence => jsonEvidence({ ...fixtureMessage, content, stop_reason: 'max_tokens' }, offering);
const pear = call('toolu_1', 'pick_fruit', { fruit: 'pear' });
const madeUp = call('toolu_2', 'web_search', {});
const text = { type: 'text', text: 'Hello.' };

/** A stream with one call whose arguments come in these fragments. */
const streaming = (id: string, name: string, ...fragments: readonly string[]): Evidence =>
  streamEvidence([
    { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: call(id, name, {}) },
    ...fragments.map((json) => ({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: json } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]);

describeExamples(blockChecks, {
  'tools.id.unique': {
    passes: { 'two ids': saying(pear, call('toolu_2', 'set_lamp', { state: 'on' })) },
    fails: { 'one id for two calls': [saying(pear, call('toolu_1', 'set_lamp', { state: 'on' })), '"toolu_1", "toolu_1"'] },
    open: { 'one call': [saying(pear), 'fewer than two tool_use blocks'] },
  },
  'tools.name.offered': {
    passes: { 'an offered tool': saying(text, pear) },
    fails: {
      'a tool that nobody offered, where the model has to call one': [
        jsonEvidence({ ...fixtureMessage, content: [madeUp] }, { request: { tools: [lamp, fruit], tool_choice: { type: 'any' } } }),
        '"web_search"',
      ],
      'a call where no tool was offered': [jsonEvidence({ ...fixtureMessage, content: [pear] }), '"pick_fruit"'],
    },
    open: {
      'no call': [jsonEvidence(fixtureMessage, offering), 'the message has no tool_use block'],
      'a tool that nobody offered, where the model is free': [saying(pear, madeUp), 'the model may have made the name up: "web_search"'],
      'a toolset': [
        jsonEvidence({ ...fixtureMessage, content: [pear] }, { request: { tools: [{ type: 'computer_toolset_20260801' }] } }),
        'the request offers a toolset, which has no names',
      ],
    },
  },
  'tools.id.prefix': {
    passes: {
      'a call of a client tool': saying(pear),
      'a call of a server tool': saying({ type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }),
    },
    fails: {
      'an id of another protocol': [saying(call('call_1', 'pick_fruit', {})), '"call_1"'],
      'a server tool with the id of a client tool': [
        saying({ type: 'server_tool_use', id: 'toolu_1', name: 'web_search', input: {} }),
        '"toolu_1"',
      ],
    },
    open: { 'no call': [saying(text), 'the message has no call'] },
  },
});

describeExamples(forcedChecks, {
  'tools.id.unique-across': {
    passes: { 'two ids': { json: saying(pear), stream: streaming('toolu_2', 'pick_fruit') } },
    fails: { 'the same id twice': [{ json: saying(pear), stream: streaming('toolu_1', 'pick_fruit') }, '"toolu_1"'] },
    open: { 'no call': [{ json: saying(text), stream: streaming('toolu_1', 'pick_fruit') }, 'one of the two messages has no call'] },
  },
  'tools.input.fits-schema': {
    passes: { 'allowed values': { json: saying(pear), stream: streaming('toolu_2', 'pick_fruit', '{"fru', 'it":"apple"}') } },
    fails: {
      'another value': [
        { json: saying(call('toolu_1', 'pick_fruit', { fruit: 'plum' })), stream: streaming('toolu_2', 'pick_fruit') },
        '{"fruit":"plum"}',
      ],
      'another property': [
        {
          json: saying(call('toolu_1', 'pick_fruit', { fruit: 'pear', size: 'big' })),
          stream: streaming('toolu_2', 'pick_fruit', '{"fruit":"pear"}'),
        },
        '{"fruit":"pear","size":"big"}',
      ],
      'no arguments in the stream': [{ json: saying(pear), stream: streaming('toolu_2', 'pick_fruit') }, '{}'],
    },
    open: {
      'a call that was cut': [
        { json: cut(call('toolu_1', 'pick_fruit', null)), stream: streaming('toolu_2', 'set_lamp', '{}') },
        'no message has a complete call of the tool',
      ],
    },
  },
  'tools.input.no-arguments': {
    passes: {
      'an empty object in either mode': { json: saying(call('toolu_1', 'ring_bell', {})), stream: streaming('toolu_2', 'ring_bell') },
      'an empty object spelt out': { json: saying(call('toolu_1', 'ring_bell', {})), stream: streaming('toolu_2', 'ring_bell', '', '{}') },
    },
    fails: {
      null: [{ json: saying(call('toolu_1', 'ring_bell', null)), stream: streaming('toolu_2', 'ring_bell') }, 'null'],
      'arguments that the tool does not have': [
        { json: saying(call('toolu_1', 'ring_bell', {})), stream: streaming('toolu_2', 'ring_bell', '{"loud":true}') },
        '{"loud":true}',
      ],
    },
    open: { 'no call': [{ json: saying(text), stream: saying(text) }, 'neither message has a complete call'] },
  },
});

const accepted = jsonEvidence(fixtureMessage, offering);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'tools.0' } });
const acceptance = {
  passes: { 'a request taken like its control': { control: accepted, variant: accepted } },
  fails: { 'a request refused unlike its control': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a server without tools': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
} as const;

describeExamples(definitionChecks, {
  'tools.definition.no-description': acceptance,
  'tools.definition.no-properties': acceptance,
  'tools.definition.full-schema': acceptance,
  'tools.definition.custom-type': acceptance,
  'tools.definition.name-64': acceptance,
  'tools.definition.cache-control': acceptance,
});

describeExamples(resultChecks, {
  'tools.result.string': acceptance,
  'tools.result.blocks': acceptance,
  'tools.result.error': acceptance,
  'tools.result.absent': acceptance,
  'tools.result.empty-string': acceptance,
  'tools.result.two-results': acceptance,
  'tools.result.two-rounds': acceptance,
  'tools.result.text-around': acceptance,
});
