/** A model of a family as far as prompts and grammars need one: template and tokenizer, no weights. */
import { chooseFamily } from './choose-family.ts';
import type { Family } from './family.ts';
import { type TemplateName, templates } from './templates.fixture.ts';
import { compileChatTemplate } from '../prompt/chat-template.ts';
import type { PromptModel, ReplyPlan } from '../prompt/reply-plan.ts';
import { templateTraits } from '../prompt/template-traits.ts';
import { createVocabulary } from '../prompt/vocabulary.ts';
import { marksOf } from '../output/marks.ts';
import type { Token } from 'node-llama-cpp';

/** Everything in pointed or square brackets that the templates write. */
const bracketed = /<[|｜/a-z][^<>\s]*>|\[\/?[A-Z_]+\]/gu;

export interface PlannedModel extends PromptModel {
  readonly textOf: (plan: ReplyPlan) => string;
  readonly special: readonly string[];
}

/** A model with one of our own templates. */
export function plannedModel(name: TemplateName): PlannedModel {
  return plannedFrom(templates[name]);
}

/** Every mark is a token of its own, every other character one as well. */
export function plannedFrom(source: string): PlannedModel {
  const template = compileChatTemplate(source, { bos: '<s>', eos: '</s>' });
  const family = chooseFamily(template.source);
  const special = [...new Set([...markTexts(family), ...(template.source.match(bracketed) ?? [])])];
  // The tokens of node-llama-cpp are numbers with a name of their own.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const tokens = new Map(special.map((text, index) => [text, index as Token]));
  const vocabulary = createVocabulary({
    special: tokens,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    tokenizePlain: (text) => Array.from(text, (character) => (1_000_000 + (character.codePointAt(0) ?? 0)) as Token),
  });
  const textOf = (plan: ReplyPlan): string =>
    plan.tokens.map((token) => special[token] ?? String.fromCodePoint(token - 1_000_000)).join('');
  return { template, vocabulary, family, traits: templateTraits(template, family), textOf, special };
}

function markTexts(family: Family): readonly string[] {
  return [...marksOf(family, { hasCalls: true }).map(({ text }) => text), ...family.ends];
}
