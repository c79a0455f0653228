/** `conformance compare A B ...`: what broke and what was fixed since the first record, for people and for CI. */
import { catalogue, prepareFile, withoutCommands, writeFiles } from '../../reports/index.ts';
import { compare, type Comparison, htmlComparison, markdownComparison, nameOf, terminalComparison } from '../../reports/compare/index.ts';
import { readRecord } from '../../reports/read-record.ts';
import { openConsole } from '../console.ts';
import type { Flags } from '../settings/given.ts';
import { didYouMean, oneOf, UsageError } from '../usage-error.ts';

const fileWidth = 120;

const forms: Readonly<Record<string, (comparison: Comparison) => string>> = {
  terminal: (comparison) => terminalComparison(comparison, { width: fileWidth, colour: false }),
  markdown: markdownComparison,
  html: (comparison) => htmlComparison(comparison, catalogue.version),
};

/** @throws UsageError, ReportError */
export function compareCommand(files: readonly string[], flags: Flags): void {
  if (files.length < 2) throw new UsageError('Name two records or more; the others are held against the first.');
  const { report = [] } = flags;
  const outputs = (Array.isArray(report) ? report : []).map((text: string) => outputOf(text));
  // What was exchanged is not compared, and long records would not all fit into memory.
  const records = files.map((file) => ({ ...readRecord(file), exchanges: [] }));
  const comparison = compare(records, files.map(nameOf));
  for (const { path } of outputs) prepareFile(path);
  const stepSummary = process.env['GITHUB_STEP_SUMMARY'];
  writeFiles(outputs.map(({ form, path }) => ({ path, text: form(comparison), append: path === stepSummary })));
  const terminal = openConsole(flags['color'] !== false);
  const text = terminalComparison(comparison, { width: terminal.width ?? 200, colour: terminal.colour });
  terminal.out(process.env['GITHUB_ACTIONS'] === 'true' ? withoutCommands(text) : text);
  if (flags['failOnNew'] === true && comparison.checks.some(({ gates }) => gates)) process.exitCode = 1;
}

function outputOf(text: string): { readonly form: (comparison: Comparison) => string; readonly path: string } {
  const [word = ''] = text.split('=', 1);
  const path = text.slice(word.length + 1);
  const form = Object.hasOwn(forms, word) ? forms[word] : undefined;
  if (form === undefined) {
    const hint = didYouMean(word, Object.keys(forms));
    throw new UsageError(
      `--report takes FORMAT=PATH, where the format is ${oneOf(Object.keys(forms))}, not "${word}"${hint === '' ? '.' : hint}`,
    );
  }
  if (path === '')
    throw new UsageError(`--report ${word} needs a path, as in --report ${word}=comparison.${word === 'html' ? 'html' : 'md'}.`);
  return { form, path };
}
