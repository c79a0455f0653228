/** Thinking that is sent back must be what was sent. https://platform.claude.com/docs/en/build-with-claude/extended-thinking */
import type { Check } from '../model/check.ts';
import { refusal, type RefusalCheck } from '../model/refusal.ts';
import { docs } from '../references.ts';
import { hidden } from './reasons.ts';

type Row = Pick<RefusalCheck, 'id' | 'level' | 'requirement' | 'covers'> & Required<Pick<RefusalCheck, 'why'>> & { readonly step: string };

const rows: readonly Row[] = [
  {
    step: 'edited',
    id: 'errors.in.thinking-edited',
    // Servers without signatures have nothing to hold it against.
    level: 'may',
    requirement: 'A thinking block that was edited is answered 400.',
    covers: ['err.in.thinking-modified'],
    why: 'The signature is there so that nobody can put thoughts into the mouth of the model.',
  },
  {
    step: 'marked',
    id: 'errors.in.thinking-cache-control',
    level: 'should',
    requirement: 'A cache_control marker on a thinking block is answered 400.',
    covers: ['err.in.cache-control-on-thinking'],
    why: hidden,
  },
];

export const thinkingHistoryChecks: readonly Check[] = rows.map(({ step, ...row }) =>
  refusal({
    ...row,
    layer: 'http',
    source: docs.thinking,
    breaks: [],
    needs: ['thinking'],
    control: 'bad-thinking-history/echo',
    mutant: `bad-thinking-history/${step}`,
    inStream: { control: 'bad-thinking-history/echo-stream', mutant: `bad-thinking-history/${step}-stream` },
  }),
);
