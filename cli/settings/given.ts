/** What was given for a setting: by flags, else by its environment variable. */
import { definitions, type SettingName } from './definitions.ts';

/** What commander read. Lists are of repeated flags. */
export type Flags = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Given {
  readonly text: string;
  /** What to call it in a sentence: `--level` or `CONFORMANCE_LEVEL`. */
  readonly origin: string;
}

/** Empty where nothing was. An empty variable counts as not set. */
export function givenTexts(name: SettingName, flags: Flags, environment: Environment): readonly Given[] {
  const definition = definitions[name];
  const flag = flags[name];
  const texts: readonly string[] = typeof flag === 'string' ? [flag] : typeof flag === 'object' ? flag : [];
  const [origin = ''] = definition.flag.split(' ');
  if (texts.length > 0) return texts.map((text) => ({ text, origin }));
  const text = definition.variable === undefined ? undefined : environment[definition.variable];
  return text === undefined || text === '' || definition.variable === undefined ? [] : [{ text, origin: definition.variable }];
}
