import { describe, expect, test } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents as events, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { pieceOf } from '../probes/stop-sequence.ts';
import { checks } from './index.ts';

const good = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const message = (patch: Readonly<Record<string, unknown>>, request: Readonly<Record<string, unknown>> = {}): Evidence =>
  jsonEvidence({ ...fixtureMessage, ...patch }, { request });

/** The fixture stream with another end. */
const ended = (delta: Readonly<Record<string, unknown>>, request: Readonly<Record<string, unknown>> = {}): Evidence =>
  streamEvidence(events.with(5, { type: 'message_delta', delta, usage: { output_tokens: 4 } }), { request });

const call = { type: 'tool_use', id: 'toolu_1', name: 'set_lamp', input: {} };
const text = (said: string): Readonly<Record<string, unknown>> => ({ content: [{ type: 'text', text: said }] });

/** A reply to the count, with the limit it was given and the tokens it used. */
const counted = (limit: number, said: string, reason: string, used = limit): Evidence =>
  message({ ...text(said), stop_reason: reason, usage: { input_tokens: 9, output_tokens: used } }, { max_tokens: limit });

const truncation = {
  passes: {
    'replies that say so': { one: counted(1, '1', 'max_tokens'), more: counted(8, '1, 2, 3', 'max_tokens') },
    'one that says so, one that ended before': { one: counted(1, '1', 'max_tokens'), more: counted(8, '1.', 'end_turn', 2) },
  },
  fails: {
    'an end that the larger limit refutes': [{ one: counted(1, '1', 'end_turn'), more: counted(8, '1, 2, 3', 'end_turn') }, '"end_turn"'],
    'a finish reason of another protocol': [{ one: counted(1, '1', 'length'), more: counted(8, '1, 2, 3', 'length') }, '"length"'],
    'a limit of 1 that is refused': [{ one: refused, more: counted(8, '1, 2, 3', 'max_tokens') }, '400'],
  },
  open: {
    'a model that says little': [
      { one: counted(1, 'No', 'end_turn'), more: counted(8, 'No', 'end_turn', 1) },
      'the model ended its replies before the limit',
    ],
    'a refused request': [{ one: refused, more: refused }, 'the request was refused'],
  },
} as const;

