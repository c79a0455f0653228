/** Asks an engine through the whole endpoint, as a client would. */
import { createEndpoint } from '../../endpoint/index.ts';
import { body, post, read, readEvents } from '../../endpoint/scripted.fixture.ts';
import type { JsonObject } from '../../spec/json.ts';
import { createUpstreamBackend, type UpstreamBackendOptions } from './backend.ts';

export interface Talk extends AsyncDisposable {
  /** Status and body of a plain answer. */
  create(changes?: JsonObject): Promise<{ readonly status: number; readonly body: unknown }>;
  /** The events of a stream. */
  stream(changes?: JsonObject): Promise<readonly JsonObject[]>;
  count(changes?: JsonObject): Promise<unknown>;
}

export async function talkTo(options: UpstreamBackendOptions): Promise<Talk> {
  const backend = await createUpstreamBackend(options);
  const endpoint = createEndpoint(backend, { onError: (error) => console.error(error) });
  const base = { ...body, model: 'm', max_tokens: 50 };
  return {
    create: async (changes = {}) => read(await endpoint.handle(post({ ...base, ...changes }))),
    stream: async (changes = {}) => readEvents(await endpoint.handle(post({ ...base, stream: true, ...changes }))),
    async count(changes = {}) {
      const { max_tokens: _limit, ...request } = base;
      return read(await endpoint.handle(post({ ...request, ...changes }, { url: '/v1/messages/count_tokens' })));
    },
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  };
}

/** A stream in short: what each event says, pings left out. */
export function told(events: readonly JsonObject[]): readonly string[] {
  return events.flatMap((event) => {
    const text = tell(event);
    return text === undefined ? [] : [text];
  });
}

function tell(event: JsonObject): string | undefined {
  const at = (...path: readonly string[]): unknown => path.reduce<unknown>((value, key) => (value as JsonObject | undefined)?.[key], event);
  switch (event['type']) {
    case 'ping':
    case 'message_stop':
      return undefined;
    case 'message_start':
      return `start ${String(at('message', 'usage', 'input_tokens'))}`;
    case 'content_block_start':
      return `+${String(event['index'])} ${String(at('content_block', 'type'))}${at('content_block', 'name') === undefined ? '' : ` ${String(at('content_block', 'name'))}`}`;
    case 'content_block_delta': {
      const value = at('delta', 'text') ?? at('delta', 'thinking') ?? at('delta', 'partial_json');
      if (typeof value !== 'string') return String(at('delta', 'type'));
      return value === '' ? undefined : `"${value}"`;
    }
    case 'content_block_stop':
      return `-${String(event['index'])}`;
    case 'message_delta':
      return `${String(at('delta', 'stop_reason'))}${at('delta', 'stop_sequence') === null ? '' : ` ${String(at('delta', 'stop_sequence'))}`} ${String(at('usage', 'input_tokens'))}/${String(at('usage', 'output_tokens'))}`;
    case 'error':
      return `error ${String(at('error', 'type'))}: ${String(at('error', 'message'))}`;
    default:
      return JSON.stringify(event);
  }
}
