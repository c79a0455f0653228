/** Faults as rows that do the same to one request each. */
import { refuses } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import type { Touch } from '../touching.ts';

export interface Acted extends Omit<KnownFault, 'act' | 'layer'>, Partial<Pick<KnownFault, 'act' | 'layer'>> {
  readonly touches: Touch;
}

/** @param usual what rows that say nothing else do. */
export function acted(usual: Pick<KnownFault, 'act' | 'layer'>, rows: readonly Acted[]): readonly KnownFault[] {
  return rows.map((row) => fault({ ...usual, ...row }));
}

/** Valid requests that are answered 400. */
export function refused(rows: readonly Acted[]): readonly KnownFault[] {
  return acted({ layer: 'behaviour', act: refuses() }, rows);
}

/** Requests that a server may take or refuse, and that are answered 500, in the envelope. */
export function failed(rows: readonly Acted[]): readonly KnownFault[] {
  return acted({ layer: 'status', act: refuses('api_error', 'Internal server error.') }, rows);
}
