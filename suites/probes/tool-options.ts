import type { Probe } from '../model/probe.ts';
import { toolOptions as table } from '../tools/options.ts';
import { variantProbe } from '../variants.ts';

export const toolOptions: Probe = variantProbe(table);
