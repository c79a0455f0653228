import { agentHeaders, agentRequest, firstTurn, laterTurn, realSize } from '../clients/agent-requests.ts';
import { agentTools } from '../clients/agent-tools.ts';
import { getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

/** Room for a short sentence, and for a little thinking before it. */
const room = 64;
/** What it asks for with a model that it does not know. It is hung up on, so that nobody generates so much. */
const largeLimit = 32_000;

const call = 'toolu_01ConformanceFind';
const webSearch = { type: 'web_search_20250305', name: 'web_search', max_uses: 8 };
const found = [{ type: 'tool_reference', tool_name: 'ReadFile' }];

export const claudeCodeProbe: Probe = probe({
  id: 'claude-code',
  title: 'Requests in the shape of a coding agent’s',
  cost: { requests: 12, outputTokens: 3 * room + 4 },
  steps: [
    'plain',
    'first-turn',
    'first-turn-json',
    'later-turn',
    'large-limit',
    'system-role',
    'side-query',
    'tool-reference',
    'count',
    'discovery',
    'head-hello',
    'head-root',
  ],
  async run({ model, send }) {
    const first = firstTurn(model, room);
    await send('plain', messagesRequest(sayHello(model)));
    await send('first-turn', agentRequest({ ...first, stream: true }), { control: 'plain' });
    await send('first-turn-json', agentRequest(first), { control: 'plain' });
    await send('later-turn', agentRequest({ ...laterTurn(model, room), stream: true }), { control: 'first-turn' });
    await send('large-limit', agentRequest({ ...first, max_tokens: largeLimit, stream: true }), {
      control: 'first-turn',
      abortAfter: { frames: 4 },
    });
    const hello = sayHello(model);
    const told = [
      { role: 'user', content: 'Say hello.' },
      { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
    ];
    await send('system-role', messagesRequest({ ...hello, messages: told }), { control: 'plain' });
    await send('side-query', messagesRequest({ ...hello, tools: [webSearch], tool_choice: { type: 'auto' } }), { control: 'plain' });
    const tools = [
      ...firstTools(first),
      { name: 'FindTools', description: 'Finds tools.', input_schema: { type: 'object', properties: { query: { type: 'string' } } } },
    ];
    const searched = [
      { role: 'user', content: 'Find a tool that reads files.' },
      { role: 'assistant', content: [{ type: 'tool_use', id: call, name: 'FindTools', input: { query: 'read' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call, content: found }] },
    ];
    await send(
      'tool-reference',
      { ...messagesRequest({ ...hello, tools, messages: searched }), headers: agentHeaders },
      { control: 'plain' },
    );
    const counted = { model, tools: agentTools, messages: [{ role: 'user', content: 'Say hello.' }] };
    await send('count', { method: 'POST', path: '/v1/messages/count_tokens?beta=true', json: counted });
    await send('discovery', getRequest('/v1/models?limit=1000'));
    await send('head-hello', { method: 'HEAD', path: '/api/hello', auth: 'none' });
    await send('head-root', { method: 'HEAD', path: '/', auth: 'none' });
  },
});

export const claudeCodeSize: Probe = probe({
  id: 'claude-code-size',
  title: 'A coding agent’s first request at its real size',
  costly: 'some 20,000 tokens of prompt',
  cost: { requests: 2, outputTokens: room + 1 },
  steps: ['first-turn', 'real-size'],
  async run({ model, send }) {
    await send('first-turn', agentRequest({ ...firstTurn(model, room), stream: true }));
    await send('real-size', agentRequest({ ...realSize(model, 1), stream: true }), { control: 'first-turn' });
  },
});

function firstTools(request: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(request['tools']) ? request['tools'].slice(0, 3) : [];
}
