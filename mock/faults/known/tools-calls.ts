/** Faults of the calls that a reply holds: ids, names, arguments, text around them, and blocks of tools that the server runs. */
import { says } from '../acting.ts';
import { bodyWith } from '../body-edits.ts';
import type { KnownFault } from '../fault.ts';
import { allFaults, mapBody } from '../reply-faults.ts';
import { spoiled } from '../spoiling.ts';
import { put, type Which } from '../stream-edits.ts';
import { all, any, at, has, plain, streams } from '../touching.ts';
import { answers } from '../acting.ts';
import { acted, refused } from './acted.ts';
import { callPlain, callStream, callsStream, cutCall } from './stream-targets.ts';
import { bellPlain, is, putInCall, rewriteArguments } from './tools-shaping.ts';

const toolStart: Which = {
  type: 'content_block_start',
  where: (event) => event.type === 'content_block_start' && event.content_block.type === 'tool_use',
};
const basket = at('/tool_choice/name', is('pack_basket'));
const basketPlain = all(plain, basket, has('/tools/0/strict'));
const basketStream = all(streams, basket);
const notePlain = all(plain, at('/tools/0/strict', is(true)), at('/max_tokens', is(160)));
const sentBack = { 'history.echo.parallel-calls-accepted': 'The calls are sent back, and one id is given twice.' } as const;

const calls = spoiled({ layer: 'json', touches: callPlain }, [
  {
    id: 'call-ids-by-second',
    layer: 'sse',
    sentence: 'The id of a call is made of the seconds of the clock: parallel calls have the same.',
    imitates: ['vllm#34053'],
    trips: ['tools.id.unique'],
    mayTrip: sentBack,
    touches: callsStream,
    spoils: put(toolStart, '/content_block/id', 'toolu_1763000000'),
  },
  {
    id: 'call-ids-numbered',
    sentence: 'Calls are numbered anew in each reply.',
    imitates: ['vllm#34053'],
    trips: ['tools.id.unique-across'],
    touches: any(callPlain, callStream),
    spoils: allFaults(putInCall('/id', 'toolu_0'), put(toolStart, '/content_block/id', 'toolu_0')),
  },
  {
    id: 'call-id-of-openai',
    sentence: 'The id of a call begins with call_.',
    imitates: ['vllm#34053'],
    trips: ['tools.id.prefix'],
    spoils: putInCall('/id', 'call_9Xk2mQ'),
  },
  {
    id: 'call-name-made-up',
    sentence: 'A reply calls a tool that was not offered.',
    trips: ['tools.name.offered'],
    touches: bellPlain,
    spoils: putInCall('/name', 'functions.ring_bell'),
  },
  {
    id: 'call-as-markup',
    sentence: 'A call comes as the markup of the chat template, in text.',
    imitates: ['omlx#159'],
    trips: ['tools.text.no-markup'],
    touches: bellPlain,
    spoils: bodyWith({
      content: [{ type: 'text', text: '<tool_call>\n{"name": "ring_bell", "arguments": {}}\n</tool_call>', citations: null }],
      stop_reason: 'end_turn',
    }),
  },
  {
    id: 'cut-call-as-markup',
    sentence: 'A call that max_tokens cuts comes as the markup of the chat template, in text.',
    trips: ['tools.text.no-markup'],
    touches: all(cutCall, plain),
    spoils: bodyWith({ content: [{ type: 'text', text: '<tool_call>\n{"name": "fill', citations: null }] }),
  },
  {
    id: 'call-in-words',
    sentence: 'A call comes as a sentence in text.',
    imitates: ['omlx#159'],
    trips: ['tools.text.no-markup'],
    touches: bellPlain,
    spoils: bodyWith({ content: [{ type: 'text', text: '[Tool call: ring_bell({})]', citations: null }], stop_reason: 'end_turn' }),
  },
  {
    id: 'blank-text-before-call',
    sentence: 'The line breaks that a chat template puts before a call come as text.',
    imitates: ['vllm#34053', 'litellm#34692'],
    trips: ['tools.text.not-blank'],
    touches: bellPlain,
    spoils: mapBody((message) => ({ ...message, content: [{ type: 'text', text: '\n\n', citations: null }, ...message.content] })),
  },
  {
    id: 'call-off-schema',
    sentence: 'The input of a forced call is not held to the schema of the tool.',
    trips: ['tools.input.fits-schema'],
    spoils: putInCall('/input', { fruit: 'plum' }),
  },
  {
    id: 'call-empty-input',
    sentence: 'The input of a call is lost, and {} is sent.',
    imitates: ['bifrost#1354', 'ccrelay#119'],
    trips: ['tools.input.fits-schema'],
    spoils: putInCall('/input', {}),
  },
  {
    id: 'call-dummy-argument',
    sentence: 'A tool without arguments is given a made-up one, which the call then has.',
    imitates: ['vllm#28806', 'vllm#21365'],
    trips: ['tools.input.no-arguments'],
    touches: bellPlain,
    spoils: putInCall('/input', { _: true }),
  },
  {
    id: 'call-escaped-twice',
    sentence: 'Characters in arguments are escaped twice.',
    trips: ['tools.input.text-survives'],
    touches: notePlain,
    spoils: putInCall('/input/note', JSON.stringify('She said "hé" \\ 😀\nC:\\new\t{x}').slice(1, -1)),
  },
  {
    id: 'call-ascii-only',
    sentence: 'Characters beyond ASCII get lost in arguments.',
    trips: ['tools.input.text-survives'],
    touches: notePlain,
    spoils: putInCall('/input/note', 'She said "h?" \\ ??\nC:\\new\t{x}'),
  },
  {
    id: 'arguments-at-once',
    layer: 'sse',
    sentence: 'Arguments are held back until the call is complete.',
    imitates: ['vllm#43267', 'vllm#40779'],
    trips: ['tools.stream.arguments-in-pieces'],
    touches: basketStream,
    spoils: rewriteArguments((json) => json),
  },
  {
    id: 'arguments-of-neighbour',
    layer: 'sse',
    sentence: 'Of two parallel calls the second has the arguments of the first as well.',
    imitates: ['sglang#39782', 'vllm#34053'],
    trips: ['tools.parallel.arguments-apart'],
    touches: callsStream,
    spoils: rewriteArguments((json, position) => (position === 0 ? json : '{"state":"on","fruit":"pear"}')),
  },
  {
    id: 'strict-misses-property',
    sentence: 'A strict call lacks a required property.',
    trips: ['tools.strict.required-present'],
    touches: basketPlain,
    spoils: putInCall('/input/count', undefined),
  },
  {
    id: 'strict-adds-property',
    sentence: 'A strict call has a property that the schema does not know.',
    trips: ['tools.strict.required-present'],
    touches: basketPlain,
    spoils: putInCall('/input/note', 'for the guest'),
  },
  {
    id: 'strict-numbers-as-text',
    sentence: 'Numbers in a strict call are strings.',
    trips: ['tools.strict.types'],
    touches: basketPlain,
    spoils: putInCall('/input/count', '1'),
  },
  {
    id: 'strict-enum-free',
    sentence: 'An enum of a strict tool is only a hint.',
    trips: ['tools.strict.enum'],
    touches: basketPlain,
    spoils: putInCall('/input/size', 'medium'),
  },
  {
    id: 'strict-outermost-only',
    sentence: 'Objects inside the input of a strict call are not held to their schemas.',
    trips: ['tools.strict.nested'],
    touches: basketPlain,
    spoils: putInCall('/input/fruits', [{ ripe: 'yes' }]),
  },
]);

