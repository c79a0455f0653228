/** The anthropic-version header: two live versions, and what differs between them. */
import { acceptance } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass } from '../model/judgement.ts';
import { errorTypeOf, refusal } from '../model/refusal.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';

const migration = 'https://platform.claude.com/docs/en/api/migration-2026-10-21';
const both = { older: 'version/2023-06-01', newer: 'version/2026-10-21' } as const;

const older = scenario({
  id: 'version.header.2023-06-01',
  level: 'must',
  layer: 'http',
  requirement: 'anthropic-version: 2023-06-01 is accepted.',
  covers: ['version.2023-06-01'],
  source: docs.versioning,
  breaks: [claudeCode('nothing works: it sends this version to this day'), sdkPython('1.x: every request fails')],
  reads: both,
  judge: (steps) => judgeVersion(steps.older, steps.newer),
});

const newer = scenario({
  id: 'version.header.2026-10-21',
  level: 'must',
  layer: 'http',
  requirement: 'anthropic-version: 2026-10-21 is accepted.',
  covers: ['version.2026-10-21', 'sdk.version.header'],
  source: migration,
  breaks: [sdkTypescript('1.x: every request fails'), sdkPython('2.x: every request fails')],
  fix: 'Treat the newer version like the older one; for Messages it only takes parameters away.',
  reads: both,
  judge: (steps) => judgeVersion(steps.newer, steps.older),
});

/** Faults of all refusals, each of which has a check of its own. */
const refusalCauses = [
  'http.json.parses',
  'errors.envelope.not-foreign',
  'errors.envelope.error-object',
  'errors.type.matches-status',
] as const;

/** One version is the control of the other; where neither is accepted, something else is wrong. */
function judgeVersion(asked: Evidence, other: Evidence): Judgement {
  if (isAccepted(asked)) return pass;
  if (!isAccepted(other)) return inconclusive('the request is refused in either version');
  return fail({ of: asked, expected: 'a 2xx answer', found: `${asked.status} ${errorTypeOf(asked) ?? ''}`.trim() });
}

const newerStreams = acceptance({
  id: 'version.header.2026-10-21-stream',
  level: 'must',
  layer: 'http',
  requirement: 'anthropic-version: 2026-10-21 is accepted with stream: true.',
  covers: ['version.2026-10-21', 'sdk.version.header'],
  source: migration,
  breaks: [sdkTypescript('1.x: every stream fails')],
  control: 'version/2026-10-21',
  variant: 'version/2026-10-21-stream',
});

const missing = refusal({
  id: 'version.header.missing',
  level: 'should',
  layer: 'http',
  requirement: 'A request without anthropic-version is answered 400 with an error of type invalid_request_error.',
  covers: ['version.required'],
  source: docs.versioning,
  why: 'A server that takes any version today cannot tell its clients apart when the next one changes something.',
  breaks: [],
  after: refusalCauses,
  control: 'version/2023-06-01',
  mutant: 'version/missing',
});

const unknown = refusal({
  id: 'version.header.unknown',
  // From memory, not documented; and clients newer than the server are better served by leniency.
  level: 'may',
  layer: 'http',
  requirement: 'A version that never existed is answered 400 with an error of type invalid_request_error.',
  covers: ['version.unknown'],
  source: docs.versioning,
  why: 'A typing error in the header goes unnoticed otherwise. Leniency has its merits too: it lets newer clients in.',
  breaks: [],
  after: refusalCauses,
  control: 'version/2023-06-01',
  mutant: 'version/unknown',
});

const sampling = refusal({
  id: 'version.2026-10-21.sampling-refused',
  level: 'should',
  layer: 'http',
  requirement: 'Under version 2026-10-21 a request with temperature, top_p or top_k is answered 400.',
  covers: ['err.in.sampling-2026'],
  source: migration,
  why: 'A program tested against a lenient server fails against the official one.',
  breaks: [],
  after: refusalCauses,
  control: 'version/2026-10-21',
  mutant: 'version/2026-10-21-temperature',
});

export const checks: readonly Check[] = [older, newer, newerStreams, missing, unknown, sampling];
