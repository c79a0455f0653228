/** `conformance.config.json`: read, validated by its published schema, and explained where it is wrong. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemReason } from '../../reports/errors.ts';
import type { FormatName } from '../../reports/formats.ts';
import { readText } from '../../reports/read-file.ts';
import type { AuthStyle, Capability, Level } from '../../spec/record/index.ts';
import { messageOf } from '../../spec/as-text.ts';
import { didYouMean, UsageError } from '../usage-error.ts';

/** Its content; the schema is `spec/schemas/config.json`. Keys never stand here, only the name of the variable that holds one. */
export interface ConfigFile {
  readonly baseUrl?: string;
  readonly model?: string;
  readonly profile?: string;
  readonly apiKeyEnv?: string;
  readonly auth?: AuthStyle;
  readonly headers?: Readonly<Record<string, string>>;
  readonly apiVersion?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly level?: Level;
  readonly quick?: boolean;
  readonly tokenBudget?: number;
  readonly client?: string;
  readonly failOn?: 'must' | 'should';
  readonly require?: readonly Capability[];
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly maxTime?: number;
  readonly wait?: number;
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly report?: Readonly<Partial<Record<FormatName, string>>>;
  readonly baseline?: string;
  readonly strictBaseline?: boolean;
  readonly output?: string;
}

/** Looked for in the working directory. */
export const configName = 'conformance.config.json';

/**
 * @param path from `--config`; without it, the file in `directory` is read where there is one.
 * @returns its content, paths made absolute; empty where there is no file.
 * @throws UsageError
 */
export async function readConfig(path: string | undefined, directory: string): Promise<ConfigFile> {
  const file = resolve(directory, path ?? configName);
  if (path === undefined && !existsSync(file)) return {};
  const shown = path ?? configName;
  const config = await validated(parse(read(file, shown), shown), shown);
  const beside = dirname(file);
  return {
    ...config,
    ...(config.ca === undefined ? {} : { ca: resolve(beside, config.ca) }),
    ...(config.baseline === undefined ? {} : { baseline: resolve(beside, config.baseline) }),
    ...(config.report === undefined ? {} : { report: mapValues(config.report, (text) => resolve(beside, text)) }),
    ...(config.output === undefined ? {} : { output: resolve(beside, config.output) }),
  };
}

async function validated(value: unknown, shown: string): Promise<ConfigFile> {
  // Loaded here, for the few runs that have a file.
  const [{ Ajv2020 }, { default: schema }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('../../spec/schemas/config.json', { with: { type: 'json' } }),
  ]);
  const ajv = new Ajv2020({ strict: true });
  const validate = ajv.compile<ConfigFile>(schema);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const unknown: unknown = error?.keyword === 'additionalProperties' ? error.params['additionalProperty'] : undefined;
  if (error?.instancePath === '' && typeof unknown === 'string') {
    const hint = didYouMean(unknown, Object.keys(schema.properties));
    throw new UsageError(`${shown}: there is no setting "${unknown}"${hint === '' ? '.' : hint}`);
  }
  const allowed: unknown = error?.params['allowedValues'];
  const words = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : typeof unknown === 'string' ? `: "${unknown}"` : '';
  throw new UsageError(
    `${shown}: ${error?.instancePath.slice(1).replaceAll('/', '.') || 'the file'} ${error?.message ?? 'is wrong'}${words}.`,
  );
}

function mapValues(paths: Readonly<Record<string, string>>, change: (path: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, change(path)]));
}

function read(file: string, shown: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw new UsageError(`Cannot read ${shown}: ${systemReason(error)}.`, { cause: error });
  }
}

function parse(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${shown} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
}
