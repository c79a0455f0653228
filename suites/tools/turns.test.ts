import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { webSearch } from '../probes/typed-tools.ts';
import { leakChecks } from './leaks.ts';
import { parallelChecks } from './parallel.ts';
import { resultReadChecks } from './result-read.ts';
import { serverBlockChecks } from './server-blocks.ts';
import { typedChecks } from './typed.ts';

type Json = Readonly<Record<string, unknown>>;

const say = (stop: string, content: readonly Json[], request: Json = {}): Evidence =>
  jsonEvidence({ ...fixtureMessage, content, stop_reason: stop }, { request });
const text = (value: string): Json => ({ type: 'text', text: value });
const call = (name: string, input: Json = {}, id = 'toolu_1'): Json => ({ type: 'tool_use', id, name, input });
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const crashed = refusalEvidence(500, { detail: 'KeyError' });
const talk = say('end_turn', [text('Hello.')]);

const on = call('set_lamp', { state: 'on' });
const pear = call('pick_fruit', { fruit: 'pear' }, 'toolu_2');
const both = say('tool_use', [on, pear]);
const one = say('tool_use', [on]);

describeExamples(parallelChecks, {
  'tools.parallel.possible': {
    passes: { 'two calls': { control: talk, answer: both } },
    fails: { 'a refusal': [{ control: talk, answer: refused }, '400 invalid_request_error'] },
    open: { 'a model that calls one': [{ control: talk, answer: one }, 'the model made fewer than two calls'] },
  },
  'tools.parallel.arguments-apart': {
    passes: {
      'own arguments': { answer: both },
      'wrong ones, which are the model’s': { answer: say('tool_use', [on, call('pick_fruit', { size: 1 })]) },
    },
    fails: {
      'arguments of both in one': [
        { answer: say('tool_use', [call('set_lamp', { state: 'on', fruit: 'pear' }), pear]) },
        '{"state":"on","fruit":"pear"}',
      ],
      'arguments swapped': [
        { answer: say('tool_use', [call('set_lamp', { fruit: 'pear' }), call('pick_fruit', { state: 'on' }, 'toolu_2')]) },
        '{"fruit":"pear"}',
      ],
    },
    open: {
      'one call': [{ answer: one }, 'the model made fewer than two calls'],
      'a refusal': [{ answer: refused }, 'the request was refused'],
    },
  },
});

const usage = (tokens: number, reply = 'Hello.'): Evidence =>
  jsonEvidence({ ...fixtureMessage, content: [text(reply)], usage: { input_tokens: tokens, output_tokens: 4 } });
const uncounted = jsonEvidence({ ...fixtureMessage, usage: {} });

describeExamples(resultReadChecks, {
  'tools.result.counted': {
    passes: { 'a longer input': { short: usage(40), letter: usage(120) } },
    fails: { 'a result that was dropped': [{ short: usage(40), letter: usage(40) }, '40'] },
    open: {
      'a refusal': [{ short: usage(40), letter: refused }, 'a request was refused'],
      'no counts': [{ short: usage(40), letter: uncounted }, 'the usage has no input_tokens'],
    },
  },
  'tools.result.reaches-model': {
    passes: { 'the code word': { control: talk, letter: usage(120, 'It says quartz-4817.') } },
    fails: {
      'a printed list': [
        { control: talk, letter: usage(120, "[{'type': 'text', 'text': 'The code word is QUARTZ-4817.'}]") },
        `"[{'type': 'text', 'text': 'The code word is QUARTZ-4817.'}]"`,
      ],
      'a refusal': [{ control: talk, letter: refused }, '400 invalid_request_error'],
    },
    open: { 'a weak model': [{ control: talk, letter: usage(120, 'The box.') }, 'the model did not repeat the code word'] },
  },
  'tools.result.image-counted': {
    passes: { 'more input': { text: usage(40), image: usage(90) } },
    fails: { 'an image that was dropped': [{ text: usage(40), image: usage(40) }, '40'] },
    open: { 'a refusal': [{ text: usage(40), image: refused }, 'a request was refused'] },
  },
});

const searching: Json = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} };

describeExamples(typedChecks, {
  'tools.definition.client-tools': {
    passes: {
      'a clean refusal': { control: one, answer: refused },
      'a call by name': { control: one, answer: say('tool_use', [call('bash')]) },
    },
    fails: {
      'a crash': [{ control: one, answer: crashed }, '500 without an error envelope'],
      'a call by type': [{ control: one, answer: say('tool_use', [call('bash_20250124')]) }, '"bash_20250124"'],
    },
    open: { 'no call': [{ control: one, answer: talk }, 'accepted, but none of them was called'] },
  },
  'tools.server.not-for-client': {
    passes: { 'a clean refusal': { control: one, answer: refused }, 'a search': { control: one, answer: say('end_turn', [searching]) } },
    fails: {
      'a call for the client': [
        { control: one, answer: say('tool_use', [call(webSearch.name)]) },
        '{"type":"tool_use","id":"toolu_1","name":"web_search","input":{}}',
      ],
      'a tool that was dropped': [{ control: one, answer: talk }, 'an answer without it'],
      'a crash': [{ control: one, answer: crashed }, '500 without an error envelope'],
    },
    open: {
      'an answer that was cut': [{ control: one, answer: say('max_tokens', [text('Let')]) }, 'the answer was cut: max_tokens'],
      'a server that forces nothing': [{ control: talk, answer: talk }, 'this server did not force a call of a custom tool either'],
    },
  },
});

