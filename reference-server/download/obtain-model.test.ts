import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MockAgent } from 'undici';
import { beforeEach, describe, expect, test } from 'vitest';
import { bundledModelPath } from '../package-root.ts';
import { breaking, entry, file, type FileHandler, type FileServer, json, startFileServer, status } from './file-server.fixture.ts';
import { filesIn, freshFolder, isTiny, tiny } from './model-folder.fixture.ts';
import { type DownloadProgress, obtainModel, type ObtainOptions } from './obtain-model.ts';
import { splitInTwo } from './split-gguf.fixture.ts';

const repository = '/u/tiny-GGUF/resolve/main/tiny-Q8_0.gguf';
const listing = '/api/models/u/tiny-GGUF/tree/main';
const hub: Readonly<Record<string, FileHandler>> = {
  [listing]: json([{ type: 'directory', path: 'x' }, entry('README.md', Buffer.from('hi')), entry('tiny-Q8_0.gguf', tiny)]),
  [repository]: file(tiny),
};

let folder: string;
beforeEach(async () => {
  folder = await freshFolder();
});

/** With the download allowed, and no waiting between attempts. */
function obtain(reference: string, server?: FileServer, options: ObtainOptions = {}): ReturnType<typeof obtainModel> {
  const environment = { HF_TOKEN: 'hf_secret', HF_ENDPOINT: server?.url ?? 'http://127.0.0.1:9', ...options.environment };
  return obtainModel(reference, { folder, mayDownload: true, wait: () => Promise.resolve(), ...options, environment });
}

const ranges = ({ asked }: FileServer, path: string): readonly unknown[] =>
  asked.filter((request) => request.path.startsWith(path)).map(({ headers }) => headers.range);

