import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents as events, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const json = jsonEvidence(fixtureMessage);
const stream = streamEvidence(events);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const whole = (patch: Readonly<Record<string, unknown>>): Evidence => jsonEvidence({ ...fixtureMessage, ...patch });
const twins = { 'twins that agree': { json, stream } };

/** The fixture stream, with another message_start or message_delta. */
const started = (patch: Readonly<Record<string, unknown>>): Evidence =>
  streamEvidence(events.with(0, { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null, ...patch } }));
const ended = (reason: string, outputTokens = 4): Evidence =>
  streamEvidence(
    events.with(5, { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: outputTokens } }),
  );

describeExamples(checks, {
  'parity.message.same-fields': {
    passes: { ...twins, 'null in one, absent in the other': { json: whole({ container: null }), stream } },
    fails: { 'a field that only one has': [{ json: whole({ diagnostics: {} }), stream }, 'nothing'] },
    open: { 'a refused twin': [{ json, stream: refused }, 'one of the two requests was refused'] },
  },
  'parity.model.same': {
    passes: twins,
    fails: { 'another name': [{ json, stream: started({ model: 'tiny.gguf' }) }, '"tiny.gguf"'] },
  },
  'parity.content.same-block-types': {
    passes: twins,
    fails: {
      'thinking in one': [
        {
          json: whole({
            content: [
              { type: 'thinking', thinking: 'hm', signature: 's' },
              { type: 'text', text: 'Hi' },
            ],
          }),
          stream,
        },
        '["text"]',
      ],
    },
    open: { 'an empty reply': [{ json: whole({ content: [] }), stream }, 'one of the replies is empty'] },
  },
  'parity.content.same-block-fields': {
    passes: {
      ...twins,
      'null in one, absent in the other': { json: whole({ content: [{ type: 'text', text: 'Hi', citations: null }] }), stream },
    },
    fails: {
      'a field that only one has': [
        { json: whole({ content: [{ type: 'text', text: 'Hello there.', citations: [] }] }), stream },
        '["text","type"]',
      ],
    },
    open: { 'another number of blocks': [{ json: whole({ content: [] }), stream }, 'the replies have different blocks'] },
  },
  'parity.usage.same-output': {
    passes: { ...twins, 'one more, the stop token': { json, stream: ended('end_turn', 5) } },
    fails: { 'a count of events': [{ json, stream: ended('end_turn', 2) }, '2'] },
    open: {
      'another text': [{ json: whole({ content: [{ type: 'text', text: 'Hi' }] }), stream }, 'the two replies differ, as sampling allows'],
      'no count': [{ json: whole({ usage: null }), stream }, 'one of the replies has no output_tokens'],
    },
  },
  'parity.usage.same-input': {
    passes: {
      ...twins,
      'a prompt from the cache': { json: whole({ usage: { input_tokens: 0, cache_read_input_tokens: 9, output_tokens: 4 } }), stream },
    },
    fails: { 'another count': [{ json: whole({ usage: { input_tokens: 12, output_tokens: 4 } }), stream }, '9'] },
    open: { 'no counts': [{ json: whole({ usage: null }), stream }, 'one of the replies has no input_tokens'] },
  },
  'parity.usage.same-fields': {
    passes: twins,
    fails: {
      'a counter that the stream lacks': [
        { json: whole({ usage: { input_tokens: 9, output_tokens: 4, cache_read_input_tokens: 0 } }), stream },
        'nothing',
      ],
      'a counter that the body lacks': [
        { json, stream: started({ usage: { input_tokens: 9, output_tokens: 1, cache_read_input_tokens: 0 } }) },
        'nothing',
      ],
    },
  },
  'parity.stop-reason.same': {
    passes: twins,
    fails: {
      'another reason for the same reply': [{ json: whole({ stop_reason: 'max_tokens' }), stream: ended('end_turn') }, '"end_turn"'],
    },
    open: {
      'replies that differ': [
        { json: whole({ content: [{ type: 'text', text: 'Hi' }] }), stream },
        'the two replies differ, as sampling allows',
      ],
      'the same text from another number of tokens': [
        { json: whole({ stop_reason: 'max_tokens' }), stream: ended('end_turn', 5) },
        'the two replies differ, as sampling allows',
      ],
    },
  },
  'parity.text.nothing-lost': {
    passes: twins,
    fails: {
      'a lost beginning': [{ json, stream: streamEvidence(events.toSpliced(2, 1)) }, '" there."'],
      'a lost end': [{ json, stream: streamEvidence(events.toSpliced(3, 1)) }, '"Hello"'],
    },
    open: {
      'another text': [
        { json: whole({ content: [{ type: 'text', text: 'Good day.' }] }), stream },
        'the two replies differ, as sampling allows',
      ],
      'a shorter reply': [
        { json: whole({ usage: { input_tokens: 9, output_tokens: 8 } }), stream: streamEvidence(events.toSpliced(3, 1)) },
        'the two replies differ, as sampling allows',
      ],
      'an empty reply': [{ json: whole({ content: [] }), stream }, 'the reply without stream has no text'],
    },
  },
});
