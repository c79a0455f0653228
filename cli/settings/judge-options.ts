/** What `judge` and `proxy` select and gate on. By flags alone: the environment is about runs, and a record has settings of its own. */
import type { JudgeOptions } from '../../runner/offline/index.ts';
import { gates, levels } from './choices.ts';
import { defined } from './defined.ts';
import { type Flags, givenTexts } from './given.ts';
import type { SettingName } from './definitions.ts';
import { parseChoice, parseList } from './parse.ts';

/** @throws UsageError */
export function judgeOptionsOf(flags: Flags): JudgeOptions {
  const choice = <Word extends string>(name: SettingName, words: readonly Word[]): Word | undefined => {
    const [given] = givenTexts(name, flags, {});
    return given && parseChoice(given.text, given.origin, words);
  };
  const globs = (name: SettingName): readonly string[] | undefined => {
    const given = givenTexts(name, flags, {});
    return given.length === 0 ? undefined : given.flatMap(({ text }) => parseList(text));
  };
  return defined({ only: globs('only'), skip: globs('skip'), level: choice('level', levels), failOn: choice('failOn', gates) });
}
