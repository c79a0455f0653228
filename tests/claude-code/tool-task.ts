/** A scripted mock lets Claude Code read a file, run a command and answer: the task is done where all of it really happened. */
import { join } from 'node:path';
import { inject } from '../../mock/faults/inject.ts';
import { createMock, say, think, useTool } from '../../mock/index.ts';
import { listen } from '../../mock/node.ts';
import { record } from './recorded.ts';
import { type Scenario, scenarioResult } from './scenario.ts';
import { runTurn } from './session.ts';
import { openSandbox } from './sandbox.ts';

const model = 'mock-model';
const title = 'a scripted mock makes it read a file, run a command and answer';
/** Stands in the file alone, so that a request that holds it shows that the file was read; in capitals, that the command ran. */
const word = 'heliotrope';
const answer = `The word is ${word}.`;

export const toolTask: Scenario = {
  id: 'mock',
  title,
  async run({ binary, outside, faults }) {
    const mock = createMock();
    await using server = await listen(inject(mock, faults));
    const recorded = await record(server.url, async ({ url }) => {
      using sandbox = openSandbox({ 'notes.txt': `The word is ${word}.\n` }, url, outside);
      const file = join(sandbox.project, 'notes.txt');
      // By what was said before, so that a request which is sent again gets the same answer.
      mock.otherwise(think('A file first.').say('I will read it.').useTool('Read', { file_path: file }));
      mock.when({ toolResult: 'Read' }).reply(useTool('Bash', { command: 'tr a-z A-Z < notes.txt', description: 'Prints it in capitals' }));
      mock.when({ toolResult: 'Bash' }).reply(say(answer));
      const prompt = 'Read notes.txt, print it in capitals, and tell me the word.';
      return [await runTurn(binary, [prompt, '--model', model, '--allowedTools', 'Read,Bash'], sandbox)];
    });
    const [turn] = recorded.result;
    const bodies = mock.requests.map(({ rawBody = '' }) => rawBody);
    const asExpected: readonly (readonly [boolean, string])[] = [
      [turn?.result === answer, `the answer is not the scripted one, but ${JSON.stringify(turn?.result)}`],
      [turn?.tools.join() === 'Read,Bash', `it called ${turn?.tools.join(', ') || 'no tool'}, not Read and Bash`],
      [recorded.requests.length === 3, `the task took ${recorded.requests.length} requests, not 3`],
      [bodies.some((body) => body.includes(word)), 'no request holds what the file says'],
      [bodies.some((body) => body.includes(word.toUpperCase())), 'no request holds what the command printed'],
    ];
    return scenarioResult(toolTask, recorded, { problems: asExpected.flatMap(([holds, problem]) => (holds ? [] : [problem])) });
  },
};
