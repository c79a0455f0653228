/** The run's one clock: monotonic milliseconds, so that times of different exchanges can be compared and never run backwards. */

/** Milliseconds since the clock began, in steps of 0.01. */
export type Clock = () => number;

/**
 * Starts a clock at zero. Hundredths of a millisecond are what a socket's arrival times are good for; more digits only fatten the record.
 *
 * @param speed how many of its milliseconds pass in one: tests of rules on minutes of silence have no minutes. Default 1.
 */
export function createClock(speed: number = 1): Clock {
  const origin = performance.now();
  return () => Math.round((performance.now() - origin) * speed * 100) / 100;
}
