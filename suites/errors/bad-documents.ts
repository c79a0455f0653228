/** Bad documents around a request with a good one. https://platform.claude.com/docs/en/build-with-claude/citations */
import { type BadInputTable, plainBefore } from './bad-input.ts';
import { dropped, hidden } from './reasons.ts';

const document = { type: 'document', title: 'Tea', source: { type: 'text', media_type: 'text/plain', data: 'Tea is hot.' } } as const;

export const badDocuments: BadInputTable = {
  id: 'bad-documents',
  title: 'A request with a document, with one mistake at a time, with and without stream',
  source: 'https://platform.claude.com/docs/en/build-with-claude/citations',
  needs: ['documents'],
  before: plainBefore,
  control: { adds: 'documents', control: 'plain' },
  why: hidden,
  base: (model) => ({
    model,
    max_tokens: 1,
    messages: [
      { role: 'user', content: [document, { type: 'text', text: 'Is it hot?' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Yes.' }] },
      { role: 'user', content: 'Say hello.' },
    ],
  }),
  rows: [
    {
      row: 'document-text-media-type',
      pointer: '/messages/0/content/0/source/media_type',
      value: 'text/html',
      level: 'should',
      requirement: 'A text document of another type than text/plain is answered 400.',
      covers: ['err.in.document-media-type'],
    },
    {
      row: 'document-binary-media-type',
      pointer: '/messages/0/content/0/source',
      value: { type: 'base64', media_type: 'application/msword', data: 'AAAA' },
      level: 'should',
      requirement: 'A base64 document of another type than application/pdf is answered 400.',
      covers: ['err.in.document-media-type'],
    },
    {
      row: 'document-source-unknown',
      pointer: '/messages/0/content/0/source/type',
      value: 'clipboard',
      level: 'should',
      requirement: 'A document source of an unknown type is answered 400.',
      covers: ['err.in.content-block-unknown-type'],
      why: dropped,
    },
    {
      row: 'document-title-long',
      pointer: '/messages/0/content/0/title',
      value: 't'.repeat(501),
      level: 'may',
      requirement: 'A document title of more than 500 characters is answered 400.',
      covers: ['err.in.document-title-long'],
    },
    {
      row: 'search-result-in-assistant',
      pointer: '/messages/1/content/0',
      value: { type: 'search_result', source: 'https://example.com', title: 'Tea', content: [{ type: 'text', text: 'Tea is hot.' }] },
      level: 'may',
      requirement: 'A search_result in an assistant message is answered 400.',
      covers: ['err.in.search-result-in-assistant'],
    },
  ],
};

export const bad2026: BadInputTable = {
  id: 'bad-2026',
  title: 'What version 2026-10-21 dropped, in a request of that version with a document, with and without stream',
  headers: { 'anthropic-version': '2026-10-21' },
  source: 'https://platform.claude.com/docs/en/api/migration-2026-10-21',
  needs: ['documents'],
  why: 'The newer version dropped it; a server that takes it under that name behaves as the older one.',
  base: (model) => ({
    model,
    max_tokens: 1,
    messages: [
      { role: 'user', content: [document, { type: 'text', text: 'Is it hot?' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Yes.' }] },
      { role: 'user', content: 'Say hello.' },
    ],
  }),
  rows: [
    {
      row: 'document-in-assistant-2026',
      pointer: '/messages/1/content/0',
      value: document,
      level: 'should',
      requirement: 'From 2026-10-21 on a document in an assistant message is answered 400.',
      covers: ['err.in.document-in-assistant-2026'],
    },
    {
      row: 'citations-in-user-2026',
      pointer: '/messages/0/content/1/citations',
      value: [
        { type: 'char_location', cited_text: 'hot', document_index: 0, document_title: 'Tea', start_char_index: 7, end_char_index: 10 },
      ],
      level: 'should',
      requirement: 'From 2026-10-21 on citations on a text in a user message are answered 400.',
      covers: ['err.in.citations-in-user-2026'],
    },
  ],
};
