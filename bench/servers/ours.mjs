// The mock as it is published, with a script, validation and journal on.
import { createMock, stream } from '../../dist/mock/index.js';
import { listen } from '../../dist/mock/node.js';
import { lines, listening } from './meter.mjs';

const { deltas, pace, slowly } = lines;
const answer = stream().text(deltas);
const mock = createMock();
mock.otherwise(answer);
const tokens = deltas.join('').length / 4;
const tokensPerSecond = (1000 * tokens) / (pace.lastMs - pace.firstMs);
mock.when({ lastUser: slowly }).reply(answer.pace({ ttft: pace.firstMs, tokensPerSecond }));
const { url } = await listen(mock, { port: 0 });
listening(url);
