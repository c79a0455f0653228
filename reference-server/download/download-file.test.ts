// Servers, and networks between, that send something else than the file: what comes is bounded, and what came before is kept.
import { beforeEach, describe, expect, test } from 'vitest';
import { breaking, entry, file, type FileHandler, type FileServer, json, startFileServer, status } from './file-server.fixture.ts';
import { filesIn, freshFolder, isTiny, tiny } from './model-folder.fixture.ts';
import { obtainModel } from './obtain-model.ts';

const loginPage = status(200, '<html>please log in</html>', { 'content-type': 'text/html' });

let folder: string;
beforeEach(async () => {
  folder = await freshFolder();
});

function obtain(server: FileServer, reference = `${server.url}/m.gguf`): ReturnType<typeof obtainModel> {
  const environment = { HF_ENDPOINT: server.url };
  return obtainModel(reference, { folder, mayDownload: true, wait: () => Promise.resolve(), environment });
}

/** One handler for each attempt, the last one for all that follow. */
function inTurn(...handlers: readonly FileHandler[]): FileHandler {
  return (request, response, attempt) => handlers[Math.min(attempt, handlers.length) - 1]?.(request, response, attempt);
}

/** A part as asked for, whatever the client knows of the file. */
function rest(headers: Readonly<Record<string, string>>, bytes = tiny, shift = 0): FileHandler {
  return (request, response) => {
    const from = Number(/\d+/u.exec(request.headers.range ?? '')?.[0]) + shift;
    response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`, ...headers });
    response.end(bytes.subarray(from));
  };
}

describe('more than the file has is not taken', () => {
  test('from a body without length and end', async () => {
    let sent = 0;
    await using server = await startFileServer({
      '/api/models/u/m/tree/main': json([entry('m-Q8_0.gguf', tiny)]),
      '/u/m/resolve/main/m-Q8_0.gguf': (_request, response) => {
        const more = (): void => {
          // So that a client that takes everything fails, and does not fill the disk.
          if (sent >= 20 * tiny.length) return void response.end();
          sent += tiny.length;
          response.write(tiny, more);
        };
        response.on('error', () => undefined);
        more();
      },
    });
    await expect(obtain(server, 'hf:u/m')).rejects.toMatchObject({
      code: 'model-invalid',
      message: `${server.url}/u/m/resolve/main/m-Q8_0.gguf sends more than the ${tiny.length} bytes that the file has.`,
    });
    expect(sent).toBeLessThan(20 * tiny.length);
    expect(await filesIn(folder)).toEqual([]);
  });

  test.each([1000, tiny.length - 1])('where the repository lists %d bytes, without a checksum', async (size) => {
    await using server = await startFileServer({
      '/api/models/u/m/tree/main': json([{ type: 'file', path: 'm.gguf', size }]),
      '/u/m/resolve/main/m.gguf': (_request, response) => void response.write(tiny, () => response.end()),
    });
    await expect(obtain(server, 'hf:u/m')).rejects.toMatchObject({ code: 'model-invalid' });
    expect(await filesIn(folder)).toEqual([]);
  });
});

describe('a download that goes on', () => {
  test('loses nothing to a web page that answers in its place', async () => {
    await using server = await startFileServer({ '/m.gguf': inTurn(breaking(tiny, 700_000), loginPage, file(tiny)) });
    await expect(obtain(server)).rejects.toMatchObject({
      code: 'model-invalid',
      message: `What ${server.url}/m.gguf sends is no GGUF file but a web page. What came before is kept.`,
    });
    expect(await filesIn(folder)).toEqual(['m.gguf.part', 'm.gguf.part.version']);
    expect(await isTiny((await obtain(server)).path)).toBe(true);
    expect(server.asked.at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d*-$/u);
  });

  test('loses nothing to one of another size than the repository lists', async () => {
    const path = '/u/m/resolve/main/m.gguf';
    await using server = await startFileServer({
      '/api/models/u/m/tree/main': json([entry('m.gguf', tiny)]),
      [path]: inTurn(breaking(tiny, 700_000), loginPage, file(tiny)),
    });
    await expect(obtain(server, 'hf:u/m')).rejects.toThrow('is no GGUF file but a web page. What came before is kept.');
    expect(await isTiny((await obtain(server, 'hf:u/m')).path)).toBe(true);
    expect(server.asked.at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d*-$/u);
  });

  const date = { 'last-modified': 'Mon, 05 Jan 2026 10:00:00 GMT' };
  const other = Buffer.from(tiny).fill(7, 1_000_000, 1_000_100);
  /** Its first 700,000 bytes are another file's, as the headers of the part that follows tell. */
  const began =
    (headers: Readonly<Record<string, string>>): FileHandler =>
    (_request, response) => {
      response.writeHead(200, { 'content-length': tiny.length, ...headers });
      response.write(Buffer.from(other).fill(7, 1000, 1100).subarray(0, 700_000), () => response.destroy());
    };

  test.each([
    ['an ETag', { etag: '"one"' }, { etag: '"two"' }],
    ['an ETag that is weak', { etag: '"one"' }, { etag: 'W/"one"' }],
    ['a date', date, { 'last-modified': 'Tue, 06 Jan 2026 10:00:00 GMT' }],
  ])('begins again where the part that comes has another version: %s', async (_title, first, then) => {
    await using server = await startFileServer({ '/m.gguf': inTurn(began(first), rest(then), file(tiny)) });
    expect(await isTiny((await obtain(server)).path)).toBe(true);
    expect(server.asked.map(({ headers }) => headers.range === undefined)).toEqual([true, false, true]);
  });

  test.each([
    ['the same ETag', { etag: '"one"' }, { etag: '"one"' }],
    ['the same date', date, date],
    ['no version', { etag: '"one"' }, {}],
  ])('takes a part that has %s', async (_title, first, then) => {
    const broken: FileHandler = (_request, response) => {
      response.writeHead(200, { 'content-length': tiny.length, ...first });
      response.write(tiny.subarray(0, 700_000), () => response.destroy());
    };
    await using server = await startFileServer({ '/m.gguf': inTurn(broken, rest(then), status(404)) });
    expect(await isTiny((await obtain(server)).path)).toBe(true);
  });

  test('does not take a part that begins at another byte', async () => {
    const etag = { etag: '"one"' };
    await using server = await startFileServer({ '/m.gguf': inTurn(breaking(tiny, 700_000), rest(etag, tiny, 1), file(tiny)) });
    expect(await isTiny((await obtain(server)).path)).toBe(true);
    expect(server.asked).toHaveLength(3);
    expect(server.asked[2]?.headers.range).toBe(server.asked[1]?.headers.range);
  });

  test.each([
    ['the date instead', { etag: 'W/"one"', ...date }, date['last-modified']],
    ['nothing, and begins again', { etag: 'W/"one"' }, undefined],
  ])('does not rely on a weak ETag: it names %s', async (_title, headers, ifRange) => {
    const broken: FileHandler = (_request, response) => {
      response.writeHead(200, { 'content-length': tiny.length, ...headers });
      response.write(tiny.subarray(0, 700_000), () => response.destroy());
    };
    await using server = await startFileServer({ '/m.gguf': inTurn(broken, file(tiny)) });
    expect(await isTiny((await obtain(server)).path)).toBe(true);
    expect(server.asked[1]?.headers['if-range']).toBe(ifRange);
    expect(server.asked[1]?.headers.range === undefined).toBe(ifRange === undefined);
  });
});
