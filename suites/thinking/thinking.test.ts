import { describe } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { displayChecks } from './display.ts';
import { modeChecks } from './modes.ts';

const accepted = jsonEvidence(fixtureMessage);
const hungUp = streamEvidence(fixtureEvents.slice(0, 1), { ended: 'aborted-by-us' });
const error = { type: 'error', error: { type: 'invalid_request_error', message: 'thinking.type: no' } };
const refused = refusalEvidence(400, error);
const failed = refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'no' } });
const foreign = refusalEvidence(400, { detail: 'no' });

/** A model that says this of one thinking type. */
const model = (type: string, supported: unknown): Evidence =>
  jsonEvidence({ id: 'tiny', capabilities: { thinking: { supported: true, types: { [type]: { supported } } } } }, { endpoint: 'model' });
const silent = jsonEvidence({ id: 'tiny', capabilities: null }, { endpoint: 'model' });
const plainRefused = 'the same request without thinking was not accepted either';

const handled: Examples = {
  passes: {
    'an answer': { control: accepted, variant: accepted },
    'an answer on which we hung up': { control: accepted, variant: hungUp },
    'a refusal': { control: accepted, variant: refused },
  },
  fails: {
    'a server error': [{ control: accepted, variant: failed }, '500 api_error'],
    'a refusal in another form': [{ control: accepted, variant: foreign }, '400 without an error type'],
  },
  open: { 'a server that answers nothing': [{ control: failed, variant: failed }, plainRefused] },
};

const asStated = (type: string): Examples => ({
  passes: {
    'a type that is supported and taken': { model: model(type, true), control: accepted, variant: hungUp },
    'a type that is neither': { model: model(type, false), control: accepted, variant: refused },
  },
  fails: {
    'a type that is supported and refused': [
      { model: model(type, true), control: accepted, variant: refused },
      '400 invalid_request_error',
    ],
    'a type that is not supported and taken': [{ model: model(type, false), control: accepted, variant: accepted }, '200, it was accepted'],
  },
  open: {
    'a model that says nothing': [
      { model: silent, control: accepted, variant: refused },
      `the model does not say whether it supports thinking of type ${type}`,
    ],
    'a server that answers nothing': [{ model: model(type, true), control: refused, variant: refused }, plainRefused],
  },
});

describe('modes', () => {
  describeExamples(modeChecks, {
    'thinking.adaptive.handled': handled,
    'thinking.enabled.handled': handled,
    'thinking.disabled.handled': handled,
    'thinking.between-tools.handled': handled,
    'thinking.adaptive.as-stated': asStated('adaptive'),
    'thinking.enabled.as-stated': asStated('enabled'),
    'thinking.disabled.as-stated': asStated('disabled'),
    'thinking.between-tools.as-stated': asStated('between_tools'),
    'thinking.loop.switched-on': {
      passes: { 'an answer': { control: accepted, variant: accepted } },
      fails: { 'a refusal': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
      open: { 'a history that is not taken at all': [{ control: refused, variant: refused }, plainRefused] },
    },
    'thinking.loop.manual-handled': {
      passes: {
        'an answer': { control: accepted, enabled: hungUp, variant: hungUp },
        'a refusal': { control: accepted, enabled: hungUp, variant: refused },
      },
      fails: { 'a server error': [{ control: accepted, enabled: hungUp, variant: failed }, '500 api_error'] },
      open: {
        'a history that is not taken at all': [{ control: refused, enabled: hungUp, variant: refused }, plainRefused],
        'a model without manual thinking': [
          { control: accepted, enabled: refused, variant: refused },
          'the model does not take thinking of type enabled',
        ],
      },
    },
    'thinking.prefill.refused': {
      passes: { 'a refusal': { control: accepted, adaptive: accepted, variant: refused } },
      fails: { 'an answer': [{ control: accepted, adaptive: accepted, variant: accepted }, '200, it was accepted'] },
      open: {
        'a model that takes no beginning': [
          { control: refused, adaptive: accepted, variant: refused },
          'the model takes no beginning of its reply without thinking either',
        ],
        'a model that does not think': [
          { control: accepted, adaptive: refused, variant: refused },
          'the model does not take adaptive thinking',
        ],
      },
    },
  });
});

const thought = (thinking: string, signature: string): Readonly<Record<string, unknown>> => ({ type: 'thinking', thinking, signature });
const text = { type: 'text', text: '4' };
const reply = (...content: readonly unknown[]): Evidence => jsonEvidence({ ...fixtureMessage, content });
const cutReply = (...content: readonly unknown[]): Evidence => jsonEvidence({ ...fixtureMessage, content, stop_reason: 'max_tokens' });

/** A stream of one thinking block with these deltas. */
const stream = (...deltas: readonly Readonly<Record<string, unknown>>[]): Evidence =>
  streamEvidence([
    { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: thought('', '') },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]);
const signed = { type: 'signature_delta', signature: 'c2ln' };
const didNotThink = 'the model did not think, or was cut while it did';
const notTaken = 'the server does not take this display';

describe('display', () => {
  describeExamples(displayChecks, {
    'thinking.display.omitted-empty': {
      passes: { 'an empty block with its signature': { answer: reply(thought('', 'c2ln'), text) } },
      fails: {
        'a text': [{ answer: reply(thought('2 plus 2', 'c2ln'), text) }, '"2 plus 2"'],
        'no signature': [{ answer: reply(thought('', ''), text) }, '""'],
      },
      open: {
        'no thinking': [{ answer: reply(text) }, didNotThink],
        'thinking that was cut': [{ answer: cutReply(thought('', '')) }, didNotThink],
        'a refusal': [{ answer: refused }, notTaken],
      },
    },
    'thinking.display.omitted-in-stream': {
      passes: {
        'a signature alone': { answer: stream(signed) },
        'an empty delta': { answer: stream({ type: 'thinking_delta', thinking: '' }, signed) },
      },
      fails: {
        'a delta with text': [{ answer: stream({ type: 'thinking_delta', thinking: '2 plus' }, signed) }, '"2 plus"'],
        'no signature': [{ answer: stream() }, '0'],
        'two signatures': [{ answer: stream(signed, signed) }, '2'],
      },
      open: { 'no thinking': [{ answer: streamEvidence(fixtureEvents) }, didNotThink], 'a refusal': [{ answer: refused }, notTaken] },
    },
    'thinking.display.summarized-text': {
      passes: { 'a text': { answer: reply(thought('2 plus 2', 'c2ln'), text) } },
      fails: { 'an empty block': [{ answer: reply(thought('', 'c2ln'), text) }, '""'] },
      open: { 'no thinking': [{ answer: reply(text) }, didNotThink] },
    },
  });
});
