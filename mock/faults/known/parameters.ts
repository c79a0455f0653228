/** Faults in what parameters a server takes: valid ones refused or not survived, wrong ones ignored. */
import { assumes, crashes, ignores, refuses } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { all, at, has, type Touch } from '../touching.ts';
import { aloneWith } from './stream-targets.ts';

/** Named after the check, which says what is valid. */
function refused(rule: string, sentence: string, touches: Touch, more: Partial<KnownFault> = {}): KnownFault {
  const id = `${rule.replaceAll('.', '-')}-refused`;
  return fault({ id, sentence, layer: 'behaviour', trips: [`messages.${rule}`], touches, act: refuses(), ...more });
}

/** A server may refuse these, and must not crash at them. */
function crashing(rule: string, pointer: string, value?: string | number, mayTrip: KnownFault['mayTrip'] = {}): KnownFault {
  return fault({
    id: `${rule.replaceAll('.', '-')}-crash`,
    sentence: `The server crashes at a request with ${pointer.slice(1).replaceAll('/', '.')}${value === undefined ? '' : ` of ${value}`}.`,
    layer: 'status',
    trips: [`messages.${rule}`],
    touches: all(
      aloneWith(pointer.split('/')[1] ?? ''),
      at(pointer, (there) => (value === undefined ? there !== undefined : there === value)),
    ),
    act: crashes,
    mayTrip: { 'http.json.parses': 'The body of a crash is no JSON.', ...mayTrip },
  });
}

const isList = (value: unknown): boolean => Array.isArray(value);
const isNull = (value: unknown): boolean => value === null;

/** Fields of which null is refused, by rule. */
const nullable = {
  'cache-control': '/cache_control',
  container: '/container',
  diagnostics: '/diagnostics',
  'inference-geo': '/inference_geo',
  speed: '/speed',
  'user-id': '/metadata/user_id',
  format: '/output_config/format',
  effort: '/output_config/effort',
} as const;

const nullTaken = {
  messages: assumes({ '/messages': [{ role: 'user', content: 'Say hello.' }] }),
  'max-tokens': assumes({ '/max_tokens': 1 }),
  tools: ignores('/tools'),
  'stop-sequences': ignores('/stop_sequences'),
  stream: ignores('/stream'),
} as const;

const beta = {
  'context-management': '/context_management',
  'mcp-servers': '/mcp_servers',
  thread: '/thread',
  compaction: '/compaction',
} as const;

/** The area of beta headers sends two of the fields as well. */
const sameRequest = {
  'beta.field.without-name': 'It sends the same request.',
  'beta.thread.unknown-refused': 'A field that is ignored is not refused where the thread is unknown, either.',
};

export const parameterFaults: readonly KnownFault[] = [
  refused(
    'system.string',
    'A system prompt that is a string is refused.',
    all(
      aloneWith('system'),
      at('/system', (value) => typeof value === 'string'),
    ),
  ),
  refused(
    'system.blocks',
    'A system prompt that is an array is refused.',
    all(
      aloneWith('system'),
      at('/system', isList),
      at('/system/0/cache_control', (value) => value === undefined),
    ),
  ),
  refused(
    'system.cache-control',
    'cache_control in the system prompt is refused.',
    all(aloneWith('system'), has('/system/0/cache_control')),
    {
      mayTrip: { 'cache.marker.four': 'Its system prompt is marked, too.' },
    },
  ),
  refused(
    'parameters.stream-false',
    'stream: false is refused.',
    all(
      aloneWith('stream'),
      at('/stream', (value) => value === false),
    ),
  ),
  refused(
    'parameters.no-stop-sequences',
    'An empty array of stop_sequences is refused.',
    all(
      aloneWith('stop_sequences'),
      at('/stop_sequences', (value) => Array.isArray(value) && value.length === 0),
    ),
  ),
  refused(
    'parameters.metadata',
    'metadata is refused.',
    all(
      aloneWith('metadata'),
      at('/metadata/user_id', (value) => value === 'conformance'),
    ),
  ),
  refused('parameters.metadata-empty', 'metadata without a user_id is refused.', all(aloneWith('metadata'), at('/metadata', isEmpty))),
  refused(
    'parameters.service-tier',
    'service_tier auto is refused.',
    all(
      aloneWith('service_tier'),
      at('/service_tier', (value) => value === 'auto'),
    ),
  ),
  refused(
    'parameters.service-tier-standard',
    'service_tier standard_only is refused.',
    at('/service_tier', (value) => value === 'standard_only'),
  ),
  refused(
    'parameters.output-config-empty',
    'output_config without fields is refused.',
    all(aloneWith('output_config'), at('/output_config', isEmpty)),
  ),
  crashing('parameters.effort', '/output_config/effort', 'high'),
  crashing('parameters.inference-geo', '/inference_geo'),
  crashing('parameters.container', '/container'),
  crashing('parameters.diagnostics', '/diagnostics'),
  crashing('sampling.temperature-0', '/temperature', 0),
  crashing('sampling.temperature-half', '/temperature', 0.5),
  crashing('sampling.temperature-1', '/temperature', 1, {
    'version.2023-06-01.sampling-accepted': 'It sends the same request.',
    'errors.status.no-5xx-on-bad-input': 'In a later version it is bad input.',
  }),
  crashing('sampling.top-p', '/top_p', 0.9),
  crashing('sampling.top-k', '/top_k', 40),
  ...Object.entries(nullable).map(([rule, pointer]) =>
    refused(`nulls.${rule}`, `${pointer.slice(1).replaceAll('/', '.')} must not be null.`, at(pointer, isNull)),
  ),
  refused('nulls.tool-fields', 'The type of a tool must not be null.', at('/tools/0/type', isNull)),
  ...Object.entries(nullTaken).map(([rule, act]) =>
    fault({
      id: `null-${rule}-taken`,
      sentence: `null as ${rule.replaceAll('-', '_')} is taken for something else.`,
      layer: 'behaviour',
      trips: [`messages.nulls.${rule}-refused`],
      touches: at(`/${rule.replaceAll('-', '_')}`, isNull),
      act,
    }),
  ),
  ...Object.entries(beta).map(([rule, pointer]) =>
    fault({
      id: `${rule}-ignored`,
      sentence: `${pointer.slice(1)} is ignored without its beta header.`,
      layer: 'behaviour',
      trips: [`messages.beta-field.${rule}`],
      mayTrip: sameRequest,
      touches: all(aloneWith(pointer.slice(1)), has(pointer)),
      act: ignores(pointer),
    }),
  ),
];

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
