/** What every rendering of a mock must make the same of: scripts, a request to each, and how the answer ends. */
import {
  overloaded,
  rateLimited,
  refuse,
  say,
  stream,
  think,
  useTool,
  type Mock,
  type ReplyScript,
  type ScriptedBlock,
} from '../mock/index.ts';

/** How an answer ended, as far as its bytes tell. */
export type Ended = 'complete' | 'refused' | 'error-event' | 'truncated' | 'broken';

/** What is left of that for the user of an SDK. */
export type Outcome = 'complete' | 'refused' | 'broken';

export interface Case {
  readonly title: string;
  readonly script?: (mock: Mock) => unknown;
  readonly method?: 'GET' | 'POST' | 'HEAD';
  /** Default `/v1/messages`. */
  readonly path?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly ended: Ended;
  /** How it ends with the official SDK, where that is not what the bytes say. */
  readonly withSdk?: Outcome;
  /** Bytes that no server should send, so that no suite is asked about them. */
  readonly isMonstrous?: true;
}

const tool = (name: string): unknown => ({ name, input_schema: { type: 'object', properties: { city: { type: 'string' } } } });

const question = { model: 'mock-model', max_tokens: 1000, messages: [{ role: 'user', content: 'What is the weather like?' }] };
const streamed = { ...question, stream: true };
const withTools = { ...streamed, tools: [tool('get_weather'), tool('get_time')] };
const withThinking = { ...streamed, max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 } };
const long = Array.from({ length: 400 }, (_, index) => `Word ${index} – ✓ 雨. `).join('');

const cited: ScriptedBlock = {
  type: 'text',
  text: 'It rains.',
  citations: [
    {
      type: 'char_location',
      cited_text: 'Rain.',
      document_index: 0,
      document_title: null,
      start_char_index: 0,
      end_char_index: 5,
      file_id: null,
    },
  ],
};
const search = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'weather' } } as const;
const found = {
  type: 'web_search_tool_result',
  tool_use_id: 'srvtoolu_1',
  content: [{ type: 'web_search_result', title: 'Rain', url: 'https://example.com/', encrypted_content: 'abc', page_age: null }],
} as const;

/** An answer with content, as a stream and as JSON. Without a script, the mock answers by its own rules. */
function answered(title: string, body: Case['body'], reply?: ReplyScript): readonly Case[] {
  const script = reply && ((mock: Mock) => mock.once(reply));
  return [true, false].map((isStream) => ({
    title: `${title}, ${isStream ? 'streamed' : 'as JSON'}`,
    body: { ...body, stream: isStream },
    status: 200,
    ended: 'complete',
    ...(script && { script }),
  }));
}

const refusals = [
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['conflict_error', 409],
  ['request_too_large', 413],
  ['api_error', 500],
  ['timeout_error', 504],
] as const;

