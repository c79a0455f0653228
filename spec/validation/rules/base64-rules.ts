// Rules on inline files: their base64 must be decodable, and be what it is declared to be.
// https://www.rfc-editor.org/rfc/rfc4648#section-4
import { isJsonObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../problem.ts';
import { findInBlocks, type Steps } from './find-block.ts';
import type { RequestRule } from './request-rule.ts';

/** In the order in which they are checked. */
export const base64Rules: readonly RequestRule[] = [
  {
    id: 'base64-invalid',
    requirements: ['err.in.image-bad-base64'],
    find: ({ messages }) => {
      for (const [at, { content }] of messages.entries()) {
        const steps = findInBlocks(content, undecodable);
        if (steps) return { pointer: pointerTo('/messages', at, 'content', ...steps), message: 'must be base64', expected: 'base64' };
      }
      return undefined;
    },
  },
  {
    id: 'image-mismatch',
    requirements: ['err.in.image-mismatch'],
    certainty: 'doubtful',
    find: ({ messages }) => {
      for (const [at, { content }] of messages.entries()) {
        const steps = findInBlocks(content, misdeclared);
        if (!steps) continue;
        const pointer = pointerTo('/messages', at, 'content', ...steps);
        return { pointer, message: 'must be the media type of the image', expected: 'the media type of the bytes' };
      }
      return undefined;
    },
  },
];

/** How files of each kind begin, in base64. */
const beginnings: readonly (readonly [string, string])[] = [
  ['iVBORw0KGg', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['JVBERi0', 'application/pdf'],
];

function misdeclared({ type, source }: JsonObject): Steps | undefined {
  if (type !== 'image' || !isJsonObject(source) || source['type'] !== 'base64') return undefined;
  const { data, media_type: declared } = source;
  const kind = typeof data === 'string' ? beginnings.find(([beginning]) => data.startsWith(beginning)) : undefined;
  return kind && kind[1] !== declared ? ['source', 'media_type'] : undefined;
}

function undecodable({ type, source }: JsonObject): Steps | undefined {
  if ((type !== 'image' && type !== 'document') || !isJsonObject(source) || source['type'] !== 'base64') return undefined;
  const { data } = source;
  return typeof data === 'string' && !isBase64(data) ? ['source', 'data'] : undefined;
}

/** True for what decoders accept: the alphabet, line breaks, padding or none. A loop, since a pattern could exhaust the stack on 10 MB. */
function isBase64(text: string): boolean {
  let digits = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a || code === 0x0d) continue;
    if (code === 0x3d) padding += 1;
    else if (padding > 0 || !isDigit(code)) return false;
    else digits += 1;
  }
  return padding === 0 ? digits % 4 !== 1 : padding <= 2 && (digits + padding) % 4 === 0;
}

function isDigit(code: number): boolean {
  const isUpper = code >= 0x41 && code <= 0x5a;
  const isLower = code >= 0x61 && code <= 0x7a;
  const isNumber = code >= 0x30 && code <= 0x39;
  return isUpper || isLower || isNumber || code === 0x2b || code === 0x2f;
}
