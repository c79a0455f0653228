/** Requests with a mistake that are counted all the same, and refused when they are sent. */
import type { KnownFault } from '../fault.ts';
import { at, counts, has } from '../touching.ts';
import { absent, holds, is, isLong, taken } from './errors-taken.ts';

const hello = [{ role: 'user', content: 'Say hello.' }];
const use = { type: 'tool_use', id: 'toolu_01ConformanceA', name: 'set_lamp', input: { state: 'on' } };

export const takenCounts: readonly KnownFault[] = taken(counts, [
  {
    row: 'count-model-missing',
    alsoTrips: ['count-tokens.refusal.model-missing'],
    takes: 'a count without a model',
    pointer: '/model',
    wrong: absent,
    right: 'mock-model',
  },
  {
    row: 'count-messages-missing',
    alsoTrips: ['count-tokens.refusal.messages-missing'],
    takes: 'a count without messages',
    pointer: '/messages',
    wrong: absent,
    right: hello,
  },
  {
    row: 'count-messages-empty',
    alsoTrips: ['count-tokens.refusal.messages-empty'],
    takes: 'a count of no messages',
    pointer: '/messages',
    wrong: is([]),
    right: hello,
  },
  {
    row: 'count-role-unknown',
    takes: 'a count with a role that does not exist',
    pointer: '/messages/0/role',
    wrong: is('function'),
    right: 'user',
  },
  {
    row: 'count-content-number',
    alsoTrips: ['count-tokens.refusal.content-number'],
    takes: 'a count of a number',
    pointer: '/messages/0/content',
    wrong: is(7),
    right: 'Say hello.',
  },
  {
    row: 'count-block-type-unknown',
    takes: 'a count of a block that it does not know',
    pointer: '/messages/0/content/0/type',
    wrong: is('no_such_block'),
    right: 'text',
  },
  { row: 'count-system-number', takes: 'a count with a system prompt that is a number', pointer: '/system', wrong: is(7) },
  { row: 'count-key-unknown', takes: 'a count with an unknown field', pointer: '/no_such_field', wrong: is(1) },
  {
    row: 'count-tool-schema-missing',
    alsoTrips: ['count-tokens.refusal.tool-schema-missing'],
    takes: 'a count of a tool without a schema',
    pointer: '/tools/0/input_schema',
    wrong: absent,
    right: { type: 'object' },
    of: has('/tools/0/description'),
  },
  {
    row: 'count-tool-name-twice',
    takes: 'a count of two tools of one name',
    pointer: '/tools/1/name',
    wrong: is('set_lamp'),
    right: 'pick_fruit',
  },
  {
    row: 'count-tool-result-orphan',
    takes: 'a count of a result without its call',
    pointer: '/messages/1/content/0',
    wrong: is({ type: 'text', text: 'I will.' }),
    right: use,
    of: has('/messages/2/content/0/tool_use_id'),
  },
  {
    row: 'count-document-in-assistant-2026',
    takes: 'a count of a document in a message of the assistant',
    pointer: '/messages/1/content/0',
    wrong: holds('source'),
    right: { type: 'text', text: 'Yes.' },
    of: at('/messages/0/content/0/type', is('document')),
  },
  {
    row: 'count-citations-in-user-2026',
    takes: 'a count of citations on a text of the user',
    pointer: '/messages/0/content/1/citations',
    wrong: isLong(1),
  },
]);
