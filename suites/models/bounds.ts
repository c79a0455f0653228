/** Limits and cursors of the models list that are at the edge of what is allowed, or beyond it. */
import { acceptance } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import { badRequest, judgeRefusal } from '../model/refusal.ts';
import { judgeHandling } from '../variants.ts';
import { modelDocs } from './sources.ts';

const common = { needs: ['models'], source: modelDocs.list, layer: 'http', breaks: [] } as const;

/** Faults of all refusals, each of which has a check of its own. */
const causes = ['models.list.shape', 'http.json.parses', 'errors.envelope.not-foreign', 'errors.type.matches-status'];

/** A limit that is answered 400. */
function badLimit(rule: string, requirement: string, control: string, why: string): Check {
  return scenario({
    ...common,
    id: `models.page.${rule}`,
    level: 'should',
    requirement,
    covers: ['models.list.limit-bounds'],
    why,
    after: causes,
    reads: { control: `models-pages/${control}`, mutant: `models-pages/${rule}` },
    judge: (steps) => judgeRefusal(steps.control, steps.mutant, badRequest),
  });
}

/** Something that no client understands is wrong; taken and refused are both right. */
function handled(id: string, requirement: string, covers: string, step: string, why: string): Check {
  return scenario({
    ...common,
    id,
    level: 'may',
    requirement,
    covers: [covers],
    why,
    reads: { control: 'models-pages/list', variant: step },
    judge: ({ control, variant }) => judgeHandling(control, variant),
  });
}

export const boundChecks: readonly Check[] = [
  badLimit('limit-0', 'limit=0 is answered 400.', 'limit-1', 'A page of nothing that says there is more keeps a client asking.'),
  badLimit('limit-1001', 'limit=1001 is answered 400.', 'limit-1000', 'A page that is cut without a word looks like the whole list.'),
  badLimit('limit-negative', 'limit=-1 is answered 400.', 'limit-1', 'A negative length cuts lists at their end in many languages.'),
  badLimit('limit-text', 'A limit that is no number is answered 400.', 'limit-1', 'A typing error goes unnoticed.'),
  acceptance({
    ...common,
    id: 'models.page.limit-1000',
    level: 'should',
    requirement: 'limit=1000, the largest, is accepted.',
    covers: ['models.list.limit-bounds'],
    why: 'Programs that want the whole list ask for the largest page.',
    control: 'models-pages/list',
    variant: 'models-pages/limit-1000',
  }),
  handled(
    'models.page.unknown-cursor',
    'A cursor that names no model is answered with a page, or refused with an error envelope.',
    'models.list.unknown-cursor',
    'models-pages/unknown-cursor',
    'A model that is removed while a client walks the list leaves it with such a cursor; a 5xx is then repeated.',
  ),
  handled(
    'models.page.both-cursors',
    'after_id and before_id at once are answered with a page, or refused with an error envelope.',
    'models.list.both-cursors',
    'models-pages/both-cursors',
    'A 5xx for it is repeated by every SDK.',
  ),
];
