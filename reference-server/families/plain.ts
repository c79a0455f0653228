/**
 * Models without a syntax for tool calls that we know: tools are described in the system text, calls are written in the Hermes form,
 * which most models have met, and results come back as text.
 */
import type { Family } from './family.ts';
import { hermesCalls } from './hermes.ts';

export const plain: Family = { name: 'plain', calls: hermesCalls, history: { isPlain: true }, ends: [] };
