/** An answer as a backend tells it: token by token, cut by `max_tokens` and by stop sequences, with usage that adds up. */
import type { MessagesRequest } from '../spec/index.ts';
import { createStopMatcher, type BackendEvent } from '../endpoint/index.ts';
import type { Answer } from './compose-answer.ts';
import { tokenize } from './estimate-tokens.ts';

type StopEvent = Extract<BackendEvent, { type: 'stop' }>;

/** The events after `start`. Every token counts one, and so does the head of a tool call. */
export function* speak(answer: Answer, { max_tokens: budget, stop_sequences: stops = [] }: MessagesRequest): Generator<BackendEvent> {
  let spent = 0;
  let thinkingTokens: number | undefined;
  const stop = (reason: StopEvent['reason'], stopSequence?: string): StopEvent => ({
    type: 'stop',
    reason,
    outputTokens: spent,
    ...(stopSequence !== undefined && { stopSequence }),
    ...(thinkingTokens !== undefined && { thinkingTokens }),
  });

  /** Says tokens while there is budget; returns whether there was enough. */
  function* within(tokens: readonly string[], toEvent: (token: string) => BackendEvent): Generator<BackendEvent, boolean> {
    for (const token of tokens) {
      if (spent === budget) return false;
      spent += 1;
      yield toEvent(token);
    }
    return true;
  }

  if (answer.thinking !== undefined) {
    const isWhole = yield* within(tokenize(answer.thinking), (thinking) => ({ type: 'thinking', thinking }));
    thinkingTokens = spent;
    yield { type: 'signature', signature: signatureOf(answer.thinking) };
    if (!isWhole) return yield stop('max_tokens');
  }

  const matcher = createStopMatcher(stops);
  for (const token of tokenize(answer.text)) {
    if (spent === budget) {
      yield { type: 'text', text: matcher.flush() };
      return yield stop('max_tokens');
    }
    spent += 1;
    const { text, matched } = matcher.push(token);
    yield { type: 'text', text };
    if (matched !== undefined) return yield stop('stop_sequence', matched);
  }
  yield { type: 'text', text: matcher.flush() };

  for (const { name, input } of answer.calls) {
    if (spent === budget) return yield stop('max_tokens');
    spent += 1;
    yield { type: 'tool-start', name };
    const isWhole = yield* within(tokenize(JSON.stringify(input)), (json) => ({ type: 'tool-input', json }));
    if (!isWhole) return yield stop('max_tokens');
  }
  return yield stop(answer.calls.length > 0 ? 'tool_use' : 'end_turn');
}

/** Signatures are opaque; this one only has to be there and to depend on the thought (FNV-1a). */
function signatureOf(thinking: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < thinking.length; i += 1) hash = Math.imul(hash ^ thinking.charCodeAt(i), 0x01000193);
  return `bW9jay1zaWduYXR1cmUt${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
