/** What API version 2026-10-21 took away, it took away from count_tokens, too. https://platform.claude.com/docs/en/api/migration-2026-10-21 */
import type { Check } from '../model/check.ts';
import { countTokensRequest, type Probe, probe } from '../model/probe.ts';
import { refusal } from '../model/refusal.ts';
import { sdkTypescript } from '../references.ts';

const text = (said: string) => ({ type: 'text', text: said });
const citation = {
  type: 'char_location',
  cited_text: 'The lamp is red.',
  document_index: 0,
  document_title: null,
  start_char_index: 0,
  end_char_index: 16,
};
const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'The lamp is red.' } };

/** The second turn of the model, or the first of the user, holds what is refused. */
function conversation(model: string, asked: unknown, answered: unknown): Readonly<Record<string, unknown>> {
  return {
    model,
    messages: [
      { role: 'user', content: [asked] },
      { role: 'assistant', content: [answered] },
      { role: 'user', content: 'Thank you.' },
    ],
  };
}

export const countVersion: Probe = probe({
  id: 'count-version',
  title: 'Token counts under API version 2026-10-21; nothing is generated',
  needs: ['count-tokens'],
  cost: { requests: 3, outputTokens: 0 },
  steps: ['control', 'assistant-document', 'user-citations'],
  async run({ model, send }) {
    const newer = (asked: unknown, answered: unknown) => ({
      ...countTokensRequest(conversation(model, asked, answered)),
      headers: { 'anthropic-version': '2026-10-21' },
    });
    const [question, answer] = [text('What colour is the lamp?'), text('The lamp is red.')];
    await send('control', newer(question, answer));
    await send('assistant-document', newer(question, document), { control: 'control' });
    await send('user-citations', newer({ ...question, citations: [citation] }, answer), { control: 'control' });
  },
});

function refused(step: string, requirement: string, covered: string): Check {
  return refusal({
    id: `count-tokens.version.${step}`,
    level: 'should',
    layer: 'http',
    requirement,
    covers: ['count.version-rules', covered],
    source: 'https://platform.claude.com/docs/en/api/migration-2026-10-21',
    breaks: [sdkTypescript('1.x: a request that is about to fail is counted without complaint')],
    needs: ['count-tokens'],
    control: 'count-version/control',
    mutant: `count-version/${step}`,
  });
}

export const versionChecks: readonly Check[] = [
  refused(
    'assistant-document',
    'Under 2026-10-21 a document in a message of the assistant is not counted but answered 400.',
    'err.in.document-in-assistant-2026',
  ),
  refused(
    'user-citations',
    'Under 2026-10-21 citations on a text of the user are not counted but answered 400.',
    'err.in.citations-in-user-2026',
  ),
];
