// Measures a GGUF on held-out prompts: `node reference-server/model/evaluate.mjs [file.gguf] [--misses] [--class=echo]`.
// `ok` is a right answer by the case's own rule, `ended` an answer that stopped by itself.
import { fileURLToPath } from 'node:url';

import { cases } from './evaluation/cases.mjs';
import { loadModel } from './evaluation/model.mjs';

const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const showMisses = process.argv.includes('--misses');
const onlyClass = process.argv.find((argument) => argument.startsWith('--class='))?.slice('--class='.length) ?? '';
const answer = await loadModel(paths[0] ?? fileURLToPath(new URL('tiny.gguf', import.meta.url)), 24_576);

function holds(check, text, tokens) {
  try {
    return check(text, tokens);
  } catch {
    return false; // The answer was no JSON where JSON was due.
  }
}

const rows = new Map();
const started = performance.now();
let tokens = 0;
for (const [label, request, check, detail] of cases()) {
  if (!label.includes(onlyClass)) continue;
  const found = await answer(request);
  const row = rows.get(label) ?? { class: label, ok: 0, ended: 0, n: 0, longestPrompt: 0 };
  rows.set(label, row);
  row.n++;
  row.longestPrompt = Math.max(row.longestPrompt, found.promptTokens);
  tokens += found.tokens;
  if (found.ended) row.ended++;
  const ok = holds(check, found.text, found.tokens);
  if (ok) row.ok++;
  if (showMisses && !(ok && found.ended)) {
    console.log(`${label}${detail ? ` (${detail})` : ''}: ${JSON.stringify(request.messages.at(-1).content.slice(-90))}\n    ${JSON.stringify(found.text.slice(0, 200))}`);
  }
}

const table = [...rows.values()];
const total = (key) => table.reduce((sum, row) => sum + row[key], 0);
console.log('| class | ok | ended | longest prompt |\n| --- | --- | --- | --- |');
for (const row of table) console.log(`| ${row.class} | ${row.ok}/${row.n} | ${row.ended}/${row.n} | ${row.longestPrompt} |`);
console.log(`| all | ${total('ok')}/${total('n')} | ${total('ended')}/${total('n')} | |`);
console.log(`${tokens} tokens generated in ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exit(0);
