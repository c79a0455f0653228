/** Why a refusal matters, in the words that several tables share. */
import type { Breakage } from '../model/check.ts';
import { claudeCode, sdkTypescript } from '../references.ts';

/** Where the mistake is one of types: what the server does instead of refusing it is mostly to crash. */
export const retried: readonly Breakage[] = [
  claudeCode('a 5xx instead is repeated ten times'),
  sdkTypescript('a 422 or 5xx instead gives another error class'),
];

export const hidden = 'A client with the mistake works here and fails against the official service.';

export const lost = 'Without the refusal a call and its result come apart, and the model answers something else.';

export const dropped = 'A part that is dropped without a word is one that the model never sees.';
