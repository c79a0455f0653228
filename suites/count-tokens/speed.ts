/** Counting is not generating: it takes less time. The probe runs alone, so that no queue is measured. */
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import { countTokensRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';

/** Of this probe alone: a prompt that another probe had sent would be cached, and the reply faster than it is. */
const prompt = { messages: [{ role: 'user', content: 'Tell me a story about a lighthouse and its keeper.' }] };

export const countSpeed: Probe = probe({
  id: 'count-speed',
  title: 'The time that a short reply takes, and that counting its prompt takes',
  needs: ['count-tokens'],
  exclusive: true,
  cost: { requests: 2, outputTokens: 16 },
  steps: ['message', 'count'],
  async run({ model, send }) {
    await send('message', messagesRequest({ model, max_tokens: 16, ...prompt }), { fresh: true });
    await send('count', countTokensRequest({ model, ...prompt }), { fresh: true });
  },
});

function millisecondsOf({ exchange: { timing } }: Evidence): number {
  return timing.end - timing.sent;
}

/** What is quicker than this is no generation on any machine that the difference would matter on. */
const quick = 250;

const noGeneration = scenario({
  id: 'count-tokens.time.no-generation',
  level: 'should',
  layer: 'transport',
  requirement: 'Counting the tokens of a prompt takes less time than answering it.',
  covers: ['count.no-generation'],
  source: docs.tokenCounting,
  breaks: [claudeCode('/context asks 25 times at once, and hangs')],
  fix: 'Tokenize the rendered prompt; do not run the model to learn its length.',
  needs: ['count-tokens'],
  reads: { message: 'count-speed/message', count: 'count-speed/count' },
  judge: ({ message, count }) => {
    if (!isAccepted(message) || !isAccepted(count)) return inconclusive('a request was refused');
    const [generated, counted] = [millisecondsOf(message), millisecondsOf(count)];
    if (counted <= quick || counted < generated) return pass;
    const found = `${Math.round(counted)} ms`;
    return fail({ of: count, expected: `less than the ${Math.round(generated)} ms that 16 tokens took`, found });
  },
});

export const speedChecks: readonly Check[] = [noGeneration];
