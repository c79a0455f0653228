import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { basket } from '../probes/tool-strict.ts';
import { trickyText, write } from '../probes/tool-arguments.ts';
import { argumentChecks } from './arguments.ts';
import { strictChecks } from './strict.ts';

type Json = Readonly<Record<string, unknown>>;

const good = { size: 'small', count: 2, gift: false, owner: { kind: 'guest' }, fruits: [{ ripe: true }] };

const calling = (name: string, input: unknown, stop = 'tool_use'): Evidence =>
  jsonEvidence({ ...fixtureMessage, content: [{ type: 'tool_use', id: 'toolu_1', name, input }], stop_reason: stop });

/** A stream with one call whose arguments come in these fragments. */
const streaming = (name: string, ...fragments: readonly string[]): Evidence =>
  streamEvidence([
    { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'toolu_2', name, input: {} } },
    ...fragments.map((json) => ({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: json } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]);

const text = JSON.stringify(good);
const streamed = streaming(basket.name, text.slice(0, 9), text.slice(9));
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'strict' } });
const cut = calling(basket.name, { size: 'small' }, 'max_tokens');

/** Both modes, the first of them with this input. */
const packed = (change: Json): { json: Evidence; stream: Evidence } => ({
  json: calling(basket.name, { ...good, ...change }),
  stream: streamed,
});
const without = ({ count: _count, ...rest }: typeof good): Json => rest;

const fine = {
  'inputs that fit, in both modes': { json: calling(basket.name, good), stream: streamed },
  'the property that may be there': packed({ ribbon: 'red' }),
  'a stream alone': { json: refused, stream: streamed },
};
const open = {
  'a server that refuses strict': [{ json: refused, stream: refused }, 'strict is refused'],
  'calls that were cut': [{ json: cut, stream: cut }, 'no message has a complete call of the tool'],
} as const;

describeExamples(strictChecks, {
  'tools.definition.strict': {
    passes: { 'a request taken like its control': { control: jsonEvidence(fixtureMessage), variant: cut } },
    fails: { 'a refusal': [{ control: jsonEvidence(fixtureMessage), variant: refused }, '400 invalid_request_error'] },
  },
  'tools.definition.strict-offered': {
    passes: { 'both modes': { control: jsonEvidence(fixtureMessage), json: jsonEvidence(fixtureMessage), stream: streamed } },
    fails: {
      'a refusal of both': [{ control: jsonEvidence(fixtureMessage), json: refused, stream: refused }, '400 invalid_request_error'],
      'a refusal in the stream': [
        { control: jsonEvidence(fixtureMessage), json: jsonEvidence(fixtureMessage), stream: refused },
        '400 invalid_request_error',
      ],
    },
    open: {
      'a server without tools': [
        { control: refused, json: refused, stream: refused },
        'the same request without it was not accepted either (400 invalid_request_error)',
      ],
    },
  },
  'tools.strict.required-present': {
    passes: { ...fine, 'a wrong type, which is for another check': packed({ count: '2' }) },
    fails: {
      'a property missing': [{ json: calling(basket.name, without(good)), stream: streamed }, 'nothing'],
      'a property that is not known': [packed({ note: 'Hello.' }), '"Hello."'],
      'a property missing in the stream': [
        { json: calling(basket.name, good), stream: streaming(basket.name, '{"size":"small"}') },
        'nothing',
      ],
    },
    open,
  },
  'tools.strict.types': {
    passes: fine,
    fails: {
      'an integer in quotes': [packed({ count: '2' }), '"2"'],
      'a fraction': [packed({ count: 2.5 }), '2.5'],
      'a boolean in quotes': [packed({ gift: 'false' }), '"false"'],
      'an array as text': [packed({ fruits: '[]' }), '"[]"'],
    },
    open,
  },
  'tools.strict.enum': {
    passes: { ...fine, 'another case': packed({ size: 'Small' }) },
    fails: {
      'another value': [packed({ size: 'medium' }), '"medium"'],
      'another optional value': [packed({ ribbon: 'green' }), '"green"'],
    },
    open,
  },
  'tools.strict.nested': {
    passes: { ...fine, 'a wrong value outside, which is for another check': packed({ size: 'medium' }) },
    fails: {
      'another value inside': [packed({ owner: { kind: 'cat' } }), '"cat"'],
      'a property missing in an item': [packed({ fruits: [{ ripe: true }, {}] }), 'nothing'],
      'a property too many inside': [packed({ owner: { kind: 'shop', name: 'x' } }), '"x"'],
      'an empty array': [packed({ fruits: [] }), '[]'],
    },
    open,
  },
});

const note = JSON.stringify({ note: trickyText });
const wrote = streaming(write.name, note);
const long = JSON.stringify({ ...good, fruits: Array.from({ length: 4 }, () => ({ ripe: true })) });

describeExamples(argumentChecks, {
  'tools.input.text-survives': {
    passes: { 'the text in both modes': { json: calling(write.name, { note: trickyText }), stream: wrote } },
    fails: {
      'escaped twice': [
        { json: calling(write.name, { note: JSON.stringify(trickyText).slice(1, -1) }), stream: wrote },
        JSON.stringify(JSON.stringify(trickyText).slice(1, -1)),
      ],
      'a character lost in the stream': [
        { json: calling(write.name, { note: trickyText }), stream: streaming(write.name, note.replace('😀', '\uFFFD')) },
        JSON.stringify(trickyText.replace('😀', '\uFFFD')),
      ],
    },
    open: {
      'a server that refuses strict': [{ json: refused, stream: refused }, 'strict is refused'],
      'a call of another tool': [
        { json: calling('write', {}), stream: calling('write', {}) },
        'no message has a complete call of the tool',
      ],
    },
  },
  'tools.stream.arguments-in-pieces': {
    passes: { 'two pieces': { answer: streaming(basket.name, long.slice(0, 9), long.slice(9)) } },
    fails: { 'one piece behind an empty one': [{ answer: streaming(basket.name, '', long) }, `one piece of ${long.length} characters`] },
    open: { 'short arguments': [{ answer: streaming(basket.name, '{"size":"small"}') }, 'the stream has no long arguments'] },
  },
});
