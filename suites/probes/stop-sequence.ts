import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { wholeText } from '../reading.ts';

/** Some of these are in nearly every sentence of nearly every language written in Latin letters. */
const vowels = ['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'];

/** A piece from the middle of a reply, long enough to span several tokens; undefined for a reply that is too short. */
export function pieceOf(reply: string): string | undefined {
  const letters = Array.from(reply);
  if (letters.length < 12) return undefined;
  const middle = Math.floor(letters.length / 2) - 3;
  const piece = letters.slice(middle, middle + 6).join('');
  return piece.trim() === '' ? undefined : piece;
}

export const stopSequence: Probe = probe({
  id: 'stop-sequence',
  title: 'Stop sequences that a reply is bound to meet: vowels, and a piece of the reply that came without them',
  cost: { requests: 5, outputTokens: 5 * 24 },
  steps: ['plain', 'letters-json', 'letters-stream', 'piece-json', 'piece-stream'],
  async run({ model, send }) {
    const story = { model, max_tokens: 24, messages: [{ role: 'user', content: 'Write a long story about a dragon.' }] };
    const letters = { ...story, stop_sequences: vowels };
    const plain = await send('plain', messagesRequest(story));
    await send('letters-json', messagesRequest(letters), { control: 'plain' });
    await send('letters-stream', messagesRequest({ ...letters, stream: true }));
    const piece = pieceOf(wholeText(plain.message));
    if (piece === undefined) return;
    const derived = { ...story, stop_sequences: [piece] };
    await send('piece-json', messagesRequest(derived), { control: 'plain' });
    await send('piece-stream', messagesRequest({ ...derived, stream: true }));
  },
});
