/** Turns that only some models take: a server without them says so, in a way that clients understand. */
import { type Check, scenario } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';
import { judgeHandling } from '../variants.ts';

const prefill = scenario({
  id: 'errors.in.prefill-unsupported',
  level: 'may',
  layer: 'http',
  requirement: 'A final assistant message is continued, or refused with a 4xx and the error envelope.',
  covers: ['err.in.prefill-unsupported'],
  source: docs.errors,
  breaks: [claudeCode('a 5xx instead is repeated ten times')],
  reads: { control: 'bad-prefill/plain', variant: 'bad-prefill/control' },
  judge: ({ control, variant }) => judgeHandling(control, variant),
});

const systemRole = scenario({
  id: 'errors.in.system-role-unsupported',
  level: 'may',
  layer: 'http',
  requirement: 'A system message among the turns is taken, or refused with a 4xx and the error envelope.',
  covers: ['err.in.system-role-unsupported-model'],
  source: 'https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages',
  breaks: [claudeCode('sends such a message in its first turn; a 5xx instead of a 400 is repeated ten times')],
  bugs: ['ollama#17774', 'llama.cpp#27107'],
  reads: { control: 'bad-system-role/plain', variant: 'bad-system-role/control' },
  judge: ({ control, variant }) => judgeHandling(control, variant),
});

export const optionalTurnChecks: readonly Check[] = [prefill, systemRole];
