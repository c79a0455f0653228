import { describe } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { formatChecks } from './format.ts';
import { replyChecks } from './reply.ts';

type Json = Readonly<Record<string, unknown>>;

const sunny = { sky: 'clear', warm: true, wind: { from: 'north', strong: false } };
const whole = JSON.stringify(sunny);
const text = (value: string): Json => ({ type: 'text', text: value });
const reply = (...texts: readonly string[]): Evidence => jsonEvidence({ ...fixtureMessage, content: texts.map(text) });
const cut = (value: string): Evidence => jsonEvidence({ ...fixtureMessage, content: [text(value)], stop_reason: 'max_tokens' });
const ended = (stop_reason: string, ...content: readonly Json[]): Evidence => jsonEvidence({ ...fixtureMessage, content, stop_reason });
const call = ended('tool_use', { type: 'tool_use', id: 'toolu_1', name: 'look_outside', input: { window: 'attic' } });

/** A stream of these text deltas. */
const stream = (...deltas: readonly string[]): Evidence =>
  streamEvidence([
    { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: text('') },
    ...deltas.map((piece) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]);

const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'output_config: no' } });
const failed = refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'no' } });
const plain = reply('It is.');
const model = (supported: boolean): Evidence =>
  jsonEvidence({ id: 'tiny', capabilities: { structured_outputs: { supported } } }, { endpoint: 'model' });
const notAccepted = (answer: string): string => `the same request without it was not accepted either (${answer})`;

describe('the parameter', () => {
  describeExamples(formatChecks, {
    'structured-output.format.accepted': {
      passes: { 'an answer': { control: plain, variant: cut('{') } },
      fails: { 'a server error': [{ control: plain, variant: failed }, '500 api_error'] },
      open: { 'a server that answers nothing': [{ control: failed, variant: failed }, notAccepted('500 api_error')] },
    },
    'structured-output.format.as-stated': {
      passes: {
        'a format that is supported and taken': { model: model(true), control: plain, variant: cut('{') },
        'a format that is neither': { model: model(false), control: plain, variant: refused },
      },
      fails: {
        'a format that is supported and refused': [{ model: model(true), control: plain, variant: refused }, '400 invalid_request_error'],
        'a format that is not supported and taken': [{ model: model(false), control: plain, variant: plain }, '200, it was accepted'],
      },
      open: {
        'a model that says nothing': [
          { model: jsonEvidence({ id: 'tiny' }), control: plain, variant: refused },
          'the model does not say whether it supports structured outputs',
        ],
      },
    },
    'structured-output.format.name-not-needed': {
      passes: { 'a format without a name': { bare: cut('{'), named: refused } },
      fails: { 'a format that needs a name': [{ bare: refused, named: cut('{') }, '400 invalid_request_error'] },
      open: { 'a server without formats': [{ bare: refused, named: refused }, 'a format with a name is not accepted either'] },
    },
    'structured-output.format.unknown-key-refused': {
      passes: { 'a refusal': { control: cut('{'), mutant: refused } },
      fails: { 'an answer': [{ control: cut('{'), mutant: cut('{') }, '200, it was accepted'] },
      open: {
        'a server without formats': [{ control: refused, mutant: refused }, 'the same request without the defect was not accepted (400)'],
      },
    },
    'structured-output.legacy.handled': {
      passes: { 'an answer': { control: plain, variant: cut('{') }, 'a refusal': { control: plain, variant: refused } },
      fails: { 'a server error': [{ control: plain, variant: failed }, '500 api_error'] },
    },
    'structured-output.cut.answered': {
      passes: { 'a beginning of JSON': { control: plain, variant: cut('{"sk') } },
      fails: {
        'an error': [{ control: plain, variant: failed }, '500 api_error'],
        'another reason': [{ control: plain, variant: reply('{') }, '"end_turn"'],
      },
      open: { 'a model that will not': [{ control: plain, variant: ended('refusal') }, 'the model refused'] },
    },
  });
});

const good = stream('{"sky": "clear", "warm": tr', 'ue, "wind": {"from": "north", "strong": false}}');
const fenced = reply(`\`\`\`json\n${whole}\n\`\`\``);

