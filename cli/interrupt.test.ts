import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Interrupt, onInterrupt } from './interrupt.ts';

let open: Interrupt | undefined;

afterEach(() => open?.dispose());

describe('an interrupt', () => {
  it('aborts at the first press, and exits at the second', () => {
    const { onFirst, exit, clock } = listen();
    process.emit('SIGINT');
    expect(open?.signal.aborted).toBe(true);
    expect(onFirst).toHaveBeenCalledTimes(1);
    clock.now += 1000;
    expect(exit).not.toHaveBeenCalled();
    process.emit('SIGINT');
    expect(exit).toHaveBeenCalledTimes(1);
    expect(onFirst).toHaveBeenCalledTimes(1);
  });

  it('takes one press that arrives twice, through the process group and through a wrapper, for one', () => {
    const { exit, clock } = listen();
    process.emit('SIGINT');
    clock.now += 50;
    process.emit('SIGINT');
    expect(exit).not.toHaveBeenCalled();
  });

  it('is nobody’s business any more when disposed', () => {
    const before = process.listenerCount('SIGINT');
    listen();
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    open?.dispose();
    expect(process.listenerCount('SIGINT')).toBe(before);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});

function listen(): { onFirst: () => void; exit: () => void; clock: { now: number } } {
  const onFirst = vi.fn<() => void>();
  const exit = vi.fn<() => void>();
  const clock = { now: 5000 };
  open = onInterrupt({ onFirst, exit, now: () => clock.now });
  return { onFirst, exit, clock };
}
