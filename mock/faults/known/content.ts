/** Faults of the blocks of user messages, and of tool loops. Blocks of earlier replies: `content-replies.ts`. */
import { hears, ignores, withAt } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { all, at, counts, has, mentions, not, type Touch, turns, valueAt } from '../touching.ts';
import { acted, failed, refused } from './acted.ts';
import { replyFaults } from './content-replies.ts';
import { isLong, is } from './errors-taken.ts';

const data = '/messages/0/content/0/source/data';
const block = '/messages/0/content/0';
const alone: Touch = not(has('/system'));
const isLarge = at(data, isLong(1000));
const isWide = mentions('iVBORw0KGgoAAAANSUhEUgAAH0E');
const isPicture = at('/messages/0/content/0/source/type', is('base64'));
const picture = turns('user image text', alone, isPicture, not(isLarge), not(isWide), not(has(`${block}/transformations`)));
const commented = turns('user image text', isLarge);
const document = (type: string): Touch =>
  turns('user document text', alone, not(has('/output_config')), at(`${block}/source/type`, is(type)));
const plainDocument = all(document('text'), not(has(`${block}/title`)));
const ofBlocks = document('content');
const pdf = document('base64');
const searchResult = turns('user search_result text');
const called = 'user string / assistant tool_use / user tool_result';
const call = '/messages/1/content/0';

const failing = failed([
  {
    id: 'image-crash',
    sentence: 'The bare base64 of an image is taken for a URL, which ends in a 500.',
    imitates: ['vllm#35557', 'vllm-ascend#6938'],
    trips: ['content.image.base64'],
    touches: picture,
  },
  {
    id: 'image-url-crash',
    sentence: 'An image by URL that cannot be fetched ends in a 500.',
    trips: ['content.image.by-url'],
    touches: turns('user image text', at(`${block}/source/type`, is('url')), mentions('.invalid')),
  },
  {
    id: 'image-wide-crash',
    sentence: 'A very wide image ends in a 500.',
    trips: ['content.image.too-wide'],
    touches: turns('user image text', isWide),
  },
  {
    id: 'image-oversized-crash',
    sentence: 'The wish that oversized images be refused ends in a 500.',
    trips: ['content.image.oversized-error'],
    touches: has(`${block}/transformations`),
  },
  {
    id: 'document-crash',
    sentence: 'A plain-text document ends in a 500.',
    imitates: ['sglang#31179'],
    trips: ['content.document.text'],
    touches: plainDocument,
  },
  {
    id: 'document-blocks-crash',
    sentence: 'A document made of blocks ends in a 500.',
    trips: ['content.document.of-blocks'],
    touches: ofBlocks,
  },
  { id: 'pdf-crash', sentence: 'A PDF ends in a 500.', imitates: ['sglang#31179'], trips: ['content.document.pdf'], touches: pdf },
  {
    id: 'search-result-crash',
    sentence: 'A search result ends in a 500.',
    trips: ['content.search-result.handled'],
    touches: searchResult,
  },
]);

const refusing = refused([
  {
    id: 'image-last-refused',
    sentence: 'An image after the text is refused.',
    trips: ['content.image.after-text'],
    touches: turns('user text image'),
  },
  {
    id: 'image-comment-refused',
    sentence: 'An image whose file holds a comment is refused.',
    trips: ['content.image.with-large-file'],
    touches: commented,
  },
  {
    id: 'document-title-refused',
    sentence: 'The title of a document is an unknown field.',
    trips: ['content.document.described'],
    touches: turns('user document text', has(`${block}/title`), alone),
  },
  {
    id: 'tool-caller-refused',
    sentence: 'The caller of a call is an unknown field.',
    trips: ['content.tool-use.caller'],
    touches: turns(called, mentions('toolu_01Conformance'), has(`${call}/caller`)),
  },
  {
    id: 'tool-use-marker-refused',
    sentence: 'cache_control on a call is refused.',
    trips: ['content.tool-use.cache-control'],
    touches: turns(called, has(`${call}/cache_control`)),
  },
]);

const dropping = acted({ layer: 'behaviour', act: ignores(block) }, [
  {
    id: 'image-dropped',
    sentence: 'Images are dropped without a word.',
    trips: ['content.image.adds-tokens'],
    touches: turns('user image text', alone, isPicture),
  },
  {
    id: 'document-dropped',
    sentence: 'Plain-text documents are dropped without a word.',
    trips: ['content.document.adds-tokens'],
    touches: plainDocument,
  },
  {
    id: 'document-blocks-dropped',
    sentence: 'Documents made of blocks are dropped without a word.',
    trips: ['content.document.of-blocks-adds-tokens'],
    touches: ofBlocks,
  },
  { id: 'pdf-dropped', sentence: 'PDFs are dropped without a word.', trips: ['content.document.pdf-adds-tokens'], touches: pdf },
  {
    id: 'search-result-dropped',
    sentence: 'Search results are dropped without a word.',
    trips: ['content.search-result.adds-tokens'],
    touches: searchResult,
  },
]);

/** Two blocks in either order, which are counted. */
const order: Touch = all(counts, mentions('under the blue stone.\\n'));

const misread: readonly KnownFault[] = [
  fault({
    id: 'image-read-as-text',
    sentence: 'The base64 of an image is read as text.',
    layer: 'behaviour',
    imitates: ['sglang#31179'],
    trips: ['content.image.not-read-as-text'],
    touches: turns('user image text', isPicture, alone),
    act: hears((request) => withAt(request, block, { type: 'text', text: valueAt(request, data) })),
  }),
  fault({
    id: 'second-block-dropped',
    sentence: 'Of several text blocks only the first is counted.',
    layer: 'behaviour',
    trips: ['content.blocks.none-dropped'],
    touches: order,
    act: ignores('/messages/0/content/1'),
  }),
];

export const contentFaults: readonly KnownFault[] = [...failing, ...refusing, ...dropping, ...misread, ...replyFaults];
