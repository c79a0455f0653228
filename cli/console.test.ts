import { describe, expect, it } from 'vitest';
import { canBeWrittenOver, columnsOf, type Watched } from './console.ts';

const terminal: Watched = { isTTY: true, columns: 80 };

describe('columns', () => {
  it.each<[title: string, stream: Watched, columns: number | undefined]>([
    ['of a terminal', terminal, 80],
    ['of a narrow one', { isTTY: true, columns: 7 }, 7],
    ['of a pseudo terminal without a size', { isTTY: true, columns: 0 }, undefined],
    ['of one that says nothing', { isTTY: true }, undefined],
    // What Node gives for a file or a pipe, whatever its types say.
    ['of a file', {} as Watched, undefined],
  ])('%s', (_, stream, columns) => {
    expect(columnsOf(stream)).toBe(columns);
  });
});

describe('a line can be written over', () => {
  it.each<[title: string, stream: Watched, env: NodeJS.ProcessEnv, can: boolean]>([
    ['on a terminal', terminal, { TERM: 'xterm-256color' }, true],
    ['on a terminal without a name', terminal, {}, true],
    ['without colour too', terminal, { NO_COLOR: '1' }, true],
    ['not in CI, though it has a terminal', terminal, { CI: 'true' }, false],
    ['not on a dumb terminal, which shows the codes', terminal, { TERM: 'dumb' }, false],
    ['not where the width is 0', { isTTY: true, columns: 0 }, {}, false],
    ['not where the width is unknown', { isTTY: true }, {}, false],
    ['not where hardly anything fits', { isTTY: true, columns: 19 }, {}, false],
    ['where something fits', { isTTY: true, columns: 20 }, {}, true],
    ['not in a file', { isTTY: false }, {}, false],
  ])('%s', (_, stream, env, can) => {
    expect(canBeWrittenOver(stream, env)).toBe(can);
  });
});