export const cases: readonly Case[] = [
  ...answered('a text', question, say('It rains.')),
  ...answered('a long text', { ...question, max_tokens: 20_000 }, say(long)),
  ...answered('a tool call', withTools, useTool('get_weather', { city: 'Zürich' })),
  ...answered('parallel tool calls', withTools, say('Both.').useTool('get_weather', { city: 'Rome' }).useTool('get_time')),
  ...answered('thinking before a text', withThinking, think('Let me see.').say('It rains.')),
  ...answered(
    'thinking between blocks',
    { ...withTools, ...withThinking },
    think('One.').useTool('get_weather').think('Two.').say('Done.'),
  ),
  ...answered('nothing', question, stream()),
  ...answered('a text that max_tokens cuts', { ...question, max_tokens: 3 }, say('One two three four five six.')),
  ...answered('a text that a stop sequence cuts', { ...question, stop_sequences: ['two'] }, say('One two three.')),
  ...answered('an answer by the built-in rules', question),
  ...answered('a text with a citation', question, stream().block(cited)),
  ...answered('a tool of the server and its result', question, stream().block(search).block(found).say('It rains.')),
  ...answered('what a function makes', question, ({ messages }) => say(`${messages.length} message.`)),
  ...answered('what a function promises', question, () => Promise.resolve(say('Later.'))),
  ...answered('what a generator makes', withThinking, function* () {
    yield think('Really?');
    yield 'It ';
    yield 'rains.';
  }),
  ...answered('what an asynchronous generator makes', withTools, async function* () {
    yield 'It ';
    await Promise.resolve();
    yield useTool('get_weather', { city: 'Rome' });
  }),
  {
    title: 'a token count',
    path: '/v1/messages/count_tokens?beta=true',
    body: { model: question.model, messages: question.messages },
    status: 200,
    ended: 'complete',
  },
  { title: 'the models', method: 'GET', path: '/v1/models?limit=2', status: 200, ended: 'complete' },
  { title: 'a model', method: 'GET', path: '/v1/models/mock-model', status: 200, ended: 'complete' },
  { title: 'a model that does not exist', method: 'GET', path: '/v1/models/org%2Fnone', status: 404, ended: 'refused' },
  { title: 'the head of the models', method: 'HEAD', path: '/v1/models', status: 200, ended: 'complete' },
  { title: 'a probe', method: 'HEAD', path: '/', status: 200, ended: 'complete' },
  { title: 'a path that does not exist', method: 'GET', path: '/v1/weather', status: 404, ended: 'refused' },
  { title: 'a wrong method', method: 'GET', path: '/v1/messages', status: 405, ended: 'refused' },
  ...refusals.flatMap(([type, status]): readonly Case[] =>
    [streamed, question].map((body) => ({
      title: `${type}, ${body === streamed ? 'stream' : 'JSON'} asked for`,
      script: (mock) => mock.once(refuse(type)),
      body,
      status,
      ended: 'refused',
    })),
  ),
  {
    title: '429 with its headers',
    script: (mock) => mock.once(rateLimited({ retryAfter: 7 })),
    body: streamed,
    status: 429,
    ended: 'refused',
  },
  {
    title: '529 with retry-after',
    script: (mock) => mock.once(overloaded({ retryAfter: 2 })),
    body: streamed,
    status: 529,
    ended: 'refused',
  },
  { title: 'an invalid request', body: { ...question, max_tokens: 'many' }, status: 400, ended: 'refused' },
  {
    title: 'a request that no rule fits',
    script: (mock) => mock.when({ lastUser: /time/ }).reply(say('Noon.')),
    body: streamed,
    status: 400,
    ended: 'refused',
  },
  {
    title: 'an error event in the middle',
    script: (mock) => mock.once(say('It ra').fail('overloaded_error')),
    body: streamed,
    status: 200,
    ended: 'error-event',
  },
  {
    title: 'an error event at once',
    script: (mock) => mock.once(stream().fail('api_error')),
    body: streamed,
    status: 200,
    ended: 'error-event',
  },
  { title: 'a reset in the middle', script: (mock) => mock.once(say('It ra').reset()), body: streamed, status: 200, ended: 'broken' },
  {
    title: 'a reset in the middle of a tool call',
    script: (mock) => mock.once(useTool('get_weather', { city: 'Rome' }).reset()),
    body: withTools,
    status: 200,
    ended: 'broken',
  },
  { title: 'a reset at once', script: (mock) => mock.once(stream().reset()), body: streamed, status: 200, ended: 'broken' },
  {
    title: 'a stream that stops short',
    script: (mock) => mock.once(say('It ra').truncate()),
    body: streamed,
    status: 200,
    ended: 'truncated',
    isMonstrous: true,
  },
  {
    title: 'bytes of an event that is no JSON',
    script: (mock) => mock.once(say('It ra').raw('event: content_block_delta\ndata: {"type":\n\n').say('ins.')),
    body: streamed,
    status: 200,
    ended: 'complete',
    withSdk: 'broken',
    isMonstrous: true,
  },
  {
    title: 'bytes of no event',
    script: (mock) => mock.once(say('It ra').raw('\u0000 <html>').say('ins.')),
    body: streamed,
    status: 200,
    ended: 'complete',
    isMonstrous: true,
  },
];
