/** Settings of a run from flags, environment and file, in that order, and what follows from them: profile, base URL, key. */
import { resolve as resolvePath } from 'node:path';
import { findProfile, type TargetProfile, targetProfiles } from '../../profiles/index.ts';
import { systemReason } from '../../reports/errors.ts';
import { readText } from '../../reports/read-file.ts';
import { normaliseBaseUrl } from '../../runner/base-url.ts';
import type { RunOptions } from '../../runner/index.ts';
import type { AuthStyle, RawHeader } from '../../spec/record/index.ts';
import { programName } from '../hints.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import { chooseKey, type KeyQuestion } from './api-key.ts';
import { authStyles, capabilities, gates, levels } from './choices.ts';
import { type ConfigFile, readConfig } from './config-file.ts';
import { defined } from './defined.ts';
import type { SettingName } from './definitions.ts';
import { type Environment, type Flags, givenTexts } from './given.ts';
import { type OutputSettings, outputsOf } from './outputs.ts';
import { checkedHeader, parseAmount, parseChoice, parseCount, parseHeader, parseList, parseSeconds, parseSwitch } from './parse.ts';

export interface Surroundings {
  readonly environment: Environment;
  /** Working directory. */
  readonly directory: string;
}

export interface Settings {
  readonly run: Omit<RunOptions, 'signal' | 'onEvent'>;
  readonly output: string;
  readonly reports: OutputSettings['reports'];
  readonly writeBaseline?: string;
  /** Variable that the key came from. */
  readonly keyVariable?: string;
}

/** @throws UsageError, ConformanceError `usage` for a malformed base URL. */
export async function resolveSettings(flags: Flags, { environment, directory }: Surroundings): Promise<Settings> {
  const file = await readConfig(textOf(flags['config']), directory);
  const { one } = readersOf(flags, environment);
  const profile = profileOf(one('profile', sameText, file.profile));
  const ownBaseUrl = one('baseUrl', sameText, file.baseUrl);
  const baseUrl = ownBaseUrl ?? profile?.baseUrl ?? missingBaseUrl(environment);
  // The runner normalises it again and says so; here it only has to be one, before a folder is made.
  normaliseBaseUrl(baseUrl);
  const chosenAuth = one('auth', (text, origin) => parseChoice(text, origin, authStyles), file.auth);
  const key = chosenAuth === 'none' ? undefined : chooseKey(keyQuestion());
  if (chosenAuth !== undefined && chosenAuth !== 'none' && key === undefined) {
    throw new UsageError(`--auth ${chosenAuth} needs a key; name the environment variable that holds it with --api-key-env NAME.`);
  }
  const ca = one('ca', (path) => resolvePath(directory, path), file.ca);
  const timeout = one('timeout', parseSeconds, file.timeout);
  const maxTime = one('maxTime', parseSeconds, file.maxTime);
  const wait = one('wait', (text, origin) => parseSeconds(text, origin, { isZeroAllowed: true }), file.wait);
  const { reports, baseline, writeBaseline } = await outputsOf(flags, environment, file);
  const run = defined({
    baseUrl,
    profile,
    model: one('model', sameText, file.model),
    apiKey: key?.value,
    auth: authOf(chosenAuth, key !== undefined, profile),
    headers: headersOf(flags, file),
    apiVersion: one('apiVersion', versionText, file.apiVersion),
    ...selectionOf(flags, environment, file),
    baseline,
    failOn: one('failOn', (text, origin) => parseChoice(text, origin, gates), file.failOn),
    concurrency: one('concurrency', parseCount, file.concurrency),
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    maxTimeMs: maxTime === undefined ? undefined : maxTime * 1000,
    waitMs: wait === undefined ? undefined : wait * 1000,
    ca: ca === undefined ? undefined : readCertificates(ca),
    insecure: flags['insecure'] === true ? true : one('insecure', parseSwitch, file.insecure),
    environment,
  });
  const output = one('output', sameText, file.output) ?? 'conformance-report';
  return defined({ run, output, reports, writeBaseline, keyVariable: key?.variable });

  function keyQuestion(): KeyQuestion {
    const profileVariable = ownBaseUrl === undefined ? profile?.keyVariable : undefined;
    return defined({ flag: textOf(flags['apiKeyEnv']), file: file.apiKeyEnv, baseUrl, profileVariable, environment });
  }
}

