/** Faults as rows: what becomes of the answers to some requests. */
import { says } from './acting.ts';
import { fault, type FaultLayer, type KnownFault } from './fault.ts';
import type { Fault } from './reply-faults.ts';
import type { Touch } from './touching.ts';

export interface Spoiled extends Omit<KnownFault, 'act' | 'layer'> {
  readonly layer?: FaultLayer;
  /** What becomes of the answer. */
  readonly spoils: Fault;
}

/** @param usual what rows that say nothing else have. */
export function spoiled(usual: { readonly layer: FaultLayer; readonly touches: Touch }, rows: readonly Spoiled[]): readonly KnownFault[] {
  return rows.map(({ spoils, ...row }) => fault({ ...usual, ...row, act: says(spoils) }));
}
