/**
 * Which key is sent, if any. A key found in the environment goes only where the user said it should: `ANTHROPIC_API_KEY` to
 * api.anthropic.com, or wherever `--api-key-env ANTHROPIC_API_KEY` was typed for.
 */
import { UsageError } from '../usage-error.ts';
import { checkedKey } from './parse.ts';

export interface KeyQuestion {
  /** From `--api-key-env`. */
  readonly flag?: string;
  /** From the configuration file, which may have come with somebody else's repository. */
  readonly file?: string;
  readonly baseUrl: string;
  /** The profile's variable, where the base URL is the profile's own. */
  readonly profileVariable?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Key {
  readonly value: string;
  /** Where it came from; `curl` lines name it. */
  readonly variable: string;
}

/** @throws UsageError for a variable that is named and not set, or may not be used there. */
export function chooseKey({ flag, file, baseUrl, profileVariable, environment }: KeyQuestion): Key | undefined {
  const named = flag ?? file;
  if (flag === undefined && file !== undefined && /^anthropic_/i.test(file) && !isAnthropic(baseUrl)) {
    throw new UsageError(`The configuration file may not send ${file} to ${hostOf(baseUrl)}; if that is meant, say --api-key-env ${file}.`);
  }
  if (named !== undefined) {
    const key = keyIn(named, environment);
    if (key === undefined)
      throw new UsageError(
        `The environment variable ${named}, named by ${flag === undefined ? 'apiKeyEnv' : '--api-key-env'}, is not set.`,
      );
    return key;
  }
  return (
    keyIn('CONFORMANCE_API_KEY', environment) ??
    (profileVariable === undefined ? undefined : keyIn(profileVariable, environment)) ??
    (isAnthropic(baseUrl) ? keyIn('ANTHROPIC_API_KEY', environment) : undefined)
  );
}

function keyIn(variable: string, environment: KeyQuestion['environment']): Key | undefined {
  const text = environment[variable];
  return text === undefined || text.trim() === '' ? undefined : { value: checkedKey(text, variable), variable };
}

/** Exactly this origin: neither a look-alike host nor plain HTTP gets the key. */
function isAnthropic(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && new URL(baseUrl).origin === 'https://api.anthropic.com';
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'that server';
}
