/** What became of the baseline: how much it covers, and the entries that somebody has to touch. */
import type { BaselineState, RunRecord } from '../../spec/record/index.ts';
import type { Look, Tone } from './look.ts';
import { safeText } from './safe-text.ts';
import { hanging } from './wrap.ts';

const words: Readonly<Record<BaselineState, readonly [text: string, tone: Tone]>> = {
  known: ['still fails', 'quiet'],
  expired: ['expired, and gates again', 'bad'],
  stale: ['no longer fails: take the entry out', 'doubt'],
  'not-judged': ['not judged in this run', 'quiet'],
};

/** States that nobody has to act on are only counted, unless every detail is asked for. */
const telling: ReadonlySet<BaselineState> = new Set(['expired', 'stale']);

export function baseline({ baseline: applied }: RunRecord, { width, paint }: Look, detail: 'normal' | 'verbose'): readonly string[] {
  if (applied === undefined) return [];
  const { entries, file, strict } = applied;
  const counts = Object.keys(words).flatMap((state) => {
    const count = entries.filter((entry) => entry.state === state).length;
    return count === 0 ? [] : [`${count} ${state.replace('-', ' ')}`];
  });
  const named = `${file === undefined ? '' : `${file}: `}${counts.length === 0 ? 'no entries' : counts.join(', ')}`;
  const isGating = strict && entries.some(({ state }) => state === 'stale');
  return [
    ...hanging('  ', safeText(named), width),
    ...entries
      .filter(({ state }) => detail === 'verbose' || telling.has(state))
      .flatMap(({ check, address, state, expires }) => {
        const [text, tone] = words[state];
        const until = state === 'expired' ? ` (${expires ?? ''})` : '';
        const where = address === undefined ? '' : ` at ${address}`;
        return hanging('  ', safeText(`${check}${where} ${text}${until}`), width).map((line) => paint(tone, line));
      }),
    ...(isGating ? hanging('  ', 'Stale entries make exit 1 (--strict-baseline).', width) : []),
  ];
}
