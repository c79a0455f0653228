import { badInputProbe } from '../errors/bad-input.ts';
import { badMessages } from '../errors/bad-messages.ts';
import type { Probe } from '../model/probe.ts';

export const badInput: Probe = badInputProbe(badMessages);
