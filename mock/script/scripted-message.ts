/** A scripted answer: plain immutable data with methods that return a longer one. One timeline for content, pace and faults. */
import { type ErrorType, type StopReason, type Usage } from '../../spec/index.ts';
import { checkPace, type Pace } from '../physics/pace.ts';
import { signatureOf } from '../signature.ts';
import { blockPart, type ScriptedBlock } from './block-part.ts';
import { checkHeader } from './check-header.ts';
import { deltasOf, textOf } from './deltas.ts';
import { isBreak, type Part } from './part.ts';
import { checkErrorType } from './refusal.ts';
import { kindOf, MockScriptError, requireKeys, requireNumber, requireText } from './script-error.ts';
import { requireJson } from './require-json.ts';
import { checkStop, type Stop, type StopOptions } from './stop.ts';
import { toolPart, type ToolOptions } from './tool-part.ts';

export interface ThinkOptions {
  /** Default: one that depends on the text. */
  readonly signature?: string;
}

interface MessageData {
  readonly parts: readonly Part[];
  readonly usage: Partial<Usage>;
  readonly stopped: Stop | undefined;
  readonly paced: Pace | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

// A record, so that a field that is added to the protocol is missed here by the compiler.
const usageFields: Readonly<Record<keyof Usage, true>> = {
  input_tokens: true,
  output_tokens: true,
  cache_creation_input_tokens: true,
  cache_read_input_tokens: true,
  cache_creation: true,
  server_tool_use: true,
  service_tier: true,
  inference_geo: true,
  speed: true,
  output_tokens_details: true,
  fallback_credit: true,
  iterations: true,
};

const empty: MessageData = { parts: [], usage: {}, stopped: undefined, paced: undefined, headers: [] };

/**
 * A reply of status 200. Begin one with `say`, `think`, `useTool` or `stream`.
 * Every method throws a `MockScriptError` for what no server could send.
 */
export class ScriptedMessage {
  readonly kind = 'message';
  readonly data: MessageData;

  constructor(data: MessageData = empty) {
    this.data = data;
  }

  /** Adds text, which continues the text block before it. An array gives the deltas, a string is streamed token by token. */
  text(text: string | readonly string[]): ScriptedMessage {
    return this.#add({ type: 'text', deltas: deltasOf('text()', text), opens: false, citations: [] });
  }

  /** The same as `text`. */
  say(text: string | readonly string[]): ScriptedMessage {
    return this.text(text);
  }

  /** A thinking block, signed. */
  think(text: string | readonly string[], options: ThinkOptions = {}): ScriptedMessage {
    requireKeys('think()', options, { signature: true });
    const { signature } = options;
    if (signature !== undefined) requireText('think().signature', signature);
    const deltas = deltasOf('think()', text);
    return this.#add({ type: 'thinking', deltas, signature: signature ?? signatureOf(textOf(deltas)) });
  }

  /** A redacted thinking block. */
  redacted(data: string): ScriptedMessage {
    requireText('redacted()', data);
    return this.#add({ type: 'whole', block: { type: 'redacted_thinking', data } });
  }

  /** A call of a client's tool. The reply then stops for `tool_use`. */
  useTool(name: string, input: Readonly<Record<string, unknown>> = {}, options: ToolOptions = {}): ScriptedMessage {
    const block = { type: 'tool_use', id: '', name, input, caller: { type: 'direct' } } as const;
    return this.#add(toolPart('useTool()', block, options));
  }

  /** A block as the API would give it: server tools and their results, cited text, container uploads. It is a block of its own. */
  block(block: ScriptedBlock): ScriptedMessage {
    return this.#add(blockPart(block));
  }

  /** Bytes that are no event: `raw('data: {"type":')`. */
  raw(text: string): ScriptedMessage {
    requireText('raw()', text);
    return this.#add({ type: 'raw', text });
  }

  /** Silence of so many milliseconds. */
  wait(ms: number): ScriptedMessage {
    requireNumber('wait()', ms, 0);
    return this.#add({ type: 'wait', ms });
  }

  /** Ends with an `error` event in mid-stream. Where no stream was asked for, with that error's status. */
  fail(error: ErrorType, message?: string): ScriptedMessage {
    checkErrorType('fail()', error);
    if (message !== undefined && typeof message !== 'string')
      throw new MockScriptError('fail().message', `must be a string, not ${kindOf(message)}.`);
    return this.#add({ type: 'fail', error, message });
  }

  /** Breaks the connection here. */
  reset(): ScriptedMessage {
    return this.#add({ type: 'reset' });
  }

  /** Says nothing more, and keeps the connection open. */
  stall(): ScriptedMessage {
    return this.#add({ type: 'stall' });
  }

  /** Ends in good order here, without the events that should come. */
  truncate(): ScriptedMessage {
    return this.#add({ type: 'truncate' });
  }

  /** Replaces fields of the computed usage. */
  usage(usage: Partial<Usage>): ScriptedMessage {
    requireKeys('usage()', usage, usageFields);
    for (const [field, value] of Object.entries(usage)) {
      const isCount = typeof value === 'number' || (field.endsWith('_tokens') && value !== null && value !== undefined);
      if (isCount) requireNumber(`usage().${field}`, value, 0);
      else requireJson(`usage().${field}`, value);
    }
    return this.#with({ usage: { ...this.data.usage, ...usage } });
  }

  /** Default: `tool_use` with a tool call, else `end_turn`. Limits of the request come first. */
  stop(reason: StopReason, options: StopOptions = {}): ScriptedMessage {
    return this.#with({ stopped: checkStop(reason, options) });
  }

  /** Default: the mock's own pace. */
  pace(pace: Pace): ScriptedMessage {
    checkPace('pace()', pace);
    return this.#with({ paced: pace });
  }

  /** An extra response header. */
  header(name: string, value: string): ScriptedMessage {
    checkHeader('header()', name, value);
    return this.#with({ headers: [...this.data.headers, [name, value]] });
  }

  #add(part: Part): ScriptedMessage {
    const last = this.data.parts.at(-1);
    if (last !== undefined && isBreak(last)) throw new MockScriptError(`${part.type}()`, `nothing can come after ${last.type}().`);
    return this.#with({ parts: [...this.data.parts, part] });
  }

  #with(change: Partial<MessageData>): ScriptedMessage {
    return new ScriptedMessage({ ...this.data, ...change });
  }
}