export type SelectionSettings = Pick<RunOptions, 'only' | 'skip' | 'level' | 'quick' | 'tokenBudget' | 'client' | 'require'>;

/** The settings that select checks and probes, for commands that need no server. @throws UsageError */
export async function resolveSelection(flags: Flags, { environment, directory }: Surroundings): Promise<SelectionSettings> {
  return selectionOf(flags, environment, await readConfig(textOf(flags['config']), directory));
}

function selectionOf(flags: Flags, environment: Environment, file: ConfigFile): SelectionSettings {
  const { one, many } = readersOf(flags, environment);
  return defined({
    only: many('only', sameText, file.only),
    skip: many('skip', sameText, file.skip),
    level: one('level', (text, origin) => parseChoice(text, origin, levels), file.level),
    quick: flags['quick'] === true ? true : one('quick', parseSwitch, file.quick),
    tokenBudget: one('tokenBudget', parseAmount, file.tokenBudget),
    client: one('client', sameText, file.client),
    require: many('require', (text, origin) => parseChoice(text, origin, capabilities), file.require),
  });
}

type Parse<Value> = (text: string, origin: string) => Value;

interface Readers {
  readonly one: <Value>(name: SettingName, parse: Parse<Value>, fromFile: Value | undefined) => Value | undefined;
  /** A list: repeated, with commas, or both. */
  readonly many: <Value>(name: SettingName, parse: Parse<Value>, fromFile: readonly Value[] | undefined) => readonly Value[] | undefined;
}

function readersOf(flags: Flags, environment: Environment): Readers {
  return {
    one: (name, parse, fromFile) => {
      const [given] = givenTexts(name, flags, environment);
      return given === undefined ? fromFile : parse(given.text, given.origin);
    },
    many: (name, parse, fromFile) => {
      const given = givenTexts(name, flags, environment);
      return given.length === 0 ? fromFile : given.flatMap(({ text, origin }) => parseList(text).map((part) => parse(part, origin)));
    },
  };
}

function profileOf(id: string | undefined): TargetProfile | undefined {
  if (id === undefined) return undefined;
  const profile = findProfile(id);
  if (profile !== undefined) return profile;
  const ids = targetProfiles.map((known) => known.id);
  const hint = didYouMean(id, ids);
  throw new UsageError(`There is no profile "${id}"${hint === '' ? `; there are ${ids.join(', ')}.` : hint}`);
}

/** ANTHROPIC_BASE_URL is set on the machines of people who use Claude Code through a gateway: not the server they mean to test. */
function missingBaseUrl({ ANTHROPIC_BASE_URL: url }: Environment): never {
  const unused =
    url === undefined || url === ''
      ? ''
      : ' ANTHROPIC_BASE_URL is set, but never used silently: --base-url "$ANTHROPIC_BASE_URL" checks that server.';
  throw new UsageError(`No server to check; name one, as in: ${programName} --base-url http://127.0.0.1:8000 --model NAME${unused}`);
}

/** What the user chose, else how the profile's server takes keys; without a key, the runner sends none. */
function authOf(chosen: AuthStyle | undefined, hasKey: boolean, profile: TargetProfile | undefined): AuthStyle | undefined {
  return chosen ?? (hasKey ? profile?.auth : undefined);
}

/** Of the file, then of the flags: a flag replaces a header of the file by its name. */
function headersOf(flags: Flags, file: ConfigFile): readonly RawHeader[] {
  const typed = givenTexts('headers', flags, {}).map(({ text, origin }) => parseHeader(text, origin));
  const names = new Set(typed.map(([name]) => name.toLowerCase()));
  const kept = Object.entries(file.headers ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
  return [...kept.map(([name, value]) => checkedHeader(name, value, 'headers in the configuration file')), ...typed];
}

function readCertificates(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    throw new UsageError(`Cannot read the certificates in ${path}: ${systemReason(error)}.`, { cause: error });
  }
}

function versionText(text: string, origin: string): string {
  const [, value] = checkedHeader('anthropic-version', text, origin);
  return value;
}

function sameText(text: string): string {
  return text;
}

function textOf(flag: Flags[string]): string | undefined {
  return typeof flag === 'string' ? flag : undefined;
}