describe('the reply', () => {
  describeExamples(replyChecks, {
    'structured-output.reply.bare': {
      passes: {
        'JSON alone': { json: reply(whole), stream: good },
        'JSON in lines': { json: reply(`\n${JSON.stringify(sunny, null, 2)}\n`), stream: good },
        'JSON that was cut': { json: cut('{"sky": "cl'), stream: good },
      },
      fails: {
        'a code fence': [{ json: fenced, stream: good }, JSON.stringify(`\`\`\`json\n${whole}\n\`\`\``)],
        'words before it': [{ json: reply(`Here: {}`), stream: good }, '"Here: {}"'],
        'words in its place': [{ json: reply(whole), stream: stream('It is ', 'warm.') }, '"It is warm."'],
        'words that were cut': [{ json: cut('It is wa'), stream: good }, '"It is wa"'],
      },
      open: {
        'calls instead': [{ json: call, stream: call }, 'the reply is a tool call'],
        'refusals of the model': [{ json: ended('refusal'), stream: ended('refusal') }, 'no answer was accepted'],
        'a model that says nothing': [{ json: ended('end_turn'), stream: ended('end_turn') }, 'the reply has no text'],
      },
    },
    'structured-output.reply.fits-schema': {
      passes: {
        'JSON of the schema': { answer: reply(whole) },
        'an optional property': { answer: reply(JSON.stringify({ ...sunny, advice: 'umbrella' })) },
        'an enum in another case': { answer: reply(JSON.stringify({ ...sunny, sky: 'Clear' })) },
      },
      fails: {
        'no JSON': [{ answer: reply('{sky: clear}') }, '"{sky: clear}"'],
        'a missing property': [{ answer: reply('{"sky":"rain"}') }, '{"sky":"rain"}'],
        'another value': [
          { answer: reply(JSON.stringify({ ...sunny, sky: 'snow' })) },
          '{"sky":"snow","warm":true,"wind":{"from":"north","strong":false}}',
        ],
        'a property too many': [{ answer: reply(JSON.stringify({ ...sunny, x: 1 })) }, JSON.stringify({ ...sunny, x: 1 })],
        'a boolean as text': [{ answer: reply(JSON.stringify({ ...sunny, warm: 'true' })) }, JSON.stringify({ ...sunny, warm: 'true' })],
      },
      open: { 'a reply that was cut': [{ answer: cut('{"sky"') }, 'the reply was cut: max_tokens'] },
    },
    'structured-output.stream.fits-schema': {
      passes: { 'deltas that join to JSON': { answer: good } },
      fails: { 'a delta that is missing': [{ answer: stream('{"sky": "clear", "warm"', '}') }, '"{\\"sky\\": \\"clear\\", \\"warm\\"}"'] },
    },
    'structured-output.reply.every-block-parses': {
      passes: { 'one block': { json: reply(whole), stream: good }, 'two blocks': { json: reply(whole, '{}'), stream: good } },
      fails: { 'a remark after it': [{ json: reply(whole, 'Anything else?'), stream: good }, '"Anything else?"'] },
      open: { 'a block that was cut': [{ json: cut('{'), stream: cut('{') }, 'the reply has no complete text block'] },
    },
    'structured-output.reply.property-order': {
      passes: {
        'the order of the schema': { json: reply(whole), stream: good },
        'the optional one last': { json: reply(JSON.stringify({ ...sunny, advice: 'umbrella' })), stream: good },
      },
      fails: {
        'the optional one first': [
          { json: reply(JSON.stringify({ advice: 'umbrella', ...sunny })), stream: good },
          'advice, sky, warm, wind',
        ],
      },
      open: { 'replies that were cut': [{ json: cut('{'), stream: cut('{') }, 'the reply has no complete JSON object'] },
    },
    'structured-output.tools.call-or-json': {
      passes: { 'a call': { json: reply(whole), answer: call }, JSON: { json: reply(whole), answer: reply(whole) } },
      fails: {
        words: [{ json: reply(whole), answer: plain }, '"It is."'],
        'a refusal': [{ json: reply(whole), answer: refused }, '400'],
      },
      open: { 'a server without formats': [{ json: refused, answer: refused }, 'the format alone was not accepted'] },
    },
    'structured-output.thinking.text-fits': {
      passes: {
        'thinking and JSON': {
          json: reply(whole),
          answer: ended('end_turn', { type: 'thinking', thinking: 'North wind.', signature: 's' }, text(whole)),
        },
      },
      fails: { words: [{ json: reply(whole), answer: plain }, '"It is."'] },
      open: {
        'thinking that was cut': [
          { json: reply(whole), answer: ended('max_tokens', { type: 'thinking', thinking: 'North', signature: 's' }) },
          'the reply was cut: max_tokens',
        ],
      },
    },
  });
});
