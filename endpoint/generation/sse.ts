/** The bytes of one stream event: named, one line of JSON, a blank line. https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { StreamEvent } from '../../spec/index.ts';
import type { Frame } from '../reply.ts';

export function eventFrame(event: StreamEvent): Frame {
  return { text: `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n` };
}
