/** Parameters that a request may have, and values that leave everything as it is. https://platform.claude.com/docs/en/api/messages */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { sayHello } from '../probes/say-hello.ts';
import { claudeCode, docs } from '../references.ts';
import { adding, type VariantRow, type VariantTable } from '../variants.ts';

/** Clients write out what they do not set. */
function nullRow(rule: string, field: string, change: VariantRow['change'], more: Partial<VariantRow>): VariantRow {
  return {
    id: `messages.nulls.${rule}`,
    step: `null-${rule}`,
    change,
    outcome: 'accepted',
    level: 'should',
    source: docs.sdkMessages,
    requirement: `${field} may be null, which means the same as leaving it out.`,
    covers: ['req.optional-null-tolerated'],
    breaks: [],
    why: 'Its type in the official SDKs allows null, and typed languages write out every field.',
    ...more,
  };
}

/** Fields that may be null, by rule. */
const nullable = {
  'cache-control': 'cache_control',
  container: 'container',
  diagnostics: 'diagnostics',
  'inference-geo': 'inference_geo',
  speed: 'speed',
  'user-id': 'metadata.user_id',
  format: 'output_config.format',
  effort: 'output_config.effort',
} as const;

/** Sets a field, or a field of an object, to null. */
function withNull(field: string): VariantRow['change'] {
  const [outer = field, inner] = field.split('.');
  return (base) => {
    const around = base[outer];
    return { ...base, [outer]: inner === undefined ? null : { ...(isJsonObject(around) ? around : {}), [inner]: null } };
  };
}

/** Sampling exists in this version only, whichever the run asks for. */
function samplingRow(rule: string, fields: JsonObject, name: string): VariantRow {
  return {
    id: `messages.sampling.${rule}`,
    step: rule,
    change: adding(fields),
    headers: { 'anthropic-version': '2023-06-01' },
    outcome: 'handled',
    level: 'should',
    requirement: `Under version 2023-06-01 ${name} is accepted, or refused in the error envelope by a model that takes none.`,
    covers: ['req.sampling.2023'],
    breaks: [],
    why: 'Most programs set one, and a sampler that fails on a limit of its range is a 500 for them.',
  };
}

export const optionalParameters: VariantTable = {
  id: 'optional-parameters',
  title: 'Optional parameters: empty, null, at the ends of their range, and of features that a server may lack',
  base: sayHello,
  source: docs.messages,
  rows: [
    {
      id: 'messages.parameters.metadata-empty',
      step: 'metadata-empty',
      change: adding({ metadata: {} }),
      outcome: 'accepted',
      level: 'should',
      requirement: 'metadata without fields is accepted.',
      covers: ['req.metadata.empty'],
      breaks: [],
      why: 'Programs build it and do not mind whether it is empty.',
    },
    {
      id: 'messages.parameters.output-config-empty',
      step: 'output-config-empty',
      change: adding({ output_config: {} }),
      outcome: 'accepted',
      level: 'should',
      requirement: 'output_config without fields is accepted.',
      covers: ['req.output-config.empty'],
      breaks: [claudeCode('no request works where the parameter is unknown')],
    },
    {
      id: 'messages.parameters.effort',
      step: 'effort',
      change: adding({ output_config: { effort: 'high' } }),
      outcome: 'handled',
      level: 'may',
      source: docs.effort,
      requirement: 'output_config with an effort is accepted, or refused in the error envelope.',
      covers: ['req.output-config.effort'],
      breaks: [claudeCode('sends it with every request, and repeats a 5xx ten times')],
      fix: 'Ignore the effort where the model has no such setting.',
    },
    {
      id: 'messages.parameters.service-tier-standard',
      step: 'service-tier-standard',
      change: adding({ service_tier: 'standard_only' }),
      outcome: 'accepted',
      together: true,
      level: 'must',
      requirement: 'service_tier standard_only is accepted.',
      covers: ['req.service-tier.auto'],
      breaks: [],
      why: 'A server with one tier has only the standard one.',
    },
    {
      id: 'messages.parameters.inference-geo',
      step: 'inference-geo',
      change: adding({ inference_geo: 'us' }),
      outcome: 'handled',
      level: 'may',
      requirement: 'inference_geo is accepted, or refused in the error envelope.',
      covers: ['req.inference-geo.tolerated'],
      breaks: [],
      why: 'Programs with rules on where data may go have to know that a server cannot keep them.',
    },
    {
      id: 'messages.parameters.container',
      step: 'container',
      change: adding({ container: 'container_01Conformance' }),
      outcome: 'handled',
      level: 'may',
      requirement: 'A container to reuse is accepted, or refused in the error envelope.',
      covers: ['req.container.tolerated'],
      breaks: [],
      why: 'Programs that ran code elsewhere send the name of their container along.',
    },
    {
      id: 'messages.parameters.diagnostics',
      step: 'diagnostics',
      change: adding({ diagnostics: { previous_message_id: null } }),
      outcome: 'handled',
      level: 'may',
      source: docs.sdkMessages,
      requirement: 'A request for cache diagnostics is accepted, or refused in the error envelope.',
      covers: ['req.diagnostics.null-prev'],
      breaks: [],
      why: 'Programs that watch their cache ask with every request.',
    },
    samplingRow('temperature-0', { temperature: 0 }, 'a temperature of 0'),
    samplingRow('temperature-half', { temperature: 0.5 }, 'a temperature of 0.5'),
    samplingRow('temperature-1', { temperature: 1 }, 'a temperature of 1'),
    samplingRow('top-p', { top_p: 0.9 }, 'top_p'),
    samplingRow('top-k', { top_k: 40 }, 'top_k'),
    ...Object.entries(nullable).map(([rule, field]) =>
      nullRow(rule, field, withNull(field), {
        together: true,
        // Where the object around it is refused, that is said once.
        ...(field.startsWith('output_config.') ? { against: 'output-config-empty' } : {}),
      }),
    ),
    nullRow(
      'tool-fields',
      'The type of a tool and its eager_input_streaming',
      adding({ tools: [{ ...lamp, type: null, eager_input_streaming: null }, fruit] }),
      { needs: ['tools'] },
    ),
  ],
};