describe('a name on Hugging Face', () => {
  test('is downloaded once, and then found without network', async () => {
    const server = await startFileServer(hub);
    const first = await obtain('hf:u/tiny-GGUF:Q8_0', server);
    expect(first).toEqual({ path: join(folder, 'hf/u/tiny-GGUF/main/tiny-Q8_0.gguf'), name: 'tiny-Q8_0' });
    expect(await isTiny(first.path)).toBe(true);
    expect(await filesIn(folder)).toEqual(['tiny-Q8_0.gguf']);
    await server[Symbol.asyncDispose]();
    const names = [
      'hf:u/tiny-GGUF:Q8_0',
      'hf:u/tiny-GGUF:q8_0',
      'hf:u/tiny-GGUF',
      'hf:u/tiny-GGUF/tiny-Q8_0.gguf',
      'hf://u/tiny-GGUF#main',
    ];
    names.push('https://huggingface.co/u/tiny-GGUF/blob/main/tiny-Q8_0.gguf', 'hf.co/u/tiny-GGUF:Q8_0');
    for (const name of names) expect(await obtain(name, undefined, { mayDownload: false })).toEqual(first);
  });

  test('is not downloaded unless that was asked for: the message has the flag and the folder', async () => {
    await using server = await startFileServer(hub);
    await expect(obtain('hf:u/tiny-GGUF:Q8_0', server, { mayDownload: false })).rejects.toMatchObject({
      code: 'model-missing',
      message: `The model hf:u/tiny-GGUF:Q8_0 is not in ${folder}. Add --download to have it downloaded, or name another --model-dir.`,
    });
    expect(server.asked).toEqual([]);
    expect(await filesIn(folder)).toEqual([]);
  });

  test('with a file and a revision is that one', async () => {
    await using server = await startFileServer({
      '/api/models/u/m/tree/refs/pr/1': json([entry('sub/a.gguf', tiny)]),
      '/u/m/resolve/refs/pr/1/sub/a.gguf': file(tiny),
    });
    const { path } = await obtain('hf:u/m/sub/a.gguf#refs/pr/1', server);
    expect(path).toBe(join(folder, 'hf/u/m/refs%2Fpr%2F1/sub/a.gguf'));
    await expect(obtain('hf:u/m/sub/a.gguf', undefined, { mayDownload: false })).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('is looked for on every page of a long list, and names that lead out of the folder are none', async () => {
    await using server = await startFileServer({
      '/api/models/u/m/tree/main': (request, response) => {
        const isFirst = request.url?.includes('cursor') === false;
        if (isFirst) response.setHeader('link', `<${server.url}/api/models/u/m/tree/main?cursor=2>; rel="next"`);
        json(isFirst ? [entry('../a-Q8_0.gguf', tiny), entry('mmproj-Q8_0.gguf', tiny)] : [entry('longer-name.Q8_0.gguf', tiny)])(
          request,
          response,
          1,
        );
      },
      '/u/m/resolve/main/longer-name.Q8_0.gguf': file(tiny),
    });
    expect(basename((await obtain('hf:u/m:Q8_0', server)).path)).toBe('longer-name.Q8_0.gguf');
  });

  test('in two parts is one model, and only when both are there', async () => {
    const [one, two] = await splitInTwo(bundledModelPath, tiny);
    const [first, second] = ['t-Q8_0-00001-of-00002.gguf', 't-Q8_0-00002-of-00002.gguf'] as const;
    await using server = await startFileServer({
      '/api/models/u/m/tree/main': json([entry(first, one), entry(second, two)]),
      [`/u/m/resolve/main/${first}`]: file(one),
      [`/u/m/resolve/main/${second}`]: (request, response, attempt) =>
        attempt === 1 ? response.writeHead(404).end() : file(two)(request, response, attempt),
    });
    await expect(obtain('hf:u/m', server)).rejects.toMatchObject({ code: 'model-refused' });
    expect(await filesIn(folder)).toEqual([first]);
    await expect(obtain('hf:u/m', server, { mayDownload: false })).rejects.toMatchObject({ code: 'model-missing' });
    const seen: DownloadProgress[] = [];
    const { path, name } = await obtain('hf:u/m', server, { onProgress: (progress) => seen.push(progress) });
    expect([basename(path), name]).toEqual([first, 't-Q8_0']);
    expect(await filesIn(folder)).toEqual([first, second]);
    expect(seen.at(-1)).toEqual({ name: second, file: 2, files: 2, done: two.length, total: two.length });
    expect(ranges(server, `/u/m/resolve/main/${first}`)).toHaveLength(1);
  });
});

describe('a URL', () => {
  test('is downloaded through redirects, and then found without network', async () => {
    await using other = await startFileServer({ '/cdn/real': file(tiny) });
    const server = await startFileServer({
      '/models/my model.gguf': (_request, response) =>
        response.writeHead(302, { location: `http://localhost:${other.port}/cdn/real` }).end(),
    });
    const url = `${server.url}/models/my%20model.gguf`;
    const { path, name } = await obtain(url);
    expect([path, name]).toEqual([join(folder, `web/127.0.0.1_${server.port}/models/my model.gguf`), 'my model']);
    expect(await isTiny(path)).toBe(true);
    expect([...server.asked, ...other.asked].map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    await server[Symbol.asyncDispose]();
    expect((await obtain(url, undefined, { mayDownload: false })).path).toBe(path);
  });

  test('is named without its query, which may hold a secret', async () => {
    const message = `The model https://example.com/a.gguf is not in ${folder}. Add --download to have it downloaded, or name another --model-dir.`;
    const url = 'https://example.com/a.gguf?signature=secret#part';
    await expect(obtain(url, undefined, { mayDownload: false })).rejects.toMatchObject({ code: 'model-missing', message });
  });

  test('of one of two parts stands for both', async () => {
    const [one, two] = await splitInTwo(bundledModelPath, tiny);
    await using server = await startFileServer({ '/t-00001-of-00002.gguf': file(one), '/t-00002-of-00002.gguf': file(two) });
    const { path, name } = await obtain(`${server.url}/t-00002-of-00002.gguf`);
    expect([basename(path), name, await filesIn(folder)]).toEqual([
      't-00001-of-00002.gguf',
      't',
      ['t-00001-of-00002.gguf', 't-00002-of-00002.gguf'],
    ]);
  });

  test.each(['/get?file=a', '/get?file=b', '/a.gguf?v=1', '/a.gguf', '/x/..%2f..%2fa.gguf', '/dir/'])(
    '%s has a place of its own in the folder',
    async (path) => {
      const anything = file(tiny);
      await using server = await startFileServer({ '/get': anything, '/a.gguf': anything, '/x/../../a.gguf': anything, '/dir/': anything });
      const found = (await obtain(`${server.url}${path}`)).path;
      expect(found).toMatch(/\.gguf$/u);
      expect(found.startsWith(join(folder, 'web/127.0.0.1_'))).toBe(true);
      expect(found.endsWith('/a.gguf')).toBe(path === '/a.gguf');
      for (const different of ['/get?file=c', '/a.gguf?v=2']) {
        await expect(obtain(`${server.url}${different}`, undefined, { mayDownload: false })).rejects.toMatchObject({
          code: 'model-missing',
        });
      }
    },
  );
});

describe('a download that breaks off', () => {
  test('goes on by itself where it was, and by the same version of the file alone', async () => {
    await using server = await startFileServer({ ...hub, [repository]: breaking(tiny, 700_000) });
    const waits: number[] = [];
    const { path } = await obtain('hf:u/tiny-GGUF', server, { wait: async (ms) => void waits.push(ms) });
    expect(await isTiny(path)).toBe(true);
    expect(waits).toEqual([1000]);
    const [, range] = ranges(server, repository);
    expect(range).toMatch(/^bytes=[1-9]\d*-$/u);
    expect(server.asked.at(-1)?.headers['if-range']).toBe('"one"');
  });

  test('and is interrupted keeps what came; the next command goes on from there', async () => {
    const interrupt = new AbortController();
    await using server = await startFileServer({ '/m.gguf': breaking(tiny, 700_000) });
    const url = `${server.url}/m.gguf`;
    const wait = (): Promise<void> => {
      interrupt.abort();
      return Promise.reject(interrupt.signal.reason);
    };
    await expect(obtain(url, undefined, { signal: interrupt.signal, wait })).rejects.toThrow('aborted');
    expect(await filesIn(folder)).toEqual(['m.gguf.part', 'm.gguf.part.version']);
    await expect(obtain(url, undefined, { mayDownload: false })).rejects.toMatchObject({ code: 'model-missing' });
    const seen: number[] = [];
    const { path } = await obtain(url, undefined, { onProgress: ({ done }) => seen.push(done) });
    expect(seen[0]).toBeGreaterThan(0);
    expect(await isTiny(path)).toBe(true);
    expect(await filesIn(folder)).toEqual(['m.gguf']);
  });

  test('an abort in the middle of the body ends it at once', async () => {
    const interrupt = new AbortController();
    await using server = await startFileServer({
      '/m.gguf': (_request, response) => {
        response.writeHead(200, { etag: '"one"', 'content-length': tiny.length });
        response.write(tiny.subarray(0, 1000));
      },
    });
    const onProgress = ({ done }: DownloadProgress): void => (done > 0 ? interrupt.abort() : undefined);
    await expect(obtain(`${server.url}/m.gguf`, undefined, { signal: interrupt.signal, onProgress })).rejects.toThrow('aborted');
    expect(await filesIn(folder)).toEqual(['m.gguf.part', 'm.gguf.part.version']);
  });

  test('begins again where the file is another one by now', async () => {
    const changed = file(tiny, '"two"');
    await using server = await startFileServer({
      '/m.gguf': (request, response, attempt) =>
        (attempt === 1 ? breaking(Buffer.from(tiny).fill(0, 100), 700_000) : changed)(request, response, attempt),
    });
    expect(await isTiny((await obtain(`${server.url}/m.gguf`)).path)).toBe(true);
  });

  test('is given up after five attempts without a byte, and says so', async () => {
    const waits: number[] = [];
    await using server = await startFileServer({ '/m.gguf': status(503) });
    await expect(obtain(`${server.url}/m.gguf`, undefined, { wait: async (ms) => void waits.push(ms) })).rejects.toMatchObject({
      code: 'download-failed',
      message: `The download failed, 127.0.0.1:${server.port}: it answers 503. Models that are on this machine start without network.`,
    });
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });

  test('a file that comes byte by byte is told of as it grows', async () => {
    const seen: (number | undefined)[] = [];
    await using server = await startFileServer({
      '/m.gguf': async (_request, response) => {
        response.writeHead(200, { 'content-length': tiny.length });
        for (let at = 0; at < 8; at += 1)
          await new Promise<void>((resolve) => void response.write(tiny.subarray(at, at + 1), () => setImmediate(resolve)));
        response.end(tiny.subarray(8));
      },
    });
    const { path } = await obtain(`${server.url}/m.gguf`, undefined, { onProgress: ({ done, total }) => seen.push(done, total) });
    expect(await isTiny(path)).toBe(true);
    expect(seen.slice(0, 2)).toEqual([0, tiny.length]);
    expect(seen.slice(-2)).toEqual([tiny.length, tiny.length]);
  });

  test('two at once do not write into one file', async () => {
    let release = (): void => undefined;
    await using server = await startFileServer({
      '/m.gguf': (request, response, attempt) => {
        release = () => file(tiny)(request, response, attempt);
        second.resolve();
      },
    });
    const second = Promise.withResolvers<void>();
    const url = `${server.url}/m.gguf`;
    const first = obtain(url);
    await second.promise;
    await expect(obtain(url)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining(`Process ${process.pid} downloads`) as unknown,
    });
    release();
    expect(await isTiny((await first).path)).toBe(true);
    expect(await filesIn(folder)).toEqual(['m.gguf']);
  });

  test('a lock that a dead process left is nobody’s', async () => {
    await using server = await startFileServer({ '/m.gguf': breaking(tiny, 1000) });
    const url = `${server.url}/m.gguf`;
    await expect(obtain(url, undefined, { wait: () => Promise.reject(new Error('stop')) })).rejects.toThrow('stop');
    await writeFile(join(folder, `web/127.0.0.1_${server.port}/m.gguf.lock`), '99999999');
    expect(await isTiny((await obtain(url)).path)).toBe(true);
  });
});

describe('what cannot be had is one clear sentence, and no model', () => {
  const damaged = Buffer.from(tiny);
  damaged.fill(7, 1_000_000, 1_000_100);
  const bodyless: FileHandler = (_request, response) => {
    // Without a length the end of the connection is the end of the file, wherever that was.
    response.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n'), tiny.subarray(0, 900_000)]));
  };
  const cases: readonly [
    title: string,
    reference: string,
    routes: Readonly<Record<string, FileHandler>>,
    code: string,
    sentence: string | RegExp,
  ][] = [
    ['an unknown repository', 'hf:u/none', {}, 'model-refused', 'u/none is not on Hugging Face (404): look for a misspelling.'],
    [
      'an unknown revision',
      'hf:u/tiny-GGUF#dev',
      hub,
      'model-refused',
      'u/tiny-GGUF at dev is not on Hugging Face (404): look for a misspelling.',
    ],
    [
      'a quantization that is not there',
      'hf:u/tiny-GGUF:Q5_K_M',
      hub,
      'model-refused',
      'u/tiny-GGUF on Hugging Face has no Q5_K_M; it has Q8_0.',
    ],
    ['a file that is not there', 'hf:u/tiny-GGUF/x.gguf', hub, 'model-refused', 'u/tiny-GGUF on Hugging Face has no x.gguf; it has Q8_0.'],
    [
      'a repository without models',
      'hf:u/m',
      { '/api/models/u/m/tree/main': json([]) },
      'model-refused',
      'u/m on Hugging Face holds no GGUF file that generates text.',
    ],
    [
      'a hub that is none',
      'hf:u/m',
      { '/api/models/u/m/tree/main': status(200, '<html>') },
      'model-refused',
      'does not list files as Hugging Face does.',
    ],
    [
      'a gated repository',
      'hf:u/m',
      { '/api/models/u/m/tree/main': status(401) },
      'model-refused',
      'Hugging Face refuses u/m (401): it does not exist, is private, or asks for its terms to be accepted. If you have access, set HF_TOKEN.',
    ],
    ['a gated file', 'hf:u/tiny-GGUF', { ...hub, [repository]: status(403) }, 'model-refused', 'Hugging Face refuses u/tiny-GGUF (403)'],
    [
      'a file with another checksum',
      'hf:u/tiny-GGUF',
      { ...hub, [repository]: file(damaged) },
      'model-invalid',
      'The download of tiny-Q8_0.gguf does not have the checksum that its repository lists. It was deleted; try again.',
    ],
    [
      'a file of another size',
      'hf:u/tiny-GGUF',
      { ...hub, [repository]: file(tiny.subarray(0, 1_800_000)) },
      'model-invalid',
      'has 1800000 bytes where its repository lists 1898688: one of them is damaged.',
    ],
    [
      'a URL without a file',
      '/none.gguf',
      {},
      'model-refused',
      /^The model cannot be downloaded from http:\/\/127\.0\.0\.1:\d+\/none\.gguf\. There is no such file\.$/u,
    ],
    [
      'a web page',
      '/m.gguf',
      { '/m.gguf': status(200, '<html>please log in</html>', { 'content-type': 'text/html' }) },
      'model-invalid',
      /^What http:\/\/127\.0\.0\.1:\d+\/m\.gguf sends is no GGUF file but a web page\.$/u,
    ],
    ['an empty file', '/m.gguf', { '/m.gguf': status(200, '') }, 'model-invalid', 'sends is no GGUF file but something else.'],
    [
      'a file that ends early, unannounced',
      '/m.gguf',
      { '/m.gguf': bodyless },
      'model-invalid',
      /The GGUF file .*m\.gguf is cut short: its tensors should end at byte \d+, but the file ends at byte 900000\.$/u,
    ],
    [
      'a circle of redirects',
      '/m.gguf',
      { '/m.gguf': status(302, '', { location: '/m.gguf' }) },
      'model-refused',
      'redirects the download more than 10 times.',
    ],
    [
      'a redirect to a file of this machine',
      '/m.gguf',
      { '/m.gguf': status(302, '', { location: 'file:///etc/passwd' }) },
      'model-refused',
      'redirects the download to a place that is not safe to follow.',
    ],
    [
      'a file larger than the disk',
      '/m.gguf',
      { '/m.gguf': (_request, response) => void response.writeHead(200, { 'content-length': 5e15 }).write('GGUF') },
      'disk-full',
      /^The model needs 5000000\.0 GB more, but the disk of .* has [\d.]+ GB left\.$/u,
    ],
  ];
  test.each(cases)('%s', async (_title, reference, routes, code, sentence) => {
    await using server = await startFileServer(routes);
    const name = reference.startsWith('/') ? `${server.url}${reference}` : reference;
    const failure = await obtain(name, server).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'StartError',
      code,
      message: (typeof sentence === 'string' ? expect.stringContaining(sentence) : expect.stringMatching(sentence)) as unknown,
    });
    expect((failure as Error).message).not.toMatch(/\n|hf_secret/u);
    expect(await filesIn(folder)).toEqual([]);
    await expect(obtain(name, undefined, { mayDownload: false })).rejects.toMatchObject({ code: 'model-missing' });
  });

  test.each(['hf:u/m', 'URL'])('no network: %s', async (reference) => {
    const server = await startFileServer({});
    await server[Symbol.asyncDispose]();
    const name = reference === 'URL' ? `${server.url}/m.gguf` : reference;
    const waits: number[] = [];
    await expect(obtain(name, server, { wait: async (ms) => void waits.push(ms) })).rejects.toMatchObject({
      code: 'download-failed',
      message: `The download failed, 127.0.0.1:${server.port}: nothing listens there. Models that are on this machine start without network.`,
    });
    expect(waits).toEqual([]);
  });

  test('a folder that cannot be written', async () => {
    await using server = await startFileServer({ '/m.gguf': file(tiny) });
    await writeFile(join(folder, 'web'), 'a file');
    await expect(obtain(`${server.url}/m.gguf`)).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringContaining('--model-dir') as unknown,
    });
  });
});

