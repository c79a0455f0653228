/** `conformance proxy`: stands between a real client and a server, judges what passes, and reports when it is interrupted. */
import { relative } from 'node:path';
import { systemReason } from '../../reports/errors.ts';
import { readText } from '../../reports/read-file.ts';
import { catalogue, prepareOutput, prepareReports, terminalReport, writeRecord, writeReports } from '../../reports/index.ts';
import { normaliseBaseUrl } from '../../runner/base-url.ts';
import { openConsole } from '../console.ts';
import { interrupted } from '../interrupt.ts';
import { defined } from '../settings/defined.ts';
import { type Flags, givenTexts } from '../settings/given.ts';
import { judgeOptionsOf } from '../settings/judge-options.ts';
import { parseReports } from '../settings/outputs.ts';
import { parseCount } from '../settings/parse.ts';
import { UsageError } from '../usage-error.ts';
import { hostAndPort } from './listening.ts';
import { proxyLine } from './proxy-line.ts';

const defaultOutput = 'conformance-report';

/** Exchanges kept for the record. */
const defaultMost = 1000;

/** @throws UsageError, ReportError, ConformanceError */
export async function proxyCommand(flags: Flags): Promise<void> {
  const { env } = process;
  const { upstream, ca } = flags;
  if (typeof upstream !== 'string') throw new UsageError('Name the server with --upstream URL, as in --upstream http://127.0.0.1:8000.');
  const address = hostAndPort(flags, 0);
  const judgeOptions = judgeOptionsOf(flags);
  const reports = parseReports(givenTexts('report', flags, env));
  const output = typeof flags['output'] === 'string' ? flags['output'] : defaultOutput;
  const most = typeof flags['maxExchanges'] === 'string' ? parseCount(flags['maxExchanges'], '--max-exchanges') : defaultMost;
  // Before a folder is made.
  normaliseBaseUrl(upstream);
  prepareReports(reports);
  prepareOutput(output);
  const terminal = openConsole(flags['color'] !== false);
  const isQuiet = flags['quiet'] === true;
  const { watch } = await import('../../runner/proxy/index.ts');
  const proxy = await watch({
    ...address,
    upstream,
    ...defined({ ca: typeof ca === 'string' ? read(ca) : undefined, insecure: flags['insecure'] === true || undefined }),
    environment: env,
    mostExchanges: most,
    onJudged(exchange, verdicts) {
      if (!isQuiet || verdicts.length > 0) terminal.err(`${proxyLine(exchange, verdicts, proxy.baseUrl)}\n`);
    },
  });
  // The first line is the URL alone, for scripts that start a proxy on any free port.
  terminal.out(`${proxy.url}\n`);
  terminal.err(
    `Passes everything on to ${proxy.baseUrl} and keeps the last ${most} exchanges: prompts and answers, but no keys. Ctrl-C ends it and writes the report.\n`,
  );
  await interrupted();
  const { record, passed, dropped } = await proxy.end(judgeOptions);
  process.exitCode = record.exitCode;
  const recordFile = relative(process.cwd(), writeRecord(record, output));
  await writeReports(reports, record, catalogue, env['GITHUB_STEP_SUMMARY']);
  if (dropped > 0)
    terminal.err(`${dropped} of ${passed} exchanges did not fit into memory (--max-exchanges ${most}): they are not in the report.\n`);
  terminal.out(terminalReport(record, catalogue, { width: terminal.width ?? 200, colour: terminal.colour, recordFile }));
}

function read(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw new UsageError(`Cannot read the certificates in ${file}: ${systemReason(error)}.`);
  }
}
