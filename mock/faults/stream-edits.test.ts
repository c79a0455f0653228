import { describe, expect, it } from 'vitest';
import { createFetch } from '../../endpoint/index.ts';
import { createMock } from '../index.ts';
import { bodyWith, putStop, putUsage } from './body-edits.ts';
import { type Fault, withFault } from './reply-faults.ts';
import { before, behind, delay, drop, edit, put, reword, rewordAll, twice } from './stream-edits.ts';

const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };
const body = { model: 'mock-model', max_tokens: 3, messages: [{ role: 'user', content: 'Count from 1 to 100.' }] };

function ask(fault: Fault, value: unknown): Promise<Response> {
  const broken = createFetch(withFault(createMock(), fault));
  return broken('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify(value) });
}

const text = async (fault: Fault): Promise<string> => (await ask(fault, { ...body, stream: true })).text();
const initials: Readonly<Record<string, string>> = {
  message_start: 'M',
  content_block_start: 'B',
  content_block_delta: 'd',
  content_block_stop: 'b',
  message_delta: 'm',
  message_stop: 's',
  ping: 'p',
};
/** The events of a stream, a letter for each. */
const events = async (fault: Fault): Promise<string> =>
  [...(await text(fault)).matchAll(/^event: (.*)$/gm)].map(([, name = '']) => initials[name] ?? '?').join('');

const delta = { type: 'content_block_delta' } as const;
const stop = { type: 'content_block_stop' } as const;

describe('An edit of a stream', () => {
  it.each<readonly [string, Fault, string]>([
    ['nothing', edit(delta, (event) => event), 'MBpdddbms'],
    ['drops every event of a type', drop(delta), 'MBpbms'],
    ['drops one of them', drop({ ...delta, nth: 1 }), 'MBpddbms'],
    ['drops those that are so', drop({ ...delta, where: (event) => JSON.stringify(event).includes('1,') }), 'MBpddbms'],
    ['counts only those', drop({ ...delta, where: (event) => !JSON.stringify(event).includes('1,'), nth: 2 }), 'MBpdddbms'],
    ['repeats', twice(stop), 'MBpdddbbms'],
    ['puts before', before(stop, { type: 'ping' }), 'MBpdddpbms'],
    ['puts behind', behind(stop, { type: 'ping' }), 'MBpdddbpms'],
    ['delays', delay(stop, { type: 'message_delta' }), 'MBpdddmbs'],
  ])('%s', async (_, fault, expected) => {
    expect(await events(fault)).toBe(expected);
  });

  it('begins anew with each stream', async () => {
    const first = drop({ ...delta, nth: 0 });
    expect([await events(first), await events(first)]).toStrictEqual(['MBpddbms', 'MBpddbms']);
  });

  it('puts values, and removes them', async () => {
    const spoiled = await text(put(stop, '/index', 7));
    expect(spoiled).toContain('{"type":"content_block_stop","index":7}');
    expect(await text(put(stop, '/index', undefined))).toContain('{"type":"content_block_stop"}');
  });

  it('changes the text of frames', async () => {
    expect(await text(reword('ping', () => ': idle\n\n'))).toMatch(/\n: idle\n\nevent: content_block_delta/);
    expect(await text(rewordAll((frame) => frame.replace(/^event: .*\n/, '')))).not.toContain('event:');
  });
});

describe('An edit of a Message', () => {
  const json = async (fault: Fault): Promise<unknown> => (await ask(fault, body)).json();

  it('puts fields, and removes them', async () => {
    const spoiled = await json(bodyWith({ id: 'msg_0', role: undefined }));
    expect(spoiled).toMatchObject({ id: 'msg_0', type: 'message' });
    expect(spoiled).not.toHaveProperty('role');
  });

  it('reaches bodies and streams alike', async () => {
    expect(await json(putStop('length'))).toMatchObject({ stop_reason: 'length', stop_sequence: null });
    expect(await text(putStop('length'))).toContain('"stop_reason":"length"');
    expect(await json(putUsage('output_tokens', 77))).toMatchObject({ usage: { output_tokens: 77 } });
    expect((await text(putUsage('output_tokens', 77))).match(/"output_tokens":77/g)).toHaveLength(2);
  });
});
