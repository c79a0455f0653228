// How the frames of a stream leave: together or one by one, when they are due, and how they end.
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeClock } from '../clock.fixture.ts';
import { body, hello, scripted } from '../scripted.fixture.ts';
import { dial, framesReply, post, serve } from './server.fixture.ts';

describe('Frames', () => {
  const silent = scripted(() => hello);

  it('that are not delayed leave in one write', async () => {
    const server = await serve(silent, { transform: () => framesReply([{ text: 'a' }, { text: 'b' }, { text: 'c' }], 'end') });
    const wire = dial(server);
    wire.socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    await wire.closed;
    expect(wire.heard()).toMatch(/\r\n\r\n3\r\nabc\r\n0\r\n\r\n$/);
  });

  it('leave nothing behind on the response, however often the client had to catch up', async () => {
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.message);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    const frames = Array.from({ length: 40 }, () => ({ text: 'x'.repeat(1024 * 1024) }));
    const server = await serve(silent, { transform: () => framesReply(frames, 'end') });
    const response = await fetch(server.url);
    expect((await response.arrayBuffer()).byteLength).toBe(frames.length * 1024 * 1024);
    expect(warnings).toStrictEqual([]);
  });

  it('of bytes are sent as they are, in their place', async () => {
    const half = new Uint8Array([0xc3]);
    const frames = [{ text: 'a' }, { text: 'é', bytes: half }, { text: 'b' }];
    const server = await serve(silent, { transform: () => framesReply(frames, 'end') });
    const response = await fetch(server.url);
    expect(new Uint8Array(await response.arrayBuffer())).toStrictEqual(new Uint8Array([0x61, 0xc3, 0x62]));
  });

  it('leave when they are due, counted from the beginning', async () => {
    const clock = fakeClock();
    const frames = [{ text: 'first' }, { text: 'second', due: 100 }, { text: 'third', due: 150 }];
    const server = await serve(silent, { clock, transform: () => framesReply(frames, 'end') });
    const wire = dial(server);
    wire.socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await wire.until('first');
    await clock.advance(100);
    await wire.until('second');
    expect(wire.heard()).not.toContain('third');
    await clock.advance(50);
    await wire.until('third');
  });

  it('that are due later do not keep the head back', async () => {
    const server = await serve(silent, { clock: fakeClock(), transform: () => framesReply([{ text: 'late', due: 100 }], 'end') });
    const wire = dial(server);
    wire.socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await wire.until('\r\n\r\n');
    expect(wire.heard()).not.toContain('late');
  });

  it('can end in a reset, after which what was sent has arrived', async () => {
    const server = await serve(silent, { transform: () => framesReply([{ text: 'said' }], 'reset') });
    const wire = dial(server);
    wire.socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await wire.closed).toBe('reset');
    expect(wire.heard()).toContain('said');
  });

  it('can end in order on a connection that is closed then, although nothing said so', async () => {
    const server = await serve(silent, { transform: () => framesReply([{ text: 'said' }], 'close') });
    const wire = dial(server);
    wire.socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await wire.closed).toBe('end');
    expect(wire.heard()).toMatch(/said\r\n0\r\n\r\n$/);
    expect(wire.heard()).not.toMatch(/connection: close/i);
  });

  it('can end in silence, which a server still gets out of', async () => {
    const server = await serve(silent, { transform: () => framesReply([{ text: 'said' }], 'stall') });
    const wire = dial(server);
    wire.socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await wire.until('said');
    await server.close();
    await wire.closed;
    expect(wire.heard()).not.toContain('\r\n0\r\n\r\n');
  });

  it('that cannot be made break the connection, and are reported', async () => {
    const errors: unknown[] = [];
    const failure = new Error('a bad transform');
    const server = await serve(silent, {
      onError: (error: unknown) => errors.push(error),
      transform: () => {
        throw failure;
      },
    });
    await expect(post(server, body)).rejects.toThrow('fetch failed');
    expect(errors).toStrictEqual([failure]);
  });
});
