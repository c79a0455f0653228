/** What is asked of every server: the same two requests, answered by the same text in the same number of events. */

/** Twenty-one deltas of twenty characters, five of the mock's tokens each: with the events around them 26 events, some 3.4 kB. */
export const deltas: readonly string[] = Array.from({ length: 21 }, (_, index) =>
  `delta-${String(index).padStart(2, '0')}-says-this.`.padEnd(20, '.'),
);

/** Where pauses are asked for, the first event is due at `firstMs` and the last delta at `lastMs`. */
export const pace: { readonly firstMs: number; readonly lastMs: number } = { firstMs: 100, lastMs: 580 };

/** The question that is answered with pauses. */
export const slowly = 'Answer slowly, please.';

/** How a server is told what to answer. */
export interface Lines {
  readonly deltas: readonly string[];
  readonly pace: typeof pace;
  readonly slowly: string;
}

export const lines: Lines = { deltas, pace, slowly };

export function requestBody(stream: boolean, question = 'What does a mock say?'): string {
  return JSON.stringify({
    model: 'mock-model',
    max_tokens: 1024,
    stream,
    temperature: 0.5,
    system: [{ type: 'text', text: 'You are a helpful assistant.', cache_control: { type: 'ephemeral' } }],
    messages: [
      { role: 'user', content: 'Hello!' },
      { role: 'assistant', content: [{ type: 'text', text: 'Hello! What can I do for you?' }] },
      { role: 'user', content: question },
    ],
  });
}
