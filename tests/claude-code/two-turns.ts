/** The reference server with its bundled model: one prompt, and a second one in the same conversation, which must find the first in the cache. */
import { startReferenceServer } from '../../reference-server/serve.ts';
import { record } from './recorded.ts';
import type { RequestRow } from './requests.ts';
import { type Scenario, scenarioResult } from './scenario.ts';
import { runTurn, type Turn } from './session.ts';
import { openSandbox } from './sandbox.ts';

/** What a first request is known to have, in bytes; far from it, this is not the client that the project was built against. */
const firstRequestBytes = { least: 40_000, most: 100_000 };
/** The least part of the second prompt that must come from the cache: system, tools and the first turn are nearly all of it. */
const leastCached = 0.7;

export const twoTurns: Scenario = {
  id: 'reference',
  title: 'the reference server answers a prompt, and a second one from the cached prefix',
  async run({ binary, outside }) {
    await using server = await startReferenceServer();
    const { id: model } = server.model;
    let second = Number.POSITIVE_INFINITY;
    const recorded = await record(server.url, async ({ url, now }): Promise<readonly Turn[]> => {
      using sandbox = openSandbox({ 'notes.txt': 'Nothing.\n' }, url, outside);
      const first = await runTurn(binary, ['Say hello in one short sentence.', '--model', model], sandbox);
      second = now();
      return [first, await runTurn(binary, ['Count to three.', '--continue', '--model', model], sandbox)];
    });
    const [opening] = recorded.requests;
    const later = recorded.requests.find(({ atMs }) => atMs >= second);
    const problems = [...openingProblems(opening), ...cacheProblems(later)];
    const extra = recorded.requests.length - 2;
    const remarks = extra > 0 ? [`${extra} requests more than prompts: the model called tools, or was asked to go on`] : [];
    return scenarioResult(twoTurns, recorded, { problems, remarks });
  },
};

function openingProblems(row: RequestRow | undefined): readonly string[] {
  if (row === undefined) return ['nothing was asked'];
  const { least, most } = firstRequestBytes;
  return row.bytes >= least && row.bytes <= most ? [] : [`the first request has ${row.bytes} bytes, not ${least} to ${most}`];
}

function cacheProblems(row: RequestRow | undefined): readonly string[] {
  if (row === undefined) return ['the second prompt asked nothing'];
  const { cachedTokens = 0, inputTokens = 0 } = row;
  return cachedTokens >= inputTokens * leastCached && cachedTokens > 0
    ? []
    : [`of the ${inputTokens} tokens of the second prompt only ${cachedTokens} came from the cache`];
}
