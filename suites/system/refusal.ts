/** Servers without system messages in the conversation say so, in a way that clients understand. */
import { judgeAddedTokens } from '../added-tokens.ts';
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { badRequest, judgeRefusal } from '../model/refusal.ts';
import { at, isAccepted } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';
import { namesRole } from './names-role.ts';

const reads = { control: 'system-messages/control', variant: 'system-messages/last' } as const;
const taken = notApplicable('the server accepts system messages');

export const refusalChecks: readonly Check[] = [
  scenario({
    id: 'system.message.not-dropped',
    level: 'should',
    layer: 'semantics',
    requirement: 'A request with a system message uses more input tokens than without: a server that accepts one does not drop it.',
    covers: ['sysmsg.unsupported-clean-400'],
    source: docs.systemMessages,
    breaks: [claudeCode('behaves like a model that knows nothing of its surroundings')],
    fix: 'Refuse with a 400 that names the role: Claude Code then sends the text in a user message.',
    reads,
    judge: ({ control, variant }) => judgeAddedTokens(control, variant),
  }),
  scenario({
    id: 'system.message.refused-cleanly',
    level: 'should',
    layer: 'http',
    requirement: 'A server that takes no system messages answers 400 with an error of type invalid_request_error.',
    covers: ['sysmsg.unsupported-clean-400'],
    source: docs.systemMessages,
    breaks: [claudeCode('repeats a 500 ten times, and gives up after three minutes')],
    bugs: ['ollama#17774', 'omlx#1503', 'llama.cpp#27107'],
    fix: 'Check the roles before a chat template sees them; templates throw, and that becomes a 500.',
    reads,
    judge: ({ control, variant }) => (isAccepted(variant) ? taken : judgeRefusal(control, variant, badRequest)),
  }),
  scenario({
    id: 'system.message.refusal-names-role',
    level: 'should',
    layer: 'http',
    requirement: 'The refusal of a system message names the role, in its message or its details.',
    covers: ['sysmsg.unsupported-clean-400'],
    source: 'Claude Code',
    breaks: [claudeCode('sends the text in a user message only if the refusal speaks of the role; otherwise the session fails')],
    bugs: ['claude-code#63469', 'lmstudio-bug-tracker#2204'],
    reads,
    judge: ({ control, variant }) => {
      if (isAccepted(variant)) return taken;
      if (!isAccepted(control)) return inconclusive('the same request without it was not accepted either');
      const { status = 0, text = '', json } = variant;
      if (status < 400 || status >= 500) return inconclusive(`the answer is no refusal (${status})`);
      if (namesRole(variant)) return pass;
      const said = at(json, 'error', 'message') ?? text;
      return fail({ of: variant, pointer: '/error/message', expected: 'a message with the word role', found: shown(said) });
    },
  }),
];
