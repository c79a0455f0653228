import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

type Json = Readonly<Record<string, unknown>>;

const call = (name: string, id = 'toolu_1'): Json => ({ type: 'tool_use', id, name, input: {} });
const say = (stop: string, ...content: readonly Json[]): Evidence => jsonEvidence({ ...fixtureMessage, content, stop_reason: stop });
const text = { type: 'text', text: 'I will pick a fruit.' };
const thinking = { type: 'thinking', thinking: 'A fruit, then.', signature: 's' };
const talk = say('end_turn', text);
const pick = say('tool_use', call('pick_fruit'));
const cut = say('max_tokens', thinking);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'tool_choice' } });
const failed = refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'tool_choice' } });

/** A stream of one call. */
const streamed = (name: string): Evidence =>
  streamEvidence([
    { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: call(name) },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]);

describeExamples(checks, {
  'tool-choice.auto.accepted': {
    passes: { 'an answer': { control: talk, variant: talk } },
    fails: { 'a refusal': [{ control: talk, variant: refused }, '400 invalid_request_error'] },
  },
  'tool-choice.any.calls-a-tool': {
    passes: { 'a call': { answer: pick }, 'a call after thinking': { answer: say('tool_use', thinking, call('set_lamp')) } },
    fails: {
      'text instead': [{ answer: talk }, 'no tool_use block'],
      'a refusal of this form alone': [{ answer: refused }, '400 invalid_request_error'],
    },
    open: { 'thinking up to the limit': [{ answer: cut }, 'the answer was cut before a call: max_tokens'] },
  },
  'tool-choice.tool.calls-the-named': {
    passes: {
      'a call of it': { answer: pick },
      'two calls of it': { answer: say('tool_use', call('pick_fruit'), call('pick_fruit', 'toolu_2')) },
    },
    fails: {
      'a call of the other tool': [{ answer: say('tool_use', call('pick_fruit'), call('set_lamp', 'toolu_2')) }, '"set_lamp"'],
      'text instead': [{ answer: talk }, 'no tool_use block'],
    },
    open: { 'thinking up to the limit': [{ answer: cut }, 'the answer was cut before a call: max_tokens'] },
  },
  'tool-choice.tool.calls-the-named-in-stream': {
    passes: { 'a call of it': { answer: streamed('pick_fruit') } },
    fails: {
      'a call of the other tool': [{ answer: streamed('set_lamp') }, '"set_lamp"'],
      'text instead': [{ answer: streamEvidence(fixtureEvents) }, 'no tool_use block'],
    },
  },
  'tool-choice.any.calls-a-tool-in-stream': {
    passes: { 'a call': { answer: streamed('set_lamp') } },
    fails: { 'text instead': [{ answer: streamEvidence(fixtureEvents) }, 'no tool_use block'] },
  },
  'tool-choice.none.no-call-in-stream': {
    passes: { text: { answer: streamEvidence(fixtureEvents), control: talk } },
    fails: {
      'a call': [{ answer: streamed('set_lamp'), control: talk }, 'a call of "set_lamp"'],
      'a refusal': [{ answer: refused, control: talk }, '400 invalid_request_error'],
    },
    open: { 'a server without tools': [{ answer: refused, control: refused }, 'the same request with auto was not accepted either'] },
  },
  'tool-choice.none.no-call': {
    passes: { text: { answer: talk, control: talk } },
    fails: {
      'a call': [{ answer: say('tool_use', call('set_lamp')), control: talk }, 'a call of "set_lamp"'],
      'a stop reason of a call': [{ answer: say('tool_use', text), control: talk }, 'stop_reason "tool_use"'],
      'a refusal': [{ answer: refused, control: talk }, '400 invalid_request_error'],
    },
    open: { 'a server without tools': [{ answer: refused, control: refused }, 'the same request with auto was not accepted either'] },
  },
  'tool-choice.no-parallel.exactly-one': {
    passes: { 'one call': { answer: pick, control: pick } },
    fails: {
      'two calls': [{ answer: say('tool_use', call('pick_fruit'), call('set_lamp', 'toolu_2')), control: pick }, '2 tool_use blocks'],
      'text instead': [{ answer: talk, control: pick }, 'no tool_use block'],
      'a refusal': [{ answer: refused, control: pick }, '400 invalid_request_error'],
      'two calls where one is not forced either': [
        { answer: say('tool_use', call('pick_fruit'), call('set_lamp', 'toolu_2')), control: talk },
        '2 tool_use blocks',
      ],
    },
    open: {
      'any refused as such': [{ answer: refused, control: refused }, 'the same request without it was not accepted either'],
      'any not heeded': [{ answer: talk, control: talk }, 'the same request without it has no call either'],
    },
  },
  'tool-choice.no-parallel.named-exactly-one': {
    passes: { 'one call': { answer: pick, control: pick } },
    fails: {
      'two calls': [{ answer: say('tool_use', call('pick_fruit'), call('pick_fruit', 'toolu_2')), control: pick }, '2 tool_use blocks'],
      'a call of the other tool': [{ answer: say('tool_use', call('set_lamp')), control: pick }, '"set_lamp"'],
      'text instead': [{ answer: talk, control: pick }, 'no tool_use block'],
    },
    open: {
      'thinking up to the limit': [{ answer: cut, control: pick }, 'the answer was cut before a call: max_tokens'],
      'the name refused as such': [{ answer: refused, control: refused }, 'the same request without it was not accepted either'],
      'the name not heeded': [{ answer: talk, control: talk }, 'the same request without it has no call either'],
    },
  },
  'tool-choice.none.without-tools': {
    passes: { 'an answer': { control: talk, variant: talk } },
    fails: { 'a refusal': [{ control: talk, variant: refused }, '400 invalid_request_error'] },
  },
  'tool-choice.none.with-history': {
    passes: { 'an answer': { control: talk, variant: talk } },
    fails: { 'a refusal': [{ control: talk, variant: refused }, '400 invalid_request_error'] },
  },
  'tool-choice.no-parallel.at-most-one': {
    passes: { 'one call': { answer: pick, control: talk } },
    fails: {
      'two calls': [{ answer: say('tool_use', call('pick_fruit'), call('set_lamp', 'toolu_2')), control: talk }, '2 tool_use blocks'],
      'a refusal': [{ answer: failed, control: talk }, '500 api_error'],
    },
    open: {
      'a model that calls nothing': [{ answer: talk, control: talk }, 'the model called no tool'],
      'a server without tools': [{ answer: refused, control: refused }, 'the same request without it was not accepted either'],
    },
  },
  'tool-choice.forced.no-leading-text': {
    passes: { 'calls first': { any: pick, tool: say('tool_use', thinking, call('pick_fruit')), stream: streamed('pick_fruit') } },
    fails: {
      'an announcement': [
        { any: say('tool_use', text, call('pick_fruit')), tool: pick, stream: streamed('pick_fruit') },
        '"I will pick a fruit."',
      ],
    },
    open: { 'no calls': [{ any: talk, tool: talk, stream: talk }, 'no answer has a call'] },
  },
  'tool-choice.forced.refused-cleanly': {
    passes: { 'a 400 for both': { any: refused, tool: refused, control: talk } },
    fails: { 'a 500': [{ any: refused, tool: failed, control: talk }, '500 api_error'] },
    open: {
      'a server that forces': [{ any: pick, tool: pick, control: talk }, 'a forced call is accepted'],
      'a server without tools': [{ any: refused, tool: refused, control: refused }, 'the same request with auto was not accepted either'],
    },
  },
});
