/** A line for each known client: whether it can be used with the server, and what stands in the way. */
import type { ClientReadiness, Obstacle, Readiness, RunRecord } from '../../spec/record/index.ts';
import { beyondBudget } from './left-out.ts';
import type { Look, Tone } from './look.ts';
import { safeText } from './safe-text.ts';
import { hanging } from './wrap.ts';

const words: Readonly<Record<Readiness, readonly [text: string, tone: Tone]>> = {
  ready: ['ready', 'good'],
  'ready-with-limits': ['ready with limits', 'doubt'],
  'not-ready': ['not ready', 'bad'],
  unknown: ['unknown', 'quiet'],
};

/** Obstacles named below a client; the others are counted. */
const most = 3;

/** Nothing where a run has shown nothing of any client. Where it was about one client, that one alone. */
export function readiness(record: Pick<RunRecord, 'readiness' | 'options' | 'verdicts'>, look: Look): readonly string[] {
  const { readiness: all, options } = record;
  const unpaid = beyondBudget(record);
  const clients = options.client === undefined ? all : all.filter(({ client }) => client === options.client);
  if (clients.every(({ state }) => state === 'unknown') && options.client === undefined) return [];
  const label = Math.max(0, ...clients.map(({ client }) => client.length)) + 2;
  return clients.flatMap((client) => {
    const [text, tone] = words[client.state];
    const line = `  ${safeText(client.client).padEnd(label)}${look.paint(tone, text)}`;
    return [line].concat(reasons(client, unpaid, look));
  });
}

function reasons({ state, blockers, limits, open }: ClientReadiness, unpaid: ReadonlySet<string>, { width }: Look): readonly string[] {
  if (state === 'unknown') {
    const because = budgetReason(open.filter((check) => unpaid.has(check)).length, open.length);
    return hanging('      ', `${open.length} of its checks came to no judgement${because}: ${named(open)}`, width);
  }
  const shown = state === 'not-ready' ? blockers : limits;
  return grouped(shown).flatMap(({ checks, effect }) => hanging('      ', safeText(`${effect} (${named(checks)})`), width));
}

function budgetReason(unpaid: number, open: number): string {
  if (unpaid === 0) return '';
  return unpaid === open ? ' (left out for --token-budget)' : ` (${unpaid} left out for --token-budget)`;
}

/** One entry for each effect. */
function grouped(obstacles: readonly Obstacle[]): readonly { readonly effect: string; readonly checks: readonly string[] }[] {
  return [...Map.groupBy(obstacles, ({ effect }) => effect)].map(([effect, own]) => ({ effect, checks: own.map(({ check }) => check) }));
}

function named(checks: readonly string[]): string {
  const others = checks.length - most;
  return `${checks.slice(0, most).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}
