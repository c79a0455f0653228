/** Faults of the types of thinking and of its display. Thinking blocks themselves: `messages.ts`, `schema.ts`. */
import type { JsonObject } from '../../../spec/json.ts';
import { assumes, ignores, says, withAt } from '../acting.ts';
import { putBody } from '../body-edits.ts';
import { fault, type KnownFault } from '../fault.ts';
import { onlyWhen } from '../reply-faults.ts';
import { drop } from '../stream-edits.ts';
import { all, any, at, has, mentions, models, not, plain, streams, type Touch, turns } from '../touching.ts';
import { acted, failed, refused } from './acted.ts';
import { is } from './errors-taken.ts';
import { mapEntries } from './shaping.ts';
import { aloneWith, twoPlusTwo } from './stream-targets.ts';

const ofType = (type: string): Touch => at('/thinking/type', is(type));
const loop = turns('user string / assistant tool_use / user tool_result', mentions('toolu_01Modes'));

/** The smallest request with thinking of each type, by rule. */
const types: Readonly<Record<string, Touch>> = {
  adaptive: all(aloneWith('thinking'), at('/max_tokens', is(1)), ofType('adaptive')),
  enabled: all(aloneWith('thinking', 'stream'), at('/max_tokens', is(1025)), at('/thinking/budget_tokens', is(1024)), ofType('enabled')),
  disabled: all(aloneWith('thinking'), ofType('disabled'), not(has('/thinking/display')), not(has('/thinking/budget_tokens'))),
  'between-tools': all(aloneWith('thinking'), ofType('between_tools')),
};

function typeOf(rule: string): string {
  return rule.replace('-', '_');
}

const crashing = failed(
  Object.entries(types).map(([rule, touches]) => ({
    id: `thinking-${rule}-crash`,
    sentence: `thinking of type ${typeOf(rule)} ends in a 500.`,
    trips: [`thinking.${rule}.handled`, `thinking.${rule}.as-stated`],
    touches,
  })),
);

const refusing = refused(
  Object.entries(types).map(([rule, touches]) => ({
    id: `thinking-${rule}-refused`,
    sentence: `thinking of type ${typeOf(rule)} is refused, although the model is said to support it.`,
    trips: [`thinking.${rule}.as-stated`],
    touches,
  })),
);

const loops: readonly KnownFault[] = [
  ...refused([
    {
      id: 'thinking-in-loop-refused',
      sentence: 'Thinking cannot be switched on within a tool loop.',
      trips: ['thinking.loop.switched-on'],
      touches: all(loop, ofType('adaptive')),
    },
  ]),
  ...failed([
    {
      id: 'manual-thinking-in-loop-crash',
      sentence: 'A call without thinking before it ends in a 500 where thinking is on.',
      trips: ['thinking.loop.manual-handled'],
      touches: all(loop, ofType('enabled')),
    },
  ]),
  fault({
    id: 'thinking-off-for-prefill',
    sentence: 'A request with thinking and a begun reply is answered without thinking.',
    layer: 'behaviour',
    trips: ['thinking.prefill.refused'],
    touches: turns('user string / assistant string', ofType('adaptive')),
    act: ignores('/thinking'),
  }),
];

const shown = (display: string): Touch => all(twoPlusTwo, at('/thinking/display', is(display)));

const displays = acted({ layer: 'behaviour', act: assumes({ '/thinking/display': 'summarized' }) }, [
  {
    id: 'display-omitted-ignored',
    sentence: 'Thinking is shown where the request wants it omitted.',
    trips: ['thinking.display.omitted-empty'],
    touches: all(plain, shown('omitted')),
  },
  {
    id: 'display-omitted-ignored-in-stream',
    sentence: 'Thinking is streamed where the request wants it omitted.',
    trips: ['thinking.display.omitted-in-stream'],
    touches: all(streams, shown('omitted')),
  },
  {
    id: 'display-summarized-ignored',
    sentence: 'Thinking is omitted where the request wants to see it.',
    trips: ['thinking.display.summarized-text'],
    touches: all(plain, shown('summarized')),
    act: assumes({ '/thinking/display': 'omitted' }),
  },
  {
    id: 'omitted-thinking-unsigned',
    sentence: 'Omitted thinking has no signature.',
    layer: 'json',
    imitates: ['lmdeploy#4851', 'sglang#29242'],
    trips: ['thinking.display.omitted-empty', 'messages.thinking.signed'],
    touches: all(plain, shown('omitted')),
    act: says(putBody('/content/0/signature', '')),
  },
  {
    id: 'omitted-thinking-unsigned-in-stream',
    sentence: 'Omitted thinking has no signature_delta.',
    layer: 'sse',
    trips: ['thinking.display.omitted-in-stream', 'stream.order.signature-once-and-last', 'messages.thinking.signed'],
    touches: all(streams, shown('omitted')),
    act: says(drop({ type: 'content_block_delta', where: (event) => JSON.stringify(event).includes('"signature_delta"') })),
  },
]);

const understated: KnownFault = fault({
  id: 'thinking-understated',
  sentence: 'A model takes every type of thinking, and is said to support none.',
  layer: 'json',
  trips: Object.keys(types).map((rule) => `thinking.${rule}.as-stated`),
  touches: any(models, ...Object.values(types)),
  act: says(
    onlyWhen(
      ({ method }) => method === 'GET',
      mapEntries((entry) =>
        Object.keys(types).reduce<JsonObject>(
          (value, rule) => Object(withAt(value, `/capabilities/thinking/types/${typeOf(rule)}/supported`, false)),
          entry,
        ),
      ),
    ),
  ),
});

export const thinkingFaults: readonly KnownFault[] = [...crashing, ...refusing, understated, ...loops, ...displays];
