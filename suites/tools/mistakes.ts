/** Mistakes in tools and results. The family that is sent in both modes is `errors/bad-tools`. */
import type { Check } from '../model/check.ts';
import { refusal, type RefusalCheck } from '../model/refusal.ts';
import { docs } from '../references.ts';

type Row = Pick<RefusalCheck, 'id' | 'level' | 'requirement' | 'covers' | 'source'> &
  Required<Pick<RefusalCheck, 'why'>> & { readonly control: 'control' | 'history' };

const rows: Readonly<Record<string, Row>> = {
  'examples-invalid': {
    id: 'tools.definition.examples-checked',
    control: 'control',
    level: 'should',
    requirement: 'An input example that does not fit the schema of its tool is answered 400.',
    covers: ['tool.def.input-examples-valid'],
    source: docs.toolUse.replace('overview', 'define-tools'),
    why: 'The model learns the wrong form from it, and nobody finds out.',
  },
  'deferred-all': {
    id: 'tools.definition.not-all-deferred',
    control: 'control',
    level: 'may',
    requirement: 'Tools that are all deferred are answered 400.',
    covers: ['tool.def.defer-loading'],
    source: docs.toolUse.replace('overview', 'tool-search-tool'),
    why: 'Nothing is left that could find them.',
  },
  'reference-unknown': {
    id: 'tools.result.reference-known',
    control: 'history',
    level: 'may',
    requirement: 'A tool_reference to a tool that the request does not define is answered 400.',
    covers: ['tools.result.tool-reference'],
    source: docs.toolUse.replace('overview', 'tool-search-tool'),
    why: 'The model is told of a tool that it cannot call.',
  },
  'result-late': {
    id: 'tools.result.next-message-only',
    control: 'history',
    level: 'must',
    requirement: 'A result that comes later than in the message after its call is answered 400.',
    covers: ['tools.result.next-message-only'],
    source: docs.toolUse.replace('overview', 'handle-tool-calls'),
    why: 'Chat templates leave out such results, or put them beside the wrong call, and the model answers something else.',
  },
};

export const mistakeChecks: readonly Check[] = Object.entries(rows).map(([step, { control, ...row }]) =>
  refusal({
    ...row,
    layer: 'http',
    breaks: [],
    needs: ['tools'],
    control: `tool-mistakes/${control}`,
    mutant: `tool-mistakes/${step}`,
  }),
);
