/** A small record with one verdict of every kind, and its catalogue, for the tests of the reports. */
import type { Exchange, RunRecord, Verdict } from '../spec/record/index.ts';
import type { Catalogue, CheckInfo } from './catalogue.ts';

export const streamExchange: Exchange = {
  id: 'x2',
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:8000/v1/messages',
    headers: [
      ['accept', 'application/json'],
      ['user-agent', 'messages-conformance/0.1.0'],
      ['anthropic-version', '2023-06-01'],
      ['content-type', 'application/json'],
      ['x-api-key', '********'],
    ],
    body: {
      kind: 'text',
      text: `{"model":"m","max_tokens":16,"stream":true,"messages":[{"role":"user","content":"It's me"}]}`,
    },
  },
  response: {
    status: 200,
    statusText: 'OK',
    headers: [['content-type', 'text/event-stream']],
    body: { kind: 'text', text: 'event: message_start\ndata: {}\n\n' },
    chunks: [{ offset: 0, at: 130.5 }],
  },
  timing: { sent: 10, headers: 120, firstByte: 130.5, end: 1250 },
  connection: { id: 1, reused: true },
  inFlight: 0,
  ended: 'complete',
};

const refusedExchange: Exchange = {
  id: 'x1',
  request: { method: 'GET', url: 'http://127.0.0.1:8000/v1/models', headers: [['accept', 'application/json']] },
  timing: { sent: 1, end: 9 },
  connection: { id: 0, reused: false },
  inFlight: 0,
  ended: 'reset',
  problem: 'the peer closed the connection',
};

const quiet = { judged: 0, findings: [], findingsTotal: 0 } as const;

const verdicts: readonly Verdict[] = [
  { check: 'http.json.content-type', level: 'must', outcome: 'pass', judged: 4, findings: [], findingsTotal: 0 },
  {
    check: 'http.request-id.present',
    level: 'should',
    outcome: 'warn',
    judged: 2,
    findings: [{ at: { exchange: 'x2', address: 'hello/stream' }, expected: 'a request-id header', found: 'no such header' }],
    findingsTotal: 2,
  },
  {
    check: 'stream.order.ends-with-message-stop',
    level: 'must',
    outcome: 'fail',
    judged: 1,
    findings: [
      {
        at: { exchange: 'x2', address: 'hello/stream', frame: 4, offset: 512, pointer: '/delta/stop_reason' },
        expected: 'message_stop',
        found: 'nothing after message_delta, and then \u001B[31mred\u202E text\nfrom the server that goes on for quite a while',
      },
    ],
    findingsTotal: 1,
  },
  {
    check: 'stream.order.pings',
    level: 'may',
    outcome: 'info',
    judged: 1,
    findings: [{ expected: 'a ping', found: 'none in 20 s' }],
    findingsTotal: 1,
  },
  { check: 'tools.choice.any', level: 'must', outcome: 'inconclusive', ...quiet, reason: 'the model called no tool' },
  { check: 'tools.choice.none', level: 'must', outcome: 'unsupported', ...quiet, reason: 'the server refuses forced-tool-choice' },
  { check: 'count-tokens.shape', level: 'must', outcome: 'not-applicable', ...quiet, reason: 'no key' },
  { check: 'models.shape', level: 'must', outcome: 'skipped', ...quiet, reason: 'left out by --skip' },
  { check: 'models.page', level: 'must', outcome: 'harness-error', ...quiet, reason: 'TypeError: x is not a function' },
];

export const record: RunRecord = {
  format: 'messages-conformance/run-record',
  formatVersion: 1,
  suite: { version: '0.1.0', catalogue: '0123456789abcdef' },
  startedAt: '2026-11-20T10:00:00.000Z',
  durationMs: 2500,
  ended: 'finished',
  target: {
    baseUrl: 'http://127.0.0.1:8000',
    model: 'qwen3-8b',
    modelFrom: 'models-list',
    auth: 'x-api-key',
    apiVersion: '2023-06-01',
    profile: 'vllm',
  },
  options: { only: [], skip: ['models.shape'], level: 'may', require: [] },
  capabilities: [
    { capability: 'tools', state: 'yes', address: 'tools/any' },
    { capability: 'forced-tool-choice', state: 'refused', address: 'tools/any' },
    { capability: 'images', state: 'unknown' },
  ],
  steps: [
    { address: 'preflight/models', probe: 'preflight', step: 'models', attempt: 1, last: true, exchange: 'x1' },
    { address: 'hello/stream', probe: 'hello', step: 'stream', attempt: 1, last: true, exchange: 'x2' },
  ],
  exchanges: [refusedExchange, streamExchange],
  verdicts,
  readiness: [],
  totals: { pass: 1, fail: 1, warn: 1, info: 1, inconclusive: 1, unsupported: 1, 'not-applicable': 1, skipped: 1, 'harness-error': 1 },
  exitCode: 4,
};

function info(id: string, area: string, level: CheckInfo['level'], more: Partial<CheckInfo> = {}): CheckInfo {
  return {
    id,
    since: '0.1.0',
    level,
    layer: 'http',
    area,
    requirement: `What ${id} requires.`,
    source: 'https://docs.claude.com/en/api/messages',
    breaks: [],
    covers: [],
    probes: ['hello'],
    ...more,
  };
}

export const catalogue: Catalogue = {
  version: '0.1.0',
  hash: '0123456789abcdef',
  checks: [
    info('http.json.content-type', 'http', 'must'),
    info('http.request-id.present', 'http', 'should', { requirement: 'Every response carries a request-id header.' }),
    info('stream.order.ends-with-message-stop', 'stream.order', 'must', {
      layer: 'order',
      requirement: 'A stream that did not fail ends with exactly one message_stop event.',
      breaks: [{ client: 'SDK for TypeScript', effect: 'the stream helper throws' }],
      bugs: ['vllm#45367'],
      fix: 'Send message_stop after the last message_delta, and nothing after it.',
    }),
    info('stream.order.pings', 'stream.order', 'may'),
    info('tools.choice.any', 'tools', 'must'),
    info('tools.choice.none', 'tools', 'must'),
    info('count-tokens.shape', 'count-tokens', 'must'),
    info('models.shape', 'models', 'must'),
    info('models.page', 'models', 'must'),
  ],
  probes: [{ id: 'hello', title: 'A short greeting', cost: { requests: 2, outputTokens: 32 }, steps: ['stream', 'json'] }],
  quick: { checks: [], steps: [] },
};
