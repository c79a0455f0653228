import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { sayHello } from './say-hello.ts';

/** What official SDKs, Claude Code and tracing middleware add to every request. */
const clientHeaders = {
  'x-stainless-lang': 'js',
  'x-stainless-os': 'Linux',
  'x-stainless-arch': 'x64',
  'x-stainless-runtime': 'node',
  'x-stainless-runtime-version': 'v24.1.0',
  'x-stainless-package-version': '1.11.0',
  'x-stainless-retry-count': '0',
  'x-stainless-timeout': '600',
  'x-stainless-helper-method': 'stream',
  'x-app': 'cli',
  'x-claude-code-session-id': '00000000-0000-4000-8000-000000000000',
  'anthropic-dangerous-direct-browser-access': 'true',
  traceparent: '00-00000000000000000000000000000001-0000000000000001-00',
};

/** Upper case against the lower case of the run's own headers; the version is the one that every server knows. */
const shoutedHeaders = { 'ANTHROPIC-VERSION': '2023-06-01', 'CONTENT-TYPE': 'application/json' };

export const headers: Probe = probe({
  id: 'headers',
  title: 'Request headers as clients really send them: media types and content codings, extra headers, another case, betas',
  cost: { requests: 13, outputTokens: 13 },
  steps: [
    'base',
    'base-stream',
    'charset',
    'extra',
    'case',
    'beta-list',
    'beta-unknown',
    'user-profile',
    'workspace',
    'offered-stream',
    'text-plain',
    'gzip',
    'gzip-corrupt',
  ],
  async run({ model, send }) {
    const body = sayHello(model);
    const request = messagesRequest(body);
    const stream = messagesRequest({ ...body, stream: true });
    const sendWith = (step: string, added: Readonly<Record<string, string>>) =>
      send(step, { ...request, headers: added }, { control: 'base' });
    const plain = await send('base', request);
    await send('base-stream', stream);
    await sendWith('charset', { 'content-type': 'application/json; charset=utf-8' });
    await sendWith('extra', clientHeaders);
    await sendWith('case', shoutedHeaders);
    await sendWith('beta-list', {
      'anthropic-beta': 'prompt-caching-2024-07-31, token-counting-2024-11-01 ,interleaved-thinking-2025-05-14',
    });
    await sendWith('beta-unknown', { 'anthropic-beta': 'no-such-beta-2026-01-01' });
    await sendWith('user-profile', { 'anthropic-user-profile-id': 'uprof_01Conformance' });
    await sendWith('workspace', { 'anthropic-workspace-id': 'wrkspc_01Conformance' });
    // Every other request of a run says identity.
    await send('offered-stream', { ...stream, headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
    if (!isAccepted(plain)) return;
    await sendWith('text-plain', { 'content-type': 'text/plain' });
    const coded = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const { json: _json, ...bare } = request;
    await send('gzip', { ...bare, raw: await gzipped(JSON.stringify(body)), headers: coded }, { control: 'base' });
    await sendWith('gzip-corrupt', { 'content-encoding': 'gzip' });
  },
});

async function gzipped(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
