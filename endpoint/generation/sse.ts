/** The bytes of one stream event: named, one line of JSON, a blank line. https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { StreamEvent } from '../../spec/index.ts';
import type { Frame } from '../reply.ts';

export function eventFrame(event: StreamEvent): Frame {
  return { text: `event: ${event.type}\ndata: ${dataOf(event)}\n\n` };
}

/** A text delta is nearly every event of a stream: written out, it costs a third of what JSON.stringify takes for the whole object. */
function dataOf(event: StreamEvent): string {
  if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') return JSON.stringify(event);
  const { index, delta } = event;
  return `{"type":"content_block_delta","index":${index},"delta":{"type":"text_delta","text":${JSON.stringify(delta.text)}}}`;
}
