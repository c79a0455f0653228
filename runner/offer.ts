/** The catalogue, as an agenda is made from it. */
import { checks, probes } from '../suites/catalogue.ts';
import type { Probe } from '../suites/model/probe.ts';
import { quickChecks, quickSteps } from '../suites/quick.ts';
import type { Offer } from './agenda.ts';
import { probesOf } from './select.ts';

export const offer: Offer<Probe> = {
  checks: checks.map((check) => ({ id: check.id, level: check.level, needs: check.needs ?? [], probes: [...probesOf([check])] })),
  probes,
  quick: { checks: quickChecks, steps: quickSteps },
};
