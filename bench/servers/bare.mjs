// As little as a server can do: reads the body, looks at `stream`, writes bytes that it was given: those of our mock, so that what is left
// between the two is what the mock does. The floor under every other number.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { lines, listening } from './meter.mjs';

const { pace, slowly, body, events } = lines;
const stepMs = (pace.lastMs - pace.firstMs) / (events.length - 1);

/** Events when they are due, counted from the beginning. */
async function writeSlowly(response) {
  const began = performance.now();
  for (const [index, text] of events.entries()) {
    await pause(Math.max(0, began + pace.firstMs + index * stepMs - performance.now()));
    response.write(text);
  }
  response.end();
}

const server = createServer(async (request, response) => {
  const asked = await json(request);
  if (asked.stream !== true) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  if (asked.messages.at(-1).content === slowly) await writeSlowly(response);
  else {
    for (const text of events) response.write(text);
    response.end();
  }
});
server.listen(0, '127.0.0.1', () => listening(`http://127.0.0.1:${server.address().port}`));
