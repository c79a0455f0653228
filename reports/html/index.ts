/** The HTML report of a run: one file, no network. */
export { htmlReport } from './report.ts';
