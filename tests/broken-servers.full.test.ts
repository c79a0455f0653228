// Deliberately broken servers: each break ends in exit code 1 and names the checks that are about it.
import { describe, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import {
  appendText,
  cutAfter,
  dropEvent,
  type Fault,
  htmlErrors,
  mapBody,
  mapEvents,
  openAiErrors,
  replaceError,
  setHeader,
} from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import type { StreamEvent } from '../spec/index.ts';
import { conformance } from './cli.fixture.ts';

/** A break, and the checks that must fail by it; a few more may. */
type Break = readonly [title: string, fault: Fault, checks: readonly string[]];

const indexFromOne = mapEvents((event) => ('index' in event ? { ...event, index: event.index + 1 } : event));
const without = (event: StreamEvent, key: string): unknown => Object.fromEntries(Object.entries(event).filter(([name]) => name !== key));

const breaks: readonly Break[] = [
  ['no message_stop', dropEvent('message_stop'), ['stream.order.ends-with-message-stop']],
  ['no message_delta', dropEvent('message_delta'), ['stream.order.has-message-delta', 'stop.reason.present']],
  ['block indexes from 1', indexFromOne, ['stream.order.index-contiguous']],
  ['blocks that are never closed', dropEvent('content_block_stop'), ['stream.order.blocks-are-stopped']],
  [
    'message_delta without usage',
    mapEvents((event) => (event.type === 'message_delta' ? without(event, 'usage') : event)),
    ['stream.schema.message-delta'],
  ],
  ['usage missing in JSON', mapBody((body) => ('usage' in body ? { ...body, usage: undefined } : body)), ['usage.shape.valid']],
  ['a [DONE] line at the end', appendText('data: [DONE]\n\n'), ['stream.framing.no-done-sentinel']],
  ['streams broken after four events', cutAfter(4, 'reset'), ['http.response.complete']],
  ['streams under another media type', setHeader('content-type', 'application/json'), ['http.stream.is-event-stream']],
  ['errors in the shape of OpenAI', openAiErrors, ['errors.envelope.not-foreign']],
  ['errors as HTML pages', htmlErrors, ['http.json.parses', 'errors.body.is-json']],
  [
    'a 400 that arrives as a 500',
    replaceError((_, status) => ({ status: status === 400 ? 500 : status })),
    ['errors.status.no-5xx-on-bad-input'],
  ],
  ['tool input as a string', mapBody((body) => withStringInput(body)), ['messages.content.blocks-valid']],
  [
    'stop reasons of another API',
    mapBody((body) => ('stop_reason' in body ? { ...body, stop_reason: 'stop' } : body)),
    ['stop.max-tokens.json'],
  ],
];

function withStringInput(body: object): unknown {
  if (!('content' in body) || !Array.isArray(body.content)) return body;
  return {
    ...body,
    content: body.content.map((block: { type: string; input?: unknown }) =>
      block.type === 'tool_use' ? { ...block, input: JSON.stringify(block.input) } : block,
    ),
  };
}

describe.each(breaks)('a server with %s', (_title, transform, checks) => {
  test('fails, and the findings name it', { timeout: 30_000 }, async () => {
    await using server = await listen(createMock({ apiKeys: [] }), { port: 0, transform });
    const { code, stdout, record } = await conformance(['run', '--base-url', server.url, '--timeout', '5']);
    const failed = record?.verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
    expect(failed).toEqual(expect.arrayContaining([...checks]));
    expect(record?.totals['harness-error']).toBe(0);
    expect(code).toBe(1);
    for (const check of checks) expect(stdout).toContain(check);
  });
});

test('the same server without a fault passes', async () => {
  await using server = await listen(createMock({ apiKeys: [] }), { port: 0 });
  expect((await conformance(['run', '--base-url', server.url])).code).toBe(0);
});
