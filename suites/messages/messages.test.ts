import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents as events, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { badInputExamples } from '../errors/bad-input.fixture.ts';
import { badInputChecks } from '../errors/bad-input.ts';
import { variantExamples } from '../variants.fixture.ts';
import { checks } from './index.ts';
import { optionalParameters } from './optional-parameters.ts';
import { refusedParameters } from './refused-parameters.ts';
import { unknownModel } from '../unknown-model.ts';

const good = jsonEvidence(fixtureMessage);
const stream = streamEvidence(events);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });

const message = (patch: Readonly<Record<string, unknown>>, request: Readonly<Record<string, unknown>> = {}): Evidence =>
  jsonEvidence({ ...fixtureMessage, ...patch }, { request });
const content = (...blocks: readonly unknown[]): Evidence => message({ content: blocks });
const text = { type: 'text', text: 'Hello.' };
const thinking = { type: 'thinking', thinking: 'hm', signature: 'sig' };
const call = { type: 'tool_use', id: 'toolu_1', name: 'set_lamp', input: {} };

/** What every check on an accepted request says. */
const acceptedRequest: Examples = {
  passes: { 'an accepted request': { control: good, variant: good } },
  fails: { 'a refusal': [{ control: good, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a refusal of both': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
};

describeExamples(checks, {
  'messages.shape.valid': {
    passes: {
      'a message': good,
      'the fold of a stream': stream,
      'an empty reply': content(),
      'fields that we do not know': message({ timings: {} }),
    },
    fails: {
      'no id': [message({ id: undefined }), 'nothing'],
      'another role': [message({ role: 'model' }), '"model"'],
      'content that is null': [message({ content: null }), 'null'],
      'a chat completion': [jsonEvidence({ id: 'x', object: 'chat.completion', model: 'm', choices: [] }), 'nothing'],
      'an array': [jsonEvidence([]), '[]'],
    },
    open: { 'a stream without a message': [streamEvidence([{ type: 'ping' }]), 'the stream tells of no message'] },
  },
  'messages.content.blocks-valid': {
    passes: {
      'all kinds of blocks': content(text, thinking, call, { type: 'redacted_thinking', data: 'x' }, { ...text, citations: null }),
      'thinking that max_tokens cut': message({ content: [{ type: 'thinking', thinking: 'hm' }], stop_reason: 'max_tokens' }),
    },
    fails: {
      'a text that is null': [content({ type: 'text', text: null }), 'null'],
      'arguments in a string': [content({ ...call, input: '{}' }), '"{}"'],
      'a call without an id': [content({ ...call, id: undefined }), 'nothing'],
      'an id with a space': [content({ ...call, id: 'call 1' }), '"call 1"'],
      'thinking without a signature': [content({ type: 'thinking', thinking: 'hm' }, text), 'nothing'],
      'a block that is a string': [content('Hello.', text), '"Hello."'],
    },
    open: { 'an empty reply': [content(), 'the message has no content blocks'] },
  },
  'messages.content.known-types': {
    passes: { 'a text': good },
    fails: { 'a type of its own': [content({ type: 'reasoning', text: 'hm' }), '"reasoning"'] },
  },
  'messages.optional-fields.valid': {
    passes: { 'a container': message({ container: { id: 'container_1', expires_at: '2026-11-20T00:00:00Z' } }) },
    fails: { 'a container that is a string': [message({ container: 'container_1' }), '"container_1"'] },
    open: { 'neither of them': [good, 'neither container nor diagnostics in the message'] },
  },
  'messages.shape.stop-keys': {
    passes: { 'a message': good },
    fails: { 'a key left out': [message({ stop_sequence: undefined }), 'no such key'] },
    open: { 'no object': [jsonEvidence('[]'), 'the answer is no object'] },
  },
  'messages.fields.known': {
    passes: { 'a message': good },
    fails: {
      'a field of the engine': [message({ kv_transfer_params: 'x' }), '"x"'],
      'a field of usage': [message({ usage: { input_tokens: 9, output_tokens: 4, cost: 0.1 } }), '0.1'],
      'a field of a block': [content({ ...text, parsed: {} }), '{}'],
    },
  },
  'messages.text.not-empty': {
    passes: { 'a text': good },
    fails: { 'an empty text beside a call': [content({ type: 'text', text: '' }, call), '""'] },
    open: {
      'a call alone': [content(call), 'no text block in the reply'],
      'a reply that was cut': [message({ content: [{ type: 'text', text: '' }], stop_reason: 'max_tokens' }), 'the reply was cut'],
    },
  },
  'messages.text.well-formed': {
    passes: { 'whole characters': content({ type: 'text', text: 'Hello 😀' }) },
    fails: { 'half a character': [content({ type: 'text', text: 'Hello \ud83d' }), '"Hello \\ud83d"'] },
    open: { 'an empty reply': [content(), 'no text in the reply'] },
  },
  'messages.thinking.first': {
    passes: {
      'thinking before text': content(thinking, text),
      'redacted thinking first': content({ type: 'redacted_thinking', data: 'x' }, thinking),
    },
    fails: { 'thinking after text': [content(text, thinking), '"text"'] },
    open: { 'no thinking': [good, 'no thinking in the reply'] },
  },
  'messages.thinking.signed': {
    passes: { 'signed thinking': content(thinking, text) },
    fails: { 'an empty signature': [content({ ...thinking, signature: '' }, text), '""'] },
    open: {
      'no thinking': [good, 'no complete thinking in the reply'],
      'thinking that was cut': [
        message({ content: [{ ...thinking, signature: '' }], stop_reason: 'max_tokens' }),
        'no complete thinking in the reply',
      ],
    },
  },
  'messages.thinking.disabled': {
    passes: { 'a text': { plain: good, off: good } },
    fails: { thinking: [{ plain: good, off: content(thinking, text) }, '{"type":"thinking","thinking":"hm","signature":"sig"}'] },
    open: {
      'a server that refuses it': [
        { plain: good, off: refused },
        'the server refuses thinking of type disabled (400), as models that always think do',
      ],
      'a server that refuses both': [{ plain: refused, off: refused }, 'the same request without thinking was refused too'],
    },
  },
  'messages.id.unique': {
    passes: {
      'ids that differ': {
        first: good,
        second: message({ id: 'msg_2' }),
        third: message({ id: 'msg_3' }),
        fourth: message({ id: 'msg_4' }),
      },
    },
    fails: {
      'an id used twice': [{ first: good, second: message({ id: 'msg_2' }), third: stream, fourth: message({ id: 'msg_4' }) }, '"msg_01A"'],
    },
    open: { 'refused requests': [{ first: good, second: refused, third: refused, fourth: refused }, 'fewer than two replies have an id'] },
  },
  'messages.id.prefix': {
    passes: { 'the prefix': good },
    fails: { 'another prefix': [message({ id: 'chatcmpl-1' }), '"chatcmpl-1"'] },
  },
  'messages.model.as-requested': {
    passes: {
      'the same name': good,
      'the dated name of an alias': message({ model: 'tiny-20261001' }),
      'the name behind -latest': message({ model: 'small-20261001' }, { model: 'small-latest' }),
    },
    fails: { 'another model': [message({ model: 'big' }), '"big"'] },
    open: {
      'a model that no server has': [message({ model: 'big' }, { model: unknownModel }), 'no server has the model that was asked for'],
    },
  },
  'messages.system.string': acceptedRequest,
  'messages.system.blocks': acceptedRequest,
  'messages.system.cache-control': acceptedRequest,
  'messages.parameters.stream-false': acceptedRequest,
  'messages.parameters.no-stop-sequences': acceptedRequest,
  'messages.parameters.metadata': acceptedRequest,
  'messages.parameters.service-tier': acceptedRequest,
  ...variantExamples(optionalParameters),
  ...badInputExamples(badInputChecks(refusedParameters)),
});
