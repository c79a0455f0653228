// Rules on text: where it may be empty or blank. Mostly known from error reports of users.
// https://platform.claude.com/docs/en/api/messages
import { pointerTo } from '../problem.ts';
import type { Breach, CheckedRequest, RequestRule } from './request-rule.ts';

const refuseBlank = (pointer: string): Breach => ({
  pointer,
  message: 'must have a visible character',
  expected: 'text that is not blank',
});

function emptyContent(request: CheckedRequest, isEmpty: (content: unknown) => boolean): Breach | undefined {
  const last = request.messages.length - 1;
  const at = request.messages.findIndex(({ role, content }, index) => isEmpty(content) && !(index === last && role === 'assistant'));
  if (at === -1) return undefined;
  return {
    pointer: pointerTo('/messages', at, 'content'),
    message: 'must not be empty, except in a final assistant message',
    expected: 'content',
  };
}

/** In the order in which they are checked. */
export const textRules: readonly RequestRule[] = [
  {
    id: 'content-empty-string',
    requirements: ['err.in.content-empty-string'],
    find: (request) => emptyContent(request, (content) => content === ''),
  },
  {
    id: 'content-empty-array',
    requirements: ['err.in.content-empty-array', 'block.in.empty-assistant-echo'],
    find: (request) => emptyContent(request, (content) => Array.isArray(content) && content.length === 0),
  },
  {
    // A blank text is fine beside another text of the same message.
    id: 'text-whitespace-only',
    requirements: ['err.in.text-whitespace-only'],
    find: ({ messages }) => {
      for (const [at, { content }] of messages.entries()) {
        if (typeof content === 'string') {
          if (content !== '' && isBlank(content)) return refuseBlank(pointerTo('/messages', at, 'content'));
          continue;
        }
        const first = content.findIndex(({ type }) => type === 'text');
        if (first === -1 || content.some((block) => block.type === 'text' && !isBlank(block.text))) continue;
        return refuseBlank(pointerTo('/messages', at, 'content', first, 'text'));
      }
      return undefined;
    },
  },
  {
    id: 'assistant-trailing-whitespace',
    requirements: ['err.in.assistant-trailing-whitespace'],
    find: ({ messages }) => {
      const message = messages.at(-1);
      if (message?.role !== 'assistant') return undefined;
      const { content } = message;
      const last = typeof content === 'string' ? { type: 'text' as const, text: content } : content.at(-1);
      if (last?.type !== 'text' || last.text.trimEnd() === last.text) return undefined;
      const place = pointerTo('/messages', messages.length - 1, 'content');
      const pointer = typeof content === 'string' ? place : pointerTo(place, content.length - 1, 'text');
      return { pointer, message: 'must not end in whitespace in a final assistant message', expected: 'no trailing whitespace' };
    },
  },
  {
    id: 'stop-sequence-empty',
    requirements: ['err.in.stop-seq-empty'],
    find: ({ stop_sequences = [] }) => {
      const at = stop_sequences.indexOf('');
      return at === -1 ? undefined : { pointer: pointerTo('/stop_sequences', at), message: 'must not be empty', expected: 'not empty' };
    },
  },
  {
    id: 'stop-sequence-whitespace',
    requirements: ['err.in.stop-seq-whitespace'],
    find: ({ stop_sequences = [] }) => {
      const at = stop_sequences.findIndex((text) => text !== '' && isBlank(text));
      return at === -1 ? undefined : refuseBlank(pointerTo('/stop_sequences', at));
    },
  },
];

function isBlank(text: string): boolean {
  return !/\S/.test(text);
}
