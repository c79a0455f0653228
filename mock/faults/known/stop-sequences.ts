/** Faults of stop sequences: ignored, not named, named wrongly, left in the text. */
import type { Message } from '../../../spec/index.ts';
import { ignores, refuses } from '../acting.ts';
import { putStop } from '../body-edits.ts';
import { fault, type KnownFault } from '../fault.ts';
import { mapBody } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { all, at, plain } from '../touching.ts';
import { countPlain, letters, piecePlain, pieceStream } from './stream-targets.ts';

const unmatched = at('/stop_sequences/0', (value) => typeof value === 'string' && value.startsWith('§zq'));
const sameReply = { 'parity.stop-reason.same': 'The stream of the same reply has another stop reason.' };

const rows: readonly Spoiled[] = [
  {
    id: 'stop-sequence-unnamed',
    sentence: 'A reply that a stop sequence ended does not name it.',
    imitates: ['vllm#45807', 'sglang#33153'],
    trips: ['stop.sequence.named-iff-reason'],
    touches: piecePlain,
    spoils: putStop('stop_sequence'),
  },
  {
    id: 'stop-sequence-as-end-turn',
    sentence: 'A reply that a stop sequence ended has the stop reason end_turn.',
    imitates: ['vllm#45807', 'vllm#48273'],
    trips: ['stop.sequence.reported'],
    touches: letters,
    spoils: putStop('end_turn'),
  },
  {
    id: 'stop-sequence-empty',
    sentence: 'stop_sequence is an empty string where none was met.',
    trips: ['stop.sequence.named-iff-reason', 'stop.sequence.one-of-request'],
    spoils: putStop('max_tokens', ''),
  },
  {
    id: 'abort-as-stop-sequence',
    sentence: 'A reply that the server aborted has the stop reason stop_sequence, without a name.',
    trips: ['stop.sequence.named-iff-reason'],
    mayTrip: sameReply,
    spoils: putStop('stop_sequence'),
  },
  {
    id: 'end-marker-named',
    sentence: 'stop_sequence names the end marker of the model.',
    trips: ['stop.sequence.one-of-request'],
    touches: pieceStream,
    spoils: putStop('stop_sequence', '<|im_end|>'),
  },
  {
    id: 'stop-sequence-in-text',
    sentence: 'The text ends with the stop sequence that ended it.',
    imitates: ['Rapid-MLX#469'],
    trips: ['stop.sequence.excluded'],
    touches: piecePlain,
    spoils: mapBody((message) => ({ ...message, content: [{ type: 'text', text: `${textOf(message)}${message.stop_sequence}` }] })),
  },
  {
    id: 'unmatched-stop-claimed',
    sentence: 'With stop sequences every reply ends with stop_sequence.',
    trips: ['stop.sequence.unmatched'],
    mayTrip: { 'stop.sequence.one-of-request': 'It names one.' },
    touches: all(plain, unmatched),
    spoils: putStop('stop_sequence', '§zq-0417-kx§'),
  },
];

export const stopSequenceFaults: readonly KnownFault[] = [
  ...spoiled({ layer: 'json', touches: countPlain }, rows),
  fault({
    id: 'stop-sequences-ignored',
    sentence: 'Stop sequences are ignored.',
    layer: 'behaviour',
    imitates: ['sglang#33153'],
    trips: ['stop.sequence.honoured'],
    touches: letters,
    act: ignores('/stop_sequences'),
  }),
  fault({
    id: 'four-stop-sequences',
    sentence: 'More than four stop sequences are refused, as by another API.',
    layer: 'behaviour',
    imitates: ['vllm#51997', 'vllm#52088'],
    trips: ['stop.sequence.several-accepted'],
    touches: letters,
    act: refuses(),
  }),
];

function textOf({ content }: Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
