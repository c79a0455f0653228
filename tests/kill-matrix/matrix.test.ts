import { describe, expect, test } from 'vitest';
import { fault, type KnownFault } from '../../mock/faults/fault.ts';
import { matrixOf } from './matrix.ts';
import type { Trial } from './trial.ts';

const named = (id: string, trips: readonly string[], mayTrip: Readonly<Record<string, string>> = {}): KnownFault =>
  fault({ id, sentence: 'Something is wrong.', layer: 'json', trips, mayTrip, act: () => ({}) });
const tried = (id: string, tripped: readonly string[]): Trial => ({ fault: id, tripped, silenced: [], requests: 1, ms: 1 });
const checks = ['a.b.c', 'a.b.d'];

describe('the kill matrix', () => {
  test('is content where every check is tripped by a fault that says so', () => {
    const { complaints, summary } = matrixOf(
      [named('one', ['a.b.c']), named('two', ['a.b.d'], { 'a.b.c': 'It stands on it.' })],
      [tried('one', ['a.b.c']), tried('two', ['a.b.c', 'a.b.d'])],
      checks,
    );
    expect(complaints).toEqual([]);
    expect(summary).toBe('kill matrix: 2 faults, 2 checks, 2 checks killed, 0 unexplained');
  });

  test('names the check that nothing trips', () => {
    const { complaints, killed } = matrixOf([named('one', ['a.b.c'])], [tried('one', ['a.b.c'])], checks);
    expect(complaints).toEqual(['a.b.d: no fault of at most 5 trips kills it']);
    expect(killed).toBe(1);
  });

  test('names a fault that misses what it says, and one that trips what it does not say', () => {
    const { complaints } = matrixOf([named('one', ['a.b.c'])], [tried('one', ['a.b.d'])], checks, []);
    expect(complaints).toEqual(['one: does not trip a.b.c', 'one: trips a.b.d and does not say so']);
  });

  test('does not count a fault that trips more than five checks', () => {
    const many = Array.from({ length: 6 }, (_, n) => `a.b.x${n}`);
    const { complaints } = matrixOf([named('broad', many)], [tried('broad', many)], many, ['a.b.x0']);
    expect(complaints).toEqual(['a.b.x0: no fault of at most 5 trips kills it']);
  });

  test('names checks that do not exist, and faults that were not tried or touch nothing', () => {
    const trials = [{ ...tried('one', []), problem: 'touches no request of the catalogue' }];
    const { complaints } = matrixOf([named('one', ['a.b.z']), named('two', [])], trials, checks, []);
    expect(complaints).toEqual([
      'one: touches no request of the catalogue',
      'one: does not trip a.b.z',
      'one: there is no check a.b.z',
      'two: was not tried',
    ]);
  });
});
