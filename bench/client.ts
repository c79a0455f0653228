// The client of the benchmark, a process of its own: sends the same request many times over kept connections, reads every answer to its end,
// and refuses to count one that is not like the first.
import { once } from 'node:events';
import { Agent, request as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** `total` requests, `parallel` at a time. */
export interface Load {
  readonly url: string;
  readonly body: string;
  readonly total: number;
  readonly parallel: number;
}

export interface LoadResult {
  /** From the request to the last byte of its answer, one number for each request. */
  readonly durationsMs: readonly number[];
  /** The first answer. */
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'sk-bench' };

/** The text of a 200. */
async function ask(url: string, body: string): Promise<string> {
  const length = { 'content-length': Buffer.byteLength(body) };
  const request = send(`${url}/v1/messages`, { method: 'POST', agent, headers: { ...headers, ...length } }).end(body);
  const [response]: readonly IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error(`${url} did not answer`);
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}: ${answer.slice(0, 200)}`);
  return answer;
}

async function run({ url, body, total, parallel }: Load): Promise<LoadResult> {
  const first = await ask(url, body);
  const durationsMs: number[] = [];
  let left = total;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      const answer = await ask(url, body);
      // Ids differ, and their lengths may by a few characters.
      if (Math.abs(answer.length - first.length) > 16) throw new Error(`${url} answered differently: ${answer}`);
      durationsMs.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  // A server may close what is idle until the next round.
  agent.destroy();
  return { durationsMs, text: first };
}

process.on('message', (load: Load) => {
  run(load).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