describeExamples(checks, {
  'stop.reason.present': {
    passes: { 'a reason': good, 'a reason in a stream': streamEvidence(events) },
    fails: {
      'null in a body': [message({ stop_reason: null }), 'null'],
      'null in a stream': [ended({ stop_reason: null }), 'null'],
      'none at all': [message({ stop_reason: undefined }), 'nothing'],
    },
    open: {
      'a stream that failed': [
        streamEvidence([...events.slice(0, 3), { type: 'error', error: { type: 'api_error', message: 'Oops' } }]),
        'the stream reports an error',
      ],
    },
  },
  'stop.reason.known': {
    passes: { end_turn: good },
    fails: { 'a reason of another protocol': [message({ stop_reason: 'tool_calls' }), '"tool_calls"'] },
    open: { 'no reason': [message({ stop_reason: null }), 'the reply has no stop reason'] },
  },
  'stop.max-tokens.json': truncation,
  'stop.max-tokens.stream': truncation,
  'stop.tool-use.reported': {
    passes: { 'a call with its reason': message({ content: [call], stop_reason: 'tool_use' }) },
    fails: { 'a call that ends the turn': [message({ content: [call], stop_reason: 'end_turn' }), '"end_turn"'] },
    open: {
      'no call': [good, 'no tool_use block in the reply'],
      'a call that was cut': [message({ content: [call], stop_reason: 'max_tokens' }), 'the reply was cut'],
      'a stop sequence': [message({ content: [call], stop_reason: 'stop_sequence' }), 'a stop sequence ended the reply after the call'],
    },
  },
  'stop.tool-use.has-block': {
    passes: { 'a call with its reason': message({ content: [call], stop_reason: 'tool_use' }) },
    fails: { 'a reason without a call': [message({ stop_reason: 'tool_use' }), '["text"]'] },
    open: { 'another reason': [good, 'the stop reason is not tool_use'] },
  },
  'stop.details.refusal-only': {
    passes: {
      'no details': good,
      'a refusal': message({ stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'bio', explanation: null } }),
    },
    fails: {
      'details of a normal end': [message({ stop_details: { type: 'refusal' } }), '{"type":"refusal"}'],
      'a refusal of another shape': [message({ stop_reason: 'refusal', stop_details: 'no' }), '"no"'],
    },
  },
  'stop.sequence.named-iff-reason': {
    passes: {
      'a normal end': good,
      'a named sequence': message({ stop_reason: 'stop_sequence', stop_sequence: 'a' }),
      'a named sequence in a stream': ended({ stop_reason: 'stop_sequence', stop_sequence: 'a' }),
    },
    fails: {
      'a reason without a name': [message({ stop_reason: 'stop_sequence' }), 'null'],
      'a name without the reason': [ended({ stop_reason: 'end_turn', stop_sequence: 'a' }), '"a"'],
    },
  },
  'stop.sequence.one-of-request': {
    passes: { 'one of them': message({ stop_reason: 'stop_sequence', stop_sequence: 'b' }, { stop_sequences: ['a', 'b'] }) },
    fails: {
      'another case': [message({ stop_reason: 'stop_sequence', stop_sequence: 'B' }, { stop_sequences: ['a', 'b'] }), '"B"'],
      'a marker of the model': [message({ stop_reason: 'stop_sequence', stop_sequence: '<|im_end|>' }), '"<|im_end|>"'],
    },
    open: { 'a normal end': [good, 'no stop sequence ended the reply'] },
  },
  'stop.sequence.honoured': {
    passes: { 'a stop': message({ ...text('H'), stop_reason: 'stop_sequence', stop_sequence: 'e' }, { stop_sequences: ['e'] }) },
    fails: {
      'a text that runs on': [message({}, { stop_sequences: ['e'] }), '"Hello there."'],
      'a sequence of several tokens': [message({ stop_reason: 'max_tokens' }, { stop_sequences: ['lo the'] }), '"Hello there."'],
    },
    open: {
      'a text without it': [message({}, { stop_sequences: ['§'] }), 'the model wrote none of the stop sequences'],
      'no stop sequences': [good, 'the request has no stop sequences'],
    },
  },
  'stop.sequence.excluded': {
    passes: { 'a text before it': message({ ...text('H'), stop_reason: 'stop_sequence', stop_sequence: 'e' }, { stop_sequences: ['e'] }) },
    fails: {
      'a text with it': [message({ ...text('He'), stop_reason: 'stop_sequence', stop_sequence: 'e' }, { stop_sequences: ['e'] }), '"He"'],
    },
    open: { 'a normal end': [good, 'no stop sequence ended the reply'] },
  },
  'stop.sequence.unmatched': {
    passes: { 'normal ends': { plain: good, json: good, stream: streamEvidence(events) } },
    fails: {
      'a stop that was not met': [
        { plain: good, json: good, stream: ended({ stop_reason: 'stop_sequence', stop_sequence: '§' }) },
        '"stop_sequence"',
      ],
      'a refusal': [{ plain: good, json: refused, stream: streamEvidence(events) }, '400'],
    },
    open: {
      'a refused control': [{ plain: refused, json: refused, stream: refused }, 'the same request without stop sequences was refused too'],
    },
  },
  'stop.sequence.several-accepted': {
    passes: { 'an accepted request': { control: good, variant: good } },
    fails: { 'a refusal': [{ control: good, variant: refused }, '400 invalid_request_error'] },
  },
});

describe('the piece of a reply that is sent as a stop sequence', () => {
  test('comes from its middle', () => {
    expect(pieceOf('Once upon a time, a dragon')).toBe('a time');
  });

  test.each(['', 'Too short', `start${' '.repeat(20)}end..`])('is not made of %o', (reply) => {
    expect(pieceOf(reply)).toBeUndefined();
  });
});
