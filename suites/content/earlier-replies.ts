/** Blocks of assistant messages that clients send back, whichever server they came from. */
import type { JsonObject } from '../../spec/json.ts';
import type { Check } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';
import { variantChecks, type VariantTable } from '../variants.ts';

export const text = { type: 'text', text: 'Hello.' } as const;
/** What servers that search the web leave in a history. */
export const search = { type: 'server_tool_use', id: 'srvtoolu_01Conformance', name: 'web_search', input: { query: 'weather' } } as const;
export const found: JsonObject = { type: 'web_search_tool_result', tool_use_id: search.id, content: [] };

export const question = { role: 'user', content: 'Say hello.' } as const;
export const again = { role: 'user', content: 'Say it again.' } as const;

/** A change of what the assistant said. */
const replying =
  (content: readonly JsonObject[]) =>
  (base: JsonObject): JsonObject => ({ ...base, messages: [question, { role: 'assistant', content }, again] });

export const earlierReplies: VariantTable = {
  id: 'earlier-replies',
  title: 'Assistant messages with blocks that other servers or models made',
  base: (model) => ({ model, max_tokens: 1, messages: [question, { role: 'assistant', content: [text] }, again] }),
  source: docs.messages,
  rows: [
    {
      id: 'content.redacted-thinking.handled',
      step: 'redacted-thinking',
      change: replying([{ type: 'redacted_thinking', data: 'Y29uZm9ybWFuY2U=' }, text]),
      outcome: 'handled',
      level: 'may',
      source: docs.thinking,
      requirement: 'Redacted thinking of an earlier reply is accepted, or refused in the error envelope.',
      covers: ['block.in.redacted-thinking'],
      breaks: [claudeCode('a session that moved from another server cannot go on')],
      fix: 'Drop what cannot be read, as nobody but its author can.',
    },
    {
      id: 'content.thinking.foreign-signature',
      step: 'foreign-signature',
      change: replying([{ type: 'thinking', thinking: 'A greeting.', signature: 'Y29uZm9ybWFuY2U=' }, text]),
      outcome: 'handled',
      level: 'may',
      source: docs.thinking,
      requirement: 'Thinking with the signature of another server is accepted, or refused in the error envelope.',
      covers: ['block.in.thinking-foreign-signature'],
      breaks: [claudeCode('a session that moved from another server cannot go on')],
    },
    {
      id: 'content.thinking.empty-signature',
      step: 'empty-signature',
      change: replying([{ type: 'thinking', thinking: 'A greeting.', signature: '' }, text]),
      outcome: 'handled',
      level: 'may',
      source: docs.thinking,
      requirement: 'Thinking with an empty signature is accepted, or refused in the error envelope.',
      covers: ['block.in.thinking-foreign-signature'],
      breaks: [claudeCode('sends it back so where the server gave no signature, and repeats a 5xx ten times')],
    },
    {
      id: 'content.thinking.omitted-text',
      step: 'omitted-text',
      change: replying([{ type: 'thinking', thinking: '', signature: 'Y29uZm9ybWFuY2U=' }, text]),
      outcome: 'handled',
      level: 'may',
      source: docs.thinking,
      requirement: 'Thinking whose text was omitted is accepted, or refused in the error envelope.',
      covers: ['block.in.thinking-foreign-signature'],
      breaks: [claudeCode('asks for thinking without its text, and sends back what it got')],
    },
    {
      id: 'content.server-tool.handled',
      step: 'server-tool',
      change: replying([search, found, text]),
      outcome: 'handled',
      level: 'may',
      requirement: 'A call of a server tool with its result in the same message is accepted, or refused in the error envelope.',
      covers: ['block.in.server-tool-history'],
      breaks: [claudeCode('a session that searched the web on another server cannot go on')],
    },
  ],
};

export const earlierReplyChecks: readonly Check[] = variantChecks(earlierReplies);
