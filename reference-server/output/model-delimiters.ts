/** The delimiters of a loaded model. Asking node-llama-cpp takes a second, since it renders the template many times, so answers are kept by the template's hash. */
import { createHash } from 'node:crypto';
import type { LlamaModel } from 'node-llama-cpp';
import type { Engine } from '../engine.ts';
import { type Delimiters, delimitersFrom } from './delimiters.ts';

/** ChatML with `<think>` and `<tool_call>`: the form of Hermes, Qwen 2.5, Qwen 3 and the bundled model. */
export const hermesDelimiters: Delimiters = {
  thinking: { open: '<think>', close: '</think>', closing: '\n</think>\n\n' },
  call: {
    open: '<tool_call>',
    prefix: '<tool_call>\n{"name": "',
    afterName: '", "arguments": ',
    suffix: '}\n</tool_call>',
    close: '</tool_call>',
  },
};

/** What the wrapper reports for templates that we know. A test compares the bundled model's entry with the wrapper's answer. */
const known = new Map<string, Delimiters>([['3f0edc5744c50037bdbadb3dc580f0f96d5e9017d9275027821d15c72a092ee4', hermesDelimiters]]);

/** SHA-256 of a chat template, in hex, without the white space around it. */
export function templateHash(template: string): string {
  return createHash('sha256').update(template.trim()).digest('hex');
}

/** Delimiters by template hash, from the table or, the first time, from the chat wrapper. */
export function modelDelimiters(engine: Engine, model: LlamaModel, template: string): Delimiters {
  const hash = templateHash(template);
  const found = known.get(hash) ?? askChatWrapper(engine, model);
  known.set(hash, found);
  return found;
}

/** What node-llama-cpp's chat wrapper for this model says. */
export function askChatWrapper(engine: Engine, model: LlamaModel): Delimiters {
  return delimitersFrom(engine.module.resolveChatWrapper(model, { warningLogs: false }).settings);
}
