/** Good HTTP/1.1 messages, and what happens to their bytes: flipped, lost, repeated, cut off, with pieces in them that mean something to a parser. */
import type { Random } from '../mock/physics/random.ts';

const pieces: readonly string[] = [
  '\r',
  '\n',
  '\r\n',
  '\r\n\r\n',
  '\0',
  ':',
  ' ',
  '\t',
  ';',
  '\xff',
  '\xef\xbb\xbf',
  '0\r\n\r\n',
  '-1\r\n',
  '5 \r\n',
  'FFFFFFFFFFFFFFFFF\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 200 OK\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: x\r\n\r\n',
  '\x16\x03\x01\0\x02',
  'nonsense',
  '\r\ncontent-length: 4',
  '\r\ncontent-length: -1',
  '\r\ncontent-length: 99999999999999999999',
  '\r\ncontent-length:',
  '\r\nx: \0',
  '\r\n folded',
  '\r\ntransfer-encoding: chunked',
  '\r\ntransfer-encoding: gzip',
  '\r\ntransfer-encoding: chunked, chunked',
  '\r\nx : y',
  '\r\nx: a\rb',
  '\r\nconnection: close',
  '\r\nconnection: upgrade\r\nupgrade: websocket',
  '\r\nkeep-alive: timeout=-5',
  '\r\nexpect: 100-continue',
  '\r\n__proto__: 1',
  '\r\ncontent-encoding: constructor',
  `\r\nx: ${'y'.repeat(20_000)}`,
  '\r\nx: y'.repeat(3000),
  'HTTP/1.1 102 Processing\r\n\r\n'.repeat(500),
];

/** The bytes after none to four such changes. */
export function changedBytes(random: Random, given: Buffer): Buffer {
  let bytes = given;
  const upTo = (limit: number): number => Math.floor(random() * limit);
  for (let changes = upTo(5); changes > 0; changes -= 1) {
    const headLength = bytes.indexOf('\r\n\r\n') + 1;
    const at = upTo(random() < 0.5 ? headLength : bytes.length);
    const lineEnd = Math.max(bytes.indexOf('\r\n', upTo(headLength)), 0);
    const piece = pieces[upTo(pieces.length)] ?? '';
    const place = piece.startsWith('\r\n') && piece.length > 4 ? lineEnd : at;
    bytes =
      [
        () => spliced(bytes, at, 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << upTo(8))])),
        () => spliced(bytes, at, 1 + upTo(20), Buffer.alloc(0)),
        () => spliced(bytes, at, 0, bytes.subarray(at, at + upTo(60))),
        () => bytes.subarray(0, at),
        () => spliced(bytes, place, 0, Buffer.from(piece, 'latin1')),
        () => spliced(bytes, place, 0, Buffer.from(piece, 'latin1')),
        () => Buffer.concat([bytes, Buffer.from(piece, 'latin1')]),
      ][upTo(7)]?.() ?? bytes;
  }
  return bytes;
}

/** The bytes in up to eight parts. */
export function partsOf(random: Random, bytes: Buffer): readonly Buffer[] {
  const cuts = Array.from({ length: Math.floor(random() * 8) }, () => Math.floor(random() * bytes.length)).toSorted((a, b) => a - b);
  return [...cuts, bytes.length].map((end, index) => bytes.subarray(cuts[index - 1] ?? 0, end));
}

export function chunked(text: string, size: number): string {
  const parts = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return `${parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
}

function spliced(bytes: Buffer, at: number, lost: number, added: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + lost)]);
}
