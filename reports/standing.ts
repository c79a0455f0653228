/** What a verdict means for whoever acts on a run: the one place where outcome, baseline, quarantine and gate come together. */
import type { RunRecord, Verdict } from '../spec/record/index.ts';

/**
 * `failing`: makes exit 1. `accepted`: failed, but known by the baseline or quarantined. `remark`: a failed should or may that does not
 * gate. `unjudged`: the evidence was not to be had, or was not asked for. `broken`: a fault of the suite itself.
 */
export type Standing = 'passed' | 'failing' | 'accepted' | 'remark' | 'unjudged' | 'broken';

export function standingOf({ outcome, known, quarantined }: Verdict, { options }: Pick<RunRecord, 'options'>): Standing {
  switch (outcome) {
    case 'pass':
      return 'passed';
    case 'harness-error':
      return 'broken';
    case 'fail':
    case 'warn':
    case 'info':
      if (known !== undefined || quarantined !== undefined) return 'accepted';
      return outcome === 'fail' || (outcome === 'warn' && options.failOn === 'should') ? 'failing' : 'remark';
    case 'inconclusive':
    case 'unsupported':
    case 'not-applicable':
    case 'skipped':
      return 'unjudged';
  }
}

/** Why a failure is accepted: `known until 2026-12-31: the reason (the link)`. Undefined where it is not. */
export function acceptance({ known, quarantined }: Verdict): string | undefined {
  if (known !== undefined) {
    const until = known.expires === undefined ? '' : ` until ${known.expires}`;
    return `known${until}: ${known.reason}${known.link === undefined ? '' : ` (${known.link})`}`;
  }
  return quarantined === undefined ? undefined : `quarantined: ${quarantined.reason} (${quarantined.link})`;
}

/** The verdict in one line: the first finding, or the reason that there is none. Not yet safe to show. */
export function gist({ findings, findingsTotal, reason, outcome }: Verdict): string {
  const [first] = findings;
  if (first === undefined) return reason ?? outcome;
  const more = findingsTotal > 1 ? ` (and ${findingsTotal - 1} more)` : '';
  // Each cut by itself: a long answer must not push what was expected out of sight.
  return `${brief(first.found)}${more}, expected ${brief(first.expected)}`;
}

function brief(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 500).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
