/**
 * Judging by the input tokens of a reply what reached the model: a part of a request that adds none was dropped.
 * Whatever the model then says, the count is the server's own.
 */
import type { Evidence } from './model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass } from './model/judgement.ts';
import { at, inputTotal, isAccepted } from './reading.ts';

/** Judges that `variant`, which is `control` with something added, uses more input tokens. `differs` says how `control` differs. */
export function judgeAddedTokens(control: Evidence, variant: Evidence, differs = 'without it'): Judgement {
  return judgeInput(control, variant, (before, after) =>
    after > before ? undefined : `more than ${before}, the input tokens of the same request ${differs}`,
  );
}

/** Judges that `variant`, which differs from `control` in what no model sees, uses as many input tokens. */
export function judgeSameTokens(control: Evidence, variant: Evidence): Judgement {
  return judgeInput(control, variant, (before, after) =>
    after === before ? undefined : `${before} input tokens, cached ones included, as without it`,
  );
}

/** @param expected what should have been, undefined where it is. */
function judgeInput(control: Evidence, variant: Evidence, expected: (before: number, after: number) => string | undefined): Judgement {
  if (!isAccepted(control)) return inconclusive('the same request without it was not accepted');
  const { status = 0 } = variant;
  if (status >= 400 && status < 500) return notApplicable(`the server refuses it (${status})`);
  if (!isAccepted(variant)) return inconclusive('the request was not answered');
  const [before, after] = [control, variant].map(({ message }) => inputTotal(at(message, 'usage')));
  if (before === undefined || after === undefined) return inconclusive('the usage has no input_tokens');
  const wanted = expected(before, after);
  return wanted === undefined ? pass : fail({ of: variant, pointer: '/usage/input_tokens', expected: wanted, found: String(after) });
}
