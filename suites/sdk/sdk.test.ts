import type { Observed } from '../../spec/index.ts';
import type { Evidence } from '../model/evidence.ts';
import {
  fixtureEvents,
  fixtureMessage,
  type FixtureOptions,
  jsonEvidence,
  refusalEvidence,
  streamEvidence,
} from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const step = { address: 'p/s', probe: 'p', step: 's', attempt: 1, last: true, exchange: 'x1' } as const;

/** The evidence, with what the SDK made of it. */
const told = (evidence: Evidence, observed: Omit<Observed, 'exchanges'>): Evidence => ({
  ...evidence,
  steps: [{ ...step, observed: { exchanges: ['x1'], ...observed } }],
});
const seeing = (body: unknown, seen: Observed['seen'], options: FixtureOptions = {}): Evidence =>
  told(jsonEvidence(body, options), seen === undefined ? {} : { seen });
const throwing = (evidence: Evidence, name: string, more: Partial<Observed['error']> = {}): Evidence =>
  told(evidence, { seen: {}, error: { classes: [name, 'APIError', 'AnthropicError', 'Error'], message: 'no', ...more } });

const refusedWith = (status: number, type: string): Evidence => refusalEvidence(status, { type: 'error', error: { type, message: 'no' } });
const untold = jsonEvidence(fixtureMessage);
const silence = 'the record does not say what the SDK made of it';

const created = seeing(fixtureMessage, { message: fixtureMessage, requestId: 'req_01' });
const badRequest = throwing(refusedWith(400, 'invalid_request_error'), 'BadRequestError', { type: 'invalid_request_error' });
const crash = refusedWith(500, 'api_error');

const types = fixtureEvents.map(({ type }) => type);
/** A stream, and what the SDK saw of it: by default what it holds. */
const streamed = (seen: Readonly<Record<string, unknown>> = {}, events: Parameters<typeof streamEvidence>[0] = fixtureEvents): Evidence =>
  told(streamEvidence(events), { seen: { events: types, message: fixtureMessage, ...seen } });
const broken = (events: Parameters<typeof streamEvidence>[0] = fixtureEvents, seen: readonly unknown[] = types): Evidence =>
  told(streamEvidence(events), { seen: { events: seen }, error: { classes: ['AnthropicError', 'Error'], message: 'no' } });
const refusedStream = told(refusedWith(400, 'invalid_request_error'), { seen: {} });

const list = (lastId: string | null, hasMore: boolean, firsts: readonly string[]): Evidence =>
  seeing({ data: [{ id: 'a' }], has_more: hasMore, first_id: 'a', last_id: lastId }, { firsts }, { endpoint: 'models', method: 'GET' });
const pages = list('a', true, ['a', 'b', 'c']);
const entry = jsonEvidence({ type: 'model', id: 'a' }, { endpoint: 'model', method: 'GET' });

const call = { type: 'tool_use', id: 'toolu_1', name: 'pick_fruit', input: { fruit: 'pear' } };
const calling = { ...fixtureMessage, content: [call], stop_reason: 'tool_use' };
const callEvents = (partial: string): readonly Readonly<Record<string, unknown>>[] => [
  ...fixtureEvents.slice(0, 1),
  { type: 'content_block_start', index: 0, content_block: { ...call, input: {} } },
  { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: partial } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 4 } },
  { type: 'message_stop' },
];
const streamedCall = streamed({ message: calling }, callEvents('{"fruit":"pear"}'));

const thought = { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' };
const thoughtEvents = (...signatures: readonly string[]): readonly Readonly<Record<string, unknown>>[] => [
  ...fixtureEvents.slice(0, 1),
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
  ...signatures.map((signature) => ({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature } })),
  { type: 'content_block_stop', index: 0 },
  ...fixtureEvents.slice(-2),
];
const thinking = streamed({ message: { ...fixtureMessage, content: [thought] } }, thoughtEvents('c2ln'));

const looped = (seen: Readonly<Record<string, unknown>>, error?: Observed['error']): Evidence =>
  told(jsonEvidence(calling), {
    seen: { inputs: [{ fruit: 'pear' }], replies: [calling, fixtureMessage], ...seen },
    ...(error && { error }),
  });
const loop = looped({});
const thrown = { classes: ['BadRequestError', 'APIError', 'AnthropicError', 'Error'], message: 'no' };

const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'Here it is.' }] };
const history = { messages: [{ role: 'user', content: 'Take a fruit.' }, { role: 'assistant', content: [call] }, result] };
const continued = { messages: [result], thread: { type: 'continue', previous_message_id: 'msg_01A' } };
const answered = (request: Readonly<Record<string, unknown>>): Evidence => jsonEvidence(fixtureMessage, { request });
const refused = (request: Readonly<Record<string, unknown>>): Evidence =>
  refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } }, { request });

