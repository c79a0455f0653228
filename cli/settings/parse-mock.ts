/** The values of the flags of `conformance mock`. */
import type { Pace, RateLimitOptions } from '../../mock/index.ts';
import { didYouMean, UsageError } from '../usage-error.ts';

interface PaceWord {
  readonly field: keyof Pace;
  readonly allowed: string;
  readonly fits: (value: number) => boolean;
}

const paceWords: Readonly<Record<string, PaceWord>> = {
  ttft: { field: 'ttft', allowed: 'milliseconds', fits: () => true },
  tps: { field: 'tokensPerSecond', allowed: 'tokens per second, above 0', fits: (value) => value > 0 },
  jitter: { field: 'jitter', allowed: 'a number from 0 to 1', fits: (value) => value <= 1 },
};

/** `ttft=120,tps=60,jitter=0.2`, all of them optional. */
export function parsePace(text: string): Pace {
  const pairs = text.split(',').map((part): readonly [keyof Pace, number] => {
    const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    const word = Object.hasOwn(paceWords, name) ? paceWords[name] : undefined;
    if (word === undefined) {
      const hint = name === '' ? '' : didYouMean(name, Object.keys(paceWords));
      throw new UsageError(
        `--pace takes ttft, tps and jitter, as in "ttft=120,tps=60,jitter=0.2", not "${text}"${hint === '' ? '.' : hint}`,
      );
    }
    const number = parseNumber(value);
    if (number === undefined || !word.fits(number)) throw new UsageError(`--pace: ${name} takes ${word.allowed}, not "${value}".`);
    return [word.field, number];
  });
  return Object.fromEntries(pairs);
}

const milliseconds: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000 };

/** `60/minute`. */
export function parseRateLimit(text: string): RateLimitOptions {
  const [, count = '', unit = ''] = /^(\d+)\/(\w+)$/.exec(text) ?? [];
  const perMs = Object.hasOwn(milliseconds, unit) ? milliseconds[unit] : undefined;
  const requests = Number(count);
  if (perMs !== undefined && requests >= 1 && Number.isSafeInteger(requests)) return { requests, perMs };
  throw new UsageError(`--rate-limit takes requests per second, minute or hour, as in "60/minute", not "${text}".`);
}

export function parseProbability(text: string): number {
  const number = parseNumber(text);
  if (number !== undefined && number <= 1) return number;
  throw new UsageError(`--chaos takes a probability from 0 to 1, not "${text}".`);
}

export function parseSpeed(text: string): number {
  const number = parseNumber(text);
  if (number !== undefined) return number;
  throw new UsageError(`--speed takes 0 (at once), 1 (as recorded) or another factor, not "${text}".`);
}

export function parseSeed(text: string): number {
  const number = parseNumber(text);
  if (number !== undefined && Number.isSafeInteger(number)) return number;
  throw new UsageError(`--seed takes a whole number from 0 on, not "${text}".`);
}

/** A number from 0 on as people write it: no exponents, no hexadecimals. */
function parseNumber(text: string): number | undefined {
  return /^\d{1,15}(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : undefined;
}
