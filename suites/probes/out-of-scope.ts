import { outOfScopeRows } from '../beta/out-of-scope.ts';
import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { sayHello } from './say-hello.ts';

/** Lists generate nothing; a server that takes a field generates one token. */
const generating = outOfScopeRows.filter(({ request }) => request('').method === 'POST').length;

export const outOfScope: Probe = probe({
  id: 'out-of-scope',
  title: 'Routes and beta fields that few servers offer',
  cost: { requests: 1 + outOfScopeRows.length, outputTokens: 1 + generating },
  steps: ['control', ...outOfScopeRows.map(({ step }) => step)],
  async run({ model, send }) {
    // A server that takes nothing would refuse each of these for another reason.
    if (!isAccepted(await send('control', messagesRequest(sayHello(model))))) return;
    for (const { step, request } of outOfScopeRows) await send(step, request(model));
  },
});
