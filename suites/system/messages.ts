/**
 * Messages of role `system` in the middle of a conversation. Claude Code sends them to every model that it does not know.
 * https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
 */
import type { JsonObject } from '../../spec/json.ts';
import { loopWith } from '../content/tool-loop.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { sayHello } from '../probes/say-hello.ts';
import { claudeCode, docs } from '../references.ts';
import type { VariantTable } from '../variants.ts';

const rule = 'From now on, answer in one short sentence.';
const user = { role: 'user', content: 'Say hello.' } as const;
const assistant = { role: 'assistant', content: 'Hello.' } as const;
const system = { role: 'system', content: rule } as const;
const inBlocks = { role: 'system', content: [{ type: 'text', text: rule, cache_control: { type: 'ephemeral' } }] } as const;

const searched = {
  role: 'assistant',
  content: [
    { type: 'server_tool_use', id: 'srvtoolu_01Conformance', name: 'web_search', input: { query: 'weather' } },
    { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_01Conformance', content: [] },
  ],
} as const;

const conversing =
  (...messages: readonly JsonObject[]) =>
  (base: JsonObject): JsonObject => ({ ...base, messages });

const tools = { tools: [lamp, fruit] } as const;
const everySession = [claudeCode('sends one with the first request of every session')];

export const systemMessages: VariantTable = {
  id: 'system-messages',
  title: 'Messages of role system in the middle of a conversation',
  base: sayHello,
  source: docs.systemMessages,
  rows: [
    {
      id: 'system.message.accepted',
      step: 'last',
      change: conversing(user, system),
      outcome: 'accepted',
      adds: 'system-role',
      needs: ['system-role'],
      level: 'may',
      requirement: 'A system message after the user message is accepted, or refused by a server that takes none.',
      covers: ['sysmsg.shape', 'sysmsg.after-user'],
      breaks: everySession,
      bugs: ['claude-code#63469', 'claude-code#77698', 'vllm#44000', 'vllm#48874', 'ollama#17774', 'llama.cpp#27107'],
      fix: 'Turn it into user text at its place where the chat template wants the system prompt first.',
    },
    {
      id: 'system.message.blocks',
      step: 'blocks',
      change: conversing(user, inBlocks),
      outcome: 'accepted',
      needs: ['system-role'],
      level: 'may',
      requirement: 'A system message is accepted as text blocks with cache_control.',
      covers: ['sysmsg.shape'],
      breaks: [claudeCode('sends blocks at first, and a string on later turns')],
    },
    {
      id: 'system.message.before-assistant',
      step: 'before-assistant',
      change: conversing(user, system, assistant, user),
      outcome: 'accepted',
      needs: ['system-role'],
      level: 'may',
      requirement: 'A system message is accepted between a user message and the reply to it.',
      covers: ['sysmsg.after-user'],
      breaks: [claudeCode('no session gets beyond its first turn')],
      bugs: ['vllm#44505', 'ollama#17774'],
    },
    {
      id: 'system.message.consecutive',
      step: 'consecutive',
      change: conversing(user, system, { role: 'system', content: 'Use simple words.' }),
      outcome: 'accepted',
      needs: ['system-role'],
      level: 'may',
      requirement: 'Several system messages in a row are accepted.',
      covers: ['sysmsg.consecutive'],
      breaks: [],
      why: 'Agents add one rule after the other.',
    },
    {
      id: 'system.message.after-tool-results',
      step: 'after-tool-results',
      change: (base) => ({ ...base, ...tools, messages: [...loopWith(), system] }),
      outcome: 'accepted',
      needs: ['tools', 'system-role'],
      level: 'may',
      requirement: 'A system message is accepted after the results of tools.',
      covers: ['sysmsg.after-user'],
      breaks: [claudeCode('a session ends at its first tool call')],
      bugs: ['vllm#44505'],
    },
    {
      id: 'system.message.after-server-tool',
      step: 'after-server-tool',
      change: conversing(user, searched, system),
      outcome: 'handled',
      level: 'may',
      requirement: 'A system message after the result of a server tool is accepted, or refused in the error envelope.',
      covers: ['sysmsg.after-server-tool-result'],
      breaks: [],
      why: 'The only place after an assistant message where one may stand.',
    },
  ],
};
