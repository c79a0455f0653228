/** Requests that come close to a mistake, or need an optional part, and are refused or crash the server; and a prompt that is cut. */
import { crashes, refuses, says } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { mapBody } from '../reply-faults.ts';
import { all, at, messages } from '../touching.ts';
import { is, isLong } from './errors-taken.ts';

export const validFaults: readonly KnownFault[] = [
  fault({
    id: 'refuses-blank-beside-text',
    sentence: 'A block of whitespace is refused even beside a text.',
    layer: 'behaviour',
    trips: ['errors.near-miss.blank-beside-text'],
    touches: all(messages, at('/messages/0/content/0/text', is('\n'))),
    act: refuses(),
  }),
  fault({
    id: 'refuses-long-user-id',
    sentence: 'A user id of 512 characters is refused.',
    layer: 'behaviour',
    trips: ['errors.near-miss.longest-user-id'],
    touches: all(
      messages,
      at('/metadata/user_id', (id) => isLong(512)(id) && !isLong(513)(id)),
    ),
    act: refuses(),
  }),
  fault({
    id: 'crash-on-prefill',
    sentence: 'A final message of the assistant crashes the server.',
    layer: 'status',
    trips: ['errors.in.prefill-unsupported'],
    touches: all(messages, at('/messages/-/content/0/text', is('Well,'))),
    mayTrip: { 'http.json.parses': 'The page is plain text.' },
    act: crashes,
  }),
  fault({
    id: 'crash-on-system-role',
    sentence: 'A system message after that of a user crashes the template.',
    layer: 'status',
    imitates: ['ollama#17774', 'llama.cpp#27107', 'vllm#48874'],
    trips: ['errors.in.system-role-unsupported'],
    touches: all(messages, at('/messages/-', is({ role: 'system', content: 'Be brief.' })), at('/messages/0/content', is('Good morning.'))),
    mayTrip: { 'http.json.parses': 'The page is plain text.' },
    act: crashes,
  }),
  fault({
    id: 'cuts-long-prompt',
    sentence: 'A prompt beyond the window that the models list tells is taken, and cut without a word.',
    layer: 'behaviour',
    trips: ['errors.in.prompt-too-long'],
    mayTrip: { 'models.retrieve.same-as-listed': 'Only the model alone tells the smaller window.' },
    touches: ({ path }) => path === '/v1/models/mock-model',
    act: says(mapBody((entry) => ({ ...entry, max_input_tokens: 4096 }))),
  }),
];
