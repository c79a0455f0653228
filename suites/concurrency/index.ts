/**
 * Several requests at once: each gets an answer, and its own. That a server takes them one after the other is no fault, only worth knowing.
 */
import { asText } from '../../spec/as-text.ts';
import { type Check, check, type CheckMeta, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, type Judgement, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import type { Kind } from '../model/kinds.ts';
import { judgeAnswer } from '../acceptance.ts';
import { answerOf, refusalCauses } from '../clean-answer.ts';
import { toolOf, ways } from '../probes/concurrency.ts';
import { at, blocksOf, isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';

type Way = (typeof ways)[number];
type Mode = 'stream' | 'json';
type Steps = Readonly<Record<Way, Evidence>>;

const source = 'https://www.rfc-editor.org/rfc/rfc9110#section-3.3';
const modes = { stream: 'streams', json: 'requests without stream' } as const;

/** The steps of one kind, by their name. */
function addresses(what: Mode | 'count'): Readonly<Record<Way, string>> {
  const address = (way: Way): string => `concurrency/${what}-${way}`;
  return { alder: address('alder'), birch: address('birch'), cedar: address('cedar'), dogwood: address('dogwood') };
}

/** All but the one that was sent alone, in the order of sending. */
function each(steps: Steps): readonly (readonly [Way, Evidence])[] {
  return ways.map((way) => [way, steps[way]]);
}

const mixed = 'an agent runs the tool calls of another session, with its files';

function ownAnswer(mode: Mode): ScenarioCheck {
  return scenario({
    id: `concurrency.${mode}.own-answer`,
    level: 'must',
    layer: 'semantics',
    requirement: `Of several ${modes[mode]} at once each gets the answer to its own request.`,
    covers: ['http.keepalive.concurrent', 'own.no-cross-talk'],
    source,
    breaks: [claudeCode(mixed), sdkTypescript(mixed), sdkPython(mixed)],
    fix: 'Keep the state of a generation with its request, never in a variable of the module or of the model.',
    needs: ['tools', 'forced-tool-choice'],
    reads: addresses(mode),
    judge: judgeOwnAnswers,
  });
}

/** A call of a tool that only another request offers cannot come from the model. */
function judgeOwnAnswers(steps: Steps): Judgement {
  const foreign = each(steps).flatMap(([way, evidence]): readonly Deviation[] => {
    const other = calledTools(evidence).find((name) => name !== toolOf(way) && ways.some((one) => toolOf(one) === name));
    return other === undefined
      ? []
      : [{ of: evidence, expected: `a call of ${toolOf(way)}`, found: `a call of ${other}, of another request` }];
  });
  if (foreign.length > 0) return verdictOf(foreign);
  const silent = ways.filter((way) => !calledTools(steps[way]).includes(toolOf(way)));
  return silent.length === 0 ? pass : inconclusive(`no call of the forced tool in ${silent.length} of ${ways.length} answers`);
}

function calledTools({ message }: Evidence): readonly string[] {
  return blocksOf(message).flatMap(({ type, name }) => (type === 'tool_use' && typeof name === 'string' ? [name] : []));
}

function accepted(mode: Mode): ScenarioCheck {
  return scenario({
    id: `concurrency.${mode}.accepted`,
    level: 'should',
    layer: 'http',
    requirement: `Several ${modes[mode]} at once are all accepted, or the surplus is refused with 429 or 529.`,
    covers: ['http.keepalive.concurrent'],
    source: docs.errors,
    breaks: [claudeCode('subagents fail: they ask while the main conversation does')],
    fix: 'Let requests wait for a free slot, or answer 429 or 529 with retry-after.',
    after: refusalCauses,
    reads: { alone: 'concurrency/alone', ...addresses(mode) },
    judge: ({ alone, ...steps }) => {
      if (!isAccepted(alone)) return inconclusive(`a request alone is not accepted either (${answerOf(alone)})`);
      const refused = each(steps).flatMap(([, of]): readonly Deviation[] =>
        isAccepted(of) ? [] : [{ of, expected: 'a 2xx, 429 or 529 answer', found: answerOf(of) }],
      );
      if (refused.length > 0) return verdictOf(refused);
      return judgeAnswer(alone);
    },
  });
}

const ids = {
  level: 'should',
  layer: 'semantics',
  source: docs.messages,
} as const satisfies Partial<CheckMeta>;

const messageIds = scenario({
  ...ids,
  id: 'concurrency.stream.message-ids-unique',
  requirement: 'Messages that are made at the same time have different ids.',
  covers: ['resp.id'],
  why: 'Logs and caches are searched by id; clocks and process-wide counters give one id twice.',
  breaks: [],
  fix: 'Draw the id at random for each request.',
  reads: addresses('stream'),
  judge: (steps) => judgeUnique(steps, ({ message }) => [at(message, 'id')]),
});

const toolIds = scenario({
  ...ids,
  id: 'concurrency.stream.tool-ids-unique',
  requirement: 'Tool calls that are made at the same time have different ids.',
  covers: ['tools.ids.unique-across'],
  breaks: [claudeCode('results of one call are taken for those of another where sessions are merged')],
  fix: 'Draw the id at random for each call; a counter that begins anew in each answer repeats itself in the next turn.',
  needs: ['tools', 'forced-tool-choice'],
  reads: addresses('stream'),
  judge: (steps) => judgeUnique(steps, ({ message }) => blocksOf(message).flatMap(({ type, id }) => (type === 'tool_use' ? [id] : []))),
});

function judgeUnique(steps: Steps, idsOf: (evidence: Evidence) => readonly unknown[]): Judgement {
  const seen = new Set<string>();
  let total = 0;
  for (const [, evidence] of each(steps)) {
    for (const id of idsOf(evidence)) {
      if (typeof id !== 'string' || id === '') continue;
      if (seen.has(id)) return fail({ of: evidence, expected: 'an id of its own', found: `${shown(id)} again` });
      seen.add(id);
      total += 1;
    }
  }
  return total < 2 ? inconclusive('fewer than two ids to compare') : pass;
}

const counts = scenario({
  id: 'concurrency.count.own-answer',
  level: 'must',
  layer: 'semantics',
  requirement: 'Of several token counts at once each is that of its own request: a longer prompt counts more.',
  covers: ['http.keepalive.concurrent', 'count.monotonic-text'],
  source,
  breaks: [claudeCode('/context, which asks two dozen counts at once, shows the sizes of other things')],
  needs: ['count-tokens'],
  reads: addresses('count'),
  judge: (steps) => {
    const totals = each(steps).map(([way, evidence]) => ({ way, evidence, total: at(evidence.json, 'input_tokens') }));
    const lacking = totals.find(({ total }) => typeof total !== 'number');
    if (lacking !== undefined) return inconclusive(`no count for ${lacking.way}: ${answerOf(lacking.evidence)}`);
    const wrong = totals.find(({ total }, n) => n > 0 && Number(total) <= Number(totals[n - 1]?.total));
    return wrong === undefined
      ? pass
      : fail({
          of: wrong.evidence,
          expected: 'more tokens than for a prompt a quarter as long',
          found: totals.map(({ total }) => asText(total)).join(', '),
          pointer: '/input_tokens',
        });
  },
});

/** Streams that took less together, in milliseconds, may have been made one after the other or not: nobody would notice. */
const tooFastToTell = 1000;

const overlap = scenario({
  id: 'concurrency.stream.side-by-side',
  level: 'may',
  layer: 'transport',
  requirement: 'Several streams at once are sent side by side, not one after the other.',
  covers: ['http.keepalive.concurrent'],
  source: docs.errors,
  breaks: [claudeCode('subagents wait for each other')],
  fix: 'Give the server more slots, where memory allows it.',
  reads: addresses('stream'),
  judge: (steps) => {
    if (!each(steps).every(([, evidence]) => isAccepted(evidence))) return inconclusive('not all of the streams were accepted');
    const spans = each(steps)
      .map(([, { exchange }]) => ({
        from: exchange.timing.firstByte ?? exchange.timing.end,
        to: exchange.timing.end,
        sent: exchange.timing.sent,
      }))
      .toSorted((a, b) => a.from - b.from);
    if (spans.some(({ from }, n) => n > 0 && from < (spans[n - 1]?.to ?? 0))) return pass;
    const took = Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ sent }) => sent));
    if (took < tooFastToTell) return notApplicable(`all of the streams together took ${took.toFixed(0)} ms: too fast to tell`);
    return fail({ of: steps.alder, expected: 'streams side by side', found: `one after the other, in ${took.toFixed(0)} ms together` });
  },
});

