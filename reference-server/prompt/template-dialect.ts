/**
 * What a chat template has to be given beyond the conversation, found out by rendering a plain question: what one template fails without,
 * another takes amiss. https://huggingface.co/docs/transformers/chat_templating_writing
 */

export interface TemplateDialect {
  /** `tools` where there are none. Templates for tool use run through them without looking whether there are any (Hermes 2 Pro, Command R+). */
  readonly noTools?: readonly [];
  /** Texts come as lists of parts, as templates of models that also read images want them. */
  readonly hasParts?: boolean;
  /** Variables that only this template reads. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** First match wins, so the usual way comes first. */
const dialects: readonly TemplateDialect[] = [
  {},
  { noTools: [] },
  { hasParts: true },
  { hasParts: true, noTools: [] },
  // FireFunction. Tools that its template does not show are described in the system text; a date that names no hour keeps prompts in the cache.
  { variables: { functions: '', datetime: new Date().toDateString() } },
];

/** What a template makes of a question, in a dialect. May throw. */
export type Trial = (dialect: TemplateDialect) => string;

/** The first dialect in which the template writes down what the user says. @throws Error with the reason, where there is none. */
export function findDialect(trial: Trial, question: string): TemplateDialect {
  let reason: unknown;
  for (const dialect of dialects) {
    try {
      if (trial(dialect).includes(question)) return dialect;
      reason ??= new Error('it leaves out what the user says');
    } catch (error) {
      reason ??= error;
    }
  }
  throw reason;
}
