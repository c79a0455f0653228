// The mock as a command, `conformance mock --script FILE`, with the same lines: its memory is that of a process which may set V8's flags.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { lines, listening } from './meter.mjs';

const { deltas, pace, slowly } = lines;
const tokensPerSecond = (1000 * (deltas.join('').length / 4)) / (pace.lastMs - pace.firstMs);
const otherwise = { content: [{ say: deltas }] };
const script = {
  rules: [{ when: { lastUser: slowly }, reply: { ...otherwise, pace: { ttft: pace.firstMs, tokensPerSecond } } }],
  otherwise,
};
const folder = mkdtempSync(join(tmpdir(), 'bench-script-'));
const file = join(folder, 'script.json');
writeFileSync(file, JSON.stringify(script));
process.on('exit', () => rmSync(folder, { recursive: true }));

// The first line that the command prints is its URL.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => {
  process.stdout.write = write;
  listening(String(text).trim());
  return true;
};
process.argv.splice(2, process.argv.length, 'mock', '--port', '0', '--script', file);
await import(resolve(import.meta.dirname, '../../dist/cli/bin.cjs'));
