/** The options of a mock, looked at before anything is made of them: types do not reach tests that are written in JavaScript. */
import { isJsonObject } from '../spec/json.ts';
import type { Honesty, MockOptions } from './mock-types.ts';
import { checkChaos } from './physics/chaos.ts';
import { checkPace } from './physics/pace.ts';
import { checkRateLimit } from './physics/rate-limiter.ts';
import { requireJson } from './script/require-json.ts';
import {
  kindOf,
  MockScriptError,
  requireBoolean,
  requireFunction,
  requireKeys,
  requireNumber,
  requireOneOf,
  requireText,
  requireWhole,
} from './script/script-error.ts';

type Check = (place: string, value: unknown) => void;

/** One for each option; the type holds the list against `MockOptions`. */
const checks: { readonly [Name in keyof Required<MockOptions>]: Check } = {
  models: (place, models) => eachOf(place, models, checkModel),
  seed: (place, seed) => requireNumber(place, seed, 0),
  pace: checkPace,
  chaos: checkChaos,
  rateLimit: checkRateLimit,
  honest: checkHonesty,
  countTokens: requireFunction,
  journalSize: (place, size) => requireWhole(place, size, 1),
  apiKeys: checkKeys,
  maxBodyBytes: (place, bytes) => requireWhole(place, bytes, 1),
  pingIntervalMs: (place, ms) => requireNumber(place, ms, Number.MIN_VALUE),
  strict: requireBoolean,
  validate: (place, mode) => requireOneOf(place, mode, ['strict', 'warn', 'off']),
  onWarning: requireFunction,
  onError: requireFunction,
  clock: checkClock,
};

/** Throws a `MockScriptError` for an option that cannot be, or that does not exist. */
export function checkOptions(options: MockOptions): void {
  requireKeys('createMock()', options, checks);
  const values: Readonly<Record<string, unknown>> = { ...options };
  for (const [name, check] of Object.entries(checks)) if (values[name] !== undefined) check(`createMock().${name}`, values[name]);
}

const honesty: Readonly<Record<keyof Honesty, true>> = { limits: true, tools: true };

function checkHonesty(place: string, value: unknown): void {
  if (!isJsonObject(value)) return requireBoolean(place, value);
  requireKeys(place, value, honesty);
  for (const [name, one] of Object.entries(value)) if (one !== undefined) requireBoolean(`${place}.${name}`, one);
}

function checkKeys(place: string, value: unknown): void {
  if (value === 'any') return;
  if (!Array.isArray(value)) throw new MockScriptError(place, `must be "any" or an array of keys, not ${kindOf(value)}.`);
  eachOf(place, value, requireText);
}

function checkModel(place: string, model: unknown): void {
  if (!isJsonObject(model))
    throw new MockScriptError(place, `must be a model such as { type: "model", id: "claude-x" }, not ${kindOf(model)}.`);
  requireText(`${place}.id`, model['id']);
  requireJson(place, model);
}

function checkClock(place: string, clock: unknown): void {
  if (!isJsonObject(clock)) throw new MockScriptError(place, `must be a clock with now() and after(), not ${kindOf(clock)}.`);
  for (const name of ['now', 'after']) requireFunction(`${place}.${name}`, clock[name]);
}

function eachOf(place: string, values: unknown, check: Check): void {
  if (!Array.isArray(values)) throw new MockScriptError(place, `must be an array, not ${kindOf(values)}.`);
  for (const [index, value] of values.entries()) check(`${place}[${index}]`, value);
}
