/** Requests that come close to a mistake and are right: what keeps a server from refusing too much. */
import { adding, saying, type VariantTable } from '../variants.ts';
import { docs } from '../references.ts';

export const nearMisses: VariantTable = {
  id: 'near-misses',
  title: 'Plain requests that come close to a mistake',
  source: docs.messages,
  base: (model) => ({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Say hello.' }] }),
  rows: [
    {
      step: 'blank-beside-text',
      id: 'errors.near-miss.blank-beside-text',
      level: 'should',
      requirement: 'A text block of whitespace is accepted where another text of the same message is not blank.',
      covers: ['err.in.text-whitespace-only'],
      breaks: [],
      why: 'Programs put line breaks between parts of a prompt as blocks of their own.',
      change: saying([
        { type: 'text', text: '\n' },
        { type: 'text', text: 'Say hello.' },
      ]),
      outcome: 'accepted',
    },
    {
      step: 'longest-user-id',
      id: 'errors.near-miss.longest-user-id',
      level: 'should',
      requirement: 'A metadata.user_id of 512 characters is accepted.',
      covers: ['err.in.metadata-user-id-long'],
      breaks: [],
      why: 'Claude Code puts JSON of more than 150 characters there.',
      change: adding({ metadata: { user_id: 'u'.repeat(512) } }),
      outcome: 'accepted',
    },
  ],
};
