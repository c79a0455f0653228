import { MockAgent } from 'undici';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { DownloadHttp } from './download-http.ts';

let agent: MockAgent;
beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
  onTestFinished(() => agent.close());
});

/** The authorization that was sent there; undefined for none. */
async function authorizationAt(url: URL): Promise<unknown> {
  let sent: unknown = 'not asked';
  agent
    .get(url.origin)
    .intercept({ path: url.pathname })
    .reply((request) => {
      sent = (request.headers as Record<string, string>)['authorization'];
      return { statusCode: 200, data: '' };
    });
  await using http = new DownloadHttp({ token: ' hf_secret\n', dispatcher: agent });
  await http.get(url);
  return sent;
}

test.each([
  ['https://huggingface.co/x', 'Bearer hf_secret'],
  ['https://hf.co/x', 'Bearer hf_secret'],
  ['http://huggingface.co/x', undefined],
  ['https://cdn-lfs.huggingface.co/x', undefined],
  ['https://huggingface.co.example.com/x', undefined],
  ['https://example.com/x', undefined],
])('with a token, %s is sent %s', async (url, authorization) => {
  expect(await authorizationAt(new URL(url))).toBe(authorization);
});

describe('a redirect', () => {
  /** Where a redirect from the one to the other ends. */
  async function followed(from: string, to: string): Promise<string> {
    const [start, end] = [new URL(from), new URL(to, from)];
    agent
      .get(start.origin)
      .intercept({ path: start.pathname })
      .reply(302, '', { headers: { location: to } });
    if (/^https?:$/u.test(end.protocol)) agent.get(end.origin).intercept({ path: end.pathname }).reply(200, `from ${end.href}`);
    await using http = new DownloadHttp({ dispatcher: agent });
    return (await http.get(start)).body.text();
  }

  test.each([
    ['http://a.example/x', 'https://b.example/y', 'https://b.example/y'],
    ['http://a.example/x', 'http://b.example/y', 'http://b.example/y'],
    ['https://a.example/x', 'https://b.example/y', 'https://b.example/y'],
    ['https://a.example/x', '/y', 'https://a.example/y'],
  ])('from %s to %s is followed', async (from, to, end) => {
    expect(await followed(from, to)).toBe(`from ${end}`);
  });

  test.each([
    ['https://a.example/x', 'http://b.example/y'],
    ['https://a.example/x', 'http://a.example/y'],
    ['http://a.example/x', 'file:///etc/passwd'],
    ['http://a.example/x', 'ftp://b.example/y'],
  ])('from %s to %s is not', async (from, to) => {
    await expect(followed(from, to)).rejects.toMatchObject({
      code: 'model-refused',
      message: 'a.example redirects the download to a place that is not safe to follow.',
    });
  });
});

describe('the proxy of the environment', () => {
  beforeEach(() => {
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
  });

  test.each([
    ['HTTPS_PROXY', 'me:secret'],
    ['https_proxy', 'foo'],
    ['HTTP_PROXY', 'http://'],
    ['http_proxy', 'ftp://proxy.example'],
  ])('%s=%s is refused by the name of the variable, without its value', (name, value) => {
    vi.stubEnv(name, value);
    expect(() => new DownloadHttp()).toThrow(
      expect.objectContaining({
        name: 'StartError',
        message: `${name} is not the URL of a proxy: write it as in http://proxy.example:8080, or unset it.`,
      }),
    );
  });

  test.each([
    { HTTPS_PROXY: 'http://me:secret@127.0.0.1:9', http_proxy: 'https://127.0.0.1:9' },
    { HTTPS_PROXY: '' },
    // The small one counts.
    { https_proxy: '', HTTPS_PROXY: 'foo' },
  ])('%j is taken', async (environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    await using http = new DownloadHttp();
    expect(http.signal).toBeUndefined();
  });
});
