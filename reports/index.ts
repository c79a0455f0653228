/** Reports: pure functions of the run record, and the function that writes it. */
export { baselineOf, baselineText } from './baseline/make.ts';
export { catalogue } from './catalogue.ts';
export { githubAnnotations, withoutCommands } from './github/index.ts';
export { prepareOutput, writeRecord } from './json.ts';
export { createProgress } from './progress.ts';
export { safeText } from './terminal/safe-text.ts';
export { stepFacts } from './terminal/steps.ts';
export { terminalHeader, terminalReport } from './terminal/report.ts';
export { prepareFile, writeFiles } from './write-files.ts';
export { prepareReports, writeReports } from './write-reports.ts';
