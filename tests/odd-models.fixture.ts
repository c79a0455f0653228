/** Conforming servers in front of models that are of little use: whatever such a model does, the server keeps the protocol. */
import type { BackendEvent } from '../endpoint/index.ts';
import { ApiError, type Backend, createStopMatcher } from '../endpoint/index.ts';
import { countPrompt } from '../mock/estimate-tokens.ts';
import { minimalInput } from '../mock/minimal-input.ts';
import type { CountTokensRequest, MessagesRequest, ModelInfo, StopReason } from '../spec/index.ts';

/** What a model says next; each piece is one token. A call is of an offered tool, and the server writes its arguments. */
export type Piece = { readonly text: string } | { readonly thinking: string } | { readonly call: string };

export interface OddModel {
  /** What it says if nobody stops it; may go on for ever. */
  readonly says: (request: MessagesRequest) => Iterable<Piece>;
  /** Whether its server can hold it to a call or a format, `after-thinking` only where its thinking has ended. Default `no`: such requests are refused. */
  readonly isHeld?: 'no' | 'yes' | 'after-thinking';
  /** Whether it can think, and whether it can leave that off. Default `never`. */
  readonly thinks?: 'never' | 'always';
}

const yes = { supported: true };
const no = { supported: false };

/** A server for that model. */
export function oddBackend(model: OddModel): Backend {
  const info = modelInfo(model);
  return {
    models: () => [info],
    countTokens: (request) => {
      refuseWhatItCannot(model, request);
      return countPrompt(request);
    },
    async *generate(request) {
      refuseWhatItCannot(model, request);
      yield { type: 'start', prompt: { input: countPrompt(request) } };
      yield* perform(piecesFor(model, request), request);
    },
  };
}

function modelInfo({ isHeld = 'no', thinks = 'never' }: OddModel): ModelInfo {
  const canThink = thinks === 'always' ? yes : no;
  return {
    type: 'model',
    id: 'odd-model',
    display_name: 'Odd',
    created_at: '2026-01-01T00:00:00Z',
    max_input_tokens: 200_000,
    max_tokens: 128_000,
    capabilities: {
      batch: no,
      citations: no,
      code_execution: no,
      context_management: no,
      effort: { supported: false, low: no, medium: no, high: no, xhigh: no, max: no },
      image_input: no,
      pdf_input: no,
      server_tools: no,
      structured_outputs: isHeld === 'no' ? no : yes,
      thinking: {
        supported: thinks === 'always',
        // A model that cannot think does not, where it may choose.
        types: { adaptive: yes, enabled: canThink, disabled: thinks === 'always' ? no : yes, between_tools: no },
      },
    },
  };
}

/** Honest refusals: 400, and the field. */
function refuseWhatItCannot(
  { isHeld = 'no', thinks = 'never' }: OddModel,
  { thinking, tool_choice: choice, output_config: output, messages, tools = [] }: CountTokensRequest | MessagesRequest,
): void {
  const types = modelInfo({ says: () => [], isHeld, thinks }).capabilities?.thinking?.types;
  if (thinking !== undefined && types?.[thinking.type]?.supported !== true)
    throw refusal(`thinking.type: "${thinking?.type}" is not supported`);
  if (isHeld === 'no' && (choice?.type === 'any' || choice?.type === 'tool')) throw refusal('tool_choice: calls cannot be forced');
  if (isHeld === 'no' && output?.format) throw refusal('output_config.format: not supported');
  if (tools.some(({ type }) => type !== undefined && type !== null && type !== 'custom'))
    throw refusal('tools: only custom tools are supported');
  const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  if (blocks.some(({ type }) => type === 'image' || type === 'document')) throw refusal('messages: only text is supported');
}

function refusal(message: string): ApiError {
  return new ApiError('invalid_request_error', message);
}

/** What it says, or what it is held to say. */
function* piecesFor(model: OddModel, request: MessagesRequest): Generator<Piece> {
  const { tool_choice: choice, tools = [], output_config: output } = request;
  const isForced = choice?.type === 'any' || choice?.type === 'tool';
  const isHeld = isForced || Boolean(output?.format);
  if (!isHeld) {
    yield* model.says(request);
    return;
  }
  if (model.isHeld === 'after-thinking') for (const piece of model.says(request)) if ('thinking' in piece) yield piece;
  if (!isForced) {
    yield* (JSON.stringify(minimalInput(output?.format?.schema)).match(/.{1,8}/gsu) ?? []).map((text) => ({ text }));
    return;
  }
  const names = tools.flatMap((tool) => ('name' in tool ? [tool.name] : []));
  const [call] = choice?.type === 'tool' ? [choice.name] : names;
  if (call !== undefined) yield { call };
}

/** The pieces under the limits of the request, as a server sends them. */
function* perform(pieces: Iterable<Piece>, request: MessagesRequest): Generator<BackendEvent> {
  const { max_tokens: limit, stop_sequences: stops = [], tools = [], tool_choice: choice } = request;
  const matcher = createStopMatcher(stops);
  let outputTokens = 0;
  let calls = 0;
  let thinkingTokens = 0;
  let isThinking = false;
  const stop = (reason: StopReason, stopSequence?: string): BackendEvent => ({
    type: 'stop',
    reason,
    outputTokens,
    thinkingTokens,
    ...(stopSequence === undefined ? {} : { stopSequence }),
  });
  for (const piece of pieces) {
    if (outputTokens >= limit) {
      yield* flushed(matcher.flush());
      yield stop('max_tokens');
      return;
    }
    outputTokens += 1;
    if (isThinking && !('thinking' in piece)) yield { type: 'signature', signature: 'b2Rk' };
    isThinking = 'thinking' in piece;
    if ('thinking' in piece) {
      thinkingTokens += 1;
      yield { type: 'thinking', thinking: piece.thinking };
    } else if ('text' in piece) {
      const { text, matched } = matcher.push(piece.text);
      if (text !== '') yield { type: 'text', text };
      if (matched === undefined) continue;
      yield stop('stop_sequence', matched);
      return;
    } else {
      yield* flushed(matcher.flush());
      const tool = tools.find((one) => 'name' in one && one.name === piece.call);
      calls += 1;
      yield { type: 'tool-start', name: piece.call };
      const input = JSON.stringify(minimalInput(tool !== undefined && 'input_schema' in tool ? tool.input_schema : { type: 'object' }));
      for (const json of input.match(/.{1,8}/gsu) ?? []) yield { type: 'tool-input', json };
      if (choice !== undefined && 'disable_parallel_tool_use' in choice && choice.disable_parallel_tool_use) break;
    }
  }
  if (isThinking) yield { type: 'signature', signature: 'b2Rk' };
  yield* flushed(matcher.flush());
  // A model that says nothing has still written the end.
  outputTokens = Math.max(outputTokens, 1);
  yield stop(calls > 0 ? 'tool_use' : 'end_turn');
}

function* flushed(text: string): Generator<BackendEvent> {
  if (text !== '') yield { type: 'text', text };
}
