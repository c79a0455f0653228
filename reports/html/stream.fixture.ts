/** Recorded streams, made of events, for the tests of the page. */
import type { Exchange } from '../../spec/record/index.ts';
import { streamExchange } from '../record.fixture.ts';
import { type StreamView, streamOf } from './stream-view.ts';

type Data = Readonly<Record<string, unknown>>;

const message = { id: 'msg_1', type: 'message', role: 'assistant', content: [], model: 'm', stop_reason: null, usage: { input_tokens: 1 } };

export const messageStart: Data = { type: 'message_start', message };
export const messageStop: Data = { type: 'message_stop' };
export const ended = (reason: string): Data => ({ type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: 3 } });
export const opened = (index: unknown, block: Data): Data => ({ type: 'content_block_start', index, content_block: block });
export const closed = (index: unknown): Data => ({ type: 'content_block_stop', index });
export const said = (index: unknown, text: string): Data => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
export const wrote = (index: unknown, json: string): Data => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'input_json_delta', partial_json: json },
});
export const text: Data = { type: 'text', text: '' };
export const call = (name: string): Data => ({ type: 'tool_use', id: `toolu_${name}`, name, input: {} });

/** An exchange whose events come so many milliseconds after each other; 0 is all at once. The request was sent at 10. */
export function streamed(events: readonly Data[], everyMs = 10, more: Partial<Exchange> = {}): Exchange {
  const frames = events.map((data) => `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`);
  let offset = 0;
  const chunks = frames.flatMap((frame, index) => {
    const chunk = { offset, at: 110 + index * everyMs };
    offset += Buffer.byteLength(frame);
    return everyMs === 0 && index > 0 ? [] : [chunk];
  });
  const response = { ...streamExchange.response!, body: { kind: 'text', text: frames.join('') } as const, chunks };
  return { ...streamExchange, response, timing: { sent: 10, headers: 100, firstByte: 110, end: 110 + events.length * everyMs }, ...more };
}

export function viewOf(events: readonly Data[], everyMs?: number, more?: Partial<Exchange>): StreamView {
  const view = streamOf(streamed(events, everyMs, more), true);
  if (view === undefined) throw new Error('no stream');
  return view;
}
