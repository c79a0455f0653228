import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { toolOf, ways } from '../probes/concurrency.ts';
import { checks } from './index.ts';

type Steps = Readonly<Record<string, Evidence>>;

/** Four answers, by the way that asked. */
const four = (answer: (way: string, position: number) => Evidence): Steps =>
  Object.fromEntries(ways.map((way, position) => [way, answer(way, position)]));

/** An answer that calls a tool. */
const calling = (name: string, id = `toolu_${name}`, messageId = `msg_${name}`): Evidence =>
  jsonEvidence({ ...fixtureMessage, id: messageId, content: [{ type: 'tool_use', id, name, input: {} }], stop_reason: 'tool_use' });
const saying = jsonEvidence(fixtureMessage);
const overloaded = refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'out of slots' } });

const own = four((way) => calling(toolOf(way)));
const swapped = four((way) => calling(toolOf(way === 'alder' ? 'birch' : way === 'birch' ? 'alder' : way)));
const ownAnswer = {
  passes: { 'the own tool in each': own },
  fails: { 'two answers swapped': [swapped, 'a call of plant_birch, of another request'] },
  open: {
    'a model that only talks': [four(() => saying), 'no call of the forced tool in 4 of 4 answers'],
    'a tool that nobody offers': [
      four((way) => calling(way === 'cedar' ? 'plant_elm' : toolOf(way))),
      'no call of the forced tool in 1 of 4 answers',
    ],
  },
} as const;

const accepted = {
  passes: { 'four answers': { alone: saying, ...own } },
  fails: { 'one refused': [{ alone: saying, ...four((way) => (way === 'birch' ? overloaded : saying)) }, '500 api_error'] },
  open: { 'none accepted, ever': [{ alone: overloaded, ...own }, 'a request alone is not accepted either (500 api_error)'] },
} as const;

const counted = (...totals: readonly number[]): Steps =>
  four((_way, n) => jsonEvidence({ input_tokens: totals[n] }, { endpoint: 'count-tokens' }));

/** Streams that begin and end at these times. */
const spans = (...times: readonly (readonly [number, number])[]): Steps =>
  four((_way, n) => {
    const [firstByte = 0, end = 0] = times[n] ?? [];
    return { ...saying, exchange: { ...saying.exchange, timing: { sent: 0, headers: firstByte, firstByte, end } } };
  });

/** While two others were in flight. */
const beside = (evidence: Evidence): Evidence => ({ ...evidence, exchange: { ...evidence.exchange, inFlight: 2 } });
const closed: Evidence = { ...saying, status: undefined, ended: 'refused', exchange: { ...saying.exchange, problem: 'ECONNREFUSED' } };

describeExamples(checks, {
  'concurrency.connection.taken': {
    passes: { 'an answer': beside(saying), 'a refusal': beside(overloaded) },
    fails: { 'no connection': [beside(closed), 'ECONNREFUSED (2 other requests were in flight)'] },
    open: {
      'a server that has gone': [
        {
          ...beside(closed),
          steps: [{ address: 'p/s', probe: 'p', step: 's', attempt: 1, last: true, exchange: 'x1', serverStopped: true }],
        },
        'no answer, for another reason',
      ],
    },
  },
  'concurrency.stream.accepted': accepted,
  'concurrency.json.accepted': accepted,
  'concurrency.stream.own-answer': ownAnswer,
  'concurrency.json.own-answer': ownAnswer,
  'concurrency.count.own-answer': {
    passes: { 'growing counts': counted(9, 20, 60, 200) },
    fails: { 'two counts swapped': [counted(9, 60, 20, 200), '9, 60, 20, 200'], 'one count for all': [counted(9, 9, 9, 9), '9, 9, 9, 9'] },
    open: { 'no count': [four(() => overloaded), 'no count for alder: 500 api_error'] },
  },
  'concurrency.stream.message-ids-unique': {
    passes: { 'four ids': own },
    fails: { 'the second of the clock': [four((way) => calling(toolOf(way), undefined, 'msg_1700000000')), '"msg_1700000000" again'] },
    open: { 'no ids': [four(() => jsonEvidence({ ...fixtureMessage, id: '' })), 'fewer than two ids to compare'] },
  },
  'concurrency.stream.tool-ids-unique': {
    passes: { 'four ids': own },
    fails: { 'a counter that begins anew': [four((way) => calling(toolOf(way), 'call_0')), '"call_0" again'] },
    open: { 'no calls': [four(() => saying), 'fewer than two ids to compare'] },
  },
  'concurrency.stream.side-by-side': {
    passes: { 'streams that overlap': spans([10, 900], [20, 910], [30, 920], [40, 2000]) },
    fails: {
      'one after the other': [spans([0, 500], [500, 1000], [1000, 1500], [1500, 2000]), 'one after the other, in 2000 ms together'],
    },
    open: {
      'a fast server': [spans([0, 1], [1, 2], [2, 3], [3, 4]), 'all of the streams together took 4 ms: too fast to tell'],
      'a refused stream': [four(() => overloaded), 'not all of the streams were accepted'],
    },
  },
});
