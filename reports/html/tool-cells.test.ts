import { expect, it } from 'vitest';
import { catalogue } from '../catalogue.ts';
import { record, catalogue as smallCatalogue } from '../record.fixture.ts';
import { runView } from './run-view.ts';
import { toolForms } from './tool-cells.ts';
import { toolReport } from './tool-report.ts';

const cells = toolForms.flatMap(({ id, cells: own }) => own.map((cell) => ({ form: id, ...cell })));

it('names steps and checks that exist', () => {
  const steps = new Set(catalogue.probes.flatMap(({ id, steps: own }) => own.map((step) => `${id}/${step}`)));
  const checks = new Set(catalogue.checks.map(({ id }) => id));
  expect(cells.filter(({ step }) => !steps.has(step))).toEqual([]);
  expect(cells.flatMap(({ checks: own }) => own.filter((check) => !checks.has(check)))).toEqual([]);
});

it('names checks that read the probe of the step', () => {
  const probesOf = new Map(catalogue.checks.map(({ id, probes }) => [id, probes]));
  const strays = cells.flatMap(({ step, checks }) =>
    checks.filter((check) => probesOf.get(check)?.includes(step.split('/')[0] ?? '') !== true).map((check) => `${step} ${check}`),
  );
  expect(strays).toEqual([]);
});

it('has one cell for each place of the matrix at most', () => {
  const places = cells.map(({ form, choice, mode }) => `${form} ${choice} ${mode}`);
  expect(new Set(places).size).toBe(places.length);
});

it('has what a reader looks for', () => {
  expect(toolForms.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['one', 'parallel', 'no-argument', 'strict', 'result-string', 'result-blocks', 'result-error', 'result-image']),
  );
});

it('shows plainly what is not asked, and what cannot be, and counts both', () => {
  const { text } = toolReport(runView(record, smallCatalogue));
  const inCells = (words: string): number => text.split(`${words}</td>`).length - 1;
  expect([toolForms.length * 8, cells.length, inCells('cannot be</span>'), inCells('not asked')]).toEqual([80, 33, 10, 37]);
  expect(text).toContain(
    'Of 80 combinations 33 are asked. 10 cannot be (—): tool_choice none rules out a call. No probe asks the other 37: nothing is known of them.',
  );
});
