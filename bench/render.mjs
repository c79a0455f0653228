// Renders a record once, as a command does that was just started, and then again and again. Its answer goes to the parent.
import { readFileSync } from 'node:fs';
import { catalogue } from '../dist/reports/catalogue.js';
import { formats } from '../dist/reports/formats.js';

const [, , file, format] = process.argv;
const record = JSON.parse(readFileSync(file, 'utf8'));
const times = [];
let length = 0;
for (let round = 0; round < 12; round += 1) {
  const began = performance.now();
  const render = await formats[format].load();
  const text = render(record, catalogue);
  length = 0;
  for (const piece of typeof text === 'string' ? [text] : text) length += Buffer.byteLength(piece);
  times.push(performance.now() - began);
}
process.send({ times, length });
