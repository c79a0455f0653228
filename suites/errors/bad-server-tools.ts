/** Calls of server tools in a history with a mistake: their results come from the server, in the same message. https://platform.claude.com/docs/en/api/messages */
import { again, found, question, search, text } from '../content/earlier-replies.ts';
import { docs } from '../references.ts';
import type { BadInputTable } from './bad-input.ts';

export const badServerTools: BadInputTable = {
  id: 'bad-server-tools',
  title: 'A history with the call of a server tool, with one mistake at a time, with and without stream',
  source: docs.messages,
  // As the probe `earlier-replies` sends it, so that it is sent once.
  base: (model) => ({ model, max_tokens: 1, messages: [question, { role: 'assistant', content: [search, found, text] }, again] }),
  rows: [
    {
      row: 'without-result',
      id: 'content.server-tool.without-result',
      pointer: '/messages/1/content',
      value: [search, text],
      level: 'may',
      requirement: 'A call of a server tool without its result is answered 400.',
      covers: ['block.in.server-tool-history'],
      why: 'A history with a hole in it was damaged by its client, who should learn of it.',
    },
    {
      row: 'client-result',
      id: 'content.server-tool.client-result',
      pointer: '/messages/2/content',
      value: [
        { type: 'tool_result', tool_use_id: search.id, content: 'Rain.' },
        { type: 'text', text: again.content },
      ],
      level: 'may',
      requirement: 'A tool_result for a call that the server ran itself is answered 400.',
      covers: ['block.in.server-tool-history'],
      why: 'The result of a server tool is never the business of the client.',
    },
  ],
};
