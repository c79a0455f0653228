/** A probe for each family of bad input. */
import { badInputProbe } from '../errors/bad-input.ts';
import { badInputTables } from '../errors/bad-input-tables.ts';
import { refusedParameters } from '../messages/refused-parameters.ts';
import type { Probe } from '../model/probe.ts';

export const badInputProbes: readonly Probe[] = [...badInputTables, refusedParameters].map(badInputProbe);
