/** What became of the optional parts that the run requires, where there is something to say of it. */
import { requiredParts } from '../../spec/record/required-parts.ts';
import type { RunRecord } from '../../spec/record/index.ts';
import type { Look } from './look.ts';
import { safeText } from './safe-text.ts';
import { hanging } from './wrap.ts';

export function required(record: RunRecord, { width, paint }: Look): readonly string[] {
  if (record.ended === 'preflight') return [];
  const { refused, open } = requiredParts(record.options.require, record);
  return [
    ...said(refused, (names, verb) => `${names} ${verb} required (--require), and refused by the server: exit 1.`).map((line) =>
      paint('bad', line),
    ),
    ...said(
      open,
      (names, verb) => `${names} ${verb} required (--require), but this run has found out nothing about it: not known to be there.`,
    ).map((line) => paint('doubt', line)),
  ];

  function said(parts: readonly string[], sentence: (names: string, verb: string) => string): readonly string[] {
    return parts.length === 0 ? [] : hanging('  ', safeText(sentence(parts.join(', '), parts.length === 1 ? 'is' : 'are')), width);
  }
}