const inCompany: Kind = { name: 'requests beside others', matches: ({ exchange }) => exchange.inFlight > 0 };

const connectionTaken = check({
  id: 'concurrency.connection.taken',
  level: 'should',
  layer: 'transport',
  requirement: 'A connection that is made while others are in use is taken.',
  covers: ['http.keepalive.concurrent'],
  source: docs.errors,
  breaks: [claudeCode('subagents fail with "connection refused"'), sdkTypescript('APIConnectionError under load')],
  fix: 'Take the connection and let the request wait, or answer 429 or 529; a longer listen backlog helps too.',
  reads: inCompany,
  probes: ['concurrency'],
  judge: ({ ended, status, exchange, steps }) => {
    if (status !== undefined) return pass;
    // A server that has gone refuses every connection, and has a finding for that.
    if (ended !== 'refused' || steps.some(({ serverStopped }) => serverStopped)) return notApplicable('no answer, for another reason');
    const others = exchange.inFlight === 1 ? 'another request was' : `${exchange.inFlight} other requests were`;
    return fail({ expected: 'a connection', found: `${exchange.problem ?? 'none'} (${others} in flight)` });
  },
});

export const checks: readonly Check[] = [
  connectionTaken,
  accepted('stream'),
  accepted('json'),
  ownAnswer('stream'),
  ownAnswer('json'),
  counts,
  messageIds,
  toolIds,
  overlap,
];
