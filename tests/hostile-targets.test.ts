// Servers that answer, but nothing that was asked: each run ends in bounded time and memory, with findings that name the cause.
import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { abortableFrames, type Frame, type Frames, type StreamEnding } from '../endpoint/index.ts';
import { listen } from '../endpoint/node/index.ts';
import { type Fault, mapFrames } from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import { httpServer } from '../runner/wire/loopback.fixture.ts';
import { type Measured, measuredRun } from './measured-run.fixture.ts';

/** Far above what is measured (3 to 12 s), for a busy machine; without bounds these runs would take hours. */
const patience = 90_000;
const timeoutMs = 5000;

async function againstListener(listener: RequestListener): Promise<Measured> {
  await using server = await httpServer((request, response) => {
    request.resume();
    listener(request, response);
  });
  return await measuredRun({ baseUrl: server.url, model: 'm', timeoutMs });
}

async function againstMock(transform: Fault, only: readonly string[]): Promise<Measured> {
  await using server = await listen(createMock({ apiKeys: [] }), { port: 0, transform });
  return await measuredRun({ baseUrl: server.url, timeoutMs, only });
}

/** What every one of these runs has in common. A process that only loads the suite's sources takes 200 MiB of it. */
function expectEndedWell({ record, memory }: Measured, mostMemory = 400): void {
  expect(record.ended).toBe('finished');
  expect(record.exitCode).toBe(1);
  expect(record.totals['harness-error']).toBe(0);
  expect(memory).toBeLessThan(mostMemory);
}

describe('a run names the cause where the server', () => {
  test('answers every path with 200 and the same JSON', { timeout: patience }, async () => {
    const measured = await againstListener((_, response) => response.setHeader('content-type', 'application/json').end('{"ok":true}'));
    expectEndedWell(measured);
    expect(measured.failed).toMatchObject({
      'messages.shape.valid': 'nothing',
      'http.stream.is-event-stream': 'application/json',
      'http.route.unknown-path': '200 without an error type',
    });
    // Said once: a server that says 200 to everything has taken no request, so it took no bad one either.
    expect(Object.keys(measured.failed).filter((check) => check.startsWith('errors.in.'))).toEqual([]);
    // That a request was taken shows in an answer, not in a status: what is left is about connections and headers.
    expect(measured.record.totals.pass).toBeLessThan(40);
  });

  test('answers 500 to everything', { timeout: patience }, async () => {
    const measured = await againstListener((_, response) => {
      response.statusCode = 500;
      response.end('Internal Server Error');
    });
    expectEndedWell(measured);
    expect(measured.failed).toMatchObject({
      'http.route.messages': 'status 500',
      'errors.body.is-json': '500 with no content-type',
      'errors.status.no-5xx-on-bad-input': 'status 500',
    });
    // One fault, said a few times; not once for each of 700 checks.
    expect(Object.keys(measured.failed).length).toBeLessThan(20);
  });

  test('gives concurrent streams to each other', { timeout: patience }, async () => {
    const measured = await againstMock(swapStreams(), ['concurrency.*', 'stream.*', 'http.*']);
    expectEndedWell(measured);
    expect(measured.failed['concurrency.stream.own-answer']).toMatch(/^a call of plant_\w+, of another request$/);
  });

  test('writes the events of concurrent streams into each other', { timeout: patience }, async () => {
    const measured = await againstMock(mixStreams(), ['concurrency.*', 'stream.*', 'http.*']);
    expectEndedWell(measured);
    // Which events meet is a matter of time: a stream with two beginnings, or one whole stream in place of the other.
    const causes = new Set(['stream.order.message-start-once', 'concurrency.stream.own-answer']);
    expect(Object.keys(measured.failed).filter((check) => causes.has(check))).not.toEqual([]);
  });

  test('sends an event of 64 MB', { timeout: patience }, async () => {
    const delta = { type: 'text_delta', text: 'x'.repeat(64 * 1024 * 1024) };
    const text = `event: content_block_delta\ndata: ${JSON.stringify({ type: 'content_block_delta', index: 0, delta })}\n\n`;
    const measured = await againstMock(
      mapFrames((frame, index) => (index === 2 ? [{ text }, frame] : [frame])),
      ['stream.*', 'http.*'],
    );
    expectEndedWell(measured);
    expect(Object.keys(measured.failed)).toEqual(['http.response.ends']);
    expect(measured.failed['http.response.ends']).toMatch(/^A line of the stream goes on after 1\d{6} bytes\.$/);
  });
});

/** Two streams that are asked for at about the same time get each other's answer. */
function swapStreams(): Fault {
  const waiting: { readonly own: Frames; readonly meet: (theirs: Frames) => void }[] = [];
  return eachStream(async function* swapped(own) {
    const partner = waiting.shift();
    partner?.meet(own);
    yield* partner?.own ?? (await partnerOf(own));
    return 'end';
  });

  function partnerOf(own: Frames): Promise<Frames> {
    return new Promise((meet) => {
      const here = { own, meet };
      waiting.push(here);
      setTimeout(() => {
        if (waiting.includes(here)) waiting.splice(waiting.indexOf(here), 1);
        meet(own);
      }, 50);
    });
  }
}

/** A stream that is answered while another is gets the next event of that one. */
function mixStreams(): Fault {
  const open: Frames[] = [];
  const close = (frames: Frames): void => {
    if (open.includes(frames)) open.splice(open.indexOf(frames), 1);
  };
  return eachStream(async function* mixed(own) {
    open.push(own);
    try {
      for (;;) {
        await new Promise((resolve) => void setImmediate(resolve));
        const other = open.find((frames) => frames !== own) ?? own;
        const { done = false, value } = await other.next();
        if (!done) yield value as Frame;
        else if (other === own) return 'end';
        else close(other);
      }
    } finally {
      close(own);
    }
  });
}

function eachStream(change: (frames: Frames) => AsyncGenerator<Frame, StreamEnding>): Fault {
  return (reply) => {
    if (reply.kind !== 'stream') return reply;
    const { frames } = reply;
    return { ...reply, frames: abortableFrames(change(frames), () => void frames.return('end')) };
  };
}
