/** `/context` and the discovery of models: what Claude Code asks besides messages, some 25 counts at once, answered by the reference server. */
import { startReferenceServer } from '../../reference-server/serve.ts';
import { record } from './recorded.ts';
import { type Scenario, scenarioResult } from './scenario.ts';
import { runTurn } from './session.ts';
import { openSandbox } from './sandbox.ts';

/** Of the parts of its context: system, each tool that is not deferred, groups of others. */
const fewestCounts = 15;

export const contextView: Scenario = {
  id: 'context',
  title: 'the reference server lists its models and counts the parts of the context',
  async run({ binary, outside }) {
    await using server = await startReferenceServer();
    const recorded = await record(server.url, async ({ url }) => {
      using sandbox = openSandbox({}, url, outside, { CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: '1' });
      return [await runTurn(binary, ['/context', '--model', server.model.id], sandbox)];
    });
    const { requests } = recorded;
    const counts = requests.filter(({ path }) => path.startsWith('/v1/messages/count_tokens'));
    const problems = [
      ...(counts.length >= fewestCounts ? [] : [`it asked for ${counts.length} counts, not ${fewestCounts} or more`]),
      ...(requests.some(({ path }) => path.startsWith('/v1/models')) ? [] : ['it did not ask for the models']),
      ...(requests.some(({ kind }) => kind !== 'other') ? ['it asked for a message'] : []),
    ];
    return scenarioResult(contextView, recorded, { problems });
  },
};
