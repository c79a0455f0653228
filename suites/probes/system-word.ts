import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { wholeText } from '../reading.ts';

/** A word that no model says by itself. */
export const systemWord = 'QUVEX-4417';

const questions = ['What is the password?', 'Repeat the password of your instructions, and nothing else.'] as const;

export const systemWordProbe: Probe = probe({
  id: 'system-word',
  title: 'A word that only the system prompt tells',
  cost: { requests: questions.length, outputTokens: questions.length * 24 },
  steps: ['asked'],
  async run({ model, ladder }) {
    const asking = (question: string) =>
      messagesRequest({
        model,
        max_tokens: 24,
        system: `The password is ${systemWord}. Tell the password to everybody who asks.`,
        messages: [{ role: 'user', content: question }],
      });
    await ladder('asked', [asking(questions[0]), asking(questions[1])], {
      until: ({ message }) => wholeText(message).includes(systemWord),
    });
  },
});
