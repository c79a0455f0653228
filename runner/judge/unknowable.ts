/**
 * Thrown by evidence that is asked for what its recording does not have, such as the request of a saved stream: the check that asks is
 * inconclusive, whatever it would have made of the answer.
 */
export class Unknowable extends Error {
  override readonly name = 'Unknowable';
}
