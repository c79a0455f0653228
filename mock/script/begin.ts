/** The words that begin a scripted answer. */
import { ScriptedMessage, type ThinkOptions } from './scripted-message.ts';
import type { ToolOptions } from './tool-part.ts';

/**
 * An answer without content, to be continued.
 * @example mock.once(stream().text('abc').reset());
 */
export function stream(): ScriptedMessage {
  return new ScriptedMessage();
}

/**
 * An answer that begins with a text. A string is streamed token by token, an array delta by delta.
 * @example mock.once(say('Hello'));
 */
export function say(text: string | readonly string[]): ScriptedMessage {
  return stream().say(text);
}

/**
 * An answer that begins with a thinking block.
 * @example mock.once(think('Let me see.').say('Yes.'));
 */
export function think(text: string | readonly string[], options?: ThinkOptions): ScriptedMessage {
  return stream().think(text, options);
}

/**
 * An answer that calls a tool of the client's.
 * @example mock.once(useTool('get_weather', { city: 'Paris' }));
 */
export function useTool(name: string, input?: Readonly<Record<string, unknown>>, options?: ToolOptions): ScriptedMessage {
  return stream().useTool(name, input, options);
}
