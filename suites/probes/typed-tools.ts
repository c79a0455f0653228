import { messagesRequest, type Probe, probe } from '../model/probe.ts';

const room = 64;

/** Tools that the client runs and whose meaning the type tells: models of the official service were trained on them. */
export const clientTools = [
  { type: 'bash_20250124', name: 'bash' },
  { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' },
  { type: 'memory_20250818', name: 'memory' },
] as const;

export const webSearch = { type: 'web_search_20250305', name: 'web_search', max_uses: 1 } as const;

export const typedTools: Probe = probe({
  id: 'typed-tools',
  title: 'Tools whose meaning the type tells: some that the client runs, one that the server runs',
  needs: ['tools', 'forced-tool-choice'],
  cost: { requests: 2, outputTokens: 2 * room },
  steps: ['client', 'server'],
  async run({ model, send }) {
    const ask = { model, max_tokens: room, messages: [{ role: 'user', content: 'Say hello.' }] };
    await send('client', messagesRequest({ ...ask, tools: clientTools, tool_choice: { type: 'any' } }));
    await send('server', messagesRequest({ ...ask, tools: [webSearch], tool_choice: { type: 'tool', name: webSearch.name } }));
  },
});
