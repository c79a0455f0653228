import { expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { createProgram } from './program.ts';

/** What a user reads who types these words. */
async function said(words: readonly string[]): Promise<string | undefined> {
  try {
    await createProgram().parseAsync(words, { from: 'user' });
  } catch (error) {
    const { exitCode, text } = failureOf(error, words);
    expect(exitCode).toBe(2);
    return text;
  }
  return expect.fail('nothing was thrown');
}

const forUrl = 'name the server with --base-url URL.';
const forReport = '--report FORMAT=PATH writes a report, as in --report html=report.html.';
const forKey = 'put the key into an environment variable and name that with --api-key-env NAME.';

test.each([
  [['--api-key', 'sk-secret'], `Unknown option '--api-key'; ${forKey}`],
  [['--api-key=sk-secret'], `Unknown option '--api-key'; ${forKey}`],
  [['run', '--url', 'http://h'], `Unknown option '--url'; ${forUrl}`],
  [['plan', '-u', 'http://h'], `Unknown option '-u'; ${forUrl}`],
  [['--endpoint', 'http://h'], `Unknown option '--endpoint'; ${forUrl}`],
  [['--baseURL', 'http://h'], `Unknown option '--baseURL'; ${forUrl}`],
  [['--json'], `Unknown option '--json'; ${forReport}`],
  [['--html', 'x.html'], `Unknown option '--html'; ${forReport}`],
  [['--format', 'json'], `Unknown option '--format'; ${forReport}`],
  [['--out', 'x'], `Unknown option '--out'; ${forReport}`],
  [['--output-format', 'json'], `Unknown option '--output-format'; ${forReport}`],
  [['--list'], "Unknown option '--list'; the checks are listed by npx messages-conformance list."],
  [['--dry-run'], "Unknown option '--dry-run'; what would be sent is printed by npx messages-conformance plan."],
  [['test', 'http://h:1'], 'There is no command "test"; a server is checked by npx messages-conformance run --base-url http://h:1.'],
  [['check'], 'There is no command "check"; a server is checked by npx messages-conformance run --base-url URL.'],
  [['--base-url', 'http://h', '--only', 'stream'], '--only stream matches no check; did you mean stream.*?'],
  [['list', 'stream'], 'Too many arguments for \'list\'; select with --only "stream.*".'],
  [
    ['explain', 'stream.order'],
    'There is no check "stream.order"; its checks are listed by npx messages-conformance list --only "stream.order.*".',
  ],
  [['serve', 'model.gguf'], "Too many arguments for 'serve'; name the model with --model model.gguf."],
  [['serve', '--ctx-size', '4096'], "Unknown option '--ctx-size'; did you mean --context-size?"],
  [['serve', '--context', '4096'], "Unknown option '--context'; did you mean --context-size?"],
  [['proxy', 'http://h'], "Too many arguments for 'proxy'; name the server with --upstream http://h."],
  [
    ['repro', 'out/record.json', 'stream.order.has-message-delta'],
    'The id comes first, as in: npx messages-conformance repro stream.order.has-message-delta out/record.json',
  ],
])('%j', async (words, text) => {
  expect(await said(words)).toBe(text);
});

test('a flag that another command has is not explained with the words for run', async () => {
  expect(await said(['matrix', 'x', '--url', 'y'])).toBe("Unknown option '--url'; see --help.");
});

test('the environment variables of run stand apart from their flags', () => {
  const help: string[] = [];
  const run = createProgram().commands.find((command) => command.name() === 'run');
  run?.configureOutput({ writeOut: (text) => help.push(text) }).outputHelp();
  expect(help.join('')).toContain('\n  CONFORMANCE_STRICT_BASELINE  --strict-baseline\n  CONFORMANCE_OUTPUT           --output');
});
