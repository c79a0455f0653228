/**
 * Requests in the shape of Claude Code's for a model name that it does not know: the keys, block lists, cache markers, betas and the system
 * message among the turns that were seen on the wire. Texts and tools are our own, and short; `realSize` pads them to what it really sends.
 */
import type { JsonObject } from '../../spec/json.ts';
import { asText } from '../../spec/as-text.ts';
import { messagesRequest, type ProbeRequest } from '../model/probe.ts';
import { agentTools, firstTools } from './agent-tools.ts';

const cached: JsonObject = { cache_control: { type: 'ephemeral' } };

/** Of the conversation; the metadata say it as well. */
const session = '00000000-0000-4000-8000-000000000000';

/**
 * What it says beside the key and the version, and after its name ours. Its `accept-encoding` is left out: an answer that is
 * compressed could not be read as it comes. What a server makes of that header is for the probe `headers`.
 */
export const agentHeaders: Readonly<Record<string, string>> = {
  'anthropic-beta': [
    'claude-code-20250219',
    'interleaved-thinking-2025-05-14',
    'context-management-2025-06-27',
    'mid-conversation-tool-changes-2026-07-01',
    'thinking-token-count-2026-05-13',
    'advanced-tool-use-2025-11-20',
    'effort-2025-11-24',
    'thinking-display-updates-2026-08-18',
    'extended-cache-ttl-2025-04-11',
    'fallback-credit-2026-06-01',
    'per-turn-control-2026-07-01',
    'prompt-caching-scope-2026-01-05',
  ].join(','),
  'anthropic-dangerous-direct-browser-access': 'true',
  // Also where it asks for a stream.
  accept: 'application/json',
  // Its own begins so: LiteLLM tells it by that, and drops for it what it refuses of others.
  'user-agent': 'claude-cli/2.1.329 (external, cli) messages-conformance',
  'x-app': 'cli',
  'x-claude-code-session-id': session,
  'x-stainless-lang': 'js',
  'x-stainless-os': 'Linux',
  'x-stainless-arch': 'x64',
  'x-stainless-runtime': 'node',
  'x-stainless-runtime-version': 'v24.3.0',
  'x-stainless-package-version': '0.94.0',
  'x-stainless-retry-count': '0',
  'x-stainless-timeout': '600',
};

const system: readonly JsonObject[] = [
  { type: 'text', text: 'x-conformance-attribution: version=1.0; entrypoint=cli;' },
  { type: 'text', text: 'You are an agent — not a person — that works on a project in a terminal.', ...cached },
  { type: 'text', text: 'Answer in one short sentence. Use a tool only where the user asks for one.', ...cached },
];

const reminder: JsonObject = { type: 'text', text: '<reminder>The project is a small library. The list of tasks is empty.</reminder>' };
const prompt: JsonObject = { type: 'text', text: 'Say hello in one short sentence.' };
const rules = 'Environment: a Linux machine, an empty folder “~/projet-été”, today. Tools that are not listed can be asked for by name.';

/** The first request of a session. */
export function firstTurn(model: string, maxTokens: number): JsonObject {
  return {
    model,
    max_tokens: maxTokens,
    system,
    tools: firstTools,
    thinking: { type: 'adaptive', display: 'omitted' },
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
    output_config: { effort: 'high' },
    metadata: {
      user_id: JSON.stringify({ device_id: 'd'.repeat(64), account_uuid: '', session_id: session }),
    },
    messages: [
      { role: 'user', content: [reminder, prompt] },
      { role: 'system', content: [{ type: 'text', text: rules, ...cached }] },
    ],
  };
}

/** A later turn: contents that were lists are strings now, thinking without a signature, two calls answered in one message, a failed one. */
export function laterTurn(model: string, maxTokens: number): JsonObject {
  const calls = ['toolu_01ConformanceRead', 'toolu_01ConformanceList'];
  return {
    ...firstTurn(model, maxTokens),
    messages: [
      { role: 'user', content: [reminder, { type: 'text', text: 'Read notes.txt and list the folder.' }] },
      { role: 'system', content: rules },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: '', signature: '' },
          { type: 'text', text: 'I will look.' },
          { type: 'tool_use', id: calls[0], name: 'ReadFile', input: { path: '/project/notes.txt' } },
          { type: 'tool_use', id: calls[1], name: 'FindFiles', input: { pattern: '*' } },
        ],
      },
      {
        role: 'user',
        content: [
          { tool_use_id: calls[0], type: 'tool_result', content: 'No such file.', is_error: true },
          { tool_use_id: calls[1], type: 'tool_result', content: [{ type: 'text', text: 'readme.md' }], ...cached },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'There is only readme.md.' }] },
      { role: 'user', content: 'Thank you.' },
      { role: 'user', content: [{ ...prompt, ...cached }] },
    ],
  };
}

/** The first turn at the size of a real one with all tools in it, some 60 kB of JSON: each is described at length. */
export function realSize(model: string, maxTokens: number): JsonObject {
  const lines = 'Give paths from the root. Say what you want to know. Read before you write, and keep to what was asked of you. ';
  const long = (tool: JsonObject): JsonObject => ({ ...tool, description: `${asText(tool['description'])} ${lines.repeat(18)}`.trim() });
  return { ...firstTurn(model, maxTokens), tools: agentTools.map(long) };
}

/** As that client sends it: with the query and the headers it always has. */
export function agentRequest(json: JsonObject): ProbeRequest {
  return { ...messagesRequest(json, '?beta=true'), headers: agentHeaders };
}
