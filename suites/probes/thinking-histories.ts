import { thinkingHistories as table } from '../history/thinking.ts';
import type { Probe } from '../model/probe.ts';
import { variantProbe } from '../variants.ts';

export const thinkingHistories: Probe = variantProbe(table);