describeExamples(checks, {
  'sdk.create.content': {
    passes: { 'a message': { create: created } },
    fails: {
      'a body that is no JSON for the SDK': [{ create: seeing(fixtureMessage, {}) }, 'nothing'],
      'no usage': [{ create: seeing({}, { message: { ...fixtureMessage, usage: null } }) }, 'null'],
      'no id': [{ create: seeing({}, { message: { ...fixtureMessage, id: null } }) }, 'null'],
      'a refusal': [
        { create: throwing(refusedWith(401, 'authentication_error'), 'AuthenticationError') },
        'the SDK throws AuthenticationError: "no"',
      ],
    },
    open: { 'a record without the SDK': [{ create: untold }, silence] },
  },
  'sdk.create.request-id': {
    passes: { 'an id': { create: created } },
    fails: { none: [{ create: seeing(fixtureMessage, { message: fixtureMessage, requestId: null }) }, 'null'] },
    open: { 'a refused request': [{ create: badRequest }, 'the request was refused: 400'] },
  },
  'sdk.error.bad-request-class': {
    passes: { BadRequestError: { create: created, refused: badRequest } },
    fails: {
      InternalServerError: [{ create: created, refused: throwing(crash, 'InternalServerError') }, 'InternalServerError, of status 500'],
    },
    open: {
      'a server that accepts it': [{ create: created, refused: created }, 'an empty list of messages was accepted'],
      'a server that refuses everything': [{ create: badRequest, refused: badRequest }, 'a good request was not accepted either'],
    },
  },
  'sdk.error.not-found-class': {
    passes: { NotFoundError: { create: created, refused: throwing(refusedWith(404, 'not_found_error'), 'NotFoundError') } },
    fails: { BadRequestError: [{ create: created, refused: badRequest }, 'BadRequestError, of status 400'] },
    open: {
      'a server that takes any name': [{ create: created, refused: created }, 'any name of a model is accepted'],
      'a record without the SDK': [{ create: created, refused: refusedWith(404, 'not_found_error') }, silence],
      'a server that refuses everything': [{ create: badRequest, refused: badRequest }, 'a good request was not accepted either'],
    },
  },
  'sdk.error.type': {
    passes: { 'the type': { refused: badRequest } },
    fails: { 'no type': [{ refused: throwing(refusedWith(400, ''), 'BadRequestError') }, 'nothing'] },
    open: { 'a server that accepts it': [{ refused: created }, 'an empty list of messages was accepted'] },
  },
  'sdk.count-tokens.number': {
    passes: { 'a number': { count: seeing({}, { count: { input_tokens: 5 } }) } },
    fails: {
      'another body': [{ count: seeing({}, { count: {} }) }, 'nothing'],
      zero: [{ count: seeing({}, { count: { input_tokens: 0 } }) }, '0'],
    },
    open: {
      'a route that is not there': [
        { count: throwing(refusedWith(404, 'not_found_error'), 'NotFoundError') },
        'the request was refused: 404',
      ],
    },
  },
  'sdk.models.pages-end': {
    passes: { 'three pages': { list: pages }, 'one page': { list: list('a', false, ['a']) } },
    fails: {
      'the same page again': [{ list: list('a', true, ['a', 'a', 'a']) }, 'page 2 is page 1 again: it begins with "a"'],
      'no way on': [{ list: list(null, true, ['a']) }, 'null'],
    },
    open: {
      'a route that is not there': [
        { list: throwing(refusedWith(404, 'not_found_error'), 'NotFoundError') },
        'the request was refused: 404',
      ],
    },
  },
  'sdk.models.retrieve': {
    passes: { 'a model': { list: pages, plain: entry, model: seeing({}, { model: { id: 'a' } }) } },
    fails: {
      'a name that is not found': [
        { list: pages, plain: entry, model: throwing(refusedWith(404, 'not_found_error'), 'NotFoundError') },
        'the SDK throws NotFoundError: "no"',
      ],
      'another body': [{ list: pages, plain: entry, model: seeing({}, { model: {} }) }, 'nothing'],
    },
    open: {
      'a route that is not there': [
        {
          list: pages,
          plain: refusedWith(404, 'not_found_error'),
          model: throwing(refusedWith(404, 'not_found_error'), 'NotFoundError'),
        },
        'no model is found by its id, without the SDK either (404)',
      ],
      'no list either': [
        { list: refusedWith(404, 'not_found_error'), model: refusedWith(404, 'not_found_error') },
        'models are not listed either',
      ],
    },
  },
  'sdk.stream.every-event': {
    passes: {
      all: { stream: streamed() },
      'all but pings': { stream: streamed({}, [...fixtureEvents.slice(0, 2), { type: 'ping' }, ...fixtureEvents.slice(2)]) },
      'the first ones, then what the final message is about': { stream: broken(fixtureEvents, types.slice(0, 2)) },
    },
    fails: {
      none: [{ stream: streamed({ events: [] }) }, '0'],
      'none, and an exception': [{ stream: broken(fixtureEvents, []) }, '0, then AnthropicError: "no"'],
      'a body without events': [{ stream: broken('{}', []) }, 'none in the answer'],
    },
    open: {
      'a refusal': [{ stream: refusedStream }, 'the stream was refused: 400'],
      'a record without the SDK': [{ stream: streamEvidence(fixtureEvents) }, silence],
    },
  },
  'sdk.stream.final-message': {
    passes: { 'a message': { stream: streamed() } },
    fails: {
      'an exception': [{ stream: broken() }, 'the SDK throws AnthropicError: "no"'],
      nothing: [{ stream: streamed({ message: null }) }, 'null'],
    },
    open: { 'a refusal': [{ stream: refusedStream }, 'the request was refused: 400'] },
  },
  'sdk.stream.equals-bytes': {
    passes: {
      'the same': { stream: streamed() },
      'the same with other nulls': {
        stream: streamed({ message: { ...fixtureMessage, content: [{ type: 'text', text: 'Hello there.', citations: null }] } }),
      },
    },
    fails: {
      'lost text': [
        { stream: streamed({ message: { ...fixtureMessage, content: [{ type: 'text', text: '' }] } }) },
        '[{"type":"text","text":""}]',
      ],
      'a lost stop_reason': [{ stream: streamed({ message: { ...fixtureMessage, stop_reason: null } }) }, 'null'],
    },
  },
  'sdk.stream.usage': {
    passes: { 'both counts': { stream: streamed() } },
    fails: {
      'no output_tokens': [{ stream: streamed({ message: { ...fixtureMessage, usage: { input_tokens: 9 } } }) }, 'nothing'],
      'an input of 0': [
        { stream: streamed({ message: { ...fixtureMessage, usage: { input_tokens: 0, output_tokens: 4 } } }) },
        '{"input_tokens":0,"output_tokens":4}',
      ],
    },
  },
  'sdk.stream.nothing-before-start': {
    passes: {
      'message_start first': { stream: streamed() },
      'a ping before it': { stream: streamed({}, [{ type: 'ping' }, ...fixtureEvents]) },
    },
    fails: { 'another event before it': [{ stream: streamed({}, [{ type: 'hello' }, ...fixtureEvents]) }, '"hello"'] },
    open: {
      'a refusal': [{ stream: refusedStream }, 'the stream was refused: 400'],
      'no events': [{ stream: broken('{}', []) }, 'there are no events'],
    },
  },
  'sdk.stream.error-typed': {
    passes: {
      'a type': {
        stream: told(
          streamEvidence([...fixtureEvents.slice(0, 1), { type: 'error', error: { type: 'overloaded_error', message: 'no' } }]),
          {
            error: { ...thrown, classes: ['APIError', 'AnthropicError', 'Error'], type: 'overloaded_error' },
          },
        ),
      },
    },
    fails: {
      'no type': [
        {
          stream: told(streamEvidence([...fixtureEvents.slice(0, 1), { type: 'error', error: { message: 'no' } }]), {
            error: { ...thrown, classes: ['APIError', 'AnthropicError', 'Error'] },
          }),
        },
        'APIError: "no"',
      ],
      'an error that is not thrown': [{ stream: streamed({}, [...fixtureEvents, { type: 'error', error: {} }]) }, 'nothing was thrown'],
    },
    open: { 'no error': [{ stream: streamed() }, 'no stream ended with an error event'] },
  },
  'sdk.stream.tool-input': {
    passes: { 'the object': { stream: streamedCall } },
    fails: {
      'an empty one': [
        { stream: streamed({ message: { ...calling, content: [{ ...call, input: {} }] } }, callEvents('{"fruit":"pear"}')) },
        '{}',
      ],
      'an exception': [{ stream: broken(callEvents('}{')) }, 'the SDK throws AnthropicError: "no"'],
    },
    open: {
      'no call': [{ stream: streamed() }, 'no tool was called'],
      'a call that was cut': [
        {
          stream: streamed(
            {},
            fixtureEvents.map((event) => (event['type'] === 'message_delta' ? { ...event, delta: { stop_reason: 'max_tokens' } } : event)),
          ),
        },
        'the call was cut',
      ],
    },
  },
  'sdk.stream.signature': {
    passes: { 'the signature': { stream: thinking } },
    fails: {
      'two pieces': [
        { stream: streamed({ message: { ...fixtureMessage, content: [thought] } }, thoughtEvents('c2', 'c2ln')) },
        '2: all but the last are lost',
      ],
      'another signature': [
        { stream: streamed({ message: { ...fixtureMessage, content: [{ ...thought, signature: '' }] } }, thoughtEvents('c2ln')) },
        '[{"type":"thinking","thinking":"Hm.","signature":""}]',
      ],
      'an exception': [{ stream: broken(thoughtEvents('c2ln')) }, 'the SDK throws AnthropicError: "no"'],
    },
    open: { 'no thinking': [{ stream: streamed() }, 'the model did not think'] },
  },
  'sdk.parse.output': {
    passes: { 'an object': { parse: seeing(fixtureMessage, { parsed: { sky: 'clear' } }) } },
    fails: {
      prose: [{ parse: throwing(jsonEvidence(fixtureMessage), 'AnthropicError') }, 'the SDK throws AnthropicError: "no"'],
      nothing: [{ parse: seeing(fixtureMessage, { parsed: null }) }, 'null'],
    },
    open: {
      'a refusal': [{ parse: badRequest }, 'the request was refused: 400'],
      'a reply that was cut': [{ parse: seeing({ ...fixtureMessage, stop_reason: 'max_tokens' }, {}) }, 'the reply was cut: max_tokens'],
      'a record without the SDK': [{ parse: untold }, silence],
    },
  },
  'sdk.break.next-answered': {
    passes: { 'an answer': { ...created, steps: [{ ...step, probe: 'sdk-break', step: 'after-left' }] } },
    fails: {
      'a crash': [{ ...crash, steps: [{ ...step, probe: 'sdk-break', step: 'after-left' }] }, '500 api_error'],
      silence: [
        { ...created, status: undefined, ended: 'timed-out-by-us', steps: [{ ...step, probe: 'sdk-break', step: 'after-left' }] },
        'timed-out-by-us',
      ],
    },
    open: {
      'a busy server': [{ ...crash, steps: [{ ...step, probe: 'sdk-break', step: 'after-left', busy: true }] }, 'server busy'],
      'the end of the run': [
        { ...created, status: undefined, ended: 'aborted-by-us', steps: [{ ...step, probe: 'sdk-break', step: 'after-left' }] },
        'not waited for: aborted-by-us',
      ],
    },
  },
  'sdk.tool-runner.runs-tool': {
    passes: { 'it ran': { runner: loop } },
    fails: {
      'a wrong stop_reason': [
        { runner: looped({ inputs: [], replies: [{ ...calling, stop_reason: 'end_turn' }] }) },
        'it was not: stop_reason "end_turn"',
      ],
    },
    open: {
      'no call': [{ runner: looped({ inputs: [], replies: [fixtureMessage] }) }, 'no tool was called'],
      'no reply': [{ runner: looped({ inputs: [], replies: [] }, thrown) }, 'there was no reply: BadRequestError: "no"'],
    },
  },
  'sdk.tool-runner.completes': {
    passes: { 'two replies': { runner: loop } },
    fails: {
      'an exception': [{ runner: looped({ replies: [calling] }, thrown) }, 'the SDK throws BadRequestError: "no"'],
      'one reply': [{ runner: looped({ replies: [calling] }) }, 'none'],
      'a pause': [{ runner: looped({ replies: [calling, { ...fixtureMessage, stop_reason: 'pause_turn' }] }) }, '"pause_turn"'],
    },
    open: {
      'another call': [{ runner: looped({ replies: [calling, calling] }) }, 'a tool was called although tool_choice forbade it'],
      'a tool that was not run': [{ runner: looped({ inputs: [] }) }, 'the tool was not run'],
    },
  },
  'sdk.tool-runner.results-accepted': {
    passes: { 'an answer': { runner: loop, second: answered(history) } },
    fails: { 'a refusal': [{ runner: loop, second: refused(history) }, '400'] },
    open: { 'a result too few': [{ runner: loop, second: answered({}) }, '0 results for 1 calls were sent'] },
  },
  'sdk.tool-runner.thread-works': {
    passes: { 'a loop': { runner: loop, plain: loop } },
    fails: { 'an exception': [{ runner: looped({ replies: [] }, thrown), plain: loop }, 'the SDK throws BadRequestError: "no"'] },
    open: {
      'a server on which the runner never works': [
        { runner: looped({}, thrown), plain: looped({}, thrown) },
        'the tool runner does not work without a thread either',
      ],
      'a record without the SDK': [{ runner: untold, plain: loop }, silence],
    },
  },
  'sdk.tool-runner.thread-history': {
    passes: {
      'the whole conversation': { second: answered(history), unknown: refused(continued) },
      'a thread that is kept': { second: answered(continued), unknown: refused(continued) },
      'a refusal': { second: refused(continued), unknown: answered(continued) },
    },
    fails: {
      'a thread that is ignored': [
        { second: answered(continued), unknown: answered(continued) },
        '200 to a lone tool_result: the thread was ignored',
      ],
    },
  },
});
