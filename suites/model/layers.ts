/**
 * What a failure makes unjudgeable above it: faults cascade, reports must not. A check is `after` the gates of every layer
 * below its own; order does not gate schema, because one event can be well-formed in the wrong place.
 */
import type { Layer } from '../../spec/index.ts';

const order: readonly Layer[] = ['transport', 'http', 'sse', 'order', 'schema', 'semantics'];

/** Checks of each layer whose failure leaves nothing to read for the layers above. */
export const gates: Readonly<Record<Layer, readonly string[]>> = {
  transport: ['http.response.complete'],
  http: ['http.json.parses', 'http.stream.is-event-stream'],
  sse: ['stream.framing.data-is-json', 'stream.framing.has-events'],
  order: [
    'stream.order.message-start-first',
    'stream.order.index-contiguous',
    'stream.order.delta-matches-block',
    'stream.order.ends-with-message-stop',
  ],
  schema: ['messages.content.blocks-valid'],
  semantics: [],
};

/** The gates that a check of `layer` stands behind. */
export function gatesBelow(layer: Layer): readonly string[] {
  const below = order.slice(0, order.indexOf(layer));
  return below.filter((lower) => !(layer === 'schema' && lower === 'order')).flatMap((lower) => gates[lower]);
}
