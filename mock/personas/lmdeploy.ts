/** LMDeploy: clean streams and envelopes, a models list of its own, and much that is taken and ignored. */
import { isJsonObject } from '../../spec/json.ts';
import { answers, says } from '../faults/acting.ts';
import { mapEntries, mapJson } from '../faults/known/shaping.ts';
import { any, at, counts, messages, type Touch } from '../faults/touching.ts';
import { asIn, type Persona } from './persona.ts';
import { callIds, endCountsOutputOnly, signedWith, stopSequenceUnnamed, thinkingStartBare } from './traits/replies.ts';
import {
  anyThinkingTaken,
  blocksHeard,
  generates,
  noCacheControl,
  onlyKeys,
  overlooks,
  serverToolsRefused,
  warmUpRefused,
} from './traits/requests.ts';
import { bearerOnly, frameworkRoutes, noRequestId, noSingleModel, openAiModels, refusal, versionIgnored } from './traits/routes.ts';

const ownModelsPath = '/anthropic/v1/models';
const ownModels: Touch = ({ method, path }) => method === 'GET' && path === ownModelsPath;
const blockTypes: ReadonlySet<unknown> = new Set(['text', 'image', 'tool_use', 'tool_result', 'tool_reference', 'thinking']);

export const lmdeploy: Persona = {
  id: 'lmdeploy',
  name: 'LMDeploy',
  asOf: '0.16.0, observed autumn 2026',
  links: ['https://github.com/InternLM/lmdeploy/blob/main/docs/en/llm/api_server_anthropic.md'],
  traits: [
    // Thinking and formats are not passed on to the model.
    onlyKeys('tool_choice', 'metadata', 'service_tier'),
    noCacheControl,
    anyThinkingTaken,
    overlooks('/tool_choice/disable_parallel_tool_use'),
    versionIgnored(any(messages, counts)),
    blocksHeard('Blocks of unknown types go into the prompt as JSON.', (block) => {
      if (block['type'] === 'redacted_thinking') return undefined;
      return blockTypes.has(block['type']) ? block : { type: 'text', text: JSON.stringify(block) };
    }),
    asIn('counts-no-tools', counts),
    warmUpRefused,
    serverToolsRefused,
    {
      sentence: 'tool_choice of type none is refused.',
      touches: at('/tool_choice/type', (type) => type === 'none'),
      act: refusal('tool_choice: Input tag "none" does not match any of the expected tags of ToolChoice'),
    },
    {
      sentence: 'A temperature over 2 crashes the server.',
      touches: (asked) => generates(asked) && Number(asked.body?.['temperature'] ?? 0) > 2,
      act: answers(500, 'Internal Server Error', 'text/plain'),
    },
    stopSequenceUnnamed,
    callIds('chatcmpl-tool-', 'chatcmpl-'),
    signedWith('lmdeploy-local'),
    thinkingStartBare,
    endCountsOutputOnly,
    {
      sentence: 'A body carries null for output_ids, output_token_logprobs and routed_experts.',
      touches: messages,
      act: says(
        mapJson((body) =>
          body['type'] === 'message' ? { ...body, output_ids: null, output_token_logprobs: null, routed_experts: null } : body,
        ),
      ),
    },
    {
      sentence: `The models list is at ${ownModelsPath}, whole, with the time of the request as created_at.`,
      touches: ownModels,
      act: () => ({
        hearsTarget: () => ({ url: '/v1/models' }),
        says: mapEntries((entry) => (isJsonObject(entry) ? { ...entry, created_at: 1_790_000_000 } : entry)),
      }),
    },
    // Outside of the list at its own path, which is asked of the mock as the usual one.
    openAiModels,
    noSingleModel,
    frameworkRoutes,
    bearerOnly,
    noRequestId,
  ],
};
