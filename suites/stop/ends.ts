/** The ends that need no limit: the model’s own, and the pause for a server tool. */
import { type Check, check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, notApplicable, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, blocksOf, isAccepted, isList, tokens } from '../reading.ts';

/** Used less than it might have, and has nothing else that could have ended it. */
function endedByItself({ message, request }: Evidence): boolean {
  const used = tokens(at(message, 'usage'), 'output_tokens');
  const limit = tokens(request.json, 'max_tokens');
  return used !== undefined && limit !== undefined && used < limit - 1;
}

/** Ends that no client brings about. */
const others: ReadonlySet<string> = new Set(['refusal', 'model_context_window_exceeded']);

const natural = scenario({
  id: 'stop.end-turn.natural',
  level: 'must',
  layer: 'semantics',
  requirement: 'A reply that the model ended by itself, below the limit, has the stop reason end_turn, with and without stream.',
  covers: ['stop.end-turn'],
  source: docs.stopReasons,
  breaks: [claudeCode('goes on as if the reply had been cut'), sdkTypescript('programs that wait for end_turn wait for ever')],
  fix: 'The engine’s "stop" without a matched stop sequence is end_turn.',
  after: ['usage.shape.valid'],
  reads: { json: 'text/json', stream: 'text/stream' },
  judge: ({ json, stream }) => {
    const ended = [json, stream].filter((reply) => isAccepted(reply) && endedByItself(reply) && !others.has(reply.stopReason ?? ''));
    if (ended.length === 0) return inconclusive('no reply ended below its limit');
    return verdictOf(
      ended
        .filter(({ stopReason }) => stopReason !== 'end_turn')
        .map((of): Deviation => ({ of, pointer: '/stop_reason', expected: '"end_turn"', found: shown(of.stopReason) })),
    );
  },
});

/** Tools that run on the server have a type of their own; those of the client have none, or `custom`, or a client-side one. */
function offersServerTools({ request }: Evidence): boolean {
  const tools = at(request.json, 'tools');
  const servers = at(request.json, 'mcp_servers');
  const serverSide = /^"(web_search|web_fetch|code_execution|tool_search_tool|advisor)/;
  return (isList(servers) && servers.length > 0) || (isList(tools) && tools.some((tool) => serverSide.test(shown(at(tool, 'type')))));
}

const pause = check({
  id: 'stop.pause-turn.server-tools-only',
  level: 'may',
  layer: 'semantics',
  reads: messages,
  probes: ['text', 'counting', 'tool-forced'],
  requirement: 'The stop reason pause_turn comes only where server tools were offered, and never beside a call that waits for the client.',
  covers: ['stop.pause-turn'],
  source: docs.stopReasons,
  breaks: [],
  why: 'The SDK’s tool runner sends the same conversation again at once, for ever.',
  fix: 'An abort or a time limit of the server is an error, not a pause.',
  judge: (evidence) => {
    if (evidence.stopReason !== 'pause_turn') return notApplicable('the turn was not paused');
    const waiting = blocksOf(evidence.message).find(({ type }) => type === 'tool_use');
    const found = '"pause_turn"';
    if (waiting !== undefined) return fail({ pointer: '/stop_reason', expected: '"tool_use"', found });
    const usesServerTools = blocksOf(evidence.message).some(({ type }) => type === 'server_tool_use' || type === 'mcp_tool_use');
    if (usesServerTools || offersServerTools(evidence)) return verdictOf([]);
    return fail({ pointer: '/stop_reason', expected: 'another reason, as no server tool was offered', found });
  },
});

export const endChecks: readonly Check[] = [natural, pause];
