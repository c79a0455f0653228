/** Bad cache markers around a request with as many as there may be. https://platform.claude.com/docs/en/build-with-claude/prompt-caching */
import { claudeCode, docs } from '../references.ts';
import type { BadInputTable } from './bad-input.ts';
import { hidden } from './reasons.ts';

const marker = { type: 'ephemeral', ttl: '5m' } as const;

export const badCache: BadInputTable = {
  id: 'bad-cache',
  title: 'A request with four cache markers, with one mistake at a time, with and without stream',
  source: docs.caching,
  why: hidden,
  base: (model) => ({
    model,
    max_tokens: 1,
    system: [
      { type: 'text', text: 'Be brief.', cache_control: marker },
      { type: 'text', text: 'Be kind.', cache_control: marker },
    ],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Good morning.', cache_control: marker },
          { type: 'text', text: 'How are you?', cache_control: marker },
          { type: 'text', text: 'Say hello.' },
        ],
      },
    ],
  }),
  rows: [
    {
      row: 'cache-five-markers',
      pointer: '/messages/0/content/2/cache_control',
      value: marker,
      level: 'should',
      requirement: 'More than four cache_control markers are answered 400.',
      covers: ['err.in.cache-control-five'],
      breaks: [claudeCode('sets three or four markers in every request: one that a gateway adds is what breaks it officially')],
    },
    {
      row: 'cache-long-after-short',
      pointer: '/messages/0/content/1/cache_control/ttl',
      value: '1h',
      level: 'may',
      requirement: 'A marker of one hour after one of five minutes is answered 400.',
      covers: ['err.in.cache-control-ttl-order'],
    },
    {
      row: 'cache-type-unknown',
      pointer: '/system/0/cache_control/type',
      value: 'persistent',
      level: 'should',
      requirement: 'A cache_control of another type than ephemeral is answered 400.',
      covers: ['err.in.cache-control-type'],
    },
    {
      row: 'cache-ttl-unknown',
      pointer: '/system/0/cache_control/ttl',
      value: '2h',
      level: 'should',
      requirement: 'A cache_control ttl other than 5m and 1h is answered 400.',
      covers: ['err.in.cache-control-type'],
      why: 'The client believes that its prefix lives on, and pays for it again.',
    },
    {
      row: 'auto-beside-four',
      id: 'cache.marker.auto-beside-four',
      pointer: '/cache_control',
      value: { type: 'ephemeral' },
      level: 'may',
      requirement: 'cache_control at the top level beside four markers is answered 400.',
      covers: ['cache.auto-slot-conflict'],
      why: 'It sets a fifth marker; a client that does so works here and fails against the official service.',
    },
  ],
};
