/** The anthropic-version header: two live versions, and what differs between them. */
import { acceptance, judgeAnswer, notAccepted } from '../acceptance.ts';
import { refusalCauses } from '../clean-answer.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { inconclusive, type Judgement } from '../model/judgement.ts';
import { badRequest, judgeRefusal, refusal } from '../model/refusal.ts';
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

/** One version is the control of the other; where neither is accepted, something else is wrong. */
function judgeVersion(asked: Evidence, other: Evidence): Judgement {
  if (isAccepted(asked)) return judgeAnswer(asked);
  if (!isAccepted(other)) return inconclusive('the request is refused in either version');
  return notAccepted(asked);
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

const samplingRefused = (
  [
    ['sampling', 'temperature', 'temperature'],
    ['top-p', 'top_p', 'top-p'],
    ['top-k', 'top_k', 'top-k'],
  ] as const
).map(([name, field, step]) =>
  refusal({
    id: `version.2026-10-21.${name}-refused`,
    level: 'should',
    layer: 'http',
    requirement: `Under version 2026-10-21 a request with ${field} is answered 400.`,
    covers: ['err.in.sampling-2026'],
    source: migration,
    why: 'A program tested against a lenient server fails against the official one.',
    breaks: [],
    after: refusalCauses,
    control: 'version/2026-10-21',
    mutant: `version/2026-10-21-${step}`,
    inStream: { control: 'version/2026-10-21-stream', mutant: `version/2026-10-21-${step}-stream` },
  }),
);

const samplingAccepted = acceptance({
  id: 'version.2023-06-01.sampling-accepted',
  level: 'should',
  layer: 'http',
  requirement: 'Under version 2023-06-01 a request with temperature is accepted.',
  covers: ['req.sampling.2023'],
  source: docs.messages,
  breaks: [sdkPython('1.x programs that set a temperature fail'), claudeCode('some of its subagents fail: they set temperature 1')],
  fix: 'Apply the rules of the version that the header names, not those of the newest.',
  control: 'version/2023-06-01',
  variant: 'version/2023-06-01-temperature',
});

const olderStreams = acceptance({
  id: 'version.header.2023-06-01-stream',
  level: 'must',
  layer: 'http',
  requirement: 'anthropic-version: 2023-06-01 is accepted with stream: true.',
  covers: ['version.2023-06-01'],
  source: docs.versioning,
  breaks: [claudeCode('nothing works: it always streams, under this version')],
  control: 'version/2023-06-01',
  variant: 'version/2023-06-01-stream',
});

/** Each version refuses bad input alike, so that one error handler does for both. What either takes is for the checks of bad input. */
const refusalsAlike = (
  [
    ['2023-06-01', '2026-10-21'],
    ['2026-10-21', '2023-06-01'],
  ] as const
).map(([version, other]) =>
  scenario({
    id: `version.${version}.refusal`,
    level: 'must',
    layer: 'http',
    requirement: `Under version ${version} a request without messages is answered 400 with an error of type invalid_request_error.`,
    covers: ['err.status.400', `version.${version}`],
    source: docs.errors,
    breaks: [sdkTypescript('throws something else than BadRequestError'), sdkPython('raises something else than BadRequestError')],
    after: [...refusalCauses, 'errors.status.invalid-is-400', 'errors.status.no-5xx-on-bad-input'],
    reads: { control: `version/${version}`, mutant: `version/${version}-no-messages`, other: `version/${other}-no-messages` },
    judge: (steps) =>
      isAccepted(steps.mutant) && isAccepted(steps.other)
        ? inconclusive('the request without messages is accepted under either version')
        : judgeRefusal(steps.control, steps.mutant, badRequest),
  }),
);

const newerCounts = acceptance({
  id: 'version.2026-10-21.count-tokens',
  level: 'must',
  layer: 'http',
  requirement: 'Version 2026-10-21 is accepted by count_tokens where version 2023-06-01 is.',
  covers: ['version.2026-10-21', 'sdk.version.header'],
  source: migration,
  breaks: [sdkTypescript('1.x: countTokens() fails')],
  needs: ['count-tokens'],
  control: 'version/2023-06-01-count',
  variant: 'version/2026-10-21-count',
});

const newerModels = acceptance({
  id: 'version.2026-10-21.models',
  level: 'must',
  layer: 'http',
  requirement: 'Version 2026-10-21 is accepted by the models list where version 2023-06-01 is.',
  covers: ['version.2026-10-21', 'sdk.version.header', 'models.version-header'],
  source: migration,
  breaks: [sdkTypescript('1.x: models.list() fails'), sdkPython('2.x: models.list() fails')],
  needs: ['models'],
  control: 'version/2023-06-01-models',
  variant: 'version/2026-10-21-models',
});

export const checks: readonly Check[] = [
  older,
  newer,
  olderStreams,
  newerStreams,
  missing,
  unknown,
  ...refusalsAlike,
  samplingAccepted,
  ...samplingRefused,
  newerCounts,
  newerModels,
];
