// The same generations through the server's backend and by node-llama-cpp's `evaluate` called directly, in turns and in one process, so that
// whatever slows the machine down slows both. Plain JavaScript because it loads what is published.
import { createLlamaBackend } from '../../dist/reference-server/backend.js';
import { loadModel } from '../../dist/reference-server/model.js';
import { planReply } from '../../dist/reference-server/prompt/reply-plan.js';

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Tokens a second of one generation after the first, which has the prompt read. */
async function throughBackend(backend, request) {
  let began;
  let tokens = 0;
  for await (const event of backend.generate(request, new AbortController().signal)) {
    if (event.type === 'text') began ??= performance.now();
    if (event.type === 'stop') tokens = event.outputTokens;
  }
  return { tokens, perSecond: ((tokens - 1) * 1000) / (performance.now() - began) };
}

async function directly({ llama }, sequence, prompt, most) {
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
  let began;
  let tokens = 0;
  for await (const token of sequence.evaluate(prompt.slice(sequence.nextTokenIndex), { temperature: 0, yieldEogToken: true })) {
    if (llama.isEogToken(token)) break;
    tokens += 1;
    began ??= performance.now();
    if (tokens === most) break;
  }
  return { tokens, perSecond: ((tokens - 1) * 1000) / (performance.now() - began) };
}

process.on('message', async ({ request, rounds }) => {
  const backend = await createLlamaBackend({ sequences: 1 });
  const model = await loadModel({ sequences: 1 });
  const sequence = model.context.getSequence();
  const prompt = planReply(model, request).tokens;
  const ours = [];
  const direct = [];
  const ratios = [];
  let tokens = 0;
  for (let round = -2; round < rounds; round += 1) {
    const through = await throughBackend(backend, request);
    const alone = await directly(model, sequence, prompt, request.max_tokens);
    if (through.tokens !== alone.tokens) throw new Error(`not the same work: ${through.tokens} and ${alone.tokens} tokens`);
    // The first ones compile the code.
    if (round < 0) continue;
    tokens = alone.tokens;
    ours.push(through.perSecond);
    direct.push(alone.perSecond);
    ratios.push(through.perSecond / alone.perSecond);
  }
  await backend[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
  process.send({ tokens, ours: median(ours), direct: median(direct), ratio: median(ratios) });
});
process.on('disconnect', () => process.exit());
