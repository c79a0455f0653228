/** gpt-oss: a reply is messages on channels, a call is a message to `functions.name`. https://cookbook.openai.com/articles/openai-harmony */
import type { Family, MessageKind } from './family.ts';

export const harmony: Family = {
  name: 'harmony',
  thinking: {
    open: '<|channel|>analysis<|message|>',
    close: '<|end|>',
    opening: '<|channel|>analysis<|message|>',
    closing: '<|end|><|start|>assistant',
    skipped: '<|channel|>analysis<|message|><|end|><|start|>assistant',
  },
  calls: {
    others: ['<|constrain|>'],
    prefix: '<|channel|>commentary to=functions.',
    afterName: ' <|constrain|>json<|message|>',
    suffix: '',
    // `<|call|>` ends the reply.
    areSeveral: false,
    loose: { form: 'named', nameEnd: '<|message|>', name: /functions\.(\S+)/u },
  },
  messages: {
    opens: ['<|start|>', '<|channel|>'],
    headEnd: '<|message|>',
    ends: ['<|end|>', '<|return|>', '<|call|>'],
    read: readHead,
    next: '<|start|>assistant',
    answer: '<|channel|>final<|message|>',
  },
  history: { isOneCallPerTurn: true, isTextThought: true, needsDescriptions: true },
  ends: ['<|return|>', '<|call|>'],
};

/** The recipient stands behind the role or behind the channel. Commentary to nobody is for the user to read. */
function readHead(head: string): MessageKind {
  const name = /\bto=functions\.([^\s<]+)/u.exec(head)?.[1];
  if (name !== undefined) return { kind: 'call', name };
  return { kind: head.includes('<|channel|>analysis') ? 'thinking' : 'text' };
}
