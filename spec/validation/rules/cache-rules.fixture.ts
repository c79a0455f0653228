/** What the rules of `cache-rules.ts` take, and what they refuse. */
import { type RuleCases, searchResult, tool, user } from './request-parts.fixture.ts';

const marked = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } };
const markedFor = (ttl: string): object => ({ ...marked, cache_control: { type: 'ephemeral', ttl } });

export const cacheCases: RuleCases = {
  'cache-control-five': {
    taken: [{ system: [marked, marked], messages: [user([marked, marked])] }],
    refused: [
      [
        { system: [marked, marked], messages: [user([marked, marked, marked])] },
        'messages.0.content.2.cache_control: must not be there: at most 4 places may be marked',
      ],
      [
        {
          tools: [{ ...tool('a'), cache_control: { type: 'ephemeral' } }],
          messages: [user([searchResult([marked, marked, marked, marked])])],
        },
        'messages.0.content.0.content.3.cache_control: must not be there: at most 4 places may be marked',
      ],
    ],
  },
  'cache-auto-slot-conflict': {
    validity: 'unknown',
    taken: [
      { system: [marked, marked], messages: [user([marked])], cache_control: { type: 'ephemeral' } },
      { system: [marked, marked], messages: [user([marked, marked])], cache_control: null },
    ],
    refused: [
      [
        { system: [marked, marked], messages: [user([marked, marked])], cache_control: { type: 'ephemeral' } },
        'cache_control: must not be combined with 4 markers, which leave it no place',
      ],
    ],
  },
  'cache-control-ttl-order': {
    validity: 'unknown',
    taken: [{ system: [markedFor('1h'), marked], messages: [user([markedFor('5m')])] }, { system: [markedFor('1h'), markedFor('1h')] }],
    refused: [
      [
        { system: [marked], messages: [user([markedFor('1h')])] },
        'messages.0.content.0.cache_control.ttl: must not be "1h" after a marker of 5 minutes (tools, system, messages)',
      ],
      [
        { tools: [{ ...tool('a'), cache_control: { type: 'ephemeral', ttl: '5m' } }], system: [markedFor('1h')] },
        'system.0.cache_control.ttl: must not be "1h" after a marker of 5 minutes (tools, system, messages)',
      ],
    ],
  },
};
