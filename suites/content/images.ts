/** Images in user messages. https://platform.claude.com/docs/en/build-with-claude/vision */
import { judgeAddedTokens, judgeSameTokens } from '../added-tokens.ts';
import type { JsonObject } from '../../spec/json.ts';
import { type Check, scenario } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';
import { saying, variantChecks, type VariantTable } from '../variants.ts';
import { pictures } from './pictures.ts';
import { sayHelloInBlocks } from './say-hello-in-blocks.ts';

const hello = { type: 'text', text: 'Say hello.' } as const;
const png = (data: string, more: JsonObject = {}): JsonObject => ({
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data },
  ...more,
});

export const images: VariantTable = {
  id: 'images',
  title: 'Images as base64, by URL, and too large',
  base: sayHelloInBlocks,
  source: docs.vision,
  rows: [
    {
      id: 'content.image.base64',
      step: 'base64',
      change: saying([png(pictures.red), hello]),
      outcome: 'accepted',
      adds: 'images',
      needs: ['images'],
      level: 'should',
      requirement: 'An image as base64 is accepted, or refused by a model that takes none.',
      covers: ['block.in.image-base64'],
      breaks: [claudeCode('a pasted screenshot ends the session, because it is sent again with every turn')],
      bugs: ['vllm#35557', 'vllm-ascend#6938'],
      fix: 'Make a data URL of media_type and data for an engine that wants one.',
    },
    {
      id: 'content.image.after-text',
      step: 'after-text',
      change: saying([hello, png(pictures.red)]),
      outcome: 'accepted',
      needs: ['images'],
      level: 'may',
      requirement: 'An image may come before or after the text of its message.',
      covers: ['block.in.image-position'],
      breaks: [],
      why: 'Chat frontends attach images at the end.',
    },
    {
      id: 'content.image.with-large-file',
      step: 'with-comment',
      change: saying([png(pictures.redWithComment), hello]),
      outcome: 'accepted',
      needs: ['images'],
      level: 'may',
      requirement: 'An image is accepted whose file holds more than its pixels.',
      covers: ['block.in.image-base64'],
      breaks: [],
      why: 'Cameras and editors write thumbnails and comments into their files.',
    },
    {
      id: 'content.image.by-url',
      step: 'by-url',
      // A name that never resolves: a server that fetches it gets nothing, from nobody.
      change: saying([{ type: 'image', source: { type: 'url', url: 'https://pictures.invalid/red.png' } }, hello]),
      outcome: 'handled',
      level: 'may',
      requirement: 'An image by URL is accepted, or refused in the error envelope; that it cannot be fetched is no server error.',
      covers: ['block.in.image-url'],
      breaks: [claudeCode('repeats a 5xx ten times')],
    },
    {
      id: 'content.image.too-wide',
      step: 'too-wide',
      change: saying([png(pictures.tooWide), hello]),
      outcome: 'handled',
      level: 'may',
      requirement: 'An image with a side of more than 8000 pixels is made smaller, or refused in the error envelope.',
      covers: ['block.in.image-limits'],
      breaks: [claudeCode('repeats a 5xx ten times')],
    },
    {
      id: 'content.image.oversized-error',
      step: 'oversized-error',
      change: saying([png(pictures.wide, { transformations: { oversized_image: 'error' } }), hello]),
      outcome: 'handled',
      level: 'may',
      requirement: 'A request that wants oversized images refused rather than made smaller is accepted, or refused in the error envelope.',
      covers: ['block.in.image-oversized-error'],
      breaks: [],
      why: 'Programs that point at pixels have to know that the model saw the image as it was.',
    },
  ],
};

export const imageChecks: readonly Check[] = [
  ...variantChecks(images),
  scenario({
    id: 'content.image.adds-tokens',
    level: 'should',
    layer: 'semantics',
    requirement: 'A request with an image uses more input tokens than without: a server that accepts an image does not drop it.',
    covers: ['block.in.image-base64'],
    source: docs.vision,
    breaks: [claudeCode('the model talks about a screenshot that it never saw')],
    fix: 'Refuse with a 400 what the model cannot see.',
    needs: ['images'],
    reads: { control: 'images/control', variant: 'images/base64' },
    judge: ({ control, variant }) => judgeAddedTokens(control, variant),
  }),
  scenario({
    id: 'content.image.not-read-as-text',
    level: 'should',
    layer: 'semantics',
    requirement: 'An image uses as many input tokens as its pixels need, however large its file is.',
    covers: ['block.in.image-base64'],
    source: docs.vision,
    breaks: [claudeCode('a screenshot fills the context, and the model reads base64')],
    fix: 'Do not write blocks that the engine does not know into the prompt as JSON.',
    needs: ['images'],
    reads: { control: 'images/base64', variant: 'images/with-comment' },
    judge: ({ control, variant }) => judgeSameTokens(control, variant),
  }),
];
