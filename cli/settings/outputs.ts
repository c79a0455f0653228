/** What is written besides the record, and the baseline that a run is held against. */
import { catalogue } from '../../reports/catalogue.ts';
import { type FormatName, formatNames } from '../../reports/formats.ts';
import type { ReportRequest } from '../../reports/write-reports.ts';
import type { BaselineForRun } from '../../runner/index.ts';
import { didYouMean, oneOf, UsageError } from '../usage-error.ts';
import type { ConfigFile } from './config-file.ts';
import { type Environment, type Flags, type Given, givenTexts } from './given.ts';
import { parseSwitch } from './parse.ts';

export interface OutputSettings {
  readonly reports: readonly ReportRequest[];
  readonly baseline: BaselineForRun | undefined;
  /** Where `--write-baseline` puts one. */
  readonly writeBaseline: string | undefined;
}

/** @throws UsageError, ReportError for a baseline that cannot be used. */
export async function outputsOf(flags: Flags, environment: Environment, file: ConfigFile): Promise<OutputSettings> {
  const given = givenTexts('report', flags, environment);
  const reports = given.length > 0 ? parseReports(given) : fromFile(file);
  const path = givenTexts('baseline', flags, environment)[0]?.text ?? file.baseline;
  const [switched] = givenTexts('strictBaseline', flags, environment);
  const isSwitchedOn = switched === undefined ? file.strictBaseline === true : parseSwitch(switched.text, switched.origin);
  const strict = flags['strictBaseline'] === true || isSwitchedOn;
  if (flags['strictBaseline'] === true && path === undefined) {
    throw new UsageError('--strict-baseline needs the baseline that it is about; name it with --baseline FILE.');
  }
  return {
    reports,
    baseline: path === undefined ? undefined : { ...(await entriesIn(path)), file: path, strict },
    writeBaseline: typeof flags['writeBaseline'] === 'string' ? flags['writeBaseline'] : undefined,
  };
}

/** `FORMAT=PATH`; in one variable several, as in `junit=a.xml,markdown=b.md`. @throws UsageError */
export function parseReports(given: readonly Given[]): readonly ReportRequest[] {
  // A comma may stand in a path: it parts two only where a format follows.
  const parts = given.flatMap(({ text, origin }) => text.split(/,\s*(?=[a-z]+=)/).map((part) => ({ part: part.trim(), origin })));
  const requests = parts.map(({ part, origin }) => {
    const [word = ''] = part.split('=', 1);
    const path = part.slice(word.length + 1);
    const format = formatNames.find((name) => name === word);
    if (format === undefined) {
      const hint = didYouMean(word, formatNames);
      throw new UsageError(
        `${origin} takes FORMAT=PATH, where the format is ${oneOf(formatNames)}, not "${word}"${hint === '' ? '.' : hint}`,
      );
    }
    if (path === '') throw new UsageError(`${origin} ${format} needs a path, as in ${origin} ${format}=report.${extensions[format]}.`);
    return { format, path };
  });
  const twice = requests.find(({ path }, index) => requests.findIndex((other) => other.path === path) !== index);
  if (twice !== undefined) throw new UsageError(`Two reports would be written to ${twice.path}; give each a path of its own.`);
  return requests;
}

const extensions: Readonly<Record<FormatName, string>> = {
  terminal: 'txt',
  json: 'json',
  html: 'html',
  junit: 'xml',
  ctrf: 'json',
  markdown: 'md',
  har: 'har',
  badge: 'svg',
  shields: 'json',
};

function fromFile({ report = {} }: ConfigFile): readonly ReportRequest[] {
  return formatNames.flatMap((format) => {
    const path = report[format];
    return path === undefined ? [] : [{ format, path }];
  });
}

async function entriesIn(path: string): Promise<Pick<BaselineForRun, 'entries'>> {
  // Loaded here, for the runs that have one: it brings a schema validator.
  const { readBaseline } = await import('../../reports/baseline/read.ts');
  const { entries } = readBaseline(
    path,
    catalogue.checks.map(({ id }) => id),
  );
  return { entries };
}