const refusing = refused([
  {
    id: 'tools-not-streamed',
    sentence: 'Tools that may be called are refused in a stream.',
    trips: ['tools.parallel.possible'],
    touches: callsStream,
  },
]);

const forced = all(plain, at('/tools/0/type', is('web_search_20250305')), at('/max_tokens', is(64)));
const search = {
  type: 'server_tool_use',
  id: 'srvtoolu_01Search',
  name: 'web_search',
  input: { query: 'hello' },
  caller: { type: 'direct' },
};
const found = { type: 'web_search_tool_result', tool_use_id: search.id, caller: { type: 'direct' } };

function searched(...content: readonly unknown[]): ReturnType<typeof answers> {
  return answers(200, {
    id: 'msg_01Searched',
    type: 'message',
    role: 'assistant',
    model: 'mock-model',
    content,
    stop_reason: 'end_turn',
    stop_sequence: null,
    stop_details: null,
    container: null,
    usage: { input_tokens: 24, output_tokens: 12, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  });
}

const ran = acted({ layer: 'json', act: says() }, [
  {
    id: 'server-tool-without-result',
    sentence: 'A turn ends with a call of a tool that the server should have run.',
    trips: ['tools.server.result-paired'],
    touches: forced,
    act: searched(search),
  },
  {
    id: 'server-tool-error-untold',
    sentence: 'A tool that the server ran failed, and no code says why.',
    trips: ['tools.server.error-coded'],
    touches: forced,
    act: searched(search, { ...found, content: { type: 'web_search_tool_result_error' } }),
  },
  {
    id: 'mixed-turn-ended',
    sentence: 'A turn that calls a tool of the client and one of the server says that it has ended.',
    trips: ['tools.server.mixed-turn-stops', 'tools.server.result-paired', 'stop.tool-use.reported'],
    touches: all(plain, at('/tools/0/type', is('bash_20250124')), at('/max_tokens', is(64))),
    act: says(mapBody((message) => ({ ...message, content: [search, ...message.content], stop_reason: 'end_turn' }))),
  },
]);

export const toolCallFaults: readonly KnownFault[] = [...calls, ...refusing, ...ran];
