import { CommanderError } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReportError } from '../reports/errors.ts';
import { ConformanceError } from '../runner/errors.ts';
import { failureOf } from './failure.ts';
import { UsageError } from './usage-error.ts';

afterEach(() => vi.unstubAllEnvs());

describe('what was thrown becomes one sentence and an exit code', () => {
  it.each([
    ['a mistake in what was typed', new UsageError('No server to check.'), { exitCode: 2, text: 'No server to check.' }],
    ['a folder that cannot be written', new ReportError('output', 'Cannot write x.'), { exitCode: 2, text: 'Cannot write x.' }],
    ['a usage error of the runner', new ConformanceError('usage', 'Not a URL.'), { exitCode: 2, text: 'Not a URL.' }],
    ['a server that cannot be reached', new ConformanceError('target', 'No route.'), { exitCode: 3, text: 'No route.' }],
    [
      'a fault of the harness',
      new ConformanceError('harness', 'The suite itself failed.'),
      { exitCode: 4, text: 'The suite itself failed.' },
    ],
    ['help', new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'), { exitCode: 0 }],
    [
      'an unknown flag',
      new CommanderError(1, 'commander.unknownOption', "error: unknown option '--modle'\n(Did you mean --model?)"),
      { exitCode: 2, text: "Unknown option '--modle'; did you mean --model?" },
    ],
    [
      'a missing argument',
      new CommanderError(1, 'commander.missingArgument', "error: missing required argument 'id'"),
      { exitCode: 2, text: "Missing required argument 'id'; see --help." },
    ],
    [
      'anything else',
      new TypeError('x is not a function'),
      { exitCode: 4, text: 'A fault of messages-conformance itself: x is not a function. CONFORMANCE_DEBUG=1 shows where.' },
    ],
  ])('%s', (_name, error, expected) => {
    expect(failureOf(error)).toEqual(expected);
  });

  it('what a file or a server put into the sentence stays on its line, visible, and short', () => {
    expect(failureOf(new UsageError('no setting "\u001B]0;owned\u0007\n::error::x".')).text).toBe(
      'no setting "\\x1b]0;owned\\x07\\n::error::x".',
    );
    expect(failureOf(new TypeError('a\r\nb')).text).toContain('itself: a\\r\\nb. CONFORMANCE_DEBUG=1');
    expect(failureOf(new UsageError('x'.repeat(1_000_000))).text).toBe(`${'x'.repeat(2000)}… (998,000 more characters)`);
  });

  it('shows the stack only to who asks for it', () => {
    vi.stubEnv('CONFORMANCE_DEBUG', '1');
    expect(failureOf(new TypeError('x')).text).toMatch(/^TypeError: x\n +at /);
  });
});
