/** Judging without a server: records, HAR files, saved streams. */
import { describe, expect, test } from 'vitest';
import { listen } from '../../endpoint/node/index.ts';
import { createMock } from '../../mock/index.ts';
import type { RunRecord } from '../../spec/index.ts';
import { run } from '../run.ts';
import { judgeRecord } from './judge-record.ts';
import { readInput } from './read-input.ts';
import { judgeTraffic } from './traffic.ts';

const events = [
  'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"some-model","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":1}}}\n\n',
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}}\n\n',
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":1}"}}\n\n',
  'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n',
  'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":90}}\n\n',
  'event: message_stop\ndata: {"type":"message_stop"}\n\n',
];

function judgedText(text: string, name = 'saved.sse'): RunRecord {
  return judgeTraffic(readInput(Buffer.from(text), name).traffic);
}

function found({ verdicts }: RunRecord): readonly string[] {
  return verdicts.flatMap(({ check, outcome }) =>
    ['fail', 'warn', 'info', 'harness-error'].includes(outcome) ? [`${outcome} ${check}`] : [],
  );
}

function outcomeOf({ verdicts }: RunRecord, id: string): readonly unknown[] {
  const verdict = verdicts.find(({ check }) => check === id);
  return [verdict?.outcome, verdict?.reason];
}

describe('a saved event stream', () => {
  test('in order: nothing is found, and what nobody can know is neither passed nor failed', () => {
    const record = judgedText(events.join(''));
    expect(found(record)).toEqual([]);
    expect(record.exitCode).toBe(0);
    expect(record.totals.pass).toBeGreaterThan(40);
    expect(record.target.model).toBe('some-model');
    const unknown = 'it compares the answer with its request, which is not known';
    expect(outcomeOf(record, 'messages.model.as-requested')).toEqual(['inconclusive', unknown]);
    expect(outcomeOf(record, 'usage.output.within-max-tokens')).toEqual(['inconclusive', unknown]);
    expect(outcomeOf(record, 'tools.name.offered')).toEqual(['inconclusive', unknown]);
    expect(outcomeOf(record, 'http.response.request-id')).toEqual(['skipped', 'the recording shows neither status nor headers']);
    expect(outcomeOf(record, 'silence.stream.no-long-pause')[0]).toBe('skipped');
  });

  test.for([
    ['cut short', events.slice(0, 3).join(''), 'fail stream.order.ends-with-message-stop'],
    ['without an event line', events.join('').replace('event: message_stop\n', ''), 'fail stream.framing.event-line'],
    ['ended as the other protocol ends', `${events.join('')}data: [DONE]\n\n`, 'fail stream.framing.no-done-sentinel'],
    ['with mixed line endings', events.join('').replace('\n\n', '\r\n\r\n'), 'warn stream.framing.line-endings-consistent'],
  ] as const)('%s: it is found, and makes exit 1 where it is a must', ([, text, expected]) => {
    const record = judgedText(text);
    expect(found(record)).toContain(expected);
    expect(record.exitCode).toBe(expected.startsWith('fail') ? 1 : 0);
  });

  test('its record is judged alike', () => {
    const record = judgedText(events.slice(0, 4).join(''));
    expect(judgeRecord(record, { clients: [] }).verdicts).toEqual(record.verdicts);
  });
});

const url = 'https://gateway.example/api/v1/messages';
const key = 'sk-ant-api03-0123456789abcdef';
const entry = (more: object = {}, response: object = {}): object => ({
  startedDateTime: '2026-11-01T10:00:00.000Z',
  time: 120,
  timings: { blocked: -1, send: 1, wait: 100, receive: 19 },
  request: {
    method: 'POST',
    url,
    headers: [
      { name: ':authority', value: 'gateway.example' },
      { name: 'x-api-key', value: key },
      { name: 'anthropic-version', value: '2023-06-01' },
      { name: 'content-type', value: 'application/json' },
    ],
    postData: {
      text: JSON.stringify({
        model: 'some-model',
        max_tokens: 100,
        stream: true,
        tools: [{ name: 'get_weather', input_schema: { type: 'object' } }],
        messages: [{ role: 'user', content: `hi ${key}` }],
      }),
    },
  },
  response: {
    status: 200,
    statusText: '',
    headers: [
      { name: 'content-type', value: 'text/event-stream' },
      { name: 'content-encoding', value: 'br' },
      { name: 'cache-control', value: 'no-cache' },
      { name: 'request-id', value: 'req_1' },
    ],
    content: { size: 10, text: events.join('') },
    ...response,
  },
  ...more,
});
const har = (...entries: readonly object[]): string => JSON.stringify({ log: { version: '1.2', entries } });

