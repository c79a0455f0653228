/** The commands and their flags. What a command needs is loaded when it runs, so that `--help`, `list` and `explain` start at once. */
import { Command, Option } from 'commander';
import { catalogue } from '../reports/catalogue.ts';
import type { Flags } from './settings/given.ts';
import { type Definition, definitions } from './settings/definitions.ts';
import { didYouMean, UsageError } from './usage-error.ts';

export function createProgram(): Command {
  const program = new Command('conformance')
    .description('Checks servers that speak the Anthropic Messages API. Without a command: run.')
    .version(catalogue.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ showGlobalOptions: false });
  program.addCommand(runProgram(), { isDefault: true });
  program
    .command('list')
    .description('list the checks')
    .addOption(repeatable('--only <globs>', 'only these, as in "stream.*"'))
    .addOption(repeatable('--skip <globs>', 'without these'))
    .option('--level <level>', 'weakest level to list: must, should, may')
    .option('--json', 'as JSON')
    .action(async (flags: Flags) => (await import('./commands/list.ts')).listCommand(flags));
  program
    .command('explain')
    .description('explain a check')
    .argument('<id>', 'id of the check')
    .action(async (id: string) => (await import('./commands/explain.ts')).explainCommand(id));
  program
    .command('serve')
    .description('start the reference server, on the bundled model or your own')
    .option('--model <file>', 'GGUF file (default: the bundled model)')
    .option('--port <n>', 'port, 0 for any free one (default: 8642)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--api-key <key>', 'ask clients for this key; other users of the machine see it in the process list')
    .option('--api-key-env <name>', 'ask clients for the key in this environment variable')
    .option('--context-size <tokens>', 'tokens of prompt and answer together')
    .option('--threads <n>', 'CPU threads')
    .action(async (flags: Flags) => (await import('./commands/serve.ts')).serveCommand(flags));
  program.addCommand(mockProgram());
  // People ask for --help before they know that `run` has a name.
  program.addHelpText(
    'after',
    () => `\nOptions of run:\n${runOptionsHelp()}\n\n  conformance --base-url http://127.0.0.1:8000 --model NAME`,
  );
  for (const command of [program, ...program.commands]) speakInSentences(command);
  return program;
}

function runProgram(): Command {
  const command = new Command('run').description('check a server (the default)').usage('[options]').helpOption('-h, --help', 'show help');
  for (const { flag, help, isRepeatable } of runDefinitions()) {
    command.addOption(isRepeatable === true ? repeatable(flag, help) : new Option(flag, help));
  }
  return command
    .option('--config <file>', 'settings (default: conformance.config.json, where there is one)')
    .option('--quiet', 'print only the summary')
    .option('--verbose', 'print every step too')
    .option('--no-color', 'print without colour')
    .allowExcessArguments()
    .addHelpText('after', () => `\nFlags win over the environment, the environment over the file. Environment:\n${environmentHelp()}`)
    .action(async (flags: Flags & { readonly header?: readonly string[] }, self: Command) => {
      refuseOperands(self.args);
      const { header, ...rest } = flags;
      await (await import('./commands/run.ts')).runCommand({ ...rest, headers: header });
    });
}

function mockProgram(): Command {
  return new Command('mock')
    .description('start a mock server: by its own rules, by a script, or from a recording of a real one')
    .helpOption('-h, --help', 'show help')
    .option('--port <n>', 'port (default: any free one)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--script <file>', 'what to answer: .json, or .ts, .mjs that exports script(mock)')
    .addOption(repeatable('--model <name>', 'model to list and to accept, instead of the usual ones'))
    .option('--api-key <key>', 'ask clients for this key; other users of the machine see it in the process list')
    .option('--api-key-env <name>', 'ask clients for the key in this environment variable')
    .option('--pace <list>', 'how fast answers come, as in "ttft=120,tps=60,jitter=0.2"')
    .option('--chaos <probability>', 'share of requests that fail by chance, from 0 to 1')
    .option('--seed <n>', 'of ids, jitter and chaos (default: 1)')
    .option('--rate-limit <limit>', 'answer 429 to more requests than this, as in "60/minute"')
    .option('--validate <mode>', 'what happens to wrong requests: strict (a 400), warn (a line on stderr), off (default: strict)')
    .option('--control', 'serve GET /_mock/requests (what was asked) and POST /_mock/reset too')
    .option('--record <folder>', 'pass requests on to --upstream and record them there, without keys')
    .option('--upstream <url>', 'the server to record')
    .option('--replay <folder>', 'answer from a recording, and refuse what was not recorded')
    .option('--speed <n>', 'of a replay: 0 at once, 1 as recorded, 2 twice as fast (default: 0)')
    .option('--log', 'print a line for each request on stderr')
    .addHelpText('after', mockHelp)
    .action(async (flags: Flags) => (await import('./commands/mock.ts')).mockCommand(flags));
}

const mockHelp = `
The first line on standard output is the URL, for ANTHROPIC_BASE_URL. Requests with a header x-mock-scope: KEY have a mock of
their own, with the whole script before it, so that tests which run at the same time can share a server.

  conformance mock --port 8080 --script replies.json --log
  conformance mock --record recordings --upstream https://api.anthropic.com
  conformance mock --replay recordings`;

function runDefinitions(): readonly Definition[] {
  return Object.values(definitions);
}

function repeatable(flag: string, help: string): Option {
  return new Option(flag, help).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
}

/** `conformance lst` is parsed as `run` with an operand. */
function refuseOperands([word]: readonly string[]): void {
  if (word === undefined) return;
  if (/^https?:/.test(word)) throw new UsageError(`Name the server with --base-url ${word}.`);
  const hint = didYouMean(word, ['run', 'list', 'explain', 'serve', 'mock']);
  throw new UsageError(`There is no command "${word}"${hint === '' ? '; see --help.' : hint}`);
}

/** Errors are thrown, not printed: `main` makes one sentence of them. */
function speakInSentences(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
}

function runOptionsHelp(): string {
  const command = runProgram();
  const help = command.createHelp();
  const width = help.padWidth(command, help);
  return help
    .visibleOptions(command)
    .filter((option) => option.long !== '--help')
    .map((option) => help.formatItem(help.optionTerm(option), width, help.optionDescription(option), help))
    .join('\n');
}

function environmentHelp(): string {
  const rows = runDefinitions().flatMap(({ flag, variable }) => (variable === undefined ? [] : [[variable, flag] as const]));
  const all = [...rows, ['CONFORMANCE_API_KEY', 'the key; ANTHROPIC_API_KEY goes to api.anthropic.com only'] as const];
  return all.map(([variable, meaning]) => `  ${variable.padEnd(26)}${meaning}`).join('\n');
}
