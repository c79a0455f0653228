/** The reader of a call that no grammar held, as the family writes it. */
import type { CallSyntax } from '../families/family.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { LooseCall, type UnheldCall } from './loose-call.ts';
import { NotedCall } from './noted-call.ts';

/** `schemas`: of the arguments, by the names of the tools. */
export function unheldCall(
  calls: CallSyntax,
  toolNames: ReadonlySet<string>,
  schemas: ReadonlyMap<string, Schema> | undefined,
): UnheldCall {
  const { notation, loose } = calls;
  if (notation === undefined || loose.form !== 'named') return new LooseCall(loose, toolNames);
  return new NotedCall(calls, loose, new Map([...toolNames].map((name) => [name, schemas?.get(name) ?? {}])));
}
