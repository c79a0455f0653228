/** Bad images around a request with a good one. https://platform.claude.com/docs/en/build-with-claude/vision */
import { type BadInputTable, plainBefore } from './bad-input.ts';
import { dropped, hidden, retried } from './reasons.ts';

/** A red square of 16 by 16 pixels: smaller ones are refused by some encoders. */
const image = {
  type: 'image',
  source: {
    type: 'base64',
    media_type: 'image/png',
    data: 'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mP4z8BAEmIY1TCqYfhqAACQ+f8B8u7oVwAAAABJRU5ErkJggg==',
  },
} as const;

export const badImages: BadInputTable = {
  id: 'bad-images',
  title: 'A request with an image, with one mistake at a time, with and without stream',
  source: 'https://platform.claude.com/docs/en/build-with-claude/vision',
  needs: ['images'],
  before: plainBefore,
  control: { adds: 'images', control: 'plain' },
  why: hidden,
  base: (model) => ({
    model,
    max_tokens: 1,
    messages: [
      { role: 'user', content: [image, { type: 'text', text: 'Which colour is it?' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Red.' }] },
      { role: 'user', content: 'Say hello.' },
    ],
  }),
  rows: [
    {
      row: 'image-media-type',
      pointer: '/messages/0/content/0/source/media_type',
      value: 'image/tiff',
      level: 'should',
      requirement: 'An image of another type than JPEG, PNG, GIF and WebP is answered 400.',
      covers: ['err.in.image-media-type'],
    },
    {
      row: 'image-not-base64',
      pointer: '/messages/0/content/0/source/data',
      value: 'not base64!',
      level: 'should',
      requirement: 'Image data that is not base64 is answered 400.',
      covers: ['err.in.image-bad-base64'],
      breaks: retried,
    },
    {
      row: 'image-data-empty',
      pointer: '/messages/0/content/0/source/data',
      value: '',
      level: 'should',
      requirement: 'An image without data is answered 400.',
      covers: ['err.in.image-bad-base64'],
      breaks: retried,
    },
    {
      row: 'image-mismatch',
      pointer: '/messages/0/content/0/source/media_type',
      value: 'image/jpeg',
      level: 'may',
      requirement: 'An image whose bytes are of another type than it says is answered 400.',
      covers: ['err.in.image-mismatch'],
      why: 'Decoders look at the bytes, so most servers take it; a client that mislabels its images learns of it only officially.',
    },
    {
      row: 'image-source-unknown',
      pointer: '/messages/0/content/0/source/type',
      value: 'clipboard',
      level: 'should',
      requirement: 'An image source of an unknown type is answered 400.',
      covers: ['err.in.content-block-unknown-type'],
      why: dropped,
    },
  ],
};
