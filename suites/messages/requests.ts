/** Valid requests that every server must take: a system prompt in each form, and parameters that change nothing. */
import { acceptance } from '../acceptance.ts';
import type { Check, ScenarioCheck } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';
import { variantChecks } from '../variants.ts';
import { optionalParameters } from './optional-parameters.ts';
import { badInputChecks } from '../errors/bad-input.ts';
import { refusedParameters } from './refused-parameters.ts';

/** Both probes send the same request with one thing added to `plain`. */
const accepts = (
  variant: string,
  meta: Pick<ScenarioCheck, 'id' | 'requirement' | 'covers' | 'source' | 'breaks'> &
    Partial<Pick<ScenarioCheck, 'level' | 'why' | 'bugs' | 'fix'>>,
): ScenarioCheck => acceptance({ level: 'must', layer: 'http', control: `${variant.split('/')[0]}/plain`, variant, ...meta });

export const requestChecks: readonly Check[] = [
  accepts('system/string', {
    id: 'messages.system.string',
    requirement: 'A system prompt is accepted as a string.',
    covers: ['req.system.string'],
    source: docs.messages,
    breaks: [claudeCode('no request works')],
  }),
  accepts('system/blocks', {
    id: 'messages.system.blocks',
    requirement: 'A system prompt is accepted as an array of text blocks.',
    covers: ['req.system.array'],
    source: docs.messages,
    breaks: [claudeCode('no request works, its system prompt is always an array')],
  }),
  accepts('system/cached', {
    id: 'messages.system.cache-control',
    requirement: 'A system prompt that is too short to be cached is accepted with cache_control.',
    covers: ['req.system.array', 'block.in.text-cache-control', 'cache.below-minimum-ok'],
    source: docs.caching,
    breaks: [claudeCode('no request works, it marks its system prompt')],
    fix: 'A server without a prompt cache ignores the mark.',
  }),
  accepts('parameters/stream-false', {
    id: 'messages.parameters.stream-false',
    requirement: 'stream: false means the same as no stream.',
    covers: ['req.stream.false-explicit'],
    source: docs.messages,
    breaks: [claudeCode('cannot fall back to answers without stream')],
  }),
  accepts('parameters/no-stop-sequences', {
    id: 'messages.parameters.no-stop-sequences',
    // That an empty list is as good as none is inferred, not documented.
    level: 'should',
    requirement: 'An empty array of stop_sequences is accepted.',
    covers: ['req.stop-sequences.empty-array'],
    source: docs.messages,
    breaks: [],
    why: 'Clients build the list and do not mind whether it is empty.',
  }),
  accepts('parameters/metadata', {
    id: 'messages.parameters.metadata',
    requirement: 'metadata with a user_id is accepted.',
    covers: ['req.metadata.user-id'],
    source: docs.messages,
    breaks: [claudeCode('no request works, it always sends one')],
  }),
  accepts('parameters/service-tier', {
    id: 'messages.parameters.service-tier',
    requirement: 'service_tier auto is accepted.',
    covers: ['req.service-tier.auto'],
    source: docs.messages,
    breaks: [],
    why: 'It is the default, so that a client that names it asks for nothing.',
  }),
  ...variantChecks(optionalParameters),
  ...badInputChecks(refusedParameters),
];
