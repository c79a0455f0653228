/** What `conformance mock` is to do: record, replay, or answer by a script. */
import type { MockOptions } from '../../mock/index.ts';
import { UsageError } from '../usage-error.ts';
import { defined } from './defined.ts';
import type { Environment, Flags } from './given.ts';
import { parseChoice } from './parse.ts';
import { parsePace, parseProbability, parseRateLimit, parseSeed, parseSpeed } from './parse-mock.ts';
import { serverKeys } from './server-keys.ts';

export type MockSettings =
  | { readonly kind: 'record'; readonly folder: string; readonly upstream: string }
  | { readonly kind: 'replay'; readonly folder: string; readonly speed: number }
  | {
      readonly kind: 'script';
      /** Absent: the mock's own rules. */
      readonly file?: string;
      /** Empty: the usual ones. */
      readonly models: readonly string[];
      readonly hasControl: boolean;
      readonly options: Pick<MockOptions, 'apiKeys' | 'pace' | 'chaos' | 'seed' | 'rateLimit' | 'validate'>;
    };

const validationModes = ['strict', 'warn', 'off'] as const;

/** Flags that say what the mock itself answers; by name as commander keeps them. */
const scriptFlags = {
  script: '--script',
  model: '--model',
  apiKey: '--api-key',
  apiKeyEnv: '--api-key-env',
  pace: '--pace',
  chaos: '--chaos',
  seed: '--seed',
  rateLimit: '--rate-limit',
  validate: '--validate',
  control: '--control',
};

/** @throws UsageError */
export function readMockSettings(flags: Flags, environment: Environment): MockSettings {
  const { record, replay, upstream, speed } = flags;
  if (typeof record === 'string') {
    refuseBeside('--record', flags, { ...scriptFlags, replay: '--replay', speed: '--speed' });
    if (typeof upstream !== 'string')
      throw new UsageError('--record needs the server to record, as in --upstream https://api.anthropic.com.');
    return { kind: 'record', folder: record, upstream };
  }
  if (upstream !== undefined) throw new UsageError('--upstream needs a folder to record in, as in --record recordings.');
  if (typeof replay === 'string') {
    refuseBeside('--replay', flags, scriptFlags);
    return { kind: 'replay', folder: replay, speed: typeof speed === 'string' ? parseSpeed(speed) : 0 };
  }
  if (speed !== undefined) throw new UsageError('--speed needs a recording, as in --replay recordings.');
  return scriptSettings(flags, environment);
}

function scriptSettings(flags: Flags, environment: Environment): MockSettings {
  const { script, model, control } = flags;
  const read = <Value>(name: string, parse: (text: string) => Value): Value | undefined => {
    const text = flags[name];
    return typeof text === 'string' ? parse(text) : undefined;
  };
  return {
    kind: 'script',
    ...(typeof script === 'string' && { file: script }),
    models: typeof model === 'object' ? model : [],
    hasControl: control === true,
    options: defined({
      apiKeys: serverKeys(flags, environment),
      pace: read('pace', parsePace),
      chaos: read('chaos', (text) => ({ probability: parseProbability(text) })),
      seed: read('seed', parseSeed),
      rateLimit: read('rateLimit', parseRateLimit),
      validate: read('validate', (text) => parseChoice(text, '--validate', validationModes)),
    }),
  };
}

/** What comes from another server cannot be scripted too. */
function refuseBeside(mode: string, flags: Flags, others: Readonly<Record<string, string>>): void {
  const given = Object.entries(others).find(([name]) => flags[name] !== undefined);
  if (given !== undefined) throw new UsageError(`${mode} and ${given[1]} exclude each other.`);
}
