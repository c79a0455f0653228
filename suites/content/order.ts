/** The order of blocks inside a message. https://platform.claude.com/docs/en/api/messages */
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import { countTokensRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted, tokens } from '../reading.ts';
import { docs } from '../references.ts';

/** Neither begins or ends in a way that a tokenizer would join with the other. */
const lines = ['The lamp in the hall is red.\n', 'The key is under the blue stone.\n'] as const;

export const blockOrder: Probe = probe({
  id: 'block-order',
  title: 'Token counts of two blocks in either order, and of one; nothing is generated',
  cost: { requests: 4, outputTokens: 0 },
  steps: ['first', 'forward', 'backward', 'second'],
  async run({ model, send }) {
    const [one, two] = lines;
    const orders = { first: [one], forward: [one, two], backward: [two, one], second: [two] };
    for (const [step, texts] of Object.entries(orders)) {
      const content = texts.map((text) => ({ type: 'text', text }));
      await send(step, countTokensRequest({ model, messages: [{ role: 'user', content }] }));
    }
  },
});

/** Where blocks meet, a tokenizer may need one token more or less. */
const tolerance = 2;

export const orderChecks: readonly Check[] = [
  scenario({
    id: 'content.blocks.none-dropped',
    level: 'should',
    layer: 'semantics',
    requirement: 'Two text blocks count as many tokens in either order, and more than each of them alone.',
    covers: ['block.in.order-preserved'],
    source: docs.tokenCounting,
    breaks: [],
    why: 'A count that depends on the order shows that blocks are moved or lost on their way to the model.',
    needs: ['count-tokens'],
    after: ['count-tokens.shape.valid'],
    reads: {
      first: 'block-order/first',
      second: 'block-order/second',
      forward: 'block-order/forward',
      backward: 'block-order/backward',
    },
    judge: ({ first, second, forward, backward }) => {
      const [one, two, there, back] = [first, second, forward, backward].map((evidence) =>
        isAccepted(evidence) ? tokens(evidence.json, 'input_tokens') : undefined,
      );
      if (one === undefined || two === undefined || there === undefined || back === undefined)
        return inconclusive('a prompt was not counted');
      const most = Math.max(one, two);
      for (const [of, count] of [
        [forward, there],
        [backward, back],
      ] as const) {
        if (count <= most)
          return fail({ of, pointer: '/input_tokens', expected: `more than ${most}, as for one block`, found: String(count) });
      }
      if (Math.abs(there - back) <= tolerance) return pass;
      return fail({ of: backward, pointer: '/input_tokens', expected: `about ${there}, as in the other order`, found: String(back) });
    },
  }),
];
