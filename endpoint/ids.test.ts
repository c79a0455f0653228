import { describe, expect, it } from 'vitest';
import { createIds, seededIds } from './ids.ts';

describe('Ids', () => {
  it('have the official prefixes and 24 letters or digits', () => {
    const ids = createIds();
    expect(ids.request()).toMatch(/^req_[0-9A-Za-z]{24}$/);
    expect(ids.message()).toMatch(/^msg_[0-9A-Za-z]{24}$/);
    expect(ids.tool()).toMatch(/^toolu_[0-9A-Za-z]{24}$/);
  });

  it.each([
    ['random', createIds()],
    ['seeded', seededIds(1)],
  ])('are unique: %s', (_, ids) => {
    const many = Array.from({ length: 2000 }, () => ids.message());
    expect(new Set(many).size).toBe(2000);
  });

  it('repeat with the seed and differ without', () => {
    expect(seededIds(7).message()).toBe(seededIds(7).message());
    expect(seededIds(7).message()).not.toBe(seededIds(8).message());
  });

  it('use every letter equally', () => {
    const counts = new Map<string, number>();
    const ids = seededIds(3);
    for (let i = 0; i < 2000; i += 1) for (const letter of ids.message().slice(4)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 48,000 letters, 774 of each expected.
    expect(Math.min(...counts.values())).toBeGreaterThan(600);
    expect(Math.max(...counts.values())).toBeLessThan(950);
  });
});