const found = (id = 'srvtoolu_1', content: unknown = []): Json => ({ type: 'web_search_tool_result', tool_use_id: id, content });
const failed = (more: Json): Json => found('srvtoolu_1', { type: 'web_search_tool_result_error', ...more });

describeExamples(serverBlockChecks, {
  'tools.server.result-paired': {
    passes: {
      'a pair': say('end_turn', [searching, found(), text('Found.')]),
      'a turn that paused': say('pause_turn', [searching]),
      'a turn that waits for the client too': say('tool_use', [searching, on]),
      'a turn that goes on': say('end_turn', [found('srvtoolu_0')], {
        messages: [{ role: 'assistant', content: [{ ...searching, id: 'srvtoolu_0' }] }],
      }),
    },
    fails: {
      'a call without a result': [say('end_turn', [searching, text('Found.')]), '"srvtoolu_1"'],
      'a result of another call': [say('end_turn', [searching, found(), found('srvtoolu_9')]), '"srvtoolu_9"'],
      'a result before its call': [say('end_turn', [found(), searching]), '"srvtoolu_1"'],
    },
    open: { 'no server tool': [one, 'no server tool in the reply'] },
  },
  'tools.server.mixed-turn-stops': {
    passes: { 'both open': say('tool_use', [searching, on]) },
    fails: { 'another stop reason': [say('end_turn', [searching, on]), '"end_turn"'] },
    open: {
      'a result that is there': [say('tool_use', [searching, found(), on]), 'the reply does not mix open calls'],
      'a reply that was cut': [say('max_tokens', [searching, on]), 'the reply was cut'],
    },
  },
  'tools.server.error-coded': {
    passes: { 'a code': say('end_turn', [searching, failed({ error_code: 'unavailable' })]) },
    fails: { 'no code': [say('end_turn', [searching, failed({ message: 'no' })]), 'nothing'] },
    open: { 'a tool that worked': [say('end_turn', [searching, found()]), 'no failed server tool in the reply'] },
  },
});

const offering = { tools: [lamp, fruit] };
const forcing = { ...offering, tool_choice: { type: 'any' } };
const markup = '<tool_call>{"name": "set_lamp"}';

describeExamples(leakChecks, {
  'tools.text.no-markup': {
    passes: {
      'a call': say('tool_use', [on], forcing),
      text: say('end_turn', [text('1 < 2 and a[0] > b')], offering),
      // Models go on as the tool, and no server has anything to parse in that.
      'the mark of a result': say('tool_use', [on, text('on</tool_response>')], forcing),
      'markup that was asked for': say('end_turn', [text('<tool_call>')], {
        ...forcing,
        messages: [{ role: 'user', content: 'Say <tool_call>.' }],
      }),
    },
    fails: {
      'markup in place of a forced call': [say('end_turn', [text(markup)], forcing), '"<tool_call>"'],
      'markup of a call that was cut': [say('max_tokens', [text('<tool_call>')], offering), '"<tool_call>"'],
      'markup beside a forced call': [say('tool_use', [text('</function_calls>'), on], forcing), '"</function_calls>"'],
      'a mark of Mistral': [say('end_turn', [text('[TOOL_CALLS] [{"name"')], forcing), '"[TOOL_CALLS]"'],
      'a mark of Llama': [say('end_turn', [text('<|python_tag|>{"name"')], forcing), '"<|python_tag|>"'],
      'a mark of DeepSeek': [say('end_turn', [text('<｜tool▁calls▁begin｜>')], forcing), '"<｜tool▁calls"'],
      'a printed call': [say('end_turn', [text('[Tool call: set_lamp]')], forcing), '"[Tool call:"'],
    },
    open: {
      'a closing mark amid the words of a forced reply': [
        say('tool_use', [text('The result is: San}}}\n</tool_call>\n'), on], forcing),
        'the model wrote markup that may not have been a call',
      ],
      'markup that a free reply ends with': [
        say('end_turn', [text(markup)], offering),
        'the model wrote markup that may not have been a call',
      ],
      'no tools': [talk, 'the request offers no tools'],
      'a request that forbids calls': [
        say('end_turn', [text(markup)], { ...offering, tool_choice: { type: 'none' } }),
        'the request forbids calls',
      ],
    },
  },
  'tools.text.not-blank': {
    passes: { 'no text': both, 'a text': say('tool_use', [text('I will.'), on]) },
    fails: {
      'white space between calls': [say('tool_use', [on, text('\n'), pear]), '"\\n"'],
      'an empty text first': [say('tool_use', [text(''), on]), '""'],
    },
    open: { 'no call': [talk, 'the message has no tool_use block'] },
  },
});
