/** What `describeConformance` is told, and the run that follows from it. */
import { clientProfiles } from '../profiles/clients.ts';
import { findProfile, targetProfiles } from '../profiles/index.ts';
import { ConformanceError, type RunOptions } from '../runner/index.ts';

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
