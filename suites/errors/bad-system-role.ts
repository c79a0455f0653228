/** Messages of the role system where they may not stand. https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages */
import { lamp } from '../probes/lamp-and-fruit.ts';
import { claudeCode } from '../references.ts';
import { type BadInputTable, plainBefore } from './bad-input.ts';
import { dropped } from './reasons.ts';

const systemMessages = 'https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages';
const unclear = 'Where such a message stands is what it is about; servers that move it change its meaning.';
const note = { role: 'system', content: 'Be brief.' } as const;

export const badSystemRole: BadInputTable = {
  id: 'bad-system-role',
  title: 'A conversation with a system message, with one mistake at a time, with and without stream',
  source: systemMessages,
  needs: ['system-role'],
  before: plainBefore,
  control: { adds: 'system-role', control: 'plain' },
  why: unclear,
  base: (model) => ({
    model,
    max_tokens: 1,
    messages: [
      { role: 'user', content: 'Good morning.' },
      { role: 'assistant', content: 'Good morning!' },
      { role: 'user', content: 'Say hello.' },
      note,
    ],
  }),
  rows: [
    {
      row: 'system-role-first',
      pointer: '/messages/0',
      value: note,
      level: 'may',
      requirement: 'A system message before all others is answered 400.',
      covers: ['err.in.system-role-first'],
    },
    {
      row: 'system-role-misplaced',
      pointer: '/messages/1',
      value: note,
      level: 'may',
      requirement: 'A system message between two user messages is answered 400.',
      covers: ['err.in.system-role-misplaced'],
    },
    {
      row: 'system-role-image',
      pointer: '/messages/3/content',
      value: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } }],
      level: 'may',
      requirement: 'A block other than text in a system message is answered 400.',
      covers: ['sysmsg.shape'],
      why: dropped,
    },
    {
      row: 'beta-fields',
      id: 'system.message.beta-fields',
      pointer: '/messages/3',
      value: { ...note, clear_at: 'next_turn', output_config: { effort: 'low' } },
      level: 'may',
      requirement: 'The beta fields of system messages are answered 400 without their beta header.',
      covers: ['sysmsg.beta-fields'],
      why: 'A field that is ignored is a promise that is not kept.',
    },
    {
      row: 'beta-blocks',
      id: 'system.message.beta-blocks',
      pointer: '/messages/3/content',
      value: [{ type: 'tool_addition', tool: lamp }],
      level: 'may',
      requirement: 'A system message that adds a tool is answered 400 without the beta header.',
      covers: ['sysmsg.beta-fields'],
      breaks: [claudeCode('the model never learns of the tools that were found for it')],
    },
  ],
};
