import { describe, expect, test } from 'vitest';
import { upstreamSettings } from './upstream.ts';

const upstream = 'http://127.0.0.1:8000/v1';
const environment = { KEY: 'secret\n' };

test.each([
  { flags: {}, settings: undefined },
  { flags: { upstream }, settings: { upstream } },
  { flags: { upstream, trial: true }, settings: { upstream } },
  { flags: { upstream, upstreamKeyEnv: 'KEY', upstreamEngine: 'sglang' }, settings: { upstream, key: 'secret', engine: 'sglang' } },
])('$flags', ({ flags, settings }) => {
  expect(upstreamSettings(flags, environment)).toEqual(settings);
});

describe('refuses', () => {
  test.each([
    { flags: { upstreamKeyEnv: 'KEY' }, why: '--upstream-key-env goes with --upstream URL.' },
    { flags: { upstream, model: 'a.gguf' }, why: 'With --upstream the engine has its own models and settings; leave out --model.' },
    { flags: { upstream, threads: '2' }, why: 'With --upstream the engine has its own models and settings; leave out --threads.' },
    { flags: { upstream, gpuLayers: '2' }, why: 'With --upstream the engine has its own models and settings; leave out --gpu-layers.' },
    { flags: { upstream, trial: false }, why: 'With --upstream the engine has its own models and settings; leave out --no-trial.' },
    { flags: { upstream, upstreamKeyEnv: 'NONE' }, why: 'The environment variable NONE, named by --upstream-key-env, is not set.' },
    {
      flags: { upstream, upstreamEngine: 'vlm' },
      why: '--upstream-engine takes vllm, sglang, lmdeploy, llamacpp or other, not "vlm"; did you mean vllm?',
    },
  ])('$flags', ({ flags, why }) => {
    expect(() => upstreamSettings(flags, environment)).toThrow(why);
  });
});
