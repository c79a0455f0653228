/** The system prompt is read, not only accepted. https://platform.claude.com/docs/en/api/messages */
import { judgeAddedTokens } from '../added-tokens.ts';
import { type Check, scenario } from '../model/check.ts';
import { inconclusive, pass } from '../model/judgement.ts';
import { systemWord } from '../probes/system-word.ts';
import { isAccepted, wholeText } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';

const ignored = [claudeCode('behaves like a model that knows nothing of its tools and rules')];

export const promptChecks: readonly Check[] = [
  scenario({
    id: 'system.prompt.adds-tokens',
    level: 'should',
    layer: 'semantics',
    requirement: 'A longer system prompt as a string uses more input tokens than a shorter one.',
    covers: ['req.system.effective', 'req.system.counts'],
    source: docs.tokenCounting,
    breaks: ignored,
    reads: { control: 'system/short', variant: 'system/string' },
    judge: ({ control, variant }) => judgeAddedTokens(control, variant, 'with a shorter system prompt'),
  }),
  scenario({
    id: 'system.prompt.blocks-add-tokens',
    level: 'should',
    layer: 'semantics',
    requirement: 'A longer system prompt of text blocks uses more input tokens than a shorter one.',
    covers: ['req.system.effective', 'req.system.counts'],
    source: docs.tokenCounting,
    breaks: ignored,
    reads: { control: 'system/short', variant: 'system/blocks' },
    judge: ({ control, variant }) => judgeAddedTokens(control, variant, 'with a shorter system prompt'),
  }),
  scenario({
    id: 'system.prompt.reaches-model',
    level: 'should',
    layer: 'semantics',
    requirement: 'What only the system prompt tells, the model can say.',
    covers: ['req.system.effective'],
    source: docs.messages,
    breaks: ignored,
    reads: { asked: 'system-word/asked', control: 'system/short', variant: 'system/string' },
    judge: ({ asked, control, variant }) => {
      if (!isAccepted(asked)) return inconclusive('the request was not accepted');
      if (wholeText(asked.message).includes(systemWord)) return pass;
      const counted = judgeAddedTokens(control, variant, 'with a shorter system prompt');
      if (counted.outcome === 'fail') return counted;
      return inconclusive('the reply does not say the word of the system prompt; a weak model may not');
    },
  }),
];
