/** Renders a record in the formats that were asked for, and writes them all or none. */
import type { RunRecord } from '../spec/record/index.ts';
import type { Catalogue } from './catalogue.ts';
import { type FormatName, formats } from './formats.ts';
import { type OutputFile, prepareFile, writeFiles } from './write-files.ts';

export interface ReportRequest {
  readonly format: FormatName;
  readonly path: string;
}

/** Whether they could be written, before anything is sent. @throws ReportError `output` */
export function prepareReports(requests: readonly ReportRequest[]): void {
  for (const { path } of requests) prepareFile(path);
}

/**
 * @param stepSummary `$GITHUB_STEP_SUMMARY`: what several commands of a step write there stands one after the other.
 * @throws ReportError `output`
 */
export async function writeReports(
  requests: readonly ReportRequest[],
  record: RunRecord,
  catalogue: Catalogue,
  stepSummary?: string,
): Promise<void> {
  const files: OutputFile[] = [];
  for (const { format, path } of requests) {
    const render = await formats[format].load();
    files.push({ path, text: render(record, catalogue), append: path === stepSummary });
  }
  writeFiles(files);
}
