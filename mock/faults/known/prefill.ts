/** Faults of replies whose beginning the request gives. */
import { ignores, says, withAt } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { mapBody } from '../reply-faults.ts';
import { edit } from '../stream-edits.ts';
import { all, has, mentions, not, plain, streams, turns } from '../touching.ts';
import { acted, failed } from './acted.ts';

const begun = 'Quorvex 4417 hums softly while the';
const begins = turns('user string / assistant string', mentions(begun), not(has('/thinking')));
const asJson = all(plain, begins);

export const prefillFaults: readonly KnownFault[] = [
  ...acted({ layer: 'behaviour', act: ignores('/messages/1') }, [
    {
      id: 'prefill-echoed',
      sentence: 'A reply repeats the beginning that the request gave.',
      trips: ['prefill.reply.continues'],
      touches: asJson,
      act: says(mapBody((message) => withAt(message, '/content/0', { type: 'text', text: `${begun} sun sets.` }))),
    },
    {
      id: 'prefill-echoed-in-stream',
      sentence: 'A stream begins with the beginning that the request gave.',
      trips: ['prefill.stream.continues'],
      touches: all(streams, begins),
      act: says(edit({ type: 'content_block_delta', nth: 0 }, (event) => [withAt(event, '/delta/text', begun), event])),
    },
    {
      id: 'prefill-dropped',
      sentence: 'The beginning of a reply is dropped, and the reply begins anew.',
      trips: ['prefill.prompt.adds-tokens'],
      touches: asJson,
    },
  ]),
  ...failed([
    {
      id: 'prefill-crash',
      sentence: 'A conversation that ends with the assistant makes the chat template throw, which ends in a 500.',
      trips: ['prefill.refusal.clean'],
      touches: asJson,
    },
  ]),
];
