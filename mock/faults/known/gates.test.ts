import { describe, expect, it } from 'vitest';
import type { EndpointRequest, Frame, Reply, StreamEnding } from '../../../endpoint/index.ts';
import type { Asked } from '../asked.ts';
import type { Act } from '../fault.ts';
import { inject } from '../inject.ts';
import { after, closesBehind, oneAfterTheOther, onceAfter, oneSlot, swaps } from './gates.ts';

const reply = (body: string): Reply => ({ kind: 'body', status: 200, headers: [], body });
const request = (url: string): EndpointRequest => ({ method: 'GET', url, headers: [] });
const path = (wanted: string) => (one: Asked) => one.path === wanted;

/** A server that answers with the path, and has the fault. */
function server(act: () => Act): (url: string) => Promise<string> {
  const echo = { handle: (one: EndpointRequest) => Promise.resolve(reply(one.url)) };
  const faulty = inject(echo, [{ id: 'x', sentence: '', layer: 'behaviour', trips: [], act }]);
  return async (url) => {
    const answer = await faulty.handle(request(url));
    return answer.kind === 'body' ? answer.body : '';
  };
}

async function* streamed(...texts: readonly string[]): AsyncGenerator<Frame, StreamEnding> {
  for (const text of texts) yield { text };
  return 'end';
}

async function drained(answer: Reply): Promise<{ readonly text: string; readonly ending: StreamEnding }> {
  if (answer.kind === 'body') throw new Error('no stream');
  let text = '';
  for (;;) {
    const { done, value } = await answer.frames.next();
    if (done === true) return { text, ending: value };
    text += value.text;
  }
}

describe('Requests at the same time', () => {
  it('get the answers of each other, in pairs', async () => {
    const ask = server(swaps);
    expect(await Promise.all(['/a', '/b', '/c', '/d'].map(ask))).toStrictEqual(['/b', '/a', '/d', '/c']);
  });

  it('find one slot', async () => {
    const ask = server(oneSlot(() => reply('full')));
    expect(await Promise.all(['/a', '/b', '/c', '/d'].map(ask))).toStrictEqual(['/a', 'full', '/c', 'full']);
  });

  it('are streamed one after the other', async () => {
    const { says } = oneAfterTheOther(1)();
    const order: string[] = [];
    const ask = async (name: string): Promise<void> => {
      const stream: Reply = { kind: 'stream', status: 200, headers: [], frames: streamed(name, name) };
      const answer = await says?.(stream, request('/'));
      order.push(`begin ${name}`);
      if (answer !== undefined) await drained(answer);
      order.push(`end ${name}`);
    };
    await Promise.all(['a', 'b', 'c'].map(ask));
    expect(order).toStrictEqual(['begin a', 'end a', 'begin b', 'end b', 'begin c', 'end c']);
  });
});

describe('A request behind another one', () => {
  it.each<readonly [string, () => Act, readonly string[], readonly string[]]>([
    ['once', onceAfter(path('/a'), () => reply('!')), ['/b', '/a', '/b', '/b'], ['/b', '/a', '!', '/b']],
    [
      'with an answer to that one',
      onceAfter(
        path('/a'),
        () => reply('!'),
        () => reply('?'),
      ),
      ['/a', '/b'],
      ['?', '!'],
    ],
    [
      'when both are known',
      after(path('/a'), path('/b'), () => reply('!')),
      ['/a', '/b', '/a', '/b', '/c', '/b'],
      ['/a', '/b', '/a', '!', '/c', '/b'],
    ],
  ])('is answered as told: %s', async (_, act, urls, expected) => {
    const ask = server(act);
    const answers: string[] = [];
    for (const url of urls) answers.push(await ask(url));
    expect(answers).toStrictEqual(expected);
  });
});

describe('A connection closes', () => {
  it('behind a whole body, whose length is known', async () => {
    const answer = closesBehind(reply('né'), request('/'));
    expect(answer.headers).toStrictEqual([['content-length', '3']]);
    expect(await drained(answer)).toStrictEqual({ text: 'né', ending: 'close' });
  });

  it('behind a whole stream', async () => {
    const answer = closesBehind({ kind: 'stream', status: 200, headers: [], frames: streamed('a', 'b') }, request('/'));
    expect(await drained(answer)).toStrictEqual({ text: 'ab', ending: 'close' });
  });
});
