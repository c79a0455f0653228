/** Schema problems as deviations: each place is reported by one check only, so checks ask for the places that are theirs. */
import { type Problem, type SchemaName, validate } from '../spec/index.ts';
import type { Frame } from './model/evidence.ts';
import { type Deviation, shown } from './model/judgement.ts';
import { at } from './reading.ts';

/** Deviations of a value from its schema, below the places that `isOurs` claims. */
export function schemaDeviations(
  schema: SchemaName,
  value: unknown,
  isOurs: (problem: Problem) => boolean = () => true,
  frame?: Frame,
): readonly Deviation[] {
  return validate(schema, value)
    .filter((problem) => problem.level === 'error' && isOurs(problem))
    .map((problem) => deviationOf(problem, value, frame));
}

/** A problem as a deviation, with the value that stands at its place. */
export function deviationOf({ pointer, expected }: Problem, value: unknown, frame?: Frame): Deviation {
  const found = pointer === '' ? value : at(value, ...stepsOf(pointer));
  return { expected, found: shown(found), pointer, ...(frame === undefined ? {} : { frame }) };
}

/** Field names and positions of a JSON Pointer. */
function stepsOf(pointer: string): readonly (string | number)[] {
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
