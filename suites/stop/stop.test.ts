import { describe, expect, test } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents as events, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { pieceOf } from '../probes/stop-sequence.ts';
import { checks as allChecks } from '../catalogue.ts';
import { checks } from './index.ts';

const good = jsonEvidence(fixtureMessage);
const broken = refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'Unterminated string' } });
const tooSlow = refusalEvidence(504, { type: 'error', error: { type: 'timeout_error', message: 'later' } });
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const message = (patch: Readonly<Record<string, unknown>>, request: Readonly<Record<string, unknown>> = {}): Evidence =>
  jsonEvidence({ ...fixtureMessage, ...patch }, { request });

/** The fixture stream with another end. */
const ended = (delta: Readonly<Record<string, unknown>>, request: Readonly<Record<string, unknown>> = {}): Evidence =>
  streamEvidence(events.with(5, { type: 'message_delta', delta, usage: { output_tokens: 4 } }), { request });

const call = { type: 'tool_use', id: 'toolu_1', name: 'set_lamp', input: {} };
const text = (said: string): Readonly<Record<string, unknown>> => ({ content: [{ type: 'text', text: said }] });

/** A call in a stream that ended with an error. */
const failedCall = streamEvidence([
  ...events.slice(0, 1),
  { type: 'content_block_start', index: 0, content_block: call },
  { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
]);

/** A reply to the count, with the limit it was given and the tokens it used. */
const counted = (limit: number, said: string, reason: string, used = limit): Evidence =>
  message({ ...text(said), stop_reason: reason, usage: { input_tokens: 9, output_tokens: used } }, { max_tokens: limit });

/** What came of "Hello there." where e is a stop sequence. */
const stoppedBefore = (said: string, reason: string): Evidence =>
  message({ ...text(said), stop_reason: reason }, { stop_sequences: ['e'] });

/** A reply to max_tokens 0. */
const warm = (patch: Readonly<Record<string, unknown>> = {}): Evidence =>
  message({ content: [], stop_reason: 'max_tokens', usage: { input_tokens: 9, output_tokens: 0 }, ...patch }, { max_tokens: 0 });
const warmRefused = { 'a refusal': [{ zero: refused }, 'max_tokens 0 is refused'] } as const;
/** A reply to the prompt that leaves little of the window. */
const filled = (patch: Readonly<Record<string, unknown>>): Evidence => message(patch, { max_tokens: 96 });

/** A reply to a forced call whose input needs an answer. */
const formTools = { tools: [{ name: 'fill_in_form', input_schema: { type: 'object', required: ['answer'] } }] };
const form = (patch: Readonly<Record<string, unknown>>): Evidence => message(patch, formTools);
const formStream = (json: string, reason: string): Evidence =>
  streamEvidence(
    [
      ...events.slice(0, 1),
      { type: 'content_block_start', index: 0, content_block: call },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: json } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 4 } },
      { type: 'message_stop' },
    ],
    { request: formTools },
  );

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
  'stop.max-tokens.zero-accepted': {
    passes: { 'an empty reply': { control: good, variant: warm() } },
    fails: { 'a refusal': [{ control: good, variant: refused }, '400 invalid_request_error'] },
    open: {
      'a refused control': [
        { control: refused, variant: refused },
        'the same request without it was not accepted either (400 invalid_request_error)',
      ],
    },
  },
  'stop.max-tokens.zero-is-empty': {
    passes: { 'an empty reply': { zero: warm() } },
    fails: {
      'a whole reply': [{ zero: warm(text('Hi')) }, '[{"type":"text","text":"Hi"}]'],
      'an empty block': [{ zero: warm(text('')) }, '[{"type":"text","text":""}]'],
    },
    open: warmRefused,
  },
  'stop.max-tokens.zero-reason': {
    passes: { max_tokens: { zero: warm() } },
    fails: { end_turn: [{ zero: warm({ stop_reason: 'end_turn' }) }, '"end_turn"'] },
    open: warmRefused,
  },
  'stop.max-tokens.zero-usage': {
    passes: {
      'the prompt': { zero: warm() },
      'a prompt that was written to the cache': {
        zero: warm({ usage: { input_tokens: 0, cache_creation_input_tokens: 9, output_tokens: 0 } }),
      },
    },
    fails: {
      'a token': [{ zero: warm({ usage: { input_tokens: 9, output_tokens: 1 } }) }, '1'],
      'no prompt': [{ zero: warm({ usage: { input_tokens: 0, output_tokens: 0 } }) }, '0'],
    },
    open: warmRefused,
  },
  'stop.context-window.request-accepted': {
    passes: { 'an answer': { fill: filled({}) } },
    fails: {
      'a refusal': [
        {
          fill: refusalEvidence(
            400,
            { type: 'error', error: { type: 'invalid_request_error', message: 'no' } },
            { request: { max_tokens: 96 } },
          ),
        },
        '400 invalid_request_error',
      ],
    },
    open: { 'a large window': [{ fill: good }, 'the context window is not told, or more than 8,192 tokens'] },
  },
  'stop.context-window.reported': {
    passes: { 'its own reason': { fill: filled({ stop_reason: 'model_context_window_exceeded' }) } },
    fails: { 'another limit': [{ fill: filled({ stop_reason: 'max_tokens' }) }, '"max_tokens"'] },
    open: {
      'a model that ends': [{ fill: filled({}) }, 'the model ended its reply before the window was full'],
      'all that was asked for': [
        { fill: filled({ stop_reason: 'max_tokens', usage: { input_tokens: 2000, output_tokens: 96 } }) },
        'the window was not filled',
      ],
      'a large window': [{ fill: good }, 'the context window is not told, or more than 8,192 tokens'],
    },
  },
  'stop.end-turn.natural': {
    passes: {
      'both modes': { json: good, stream: streamEvidence(events) },
      'a refusal': { json: message({ stop_reason: 'refusal' }), stream: streamEvidence(events) },
    },
    fails: {
      'the word of another API': [{ json: message({ stop_reason: 'stop' }), stream: streamEvidence(events) }, '"stop"'],
      'another reason in the stream': [{ json: good, stream: ended({ stop_reason: 'max_tokens' }) }, '"max_tokens"'],
    },
    open: {
      'replies as long as allowed': [{ json: counted(32, 'Hi', 'max_tokens'), stream: refused }, 'no reply ended below its limit'],
    },
  },
  'stop.pause-turn.server-tools-only': {
    passes: {
      'a web search': message({ stop_reason: 'pause_turn' }, { tools: [{ type: 'web_search_20260209', name: 'web_search' }] }),
      'a server tool in the reply': message({
        stop_reason: 'pause_turn',
        content: [{ type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }],
      }),
    },
    fails: {
      'an abort': [message({ stop_reason: 'pause_turn' }), '"pause_turn"'],
      'a call that waits': [
        message({ stop_reason: 'pause_turn', content: [call] }, { tools: [{ type: 'web_search_20260209', name: 'web_search' }] }),
        '"pause_turn"',
      ],
    },
    open: { 'another reason': [good, 'the turn was not paused'] },
  },
  'stop.tool-truncated.json': {
    passes: {
      'an object': { reply: form({ content: [call], stop_reason: 'max_tokens' }) },
      'no block': { reply: form({ content: [], stop_reason: 'max_tokens' }) },
    },
    fails: {
      'half a text': [{ reply: form({ content: [{ ...call, input: '{"answ' }], stop_reason: 'max_tokens' }) }, '"{\\"answ"'],
      'a call without its arguments': [
        { reply: form({ content: [call], stop_reason: 'tool_use' }) },
        '"tool_use" for a call without answer',
      ],
      'a server that cannot parse half a call': [{ reply: broken }, 'status 500'],
    },
    open: {
      'a complete call': [
        { reply: form({ content: [{ ...call, input: { answer: 'yes' } }], stop_reason: 'tool_use' }) },
        'the call was complete before the limit',
      ],
      'no call': [{ reply: form({}) }, 'the model made no call'],
      'a refusal': [{ reply: refused }, 'the request was refused'],
      'an engine that was too slow': [{ reply: tooSlow }, 'the request was refused'],
    },
  },
  'stop.tool-truncated.stream': {
    passes: {
      'the beginning of an object': { reply: formStream('{"answ', 'max_tokens') },
      'nothing yet': { reply: formStream('', 'max_tokens') },
    },
    fails: {
      'the marks of the model': [{ reply: formStream('<tool_call>{"na', 'max_tokens') }, '"<tool_call>{\\"na"'],
      'a call without its arguments': [{ reply: formStream('{"answ', 'tool_use') }, '"tool_use" for a call without answer'],
    },
    open: { 'a complete call': [{ reply: formStream('{"answer":"yes"}', 'tool_use') }, 'the call was complete before the limit'] },
  },
  'stop.tool-use.reported': {
    passes: { 'a call with its reason': message({ content: [call], stop_reason: 'tool_use' }) },
    fails: { 'a call that ends the turn': [message({ content: [call], stop_reason: 'end_turn' }), '"end_turn"'] },
    open: {
      'no call': [good, 'no tool_use block in the reply'],
      'a call that was cut': [message({ content: [call], stop_reason: 'max_tokens' }), 'the reply was cut'],
      'a call of a stream that failed': [failedCall, 'the reply was cut'],
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
  'stop.sequence.reported': {
    passes: { 'two stops': { plain: good, json: stoppedBefore('H', 'stop_sequence'), stream: stoppedBefore('H', 'stop_sequence') } },
    fails: {
      'an end that claims to be the model’s': [
        { plain: good, json: stoppedBefore('H', 'end_turn'), stream: stoppedBefore('H', 'stop_sequence') },
        '"end_turn"',
      ],
      'two empty replies': [
        { plain: message(text('ever')), json: stoppedBefore('', 'end_turn'), stream: stoppedBefore('', 'end_turn') },
        '"end_turn"',
      ],
    },
    open: {
      'one empty reply': [
        { plain: message(text('ever')), json: stoppedBefore('', 'end_turn'), stream: stoppedBefore('Oh!', 'end_turn') },
        'no reply is known to have ended at a stop sequence',
      ],
      'other words': [
        { plain: good, json: stoppedBefore('Oh', 'end_turn'), stream: stoppedBefore('Hm.', 'end_turn') },
        'no reply is known to have ended at a stop sequence',
      ],
      'a refused control': [{ plain: refused, json: refused, stream: refused }, 'no reply is known to have ended at a stop sequence'],
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

describe('a reply that ends the turn and says nothing', () => {
  const empty = [
    message({ content: [], usage: { input_tokens: 9, output_tokens: 1 } }),
    streamEvidence(events.toSpliced(1, 4), {
      headers: [
        ['content-type', 'text/event-stream'],
        ['cache-control', 'no-cache'],
        ['request-id', 'req_01'],
      ],
    }),
  ];

  test.each(empty)('fails nothing', (evidence) => {
    const failed = allChecks.filter(
      (check) => check.kind === 'general' && check.reads.matches(evidence) && check.judge(evidence).outcome === 'fail',
    );
    expect(failed.map(({ id, level }) => `${id} ${level}`)).toEqual([]);
  });
});

describe('the piece of a reply that is sent as a stop sequence', () => {
  test('comes from its middle', () => {
    expect(pieceOf('Once upon a time, a dragon')).toBe('a time');
  });

  test.each(['', 'Too short', `start${' '.repeat(20)}end..`])('is not made of %o', (reply) => {
    expect(pieceOf(reply)).toBeUndefined();
  });
});