describe('a HAR', () => {
  test('its requests to the API are judged, those to others left out, and its keys are not kept', () => {
    const other = { startedDateTime: '', request: { url: 'https://gateway.example/app.js' } };
    const { traffic, notes } = readInput(Buffer.from(har(other, entry())), 'a.har');
    const record = judgeTraffic(traffic);
    expect(found(record)).toEqual([]);
    expect(outcomeOf(record, 'tools.name.offered')).toEqual(['pass', undefined]);
    expect(outcomeOf(record, 'silence.stream.no-long-pause')[0]).toBe('skipped');
    expect(record.target).toEqual({
      baseUrl: 'https://gateway.example/api',
      model: 'some-model',
      modelFrom: 'option',
      auth: 'x-api-key',
      apiVersion: '2023-06-01',
    });
    expect(record.exchanges[0]?.timing).toEqual({ sent: 0, headers: 101, firstByte: 101, end: 120 });
    expect(JSON.stringify(record)).not.toContain(key);
    expect(notes).toEqual([
      'Taken for a HAR with 1 exchanges; what needs times or connections is not judged.',
      '1 other request in the HAR left out.',
      '1 answer came compressed; the HAR has the bodies decompressed, so they are judged without that header.',
    ]);
  });

  test('may begin with a byte order mark; a status that is none is no answer', () => {
    const statuses = [200.5, 1e21, -1, '200'].map((status) => entry({}, { status }));
    const { traffic } = readInput(Buffer.from(`\uFEFF${har(entry(), ...statuses)}`), 'a.har');
    expect(traffic.exchanges.map(({ response }) => response?.status)).toEqual([200, undefined, undefined, undefined, undefined]);
  });

  test('a body in base64 is read, and what is wrong in it is found', () => {
    const content = { size: 9, text: Buffer.from(events.slice(0, 4).join('')).toString('base64'), encoding: 'base64' };
    expect(found(judgedText(har(entry({}, { content })), 'a.har'))).toContain('fail stream.order.ends-with-message-stop');
  });

  test('an entry without its body is left out; one without an answer is nobody’s fault', () => {
    const { traffic, notes } = readInput(
      Buffer.from(har(entry(), entry({}, { content: { size: 10 } }), entry({}, { status: 0, content: {} }))),
      'a.har',
    );
    expect(traffic.exchanges.map(({ ended }) => ended)).toEqual(['complete', 'aborted-by-us']);
    expect(notes).toContain('1 request left out whose answer has no body in the HAR.');
    expect(found(judgeTraffic(traffic))).toEqual([]);
  });
});

test.for([
  ['nothing', '', 'x is empty; "npx messages-conformance judge" reads run records, HAR files and raw event streams.'],
  [
    'other JSON',
    '{"a":1}',
    'x is JSON of another kind; "npx messages-conformance judge" reads run records, HAR files and raw event streams.',
  ],
  [
    'a HAR cut short',
    har(entry()).slice(0, 300),
    'x is none of them (it begins as JSON and does not parse at line 1 column 301: it may be cut short); "npx messages-conformance judge" reads run records, HAR files and raw event streams.',
  ],
  [
    'a HAR of many levels',
    har({ a: JSON.parse(`${'['.repeat(1500)}${']'.repeat(1500)}`) }),
    'x is none of them (it is JSON nested deeper than 1000 levels); ',
  ],
  ['a page', '<html>\nid: 3\n', 'x is none of them; "npx messages-conformance judge" reads run records, HAR files and raw event streams.'],
  [
    'a HAR of something else',
    har({ request: { url: 'https://a.example/' } }),
    'x is a HAR that has no request to /v1/messages or /v1/models.',
  ],
  ['a HAR without bodies', har(entry({}, { content: { size: 5 } })), 'x is a HAR that has no bodies; export it "with content".'],
  [
    'a HAR of nonsense',
    '{"log":{"entries":[null,3,{"request":{"url":7}}]}}',
    'x is a HAR that has no request to /v1/messages or /v1/models.',
  ],
] as const)('%s is refused in a sentence', ([, text, message]) => {
  expect(() => readInput(Buffer.from(text), 'x')).toThrow(message);
});

describe('a run record', () => {
  const recorded = async (options: { readonly only: readonly string[] }): Promise<RunRecord> => {
    const server = await listen(createMock(), { host: '127.0.0.1', port: 0 });
    try {
      return await run({ baseUrl: server.url, apiKey: 'a-key-for-the-mock', ...options });
    } finally {
      await server.close();
    }
  };

  test('is judged as the run judged it: same selection, same verdicts', async () => {
    const record = await recorded({ only: ['stream.*', 'errors.in.*', 'auth.*'] });
    const again = judgeRecord(record, { clients: [] });
    expect(again).toEqual(record);
  });

  test('other checks may be asked for; steps that were not sent leave them open', async () => {
    const record = await recorded({ only: ['stream.order.*'] });
    const again = judgeRecord(record, { clients: [], only: ['errors.in.*', 'stream.order.ends-with-message-stop'] });
    expect(outcomeOf(again, 'stream.order.ends-with-message-stop')).toEqual(['pass', undefined]);
    expect(
      again.verdicts.filter(({ outcome }) => outcome === 'inconclusive').map(({ reason }) => reason?.replace(/step \S+/, 'step S')),
    ).toContain('step S was not sent');
  });

  test('what the server said may have become wrong since', async () => {
    const record = await recorded({ only: ['stream.*'] });
    const exchanges = record.exchanges.map((exchange) => {
      const { response } = exchange;
      if (response?.body.kind !== 'text') return exchange;
      return {
        ...exchange,
        response: { ...response, body: { kind: 'text' as const, text: response.body.text.replace('event: message_stop\n', '') } },
      };
    });
    const again = judgeRecord({ ...record, exchanges }, { clients: [] });
    expect([record.exitCode, again.exitCode]).toEqual([0, 1]);
    expect(found(again)).toContain('fail stream.framing.event-line');
  });
});
