// The package as a user gets it: packed, installed into an empty folder from the registry, run from there.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMock } from '../mock/index.ts';
import { listen } from '../endpoint/node/index.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'conformance-install-'));
const installed = join(folder, 'node_modules/messages-conformance');

function sizeOf(path: string): number {
  const stat = statSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

beforeAll(() => {
  const packed: unknown = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const [{ filename = '' } = {}] = packed as readonly { readonly filename?: string }[];
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  run('npm', 'install', '--no-audit', '--no-fund', `./${filename}`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the installed package', () => {
  test('stays within its bounds: 9 MB of its own, 16 MB and 8 packages in all', () => {
    const lock: unknown = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
    const { packages } = lock as { readonly packages: Readonly<Record<string, unknown>> };
    expect(Object.keys(packages).filter((name) => name !== '').length).toBeLessThanOrEqual(8);
    expect(sizeOf(installed)).toBeLessThan(9e6);
    expect(sizeOf(join(folder, 'node_modules'))).toBeLessThan(16e6);
  });

  test('answers to both of its commands', () => {
    expect(run(join(folder, 'node_modules/.bin/conformance'), 'list')).toContain('stream.order.message-start-first');
    expect(run(join(folder, 'node_modules/.bin/messages-conformance'), '--version').trim()).toBe('0.1.0');
  });

  test('checks a server', async () => {
    await using server = await listen(createMock({ apiKeys: [] }), { port: 0 });
    const { stdout } = await promisify(execFile)(join(folder, 'node_modules/.bin/conformance'), ['--base-url', server.url], {
      cwd: folder,
    });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed/);
  });

  test('says how to install the model library where it is missing', () => {
    let message = '';
    try {
      run(join(folder, 'node_modules/.bin/conformance'), 'serve', '--port', '0');
    } catch (error) {
      message = String((error as { readonly stderr?: unknown }).stderr);
    }
    expect(message).toContain('npm i --omit=optional node-llama-cpp@');
    expect(message).toContain('@node-llama-cpp/');
    expect(message).not.toContain('    at ');
  });

  test('exports its entries, validators included', () => {
    const script = `
      import { run } from 'messages-conformance';
      import { createMock } from 'messages-conformance/mock';
      import { listen } from 'messages-conformance/mock/node';
      import { withKnownFaults } from 'messages-conformance/mock/faults';
      import { validate } from 'messages-conformance/spec';
      import message from 'messages-conformance/spec/schemas/message.json' with { type: 'json' };
      import grammar from 'messages-conformance/spec/stream-grammar.json' with { type: 'json' };
      import manifest from 'messages-conformance/package.json' with { type: 'json' };
      const problems = validate('message', { id: '😀' });
      const kinds = [run, createMock, listen, withKnownFaults, message, grammar, manifest].map((value) => typeof value);
      process.stdout.write([...kinds, problems.length > 0].join());`;
    writeFileSync(join(folder, 'entries.mjs'), script);
    expect(run(process.execPath, 'entries.mjs')).toBe('function,function,function,function,object,object,object,true');
  });

  test('exports entries that need a peer, and names the one that is missing', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const { exports: entries } = manifest as { readonly exports: Readonly<Record<string, unknown>> };
    const needing: Readonly<Record<string, string>> = { './msw': 'msw', './vitest': 'vitest', './vitest/suite': 'vitest' };
    for (const [entry, peer] of Object.entries(needing)) {
      expect(Object.keys(entries)).toContain(entry);
      const script = `await import('messages-conformance/${entry.slice(2)}').catch(({ code, message }) => console.log(code, message));`;
      expect(run(process.execPath, '--input-type=module', '--eval', script)).toContain(
        `ERR_MODULE_NOT_FOUND Cannot find package '${peer}'`,
      );
    }
    // Every other entry is imported above.
    const others = [
      '.',
      './mock',
      './mock/faults',
      './mock/node',
      './spec',
      './spec/schemas/*',
      './spec/stream-grammar.json',
      './package.json',
    ];
    expect(Object.keys(entries).toSorted()).toEqual([...others, ...Object.keys(needing)].toSorted());
  });
});
