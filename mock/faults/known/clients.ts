/** Faults that Claude Code meets: requests of its shape that a server does not take. */
import { answers } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { all, at, counts, has, mentions, modelsList, plain, streams, type Touch, turns } from '../touching.ts';
import { failed, refused } from './acted.ts';
import { is } from './errors-taken.ts';

const first = turns('user text text / system text', has('/context_management'));
const room = at('/max_tokens', is(64));
const firstStream = all(streams, first, room);
const firstJson = all(plain, first, room);
const begun: Touch = all(first, room);
const both = ['clients.claude-code.first-turn', 'clients.claude-code.first-turn-json'];
const head =
  (path: string): Touch =>
  ({ method, path: asked }) =>
    method === 'HEAD' && asked === path;

const refusing = refused([
  {
    id: 'agent-stream-refused',
    sentence: 'The first request of a coding agent is refused as a stream.',
    trips: ['clients.claude-code.first-turn'],
    touches: firstStream,
  },
  {
    id: 'agent-json-refused',
    sentence: 'The first request of a coding agent is refused without stream.',
    trips: ['clients.claude-code.first-turn-json'],
    touches: firstJson,
  },
  {
    id: 'context-management-refused',
    sentence: 'context_management is refused although its beta is named.',
    imitates: ['claude-code#46105'],
    trips: both,
    touches: begun,
  },
  {
    id: 'adaptive-with-effort-refused',
    sentence: 'Adaptive thinking with a display is refused together with effort.',
    imitates: ['vllm#44048'],
    trips: both,
    touches: all(begun, has('/thinking/display'), has('/output_config/effort')),
  },
  {
    id: 'system-role-refused',
    sentence: 'Requests with a system message among the turns are refused, by name.',
    imitates: ['vllm#44000', 'sglang#28792', 'lmstudio-bug-tracker#2204', 'claude-code#63469', 'claude-code#77698'],
    trips: both,
    touches: all(begun, mentions('"role":"system"')),
  },
  {
    id: 'later-turn-refused',
    sentence: 'A history with thinking that has no signature is refused.',
    imitates: ['claude-code#61412'],
    trips: ['clients.claude-code.later-turn'],
    touches: all(streams, room, has('/messages/6'), has('/context_management')),
  },
  {
    id: 'max-tokens-32000-refused',
    sentence: 'max_tokens above what the context holds is refused.',
    imitates: ['cc-switch#1022', 'vllm#44576'],
    trips: ['clients.claude-code.max-tokens-32000'],
    touches: all(first, at('/max_tokens', is(32_000))),
  },
  {
    id: 'window-small',
    sentence: 'A prompt of 60 kB exceeds the context window.',
    trips: ['clients.claude-code.real-size'],
    touches: all(first, at('/max_tokens', is(1))),
  },
]);

const failing = failed([
  {
    id: 'agent-tools-crash',
    sentence: 'The schemas of an agent’s tools do not compile to a grammar, which ends in a 500.',
    imitates: ['lmstudio-bug-tracker#2220', 'lmstudio-bug-tracker#2236'],
    trips: both,
    touches: all(begun, has('/tools/11')),
  },
  {
    id: 'deferred-tool-crash',
    sentence: 'defer_loading on a tool breaks the chat template, which ends in a 500.',
    imitates: ['vllm#40190', 'claude-code#77928'],
    trips: both,
    touches: all(begun, mentions('"defer_loading":true')),
  },
  {
    id: 'web-search-crash',
    sentence: 'A typed tool without input_schema ends in a 500.',
    imitates: ['sglang#22655', 'new-api#3041'],
    trips: ['clients.claude-code.side-query'],
    touches: all(at('/tools/0/type', is('web_search_20250305')), at('/tools/0/max_uses', is(8)), at('/tool_choice/type', is('auto'))),
  },
  {
    id: 'tool-reference-crash',
    sentence: 'A tool_reference in a result breaks the chat template, which ends in a 500.',
    imitates: ['vllm#40190', 'claude-code#27065', 'claude-code#30912', 'claude-code#77928'],
    trips: ['clients.claude-code.tool-reference'],
    touches: all(mentions('"tool_reference"'), mentions('toolu_01ConformanceFind')),
  },
  {
    id: 'count-many-tools-crash',
    sentence: 'Counting a request with many tools ends in a 500.',
    imitates: ['lmstudio-bug-tracker#2055'],
    trips: ['clients.claude-code.counts-tools'],
    touches: all(counts, has('/tools/20')),
  },
  {
    id: 'count-many-tools-acknowledged',
    sentence: 'A request to count is answered 200, without a count.',
    imitates: ['lmstudio-bug-tracker#2055'],
    trips: ['clients.claude-code.counts-tools', 'errors.status.not-200'],
    touches: all(counts, has('/tools/20')),
    act: answers(200, { error: 'Unexpected endpoint or method. Returning 200 anyway' }),
  },
  {
    id: 'model-discovery-crash',
    sentence: 'A models list of up to 1000 entries ends in a 500.',
    trips: ['clients.claude-code.model-discovery', 'models.page.limit-1000'],
    touches: all(modelsList, ({ query }) => query.get('limit') === '1000'),
  },
  {
    id: 'head-hello-crash',
    sentence: 'HEAD /api/hello ends in a 500.',
    trips: ['clients.claude-code.head-hello'],
    touches: head('/api/hello'),
  },
  { id: 'head-root-crash', sentence: 'HEAD / ends in a 500.', trips: ['clients.claude-code.head-root'], touches: head('/') },
]);

export const clientFaults: readonly KnownFault[] = [...refusing, ...failing];
