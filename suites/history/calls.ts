/** Calls of the server's own replies, sent back with their results. https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls */
import { judgeAddedTokens } from '../added-tokens.ts';
import { type Check, scenario } from '../model/check.ts';
import { acceptance } from '../acceptance.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';

const source = docs.toolUse.replace('overview', 'handle-tool-calls');
const opaque = 'Compare ids as they are; map them on both ways where the engine has ids of its own.';

const call = acceptance({
  id: 'history.echo.call-accepted',
  level: 'must',
  layer: 'http',
  requirement: 'A call is accepted back as it came, answered by a result with its id.',
  covers: ['tools.ids.echo-match', 'block.in.echo-response-content', 'tools.loop.continues'],
  source,
  breaks: [claudeCode('no tool can be used'), sdkTypescript('the tool runner fails at its second request')],
  fix: opaque,
  needs: ['tools', 'forced-tool-choice'],
  control: 'tool-forced/offered',
  variant: 'tool-forced/echo',
});

const streamedCall = acceptance({
  id: 'history.echo.streamed-call-accepted',
  level: 'must',
  layer: 'http',
  requirement: 'A call that a stream folds to is accepted back, answered by a result with its id.',
  covers: ['tools.ids.echo-match', 'block.in.echo-response-content', 'stream.equiv.tool-input'],
  source,
  breaks: [claudeCode('no tool can be used')],
  fix: opaque,
  needs: ['tools', 'forced-tool-choice'],
  control: 'tool-forced/offered',
  variant: 'tool-forced/echo-streamed',
});

const parallelCalls = acceptance({
  id: 'history.echo.parallel-calls-accepted',
  level: 'must',
  layer: 'http',
  requirement: 'Several calls are accepted back as they came, with all their results in one message.',
  covers: ['tools.ids.echo-match', 'block.in.echo-response-content', 'tools.result.multiple'],
  source,
  breaks: [claudeCode('parallel calls lock the session'), sdkTypescript('the tool runner fails after parallel calls')],
  needs: ['tools'],
  control: 'tool-parallel/calls',
  variant: 'tool-parallel/echo',
});

const thinkingCall = acceptance({
  id: 'history.echo.thinking-and-call-accepted',
  level: 'should',
  layer: 'http',
  requirement: 'Thinking and the call after it are accepted back unchanged, with the result of the call.',
  covers: ['tools.loop.thinking-echo', 'block.in.thinking-roundtrip'],
  source: docs.thinking,
  breaks: [
    claudeCode('a session with thinking fails after its first tool call'),
    sdkTypescript('the tool runner fails at its second request'),
  ],
  fix: 'Accept the signatures that you send, the empty one included.',
  needs: ['tools', 'thinking'],
  control: 'tool-thinking/call',
  variant: 'tool-thinking/echo',
});

const continued = scenario({
  id: 'history.echo.call-continued',
  level: 'should',
  layer: 'semantics',
  requirement: 'A request with a call and its result uses more input tokens than without: the model goes on from them.',
  covers: ['tools.loop.continues'],
  source,
  breaks: [sdkTypescript('the model makes the same call again, and the tool runner never ends')],
  needs: ['tools', 'forced-tool-choice'],
  reads: { control: 'tool-forced/offered', variant: 'tool-forced/echo' },
  judge: ({ control, variant }) => judgeAddedTokens(control, variant),
});

export const callChecks: readonly Check[] = [call, streamedCall, continued, parallelCalls, thinkingCall];