describe('the token', () => {
  function hubWith(statusCode: number): { readonly agent: MockAgent; readonly seen: [string, unknown][] } {
    const agent = new MockAgent();
    agent.disableNetConnect();
    const seen: [string, unknown][] = [];
    const note = (host: string) => (request: { readonly headers?: unknown }) => {
      seen.push([host, (request.headers as Record<string, string>)['authorization']]);
      return '';
    };
    const models = agent.get('https://huggingface.co');
    const list = models.intercept({ path: `${listing}?recursive=true` });
    if (statusCode === 200) list.reply(200, JSON.stringify([entry('tiny-Q8_0.gguf', tiny)]));
    else list.reply(statusCode, 'gated');
    models.intercept({ path: repository }).reply((request) => {
      note('huggingface.co')(request);
      return { statusCode: 302, data: '', responseOptions: { headers: { location: 'https://cdn-lfs.hf.co/blob' } } };
    });
    agent
      .get('https://cdn-lfs.hf.co')
      .intercept({ path: '/blob' })
      .reply((request) => {
        note('cdn-lfs.hf.co')(request);
        return { statusCode: 200, data: tiny };
      });
    return { agent, seen };
  }

  test('goes to Hugging Face, not to where it redirects', async () => {
    const { agent, seen } = hubWith(200);
    await obtain('hf:u/tiny-GGUF', undefined, { dispatcher: agent, environment: { HF_ENDPOINT: '' } });
    expect(seen).toEqual([
      ['huggingface.co', 'Bearer hf_secret'],
      ['cdn-lfs.hf.co', undefined],
    ]);
  });

  test('that may not read the model is told apart from none', async () => {
    const { agent } = hubWith(403);
    await expect(obtain('hf:u/tiny-GGUF', undefined, { dispatcher: agent, environment: { HF_ENDPOINT: '' } })).rejects.toThrow(
      'Hugging Face refuses u/tiny-GGUF (403) although HF_TOKEN is set: accept the terms on https://huggingface.co/u/tiny-GGUF, or use a token that may read it.',
    );
  });

  test('never goes to a mirror', async () => {
    await using server = await startFileServer(hub);
    await obtain('hf:u/tiny-GGUF', server);
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });
});
