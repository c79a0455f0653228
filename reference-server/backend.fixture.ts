/**
 * The bundled model behind its backend, and what asks it. A test file that imports this has one backend for all of its tests; those that
 * depend on what was asked before make their own.
 */
import { afterAll, beforeAll } from 'vitest';
import type { Backend, BackendEvent } from '../endpoint/backend.ts';
import type { CustomTool, MessagesRequest } from '../spec/index.ts';
import { createLlamaBackend } from './backend.ts';

export let backend: Backend & AsyncDisposable;
beforeAll(async () => {
  backend = await createLlamaBackend({ seed: 1 });
});
afterAll(() => backend[Symbol.asyncDispose]());

export type Request = Omit<MessagesRequest, 'model' | 'max_tokens'> & { readonly max_tokens?: number };

export interface Answer {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly { readonly name: string; readonly json: string }[];
  readonly kinds: readonly string[];
  readonly prompt: number;
  readonly stop: Extract<BackendEvent, { type: 'stop' }>;
}

/** The whole answer to a request. */
export async function ask(request: Request, from: Backend = backend): Promise<Answer> {
  let text = '';
  let thinking = '';
  let prompt = 0;
  const calls: { name: string; json: string }[] = [];
  const kinds: string[] = [];
  for await (const event of from.generate({ model: 'tiny', max_tokens: 256, ...request }, new AbortController().signal)) {
    if (kinds.at(-1) !== event.type) kinds.push(event.type);
    if (event.type === 'start') prompt = event.prompt.input;
    else if (event.type === 'text') text += event.text;
    else if (event.type === 'thinking') thinking += event.thinking;
    else if (event.type === 'tool-start') calls.push({ name: event.name, json: '' });
    else if (event.type === 'tool-input') calls[calls.length - 1]!.json += event.json;
    else if (event.type === 'stop') return { text, thinking, calls, kinds, prompt, stop: event };
  }
  throw new Error('no stop');
}

/** The events of an answer one by one. */
export function events(
  request: Request,
  signal: AbortSignal,
  from: Backend = backend,
): AsyncIterator<BackendEvent> & AsyncIterable<BackendEvent> {
  const iterator = from.generate({ model: 'tiny', max_tokens: 256, ...request }, signal)[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    return: () => iterator.return?.() ?? Promise.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => iterator,
  };
}

export const user = (content: string): Request['messages'] => [{ role: 'user', content }];

export const weather: CustomTool = {
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  input_schema: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
};
