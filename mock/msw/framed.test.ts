import { describe, expect, test } from 'vitest';
import { framed } from './framed.ts';

/** A body that says what it is told, and what became of it. */
function source(...texts: readonly string[]): { readonly body: ReadableStream<Uint8Array>; readonly cancelled: () => unknown } {
  let reason: unknown;
  const rest = texts.values();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = rest.next();
      if (done === true) controller.close();
      else if (value === 'broken') controller.error(new TypeError('terminated'));
      else controller.enqueue(new TextEncoder().encode(value));
    },
    cancel(given) {
      reason = given;
    },
  });
  return { body, cancelled: () => reason };
}

function readerOf({ body }: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (body === null) throw new Error('no body');
  return body.getReader();
}

describe('A framed response', () => {
  test('is chunked, and otherwise what it was', async () => {
    const { body } = source('a', 'b');
    const response = framed(new Response(body, { status: 529, headers: { 'retry-after': '1' } }));
    expect([response.status, ...response.headers]).toEqual([529, ['retry-after', '1'], ['transfer-encoding', 'chunked']]);
    expect(await response.text()).toBe('ab');
  });

  test('stays as it is where its length is known, or there is no body', () => {
    const empty = new Response(null);
    const measured = new Response('ab', { headers: { 'content-length': '2' } });
    expect([framed(empty), framed(measured)]).toEqual([empty, measured]);
    expect(framed(measured).headers.has('transfer-encoding')).toBe(false);
  });

  test('begins with an empty chunk, which is read before the source is asked', async () => {
    const reader = readerOf(framed(new Response(source('broken').body)));
    expect((await reader.read()).value).toEqual(new Uint8Array());
    await expect(reader.read()).rejects.toThrow('terminated');
  });
});

describe('A clone of a framed response', () => {
  test('has what the response has', async () => {
    const response = framed(new Response(source('a', 'b').body));
    const clones = [response.clone(), response.clone()];
    expect(await Promise.all([response, ...clones].map((one) => one.text()))).toEqual(['ab', 'ab', 'ab']);
  });

  test('does not keep the response from being cancelled, and ends with it', async () => {
    const { body, cancelled } = source('a', 'b');
    const response = framed(new Response(body));
    const clone = response.clone();
    const reader = readerOf(response);
    await reader.read();
    await reader.read();
    await reader.cancel('enough');
    expect(cancelled()).toBe('enough');
    expect(await clone.text()).toBe('a');
  });

  test('breaks where the response breaks', async () => {
    const response = framed(new Response(source('a', 'broken').body));
    const clone = response.clone();
    await expect(response.text()).rejects.toThrow('terminated');
    await expect(clone.text()).rejects.toThrow('terminated');
  });

  test('may be cancelled without harm to the response', async () => {
    const response = framed(new Response(source('a', 'b').body));
    await response.clone().body?.cancel();
    expect(await response.text()).toBe('ab');
  });
});
