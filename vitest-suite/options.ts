/** What `describeConformance` is told, and the run that follows from it. */
import { clientProfiles } from '../profiles/clients.ts';
import { findProfile, targetProfiles } from '../profiles/index.ts';
import { ConformanceError, type RunOptions } from '../runner/index.ts';
import { nearestOption } from './nearest-option.ts';

type Kept =
  | 'model'
  | 'apiKey'
  | 'auth'
  | 'headers'
  | 'apiVersion'
  | 'only'
  | 'skip'
  | 'level'
  | 'quick'
  | 'tokenBudget'
  | 'client'
  | 'require'
  | 'failOn'
  | 'concurrency'
  | 'timeoutMs'
  | 'maxTimeMs'
  | 'waitMs'
  | 'ca'
  | 'insecure'
  | 'environment';

/** Options of a run, as in `run()`, and what only Vitest needs. */
export interface ConformanceSuiteOptions extends Pick<RunOptions, Kept> {
  /** The server, or a function that is asked when the first test runs: after the `beforeAll` that starts the server. */
  readonly baseUrl: string | (() => string | Promise<string>);
  /** Id of a known server, such as `vllm`: its paths, headers and way to authenticate. Default: none. */
  readonly profile?: string;
  /** Areas of the catalogue, such as `stream` (all of its parts), `stream.order` or `tools`: files with different areas can go to different shards. Default: all. */
  readonly areas?: readonly string[];
  /** Name of the outer `describe`. Default `Messages API`. */
  readonly title?: string;
  /** Folder that the run record is written to when the last test has ended. Default: it is not written. */
  readonly output?: string;
}

/** Every option, so that a misspelt one is not silently without effect: the compiler keeps the list whole. */
const known: Readonly<Record<keyof ConformanceSuiteOptions, true>> = {
  baseUrl: true,
  profile: true,
  areas: true,
  title: true,
  output: true,
  model: true,
  apiKey: true,
  auth: true,
  headers: true,
  apiVersion: true,
  only: true,
  skip: true,
  level: true,
  quick: true,
  tokenBudget: true,
  client: true,
  require: true,
  failOn: true,
  concurrency: true,
  timeoutMs: true,
  maxTimeMs: true,
  waitMs: true,
  ca: true,
  insecure: true,
  environment: true,
};

/** @throws ConformanceError `usage` for an option that there is not. */
export function refuseUnknown(options: object): void {
  const names = Object.keys(known);
  const stray = Object.keys(options).find((name) => !names.includes(name));
  if (stray === undefined) return;
  const near = nearestOption(stray, names);
  throw new ConformanceError(
    'usage',
    `describeConformance has no option ${stray}; ${near === undefined ? `it has ${names.join(', ')}.` : `did you mean ${near}?`}`,
  );
}

/** @throws ConformanceError `usage` for a profile that there is not. */
export function runOptionsOf(
  { baseUrl: _baseUrl, profile: id, areas: _areas, title: _title, output: _output, ...options }: ConformanceSuiteOptions,
  baseUrl: string,
): RunOptions {
  const profile = id === undefined ? undefined : findProfile(id);
  if (id !== undefined && profile === undefined) {
    throw new ConformanceError('usage', `There is no profile "${id}"; there are ${targetProfiles.map((each) => each.id).join(', ')}.`);
  }
  const auth = options.auth ?? (options.apiKey === undefined ? undefined : profile?.auth);
  return {
    ...options,
    baseUrl,
    clients: clientProfiles,
    ...(auth === undefined ? {} : { auth }),
    ...(profile === undefined ? {} : { profile }),
  };
}
