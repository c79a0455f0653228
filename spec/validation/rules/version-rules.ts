// What API version 2026-10-21 refuses although 2023-06-01 takes it. Everything else is the same in both.
// https://platform.claude.com/docs/en/api/migration-2026-10-21
import type { JsonObject } from '../../json.ts';
import { pointerTo } from '../problem.ts';
import { findInBlocks, type Steps } from './find-block.ts';
import type { RequestRule } from './request-rule.ts';

const samplingFields = ['temperature', 'top_p', 'top_k'] as const;

/** In the order in which they are checked. */
export const versionRules: readonly RequestRule[] = [
  {
    id: 'sampling-2026',
    requirements: ['err.in.sampling-2026'],
    since: '2026-10-21',
    find: (request) => {
      const field = samplingFields.find((name) => request[name] !== undefined);
      return (
        field && { pointer: pointerTo('', field), message: 'does not exist from API version 2026-10-21 on', expected: 'no such field' }
      );
    },
  },
  {
    // Documents nested in the results of tools stay valid.
    id: 'document-in-assistant-2026',
    requirements: ['err.in.document-in-assistant-2026'],
    since: '2026-10-21',
    find: ({ messages }) => {
      for (const [at, { role, content }] of messages.entries()) {
        const block = role === 'assistant' && typeof content !== 'string' ? content.findIndex(({ type }) => type === 'document') : -1;
        if (block === -1) continue;
        const pointer = pointerTo('/messages', at, 'content', block);
        return {
          pointer,
          message: 'must not be a document in an assistant message from API version 2026-10-21 on',
          expected: 'document in a user message',
        };
      }
      return undefined;
    },
  },
  {
    // `citations: {enabled: true}` on documents and search results is a setting and stays valid.
    id: 'citations-in-user-2026',
    requirements: ['err.in.citations-in-user-2026'],
    since: '2026-10-21',
    find: ({ messages }) => {
      for (const [at, { role, content }] of messages.entries()) {
        const steps = role === 'user' ? findInBlocks(content, citationsOf) : undefined;
        if (!steps) continue;
        const pointer = pointerTo('/messages', at, 'content', ...steps);
        return { pointer, message: 'must be empty in a user message from API version 2026-10-21 on', expected: 'no citations' };
      }
      return undefined;
    },
  },
];

function citationsOf(block: JsonObject): Steps | undefined {
  const { type, citations } = block;
  return type === 'text' && Array.isArray(citations) && citations.length > 0 ? ['citations'] : undefined;
}
