/** Calls and results of tools that the server ran, wherever they occur. https://platform.claude.com/docs/en/agents-and-tools/tool-use/server-tools */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { asText } from '../../spec/as-text.ts';
import { type Check, check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { at, isCut, isList } from '../reading.ts';
import { docs } from '../references.ts';
import { callsOf } from './calls.ts';

const source = docs.toolUse.replace('overview', 'server-tools');
const shared = { level: 'may', layer: 'semantics', source, breaks: [], reads: messages, probes: ['typed-tools'] } as const;

interface Placed {
  readonly block: JsonObject;
  readonly position: number;
}

function placed({ message }: Evidence, isOurs: (type: string) => boolean): readonly Placed[] {
  const content = at(message, 'content');
  if (!isList(content)) return [];
  return content.flatMap((block, position) =>
    isJsonObject(block) && typeof block['type'] === 'string' && isOurs(block['type']) ? [{ block, position }] : [],
  );
}

const usesOf = (evidence: Evidence): readonly Placed[] => placed(evidence, (type) => type === 'server_tool_use' || type === 'mcp_tool_use');
const resultsOf = (evidence: Evidence): readonly Placed[] => placed(evidence, (type) => /._tool_result$/.test(type));

function openUses(evidence: Evidence): readonly Placed[] {
  const answered = new Set(resultsOf(evidence).map(({ block }) => block['tool_use_id']));
  return usesOf(evidence).filter(({ block }) => !answered.has(block['id']));
}

const paired = check({
  ...shared,
  id: 'tools.server.result-paired',
  requirement: 'In a finished turn every server_tool_use is followed by the one result block that has its id.',
  covers: ['srv.use-result-pairing'],
  why: 'Sent back without its result, the call is refused, and the conversation cannot go on.',
  judge: (evidence) => {
    const [uses, results] = [usesOf(evidence), resultsOf(evidence)];
    if (uses.length + results.length === 0) return notApplicable('no server tool in the reply');
    const waits = isCut(evidence) || evidence.stopReason === 'tool_use';
    const open = waits ? [] : openUses(evidence);
    // A turn that paused goes on with results of calls that are in the request.
    const asked = JSON.stringify(at(evidence.request.json, 'messages') ?? []);
    const strays = results.filter(({ block, position }) => {
      const use = uses.find((one) => one.block['id'] === block['tool_use_id']);
      return use === undefined ? !asked.includes(JSON.stringify(block['tool_use_id'])) : use.position > position;
    });
    return verdictOf([
      ...open.map(({ block, position }) => deviation(position, 'a result block of this id in the same turn', block['id'])),
      ...strays.map(({ block, position }) => deviation(position, 'the id of a server_tool_use before it', block['tool_use_id'])),
    ]);
  },
});

function deviation(position: number, expected: string, found: unknown): Deviation {
  return { pointer: `/content/${position}`, expected, found: shown(found) };
}

const mixed = check({
  ...shared,
  id: 'tools.server.mixed-turn-stops',
  requirement: 'A reply that calls a tool of the client, and one of the server that has no result yet, has the stop reason tool_use.',
  covers: ['srv.mixed-turn'],
  why: 'The server goes on with its own tool once it has the results of the client; with another stop reason nobody sends them.',
  judge: (evidence) => {
    if (callsOf(evidence).length === 0 || openUses(evidence).length === 0) return notApplicable('the reply does not mix open calls');
    if (isCut(evidence)) return notApplicable('the reply was cut');
    if (evidence.stopReason === 'tool_use') return pass;
    return fail({ pointer: '/stop_reason', expected: '"tool_use"', found: shown(evidence.stopReason) });
  },
});

const errorNamed = check({
  ...shared,
  id: 'tools.server.error-coded',
  requirement: 'Where a tool of the server failed, its result block names an error_code.',
  covers: ['srv.error-in-200'],
  why: 'The answer is a 200 all the same, so nothing else tells a program what went wrong.',
  judge: (evidence) => {
    const errors = resultsOf(evidence).filter(({ block }) => asText(at(block, 'content', 'type')).endsWith('error'));
    if (errors.length === 0) return notApplicable('no failed server tool in the reply');
    return verdictOf(
      errors
        .filter(({ block }) => typeof at(block, 'content', 'error_code') !== 'string')
        .map(({ block, position }) => deviation(position, 'a string in content.error_code', at(block, 'content', 'error_code'))),
    );
  },
});

export const serverBlockChecks: readonly Check[] = [paired, mixed, errorNamed];
