/** Documents and search results in user messages. https://platform.claude.com/docs/en/build-with-claude/pdf-support */
import { judgeAddedTokens } from '../added-tokens.ts';
import { type Check, scenario } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';
import { saying, variantChecks, type VariantTable } from '../variants.ts';
import { pdf } from './pictures.ts';
import { sayHelloInBlocks } from './say-hello-in-blocks.ts';

const hello = { type: 'text', text: 'Say hello.' } as const;
const notes = 'The lamp in the hall is red. The key is under the blue stone.';
const plainText = { type: 'text', media_type: 'text/plain', data: notes } as const;

export const documents: VariantTable = {
  id: 'documents',
  title: 'Documents of each kind, and a search result',
  base: sayHelloInBlocks,
  source: docs.sdkMessages,
  rows: [
    {
      id: 'content.document.text',
      step: 'text',
      change: saying([{ type: 'document', source: plainText }, hello]),
      outcome: 'accepted',
      adds: 'documents',
      needs: ['documents'],
      level: 'should',
      requirement: 'A plain-text document is accepted, or refused by a server that takes none.',
      covers: ['block.in.document-text'],
      breaks: [claudeCode('a file that was read as a document ends the session, because it is sent again with every turn')],
      bugs: ['sglang#31179'],
      fix: 'Put its text into the prompt: any model can read it.',
    },
    {
      id: 'content.document.described',
      step: 'described',
      change: saying([
        { type: 'document', source: plainText, title: 'Notes', context: 'Written in spring.', citations: { enabled: false } },
        hello,
      ]),
      outcome: 'accepted',
      needs: ['documents'],
      level: 'should',
      requirement: 'A document is accepted with title, context and citations switched off.',
      covers: ['block.in.document-text'],
      breaks: [],
      why: 'Programs name their documents, so that the model can.',
    },
    {
      id: 'content.document.of-blocks',
      step: 'of-blocks',
      change: saying([{ type: 'document', source: { type: 'content', content: [{ type: 'text', text: notes }] } }, hello]),
      outcome: 'handled',
      level: 'may',
      requirement: 'A document made of content blocks is accepted, or refused in the error envelope.',
      covers: ['block.in.document-content'],
      breaks: [],
      why: 'Programs with passages of their own choice send documents this way.',
    },
    {
      id: 'content.document.pdf',
      step: 'pdf',
      change: saying([{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: pdf } }, hello]),
      outcome: 'handled',
      level: 'may',
      source: docs.pdf,
      requirement: 'A PDF is accepted, or refused in the error envelope.',
      covers: ['block.in.document-pdf'],
      breaks: [claudeCode('repeats a 5xx ten times, and again with every turn after it')],
      bugs: ['sglang#31179'],
    },
    {
      id: 'content.search-result.handled',
      step: 'search-result',
      change: saying([
        { type: 'search_result', source: 'https://example.com/notes', title: 'Notes', content: [{ type: 'text', text: notes }] },
        hello,
      ]),
      outcome: 'handled',
      level: 'may',
      source: docs.searchResults,
      requirement: 'A search result is accepted, or refused in the error envelope.',
      covers: ['block.in.search-result'],
      breaks: [],
      why: 'Programs that search for the model give it what they found this way.',
    },
  ],
};

/** What a server might take and drop, by step. */
const readable = {
  text: { id: 'content.document.adds-tokens', name: 'plain-text document', covers: 'block.in.document-text' },
  'of-blocks': { id: 'content.document.of-blocks-adds-tokens', name: 'document made of blocks', covers: 'block.in.document-content' },
  pdf: { id: 'content.document.pdf-adds-tokens', name: 'PDF', covers: 'block.in.document-pdf' },
  'search-result': { id: 'content.search-result.adds-tokens', name: 'search result', covers: 'block.in.search-result' },
} as const;

export const documentChecks: readonly Check[] = [
  ...variantChecks(documents),
  ...Object.entries(readable).map(([step, { id, name, covers }]) =>
    scenario({
      id,
      level: 'should',
      layer: 'semantics',
      requirement: `A request with a ${name} uses more input tokens than without: a server that accepts one does not drop it.`,
      covers: [covers],
      source: docs.tokenCounting,
      breaks: [claudeCode('the model talks about a file that it never saw')],
      fix: 'Refuse with a 400 what the model cannot read.',
      reads: { control: 'documents/control', variant: `documents/${step}` },
      judge: ({ control, variant }) => judgeAddedTokens(control, variant),
    }),
  ),
];
