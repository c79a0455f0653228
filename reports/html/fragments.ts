/** How the arguments of tool calls came in a stream: the fragments as they were sent, and what they make together. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { parsed, type ShownFrame } from './frames.ts';
import type { ExchangeView } from './run-view.ts';
import type { StreamView } from './stream-view.ts';

export interface StreamedCall {
  readonly name: string;
  readonly index: unknown;
  /** The first of them. */
  readonly fragments: readonly string[];
  readonly fragmentsTotal: number;
  /** Their beginning, joined. */
  readonly joined: string;
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
    if (type === 'content_block_start' && blockType === 'tool_use') {
      const name = partOf(frame, 'content_block')?.['name'];
      const call = { name: typeof name === 'string' ? name : '(no name)', index, fragments: [] };
      calls.push(call);
      open.set(index, call);
    }
    if (type === 'message_delta') isCut ||= cutting.has(partOf(frame, 'delta')?.['stop_reason']);
    const piece = deltaType === 'input_json_delta' ? partOf(frame, 'delta')?.['partial_json'] : undefined;
    if (typeof piece === 'string') open.get(index)?.fragments.push(piece);
  }
  return calls.map(({ name, index, fragments }, position) => {
    const joined = fragments.join('');
    return {
      name,
      index,
      fragments: fragments.slice(0, most.fragments).map(short),
      fragmentsTotal: fragments.length,
      joined: short(joined),
      state: stateOf(joined, isCut && position === calls.length - 1),
    };
  });
}

function partOf({ json }: ShownFrame, name: 'content_block' | 'delta'): JsonObject | undefined {
  const part = isJsonObject(json) ? json[name] : undefined;
  return isJsonObject(part) ? part : undefined;
}

/** A copy: what `slice` gives holds on to all of its text. */
function short(text: string): string {
  return text.length <= most.characters ? text : Buffer.from(text.slice(0, most.characters), 'utf16le').toString('utf16le');
}

/** What the page shows of the fragments: all calls of a run stand in memory at once. */
const most = { fragments: 40, characters: 1300 } as const;

/** Whether an answer has a tool call, streamed or not. */
export function hasCall({ streamFacts, exchange }: Pick<ExchangeView, 'streamFacts' | 'exchange'>): boolean {
  if (streamFacts !== undefined) return streamFacts.calls.length > 0;
  const body = exchange.response?.body;
  const message = body?.kind === 'text' ? parsed(body.text) : undefined;
  const content = isJsonObject(message) ? message['content'] : undefined;
  return Array.isArray(content) && content.some((block) => isJsonObject(block) && block['type'] === 'tool_use');
}

function stateOf(json: string, isCut: boolean): StreamedCall['state'] {
  if (json === '') return 'empty';
  if (isJsonObject(parsed(json))) return 'json';
  return isCut ? 'cut' : 'broken';
}
