/** Turns and content blocks with a mistake, taken. */
import type { KnownFault } from '../fault.ts';
import { at, has, messages } from '../touching.ts';
import { holds, is, isLong, taken } from './errors-taken.ts';

const hello = [{ type: 'text', text: 'Hello.' }];
const image = { type: 'image', source: { type: 'url', url: 'https://example.com/lamp.png' } };

const turns = taken(messages, [
  { row: 'content-string-empty', takes: 'an empty string for content', pointer: '/messages/0/content', wrong: is(''), right: hello },
  { row: 'content-array-empty', takes: 'a user message without blocks', pointer: '/messages/0/content', wrong: is([]), right: hello },
  {
    row: 'text-blank',
    takes: 'a message of whitespace',
    pointer: '/messages/0/content/0/text',
    wrong: is(' \n'),
    right: 'Hello.',
    of: at('/messages/0/content', (content) => Array.isArray(content) && content.length === 1),
  },
  {
    row: 'assistant-content-empty',
    takes: 'an assistant message without blocks',
    pointer: '/messages/1/content',
    wrong: is([]),
    right: hello,
  },
  {
    row: 'assistant-text-empty',
    takes: 'an empty text of the assistant',
    pointer: '/messages/1/content/0/text',
    wrong: is(''),
    right: 'Hello.',
  },
  {
    row: 'prefill-trailing-space',
    takes: 'a prefill that ends in whitespace',
    pointer: '/messages/-/content/0/text',
    wrong: is('Well, '),
    right: 'Well,',
  },
  {
    row: 'system-role-first',
    takes: 'a system message before all others',
    pointer: '/messages/0/role',
    wrong: is('system'),
    right: 'user',
  },
  {
    row: 'system-role-misplaced',
    takes: 'a system message between two of the user',
    pointer: '/messages/1/role',
    wrong: is('system'),
    right: 'assistant',
    of: at('/messages/2/role', is('user')),
  },
  {
    row: 'system-role-image',
    takes: 'an image in a system message',
    pointer: '/messages/-/content/0/type',
    wrong: is('image'),
    rightAt: '/messages/-/content',
    right: 'Be brief.',
    of: at('/messages/-/role', is('system')),
  },
]);

const first = '/messages/0/content/0';

const blocks = taken(messages, [
  {
    row: 'image-media-type',
    takes: 'an image of a type that it cannot read',
    pointer: `${first}/source/media_type`,
    wrong: is('image/tiff'),
    right: 'image/png',
  },
  {
    row: 'image-not-base64',
    takes: 'an image that is not base64',
    pointer: `${first}/source/data`,
    wrong: is('not base64!'),
    rightAt: first,
    right: image,
  },
  { row: 'image-data-empty', takes: 'an image without data', pointer: `${first}/source/data`, wrong: is(''), rightAt: first, right: image },
  {
    row: 'image-mismatch',
    takes: 'an image whose type is not the declared one',
    pointer: `${first}/source/media_type`,
    wrong: is('image/jpeg'),
    right: 'image/png',
  },
  {
    row: 'image-source-unknown',
    takes: 'an image from an unknown source',
    pointer: `${first}/source/type`,
    wrong: is('clipboard'),
    right: 'base64',
    of: at(`${first}/type`, is('image')),
  },
  {
    row: 'document-text-media-type',
    takes: 'a text document of any type',
    pointer: `${first}/source/media_type`,
    wrong: is('text/html'),
    right: 'text/plain',
  },
  {
    row: 'document-binary-media-type',
    takes: 'a document that it cannot read, and drops it',
    pointer: `${first}/source/media_type`,
    wrong: is('application/msword'),
    rightAt: first,
  },
  {
    row: 'document-source-unknown',
    takes: 'a document from an unknown source',
    pointer: `${first}/source/type`,
    wrong: is('clipboard'),
    right: 'text',
    of: at(`${first}/type`, is('document')),
  },
  { row: 'document-title-long', takes: 'a document title of any length', pointer: `${first}/title`, wrong: isLong(501) },
  {
    row: 'search-result-in-assistant',
    takes: 'a search result in a message of the assistant',
    pointer: '/messages/1/content/0/type',
    wrong: is('search_result'),
    rightAt: '/messages/1/content',
    right: hello,
  },
  {
    row: 'document-in-assistant-2026',
    takes: 'a document in a message of the assistant',
    pointer: '/messages/1/content/0/type',
    wrong: is('document'),
    rightAt: '/messages/1/content',
    right: hello,
  },
  { row: 'citations-in-user-2026', takes: 'citations on a text of the user', pointer: '/messages/0/content/1/citations', wrong: isLong(1) },
]);

const marker = '/messages/0/content/2/cache_control';

const caching = taken(messages, [
  {
    row: 'cache-five-markers',
    takes: 'more cache markers than four',
    pointer: marker,
    wrong: holds('type'),
    of: has('/system/1/cache_control'),
  },
  {
    row: 'cache-long-after-short',
    takes: 'a cache marker of an hour after one of five minutes',
    pointer: '/messages/0/content/1/cache_control/ttl',
    wrong: is('1h'),
    right: '5m',
  },
  {
    row: 'cache-type-unknown',
    takes: 'a cache marker of an unknown type',
    pointer: '/system/0/cache_control/type',
    wrong: is('persistent'),
    right: 'ephemeral',
  },
  {
    row: 'cache-ttl-unknown',
    takes: 'a cache marker of any lifetime',
    pointer: '/system/0/cache_control/ttl',
    wrong: is('2h'),
    right: '5m',
  },
]);

export const takenContent: readonly KnownFault[] = [...turns, ...blocks, ...caching];
