import { expect, test } from 'vitest';
import { StepBook } from './step-book.ts';

test('an attempt after the first is numbered, and the last', () => {
  const book = new StepBook();
  book.add('text', 'json', 'x1', {});
  const second = book.add('text', 'json', 'x2', { busy: true });
  expect(second.address).toBe('text/json#2');
  expect(book.all.map(({ address, last, busy }) => [address, last, busy])).toEqual([
    ['text/json', false, undefined],
    ['text/json#2', true, true],
  ]);
});

test('steps of several probes that share an exchange are found by it, as they are now', () => {
  const book = new StepBook();
  book.add('text', 'json', 'x1', {});
  book.add('stop', 'plain', 'x1', { control: 'other' });
  book.add('text', 'json', 'x2', {});
  expect(book.of('x1').map(({ address, last }) => [address, last])).toEqual([
    ['text/json', false],
    ['stop/plain', true],
  ]);
  expect(book.of('x3')).toEqual([]);
});

test('steps during which the server stopped answering are marked', () => {
  const book = new StepBook();
  book.add('text', 'json', 'x1', {});
  book.add('text', 'stream', 'x2', {});
  book.markStopped(new Set(['x2']));
  expect(book.all.map(({ serverStopped }) => serverStopped)).toEqual([undefined, true]);
});
