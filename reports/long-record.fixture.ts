/** A record as long as it is wanted, written piece by piece: streams of thousands of events, as a slow model makes them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { record, streamExchange } from './record.fixture.ts';

const start = [
  {
    type: 'message_start',
    message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, usage: { input_tokens: 3 } },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
];
const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' word' } };
const end = [
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];
const deltas = 4000;

/** @param bytes about so many. */
export function writeLongRecord(path: string, bytes: number): void {
  const frame = (data: Readonly<Record<string, unknown>>): string => `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`;
  const text = start.map(frame).join('') + frame(delta).repeat(deltas) + end.map(frame).join('');
  const chunks = Array.from({ length: deltas }, (_, index) => ({ offset: index * frame(delta).length, at: 130 + index * 0.51 }));
  const stream = JSON.stringify({
    ...streamExchange,
    id: '@id',
    response: { ...streamExchange.response, body: { kind: 'text', text }, chunks },
  });
  const [before = '', after = ''] = JSON.stringify({ ...record, exchanges: ['@exchanges'] }).split('"@exchanges"');
  const file = openSync(path, 'w');
  writeSync(file, `${before}${JSON.stringify(record.exchanges)}`.slice(0, -1).replace('[[', '['));
  for (let number = 3, written = 0; written < bytes; number += 1, written += stream.length) {
    writeSync(file, `,${stream.replace('@id', `x${number}`)}`);
  }
  writeSync(file, after);
  closeSync(file);
}
