/** `conformance report RECORD`: a recorded run in any format, later and without the server. */
import { catalogue } from '../../reports/catalogue.ts';
import { withoutCommands } from '../../reports/github/index.ts';
import { readRecord } from '../../reports/read-record.ts';
import { terminalReport } from '../../reports/terminal/report.ts';
import { prepareReports, writeReports } from '../../reports/write-reports.ts';
import { openConsole } from '../console.ts';
import { type Flags, givenTexts } from '../settings/given.ts';
import { parseReports } from '../settings/outputs.ts';

/** @throws UsageError, ReportError */
export async function reportCommand(file: string, flags: Flags): Promise<void> {
  const { env } = process;
  const requests = parseReports(givenTexts('report', flags, env));
  const record = readRecord(file);
  if (requests.length > 0) {
    prepareReports(requests);
    await writeReports(requests, record, catalogue, env['GITHUB_STEP_SUMMARY']);
    return;
  }
  const terminal = openConsole(flags['color'] !== false);
  const text = terminalReport(record, catalogue, {
    width: terminal.width ?? 200,
    colour: terminal.colour,
    detail: flags['verbose'] === true ? 'verbose' : 'normal',
    recordFile: file,
  });
  terminal.out(env['GITHUB_ACTIONS'] === 'true' ? withoutCommands(text) : text);
}
