/** What `mock.verify()` throws, and what it says. */
import { times, type Entry } from './rulebook.ts';

/** Something that went wrong while a request was answered. */
export interface Trouble {
  readonly kind: 'unmatched' | 'contradiction' | 'failure';
  /** `POST /v1/messages, request 3`. */
  readonly request: string;
  readonly problem: string;
}

export class MockVerificationError extends Error {
  override readonly name = 'MockVerificationError';
  readonly troubles: readonly Trouble[];
  /** Descriptions of the entries that were not used up. */
  readonly unused: readonly string[];

  constructor(troubles: readonly Trouble[], unused: readonly Entry[]) {
    super(['The mock was not used as its script says.', ...troubles.map(describeTrouble), ...unused.map(describeUnused)].join('\n'));
    this.troubles = troubles;
    this.unused = unused.map(({ description }) => description);
  }
}

const headings = { unmatched: 'Unmatched', contradiction: 'Contradicted', failure: 'Failed' } as const;

function describeTrouble({ kind, request, problem }: Trouble): string {
  return `- ${headings[kind]}: ${request}\n    ${problem.replaceAll('. ', '.\n    ')}`;
}

function describeUnused({ description, used, limit }: Entry): string {
  const expected = Number.isFinite(limit) ? times(limit) : 'at least once';
  return `- Unused: ${description}\n    expected: ${expected}\n    found:    ${used === 0 ? 'never' : times(used)}`;
}
