import { badInputProbe } from '../errors/bad-input.ts';
import { badTools as table } from '../errors/bad-tools.ts';
import type { Probe } from '../model/probe.ts';

export const badTools: Probe = badInputProbe(table);
