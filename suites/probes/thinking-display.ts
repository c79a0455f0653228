import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { askToThink, room } from './thinking.ts';

export const thinkingDisplay: Probe = probe({
  id: 'thinking-display',
  title: 'Thinking that is shown, and thinking that is left out',
  needs: ['thinking'],
  // The control is a request of the probe `thinking`, sent once for both.
  cost: { requests: 4, outputTokens: 4 * room },
  steps: ['control', 'omitted', 'omitted-stream', 'summarized'],
  async run({ model, send }) {
    const showing = (display: string): Readonly<Record<string, unknown>> => ({
      ...askToThink(model),
      thinking: { type: 'adaptive', display },
    });
    await send('control', messagesRequest({ ...askToThink(model), thinking: { type: 'adaptive' } }));
    const omitted = await send('omitted', messagesRequest(showing('omitted')), { control: 'control' });
    if (!isAccepted(omitted)) return;
    await send('omitted-stream', messagesRequest({ ...showing('omitted'), stream: true }));
    await send('summarized', messagesRequest(showing('summarized')), { control: 'control' });
  },
});
