/** LM Studio: every unknown route is answered 200, and so are counts. */
import { answers, refuses } from '../faults/acting.ts';
import { all, counts, has, messages } from '../faults/touching.ts';
import type { Persona } from './persona.ts';
import { elsewhere, openAiModel, openAiModels } from './traits/routes.ts';

const bugs = 'https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues';

export const lmStudio: Persona = {
  id: 'lm-studio',
  name: 'LM Studio',
  asOf: '0.4.20, 2026, from documentation and reports',
  links: ['https://lmstudio.ai/docs/developer/anthropic-compat', `${bugs}/2055`, `${bugs}/2220`],
  traits: [
    {
      sentence: 'Schemas of more than twenty tools do not compile to a grammar: a 400 wrapped in a 500.',
      touches: all(messages, has('/tools/20')),
      act: refuses('api_error', 'Error code: 400 - failed to compile the grammar of the tools'),
    },
    openAiModels,
    openAiModel,
    {
      sentence: 'Unknown paths and methods are answered 200 with an error in them.',
      touches: elsewhere,
      act: () => ({
        instead: (asked) => answers(200, { error: `Unexpected endpoint or method. (${asked.method} ${asked.path})` })().instead?.(asked),
      }),
    },
    {
      sentence: 'A request to count is answered 200 with an error in it.',
      touches: counts,
      act: answers(200, { error: 'Unexpected endpoint or method. (POST /v1/messages/count_tokens)' }),
    },
  ],
};
