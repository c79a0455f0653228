/** Faults with tools. */
import type { KnownFault } from '../fault.ts';
import { toolCallFaults } from './tools-calls.ts';
import { toolDefinitionFaults } from './tools-definitions.ts';
import { toolResultFaults } from './tools-results.ts';

export const toolFaults: readonly KnownFault[] = [...toolDefinitionFaults, ...toolResultFaults, ...toolCallFaults];
