/** How the arguments of tool calls came in a stream: the fragments as they were sent, and what they make together. */
import { isJsonObject } from '../../spec/json.ts';
import { parsed } from './frames.ts';
import type { StreamView } from './stream-view.ts';

export interface StreamedCall {
  readonly name: string;
  readonly index: unknown;
  readonly fragments: readonly string[];
  /** `empty`: no fragment but empty ones, which stands for no arguments. `cut`: the turn was ended before the call was whole. */
  readonly state: 'json' | 'empty' | 'broken' | 'cut';
}

/** Stop reasons of a turn that was not ended by the model: what it wrote last may be half. */
const cutting: ReadonlySet<unknown> = new Set(['max_tokens', 'model_context_window_exceeded', 'refusal', 'pause_turn']);

export function streamedCalls({ events, exchange }: StreamView): readonly StreamedCall[] {
  const calls: { name: string; index: unknown; fragments: string[] }[] = [];
  const open = new Map<unknown, { fragments: string[] }>();
  let isCut = exchange.ended !== 'complete';
  for (const { type, index, blockType, deltaType, frame } of events) {
    if (!isJsonObject(frame.json)) continue;
    const { content_block: block, delta } = frame.json;
    if (type === 'content_block_start' && blockType === 'tool_use' && isJsonObject(block)) {
      const call = { name: typeof block['name'] === 'string' ? block['name'] : '(no name)', index, fragments: [] };
      calls.push(call);
      open.set(index, call);
    }
    if (type === 'message_delta' && isJsonObject(delta)) isCut ||= cutting.has(delta['stop_reason']);
    const piece = deltaType === 'input_json_delta' && isJsonObject(delta) ? delta['partial_json'] : undefined;
    if (typeof piece === 'string') open.get(index)?.fragments.push(piece);
  }
  return calls.map(({ name, index, fragments }, position) => ({
    name,
    index,
    fragments,
    state: stateOf(fragments.join(''), isCut && position === calls.length - 1),
  }));
}

function stateOf(json: string, isCut: boolean): StreamedCall['state'] {
  if (json === '') return 'empty';
  if (isJsonObject(parsed(json))) return 'json';
  return isCut ? 'cut' : 'broken';
}
