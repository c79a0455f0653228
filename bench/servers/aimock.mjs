// @copilotkit/aimock with the same lines. It is no dependency: the second argument is where the benchmark has installed it.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { lines, listening } from './meter.mjs';

const { LLMock } = await import(pathToFileURL(createRequire(`${process.argv[3]}/`).resolve('@copilotkit/aimock')).href);
const { deltas, pace, slowly } = lines;
const answer = { content: deltas.join('') };
const chunkSize = deltas[0].length;
const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
// It pauses before every event, five of which are no delta.
const stepMs = (pace.lastMs - pace.firstMs) / (deltas.length + 4);
mock.onMessage(slowly, answer, { chunkSize, streamingProfile: { ttft: pace.firstMs, tps: 1000 / stepMs } });
mock.onMessage(/./, answer, { chunkSize });
await mock.start();
listening(mock.url);
