import { describe, expect, test } from 'vitest';
import { agendaOf, type Offer } from './agenda.ts';

const offer: Offer = {
  checks: [
    { id: 'http.json.parses', level: 'must', probes: ['text'] },
    { id: 'auth.key.bearer', level: 'must', probes: ['auth'] },
    { id: 'tools.result.string', level: 'must', probes: ['tools'], needs: ['tools'] },
    { id: 'thinking.text.told', level: 'may', probes: ['thinking'], needs: ['thinking'] },
    { id: 'clients.agent.real-size', level: 'should', probes: ['size'] },
  ],
  probes: [
    { id: 'text', cost: { outputTokens: 10 } },
    { id: 'auth', cost: { outputTokens: 1 }, needsKey: true },
    { id: 'tools', cost: { outputTokens: 20 } },
    { id: 'thinking', cost: { outputTokens: 500 } },
    { id: 'size', cost: { outputTokens: 1 }, costly: 'a long prompt' },
  ],
  quick: { checks: ['http.json.parses'], steps: ['text/json'] },
};
const agent = {
  id: 'agent',
  needs: [
    { checks: ['http.json.parses', 'tools.result.string'], without: 'It stops.', blocks: true },
    { checks: ['thinking.text.told'], without: 'It is silent.', blocks: false },
  ],
};

const planned = (options: Parameters<typeof agendaOf>[0]): readonly string[] => agendaOf(options, offer).planned.map(({ id }) => id);

describe('an agenda', () => {
  test('is everything but what needs a key or is costly', () => {
    const agenda = agendaOf({}, offer);
    expect(agenda.planned.map(({ id }) => id)).toEqual(['text', 'tools', 'thinking']);
    expect([...agenda.unsent]).toEqual([['auth', 'the run has no key']]);
    expect([...agenda.unpaid]).toEqual([['size', 'a long prompt: sent where --only or --client names the check']]);
    expect(agenda.steps).toBeUndefined();
  });

  test('with a key asks about keys', () => {
    expect(planned({ apiKey: 'k' })).toContain('auth');
  });

  test('sends what is costly where it is named', () => {
    expect(planned({ only: ['clients.*'] })).toEqual(['size']);
  });

  test('within a token budget drops the dearest probe, and says so', () => {
    const { planned: sent, unpaid } = agendaOf({ tokenBudget: 30 }, offer);
    expect(sent.map(({ id }) => id)).toEqual(['text', 'tools']);
    expect(unpaid.get('thinking')).toBe('beyond --token-budget 30: probe thinking may take 500 output tokens');
  });

  test('of a quick run is its fixed selection', () => {
    const { leftOut, steps, planned: sent } = agendaOf({ quick: true }, offer);
    expect(leftOut.get('tools.result.string')).toBe('not selected by --quick');
    expect([...(steps ?? [])]).toEqual(['text/json']);
    expect(sent.map(({ id }) => id)).toEqual(['text']);
  });

  test('of a client is what it needs, and what it cannot do without may not be refused', () => {
    const { leftOut, required, planned: sent } = agendaOf({ client: 'agent', clients: [agent], quick: true }, offer);
    expect(leftOut.get('auth.key.bearer')).toBe('not selected by --client agent');
    expect(sent.map(({ id }) => id)).toEqual(['text', 'tools', 'thinking']);
    expect([...required]).toEqual(['tools']);
  });

  test('of an unknown client is a mistake that names the known ones', () => {
    expect(() => agendaOf({ client: 'agnt', clients: [agent] }, offer)).toThrow('There is no client "agnt"; there are agent.');
  });
});
