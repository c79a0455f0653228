/** The commands and their flags. What a command needs is loaded when it runs, so that `--help`, `list` and `explain` start at once. */
import { Command, Option } from 'commander';
import { version } from '../reports/version.ts';
import type { Flags } from './settings/given.ts';
import { type Definition, definitions } from './settings/definitions.ts';
import { commandHint, programName } from './hints.ts';
import { didYouMean, UsageError } from './usage-error.ts';

export function createProgram(): Command {
  const program = new Command(programName)
    .description('Checks servers that speak the Anthropic Messages API. Without a command: run.')
    .version(version, '-V, --version', 'print the version')
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
  program.addCommand(planProgram());
  program
    .command('report')
    .description('print a recorded run, or write it in other formats')
    .argument('<record>', 'record.json of a run')
    .addOption(repeatable(definitions.report.flag, definitions.report.help))
    .option('--verbose', 'print every step too, and each check in full')
    .option('--no-color', 'print without colour')
    .action(async (record: string, flags: Flags) => (await import('./commands/report.ts')).reportCommand(record, flags));
  program
    .command('repro')
    .description('write what shows a failure to the developers of the server: request, command, answer, and text for an issue')
    .argument('<id>', 'id of a check that failed')
    .argument('<record>', 'record.json of the run')
    .option('-o, --output <folder>', 'where it goes (default: the id)')
    .option('--api-key-env <name>', 'environment variable that the command takes the key from (default: ANTHROPIC_API_KEY)')
    .action(async (id: string, record: string, flags: Flags) => (await import('./commands/repro.ts')).reproCommand(id, record, flags));
  program
    .command('compare')
    .description('hold records against the first: what broke, what was fixed')
    .argument('<records...>', 'record.json of two runs or more')
    .addOption(repeatable('--report <format=path>', 'write it: terminal, markdown, html; repeatable'))
    .option('--fail-on-new', 'exit 1 where something broke that passed in the first')
    .option('--no-color', 'print without colour')
    .action(async (records: readonly string[], flags: Flags) => (await import('./commands/compare.ts')).compareCommand(records, flags));
  program
    .command('matrix')
    .description('make a static site of many records: servers beside each other')
    .argument('<folder>', 'where the records are')
    .option('-o, --output <folder>', 'where it goes (default: conformance-matrix)')
    .action(async (folder: string, flags: Flags) => (await import('./commands/matrix.ts')).matrixCommand(folder, flags));
  program.addCommand(judgeProgram());
  program.addCommand(proxyProgram());
  program
    .command('explain')
    .description('explain a check')
    .argument('<id>', 'id of the check')
    .action(async (id: string) => (await import('./commands/explain.ts')).explainCommand(id));
  program
    .command('serve')
    .description('start the reference server, on the bundled model or your own, or in front of another engine')
    .option('--model <file>', 'GGUF file, URL of one, or hf:user/repo[:quantization | /file.gguf][#revision] (default: the bundled model)')
    .option('--download', 'download that model where it is not there yet')
    .option('--model-dir <folder>', 'where downloaded models are (default: in the cache of your account)')
    .option('--upstream <url>', 'answer through this OpenAI-compatible engine, as in http://127.0.0.1:8000/v1')
    .option('--upstream-key-env <name>', 'send the engine the key in this environment variable')
    .option('--upstream-engine <name>', 'vllm, sglang, lmdeploy, llamacpp or other (default: what its models list says)')
    .option('--port <n>', 'port, 0 for any free one (default: 8642)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, for requests to localhost only)')
    .addOption(repeatable('--api-key <key>', 'ask clients for this key; other users of the machine see it in the process list; repeatable'))
    .option('--api-key-env <name>', 'ask clients for the key in this environment variable')
    .option('--api-key-file <file>', 'ask clients for one of the keys in this file, one a line')
    .option('--context-size <tokens>', 'tokens of prompt and answer together')
    .option('--threads <n>', 'CPU threads')
    .option(
      '--no-trial',
      'do not first try a new model in a process of its own, which a damaged file may crash (default: once for each file)',
    )
    .option('--gpu-layers <n>', 'layers of the model on the GPU, or "max" (default: what fits, where there is one)')
    .option('--parallel <n>', 'requests that generate at the same time (default: 4 for the bundled model, 1 for others)')
    .option('--max-queue <n>', 'requests that may wait for their turn; more get a 529 (default: 64)')
    .option('--max-body <MiB>', 'longest request body (default: 32)')
    .option('--max-time <seconds>', 'longest time for one request (default: 3600)')
    .option('--shutdown-timeout <seconds>', 'how long answers may go on after Ctrl-C (default: 10)')
    .addOption(repeatable('--cors-origin <origin>', 'let web pages of this origin ask, * for any; repeatable'))
    .option('--log', 'print a line of JSON for each request on stderr')
    .option('--log-bodies', 'the same, with prompts and answers')
    .addOption(repeatable('--fault <ids>', `be wrong in a known way; see "${programName} faults"; repeatable`))
    .action(async (flags: Flags) => (await import('./commands/serve.ts')).serveCommand(flags));
  program.addCommand(mockProgram());
  program
    .command('faults')
    .description('list the known faults that mock and serve can be given')
    .option('--json', 'as JSON, with the checks that notice each')
    .action(async (flags: Flags) => (await import('./commands/faults.ts')).faultsCommand(flags));
  // People ask for --help before they know that `run` has a name.
  program.addHelpText(
    'after',
    () => `\nOptions of run:\n${runOptionsHelp()}\n\n  ${programName} --base-url http://127.0.0.1:8000 --model NAME`,
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
    .option('--write-baseline <file>', 'list what failed as known; keeps what --baseline has and still holds')
    .option('--quiet', 'print only the summary')
    .option('--verbose', 'print every step too, and each check in full')
    .option('--no-color', 'print without colour')
    .allowExcessArguments()
    .addHelpText('after', () => `\nFlags win over the environment, the environment over the file. Environment:\n${environmentHelp()}`)
    .action(async (flags: Flags & { readonly header?: readonly string[] }, self: Command) => {
      refuseOperands(self.args);
      const { header, ...rest } = flags;
      await (await import('./commands/run.ts')).runCommand({ ...rest, headers: header });
    });
}

function planProgram(): Command {
  const command = new Command('plan')
    .description('print what a run would send, before anything is sent')
    .helpOption('-h, --help', 'show help');
  for (const { flag, help, isRepeatable } of runDefinitions()) {
    command.addOption(isRepeatable === true ? repeatable(flag, help) : new Option(flag, help));
  }
  return command
    .option('--config <file>', 'settings (default: conformance.config.json, where there is one)')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nWith --base-url it sends one request, to estimate the time of a run.')
    .action(async (flags: Flags & { readonly header?: readonly string[] }) => {
      const { header, ...rest } = flags;
      await (await import('./commands/plan.ts')).planCommand({ ...rest, headers: header });
    });
}

function judgeProgram(): Command {
  const command = new Command('judge')
    .description("judge what was recorded, with today's checks: a run record, a HAR, or a raw event stream")
    .helpOption('-h, --help', 'show help')
    .argument('<file>', 'what to judge; - for standard input');
  return judging(command)
    .option('--output <folder>', 'write record.json there (default: nowhere)')
    .option('--verbose', 'print every step too, and each check in full')
    .addHelpText('after', judgeHelp)
    .action(async (file: string, flags: Flags) => (await import('./commands/judge.ts')).judgeCommand(file, flags));
}

const judgeHelp = `
  curl -sN http://127.0.0.1:8000/v1/messages -H 'anthropic-version: 2023-06-01' -H 'content-type: application/json' \\
    -d '{"model":"NAME","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Hello"}]}' | ${programName} judge -`;

function proxyProgram(): Command {
  const command = new Command('proxy')
    .description('pass the traffic of a real client on to a server, and judge it')
    .helpOption('-h, --help', 'show help')
    .option('--upstream <url>', 'the server, without /v1')
    .option('--port <n>', 'port (default: any free one)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--ca <file>', 'trust the certificates in this PEM file')
    .option('--insecure', 'do not verify certificates')
    .option('--max-exchanges <n>', 'how many exchanges to keep; the oldest without a finding go first (default: 1000)')
    .option('--output <folder>', 'where record.json goes (default: conformance-report)');
  return judging(command)
    .addHelpText('after', proxyHelp)
    .action(async (flags: Flags) => (await import('./commands/proxy.ts')).proxyCommand(flags));
}

const proxyHelp = `
The first line on standard output is the URL, for ANTHROPIC_BASE_URL. Bytes and timing pass unchanged. The record holds prompts
and answers, but no keys.

  ${programName} proxy --upstream http://127.0.0.1:8000 --port 8001
  ANTHROPIC_BASE_URL=http://127.0.0.1:8001 claude`;

/** What commands that judge without sending have in common. */
function judging(command: Command): Command {
  return command
    .addOption(repeatable('--only <globs>', 'judge these checks, as in "stream.*"'))
    .addOption(repeatable('--skip <globs>', 'leave these checks out'))
    .option('--level <level>', 'weakest requirement to judge: must, should, may')
    .option('--fail-on <level>', 'weakest requirement that makes exit 1: must, should')
    .addOption(repeatable(definitions.report.flag, definitions.report.help))
    .option('--quiet', 'print only what is wrong')
    .option('--no-color', 'print without colour');
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
    .option('--persona <name>', 'be wrong as that server is: vllm, lmdeploy, lm-studio, sglang, ollama')
    .addOption(repeatable('--fault <ids>', `be wrong in a known way; see "${programName} faults"; repeatable`))
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

  ${programName} mock --port 8080 --script replies.json --log
  ${programName} mock --record recordings --upstream https://api.anthropic.com
  ${programName} mock --replay recordings`;

function runDefinitions(): readonly Definition[] {
  return Object.values(definitions);
}

function repeatable(flag: string, help: string): Option {
  return new Option(flag, help).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
}

/** `conformance lst` is parsed as `run` with an operand. */
function refuseOperands(words: readonly string[]): void {
  const [word] = words;
  if (word === undefined) return;
  if (/^https?:/.test(word)) throw new UsageError(`Name the server with --base-url ${word}.`);
  const known = commandHint(words);
  if (known !== undefined) throw new UsageError(`There is no command "${word}"; ${known}`);
  const hint = didYouMean(word, [
    'run',
    'list',
    'plan',
    'explain',
    'report',
    'repro',
    'compare',
    'matrix',
    'judge',
    'proxy',
    'serve',
    'mock',
    'faults',
  ]);
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
  const column = Math.max(...all.map(([variable]) => variable.length)) + 2;
  return all.map(([variable, meaning]) => `  ${variable.padEnd(column)}${meaning}`).join('\n');
}
