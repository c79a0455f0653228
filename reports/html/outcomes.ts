/** Outcomes as marks and words: a mark is never told by its colour alone. */
import type { Outcome, Readiness } from '../../spec/record/index.ts';
import { html, type Markup } from './markup.ts';

interface Look {
  readonly mark: string;
  readonly word: string;
  /** As a heading of a list. */
  readonly plural: string;
}

export const outcomeLooks: Readonly<Record<Outcome, Look>> = {
  fail: { mark: '✗', word: 'fail', plural: 'Failed' },
  'harness-error': { mark: '‼', word: 'harness error', plural: 'Harness errors (faults of this suite, not of the server)' },
  warn: { mark: '!', word: 'warning', plural: 'Warnings' },
  info: { mark: 'i', word: 'info', plural: 'Information' },
  inconclusive: { mark: '?', word: 'inconclusive', plural: 'Inconclusive' },
  unsupported: { mark: '⊘', word: 'unsupported', plural: 'Unsupported' },
  pass: { mark: '✓', word: 'pass', plural: 'Passed' },
  'not-applicable': { mark: '–', word: 'not applicable', plural: 'Not applicable' },
  skipped: { mark: '»', word: 'skipped', plural: 'Skipped' },
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of the table above
export const outcomes: readonly Outcome[] = Object.keys(outcomeLooks) as Outcome[];

/** Worse ones first: which of two is shown where there is room for one. */
export function worst(found: Iterable<Outcome>): Outcome | undefined {
  const all = new Set(found);
  return outcomes.find((outcome) => all.has(outcome));
}

/** Mark and word. */
export function badge(outcome: Outcome): Markup {
  const { mark: sign, word } = outcomeLooks[outcome];
  return html`<span class="badge o-${outcome}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

/** The mark alone, its word for those who hear the page. */
export function mark(outcome: Outcome): Markup {
  const { mark: sign, word } = outcomeLooks[outcome];
  return html`<span class="badge o-${outcome}" title="${word}"
    ><span aria-hidden="true">${sign}</span><span class="vh">${word}</span></span
  >`;
}

const readinessLooks: Readonly<Record<Readiness, readonly [mark: string, word: string, like: Outcome]>> = {
  ready: ['✓', 'ready', 'pass'],
  'ready-with-limits': ['!', 'ready with limits', 'warn'],
  'not-ready': ['✗', 'not ready', 'fail'],
  unknown: ['?', 'unknown', 'inconclusive'],
};

export function readinessBadge(state: Readiness): Markup {
  const [sign, word, like] = readinessLooks[state];
  return html`<span class="badge o-${like}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
