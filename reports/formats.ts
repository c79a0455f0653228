/** The formats of `--report FORMAT=PATH`. Each is a pure function of record and catalogue, and is loaded only when it is asked for. */
import type { RunRecord } from '../spec/record/index.ts';
import type { Catalogue } from './catalogue.ts';

/** Pieces where the text would be about as long as the record. */
export type Renderer = (record: RunRecord, catalogue: Catalogue) => string | Iterable<string>;

interface Format {
  /** What it is for, in a few words. */
  readonly help: string;
  readonly load: () => Promise<Renderer>;
}

export type FormatName = 'terminal' | 'json' | 'html' | 'junit' | 'ctrf' | 'markdown' | 'har' | 'badge' | 'shields';

/** Columns of a terminal report in a file. */
const fileWidth = 120;

export const formats: Readonly<Record<FormatName, Format>> = {
  terminal: {
    help: 'the text that a run prints',
    load: async () => {
      const { terminalReport } = await import('./terminal/report.ts');
      return (record, catalogue) => terminalReport(record, catalogue, { width: fileWidth, colour: false });
    },
  },
  json: { help: 'the run record', load: async () => (await import('./json-pieces.ts')).jsonPieces },
  html: { help: 'one self-contained page', load: async () => (await import('./html/index.ts')).htmlReport },
  junit: { help: 'JUnit XML, for GitLab, Jenkins and most others', load: async () => (await import('./junit/index.ts')).junitReport },
  ctrf: { help: 'Common Test Report Format', load: async () => (await import('./ctrf/index.ts')).ctrfReport },
  markdown: { help: 'for $GITHUB_STEP_SUMMARY or a comment', load: async () => (await import('./markdown/index.ts')).markdownReport },
  har: { help: 'HAR 1.2 of the exchanges', load: async () => (await import('./har/index.ts')).harPieces },
  badge: { help: 'a badge as SVG', load: async () => (await import('./badge/index.ts')).badgeReport },
  shields: { help: 'a badge for shields.io/endpoint', load: async () => (await import('./badge/index.ts')).shieldsReport },
};

// Object.keys forgets the type of its keys.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
export const formatNames: readonly FormatName[] = Object.keys(formats) as FormatName[];
