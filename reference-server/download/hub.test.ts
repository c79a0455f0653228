import { MockAgent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { DownloadHttp } from './download-http.ts';
import { type FileHandler, json, startFileServer } from './file-server.fixture.ts';
import { hubFiles, type RemoteFile } from './hub.ts';

const model = { kind: 'hub', repository: 'u/m', revision: 'main' } as const;
const listing = '/api/models/u/m/tree/main';

async function filesAt(handler: FileHandler): Promise<readonly RemoteFile[]> {
  await using server = await startFileServer({ [listing]: handler });
  await using http = new DownloadHttp();
  return await hubFiles(model, new URL(server.url), http);
}

test('a list without end is not read to its end', async () => {
  const megabyte = Buffer.alloc(1_000_000, ' ');
  let sent = 0;
  const endless: FileHandler = (_request, response) => {
    const more = (): void => {
      // So that a client that reads everything fails, and does not fill the memory.
      if (sent >= 100) return void response.end('[]');
      sent += 1;
      response.write(megabyte, more);
    };
    response.on('error', () => undefined);
    more();
  };
  await expect(filesAt(endless)).rejects.toMatchObject({
    code: 'model-refused',
    message: expect.stringMatching(/^127\.0\.0\.1:\d+ lists files without end: more than 16 MB of names\.$/u) as unknown,
  });
  expect(sent).toBeLessThan(100);
});

test('nor are pages that are too long together', async () => {
  const page: FileHandler = (request, response) =>
    json(['x'.repeat(6_000_000)], { link: `<http://${request.headers.host}${listing}?cursor=1>; rel="next"` })(request, response, 1);
  await expect(filesAt(page)).rejects.toThrow('lists files without end');
});

test.each([
  ['https://hub.example', 'http://hub.example/next'],
  ['https://hub.example', 'ftp://hub.example/next'],
  ['http://hub.example', 'file:///etc/passwd'],
])('a list of %s is not continued at %s', async (endpoint, next) => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  onTestFinished(() => agent.close());
  agent
    .get(endpoint)
    .intercept({ path: `${listing}?recursive=true` })
    .reply(200, '[]', { headers: { link: `<${next}>; rel="next"` } });
  agent.get('http://hub.example').intercept({ path: '/next' }).reply(200, '[]');
  await using http = new DownloadHttp({ dispatcher: agent });
  await expect(hubFiles(model, new URL(endpoint), http)).rejects.toMatchObject({
    code: 'model-refused',
    message: 'hub.example continues its list of files at a place that is not safe to follow.',
  });
});

test('names that a terminal would obey are not taken from a list', async () => {
  const names = ['a\u009b2J-Q8_0.gguf', 'a\u202efugg-Q8_0.gguf', 'a\u2028-Q8_0.gguf', 'a\u007f-Q8_0.gguf', 'a\u200b-Q8_0.gguf'];
  const list = [...names, 'fine-ä-模型-Q8_0.gguf'].map((path) => ({ type: 'file', path, size: 1 }));
  expect((await filesAt(json(list))).map(({ name }) => name)).toEqual(['fine-ä-模型-Q8_0.gguf']);
});
