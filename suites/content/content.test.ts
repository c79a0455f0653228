import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { addedTokens, sameTokens } from '../added-tokens.fixture.ts';
import type { Evidence } from '../model/evidence.ts';
import { jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { badInputExamples } from '../errors/bad-input.fixture.ts';
import { refusalsOf } from '../errors/bad-input-tables.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import type { ProbeRequest } from '../model/probe.ts';
import { variantExamples } from '../variants.fixture.ts';
import { documents } from './documents.ts';
import { earlierReplies } from './earlier-replies.ts';
import { images } from './images.ts';
import { checks } from './index.ts';
import { blockOrder } from './order.ts';
import { pdf, pictures } from './pictures.ts';
import { toolLoop } from './tool-loop.ts';

const counted = (tokens: number): Evidence => jsonEvidence({ input_tokens: tokens }, { endpoint: 'count-tokens' });
const counts = (first: number, second: number, forward: number, backward: number) => ({
  first: counted(first),
  second: counted(second),
  forward: counted(forward),
  backward: counted(backward),
});

describeExamples(checks, {
  ...badInputExamples(refusalsOf('content')),
  'content.blocks.none-dropped': {
    passes: { 'equal counts': counts(9, 10, 16, 16), 'a token that joins two blocks': counts(9, 10, 16, 15) },
    fails: {
      'a second block that is dropped': [counts(9, 10, 9, 10), '9'],
      'a first block that is dropped': [counts(9, 10, 16, 10), '10'],
      'an order that matters': [counts(9, 10, 16, 12), '12'],
    },
    open: {
      'a prompt that is not counted': [{ ...counts(9, 10, 16, 16), forward: refusalEvidence(404, {}) }, 'a prompt was not counted'],
    },
  },
  ...variantExamples(images),
  'content.image.adds-tokens': addedTokens,
  'content.image.not-read-as-text': sameTokens,
  ...variantExamples(documents),
  'content.document.adds-tokens': addedTokens,
  'content.document.of-blocks-adds-tokens': addedTokens,
  'content.document.pdf-adds-tokens': addedTokens,
  'content.search-result.adds-tokens': addedTokens,
  ...variantExamples(earlierReplies),
  ...variantExamples(toolLoop),
});

test('the order of blocks is counted, not generated', async () => {
  const sent: [string, ProbeRequest][] = [];
  const send = (step: string, request: ProbeRequest): Promise<Evidence> => {
    sent.push([step, request]);
    return Promise.resolve(counted(9));
  };
  await blockOrder.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send,
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: () => Promise.reject(new Error('it climbs nothing')),
  });
  expect(sent.map(([step]) => step).toSorted()).toEqual(blockOrder.steps.toSorted());
  expect(blockOrder.cost).toEqual({ requests: sent.length, outputTokens: 0 });
  expect(new Set(sent.map(([, { path }]) => path))).toEqual(new Set(['/v1/messages/count_tokens']));
});

/** The chunks of a PNG, and whether the checksum of each is right. https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunksOf(base64: string): readonly { readonly type: string; readonly data: Buffer; readonly isSound: boolean }[] {
  const file = Buffer.from(base64, 'base64');
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1A\n');
  const chunks = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    chunks.push({
      type: body.subarray(0, 4).toString('latin1'),
      data: body.subarray(4),
      isSound: crc32(body) === file.readUInt32BE(at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

describe.each(Object.entries(pictures))('the picture "%s"', (name, data) => {
  const chunks = chunksOf(data);

  test('is a sound PNG', () => {
    expect(chunks.map(({ isSound }) => isSound)).not.toContain(false);
    expect(chunks.map(({ type }) => type)).toEqual(name === 'redWithComment' ? ['IHDR', 'tEXt', 'IDAT', 'IEND'] : ['IHDR', 'IDAT', 'IEND']);
  });

  test('has as many pixels as it says', () => {
    const header = chunks[0]?.data ?? Buffer.alloc(0);
    const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
    const bitsPerPixel = header[9] === 2 ? 24 : 1;
    const pixels = inflateSync(chunks.find(({ type }) => type === 'IDAT')?.data ?? Buffer.alloc(0));
    expect(pixels.length).toBe(height * (1 + Math.ceil((width * bitsPerPixel) / 8)));
  });
});

test('a comment changes the file, not the picture', () => {
  const pixelsOf = (data: string) => chunksOf(data).filter(({ type }) => type !== 'tEXt');
  expect(pixelsOf(pictures.redWithComment)).toEqual(pixelsOf(pictures.red));
  expect(pictures.redWithComment.length).toBeGreaterThan(20 * pictures.red.length);
});

test('the PDF finds its own parts', () => {
  const file = Buffer.from(pdf, 'base64').toString('latin1');
  const table = Number(/startxref\n(\d+)/.exec(file)?.[1]);
  expect(file.slice(table, table + 4)).toBe('xref');
  const offsets = Array.from(file.slice(table).matchAll(/^(\d{10}) 00000 n/gm), ([, offset]) => Number(offset));
  expect(offsets.map((offset) => file.slice(offset, offset + 7))).toEqual(['1 0 obj', '2 0 obj', '3 0 obj', '4 0 obj']);
});
