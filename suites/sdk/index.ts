/** Checks of the area `sdk`: the official SDK for TypeScript as a client, judged by what it makes of the answers. */
import type { Check } from '../model/check.ts';
import { callChecks } from './calls.ts';
import { featureChecks } from './features.ts';
import { streamChecks } from './stream.ts';
import { toolRunnerChecks } from './tool-runner.ts';

export const checks: readonly Check[] = [...callChecks, ...streamChecks, ...featureChecks, ...toolRunnerChecks];
