import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { installLine } from './engine.ts';

test('the install line names the one binary package of the platform, at the same version', () => {
  expect(installLine({ os: 'linux', arch: 'x64' })).toBe(
    'npm i --omit=optional node-llama-cpp@3.22.1 @huggingface/jinja@0.5.11 @node-llama-cpp/linux-x64@3.22.1',
  );
  expect(installLine({ os: 'darwin', arch: 'arm64' })).toBe(
    'npm i --omit=optional node-llama-cpp@3.22.1 @huggingface/jinja@0.5.11 @node-llama-cpp/mac-arm64-metal@3.22.1',
  );
});

test('the install line of a platform without a binary names the engine alone', () => {
  expect(installLine({ os: 'freebsd', arch: 'x64' })).toBe('npm i --omit=optional node-llama-cpp@3.22.1 @huggingface/jinja@0.5.11');
});

test('the version is the one that package.json asks for', () => {
  expect(installLine()).toContain(`node-llama-cpp@${manifest.peerDependencies['node-llama-cpp'].replace('^', '')}`);
});
