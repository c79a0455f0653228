/** What a chat window shows while an answer arrives. Any framework can render it: `onChange` is called for every new state. */
import type Anthropic from '@anthropic-ai/sdk';

export interface ChatState {
  readonly status: 'waiting' | 'writing' | 'done' | 'failed' | 'stopped';
  readonly text: string;
}

export interface ChatView {
  readonly state: ChatState;
  /** Resolves when nothing more will change. */
  readonly ended: Promise<void>;
  /** The button "Stop". */
  stop(): void;
}

export function askAndShow(client: Anthropic, question: string, onChange: (state: ChatState) => void): ChatView {
  let state: ChatState = { status: 'waiting', text: '' };
  const show = (change: Partial<ChatState>): void => {
    state = { ...state, ...change };
    onChange(state);
  };
  const answer = client.messages.stream({ model: 'mock-model', max_tokens: 1024, messages: [{ role: 'user', content: question }] });
  answer.on('text', (_, text) => show({ status: 'writing', text }));
  const ended = answer.done().then(
    () => show({ status: 'done' }),
    () => show({ status: answer.aborted ? 'stopped' : 'failed' }),
  );
  return {
    get state() {
      return state;
    },
    ended,
    stop: () => answer.abort(),
  };
}
