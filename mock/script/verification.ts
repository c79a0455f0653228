/** What `mock.verify()` throws, and what it says. */
import { times, type Entry, type Unfinished } from './rulebook.ts';

/** Something that went wrong while a request was answered. */
export interface Trouble {
  readonly kind: 'unmatched' | 'contradiction' | 'failure';
  /** `POST /v1/messages, request 3`. */
  readonly request: string;
  readonly problem: string;
  /** The entry of the script that answered, as it was written. Absent where none did. */
  readonly rule?: string | undefined;
  /** The scope of the request. Absent where it named none. */
  readonly scope?: string | undefined;
}

/** What one script is blamed for. */
export interface Verdict {
  /** Absent for the mock's own. */
  readonly scope?: string;
  readonly troubles: readonly Trouble[];
  readonly unfinished: readonly Unfinished[];
  readonly unused: readonly Entry[];
}

export class MockVerificationError extends Error {
  override readonly name = 'MockVerificationError';
  readonly troubles: readonly Trouble[];
  /** Descriptions of the entries that were not used up, and of the matchers that were given no reply. */
  readonly unused: readonly string[];

  constructor(verdicts: readonly Verdict[]) {
    super(['The mock was not used as its script says.', ...verdicts.flatMap(describeVerdict)].join('\n'));
    this.troubles = verdicts.flatMap(({ scope, troubles }) =>
      troubles.map((trouble) => ({ ...trouble, ...(scope !== undefined && { scope }) })),
    );
    this.unused = verdicts.flatMap(({ unfinished, unused }) => [...unfinished, ...unused].map(({ description }) => description));
  }
}

/** Throws where there is anything to blame. */
export function verifyAll(verdicts: readonly Verdict[]): void {
  const isFine = verdicts.every(({ troubles, unfinished, unused }) => troubles.length + unfinished.length + unused.length === 0);
  if (!isFine) throw new MockVerificationError(verdicts);
}

function describeVerdict({ scope, troubles, unfinished, unused }: Verdict): readonly string[] {
  const where = scope === undefined ? '' : `, scope ${JSON.stringify(scope)}`;
  return [
    ...troubles.map((trouble) => describeTrouble(trouble, where)),
    ...unfinished.map(({ description }) => `- Unfinished: ${description}${where}\n    expected: a reply\n    found:    none`),
    ...unused.map((entry) => describeUnused(entry, where)),
  ];
}

const headings = { unmatched: 'Unmatched', contradiction: 'Contradicted', failure: 'Failed' } as const;

function describeTrouble({ kind, request, problem }: Trouble, where: string): string {
  return `- ${headings[kind]}: ${request}${where}\n    ${problem.replaceAll('. ', '.\n    ')}`;
}

function describeUnused({ description, used, limit }: Entry, where: string): string {
  const expected = Number.isFinite(limit) ? times(limit) : 'at least once';
  return `- Unused: ${description}${where}\n    expected: ${expected}\n    found:    ${used === 0 ? 'never' : times(used)}`;
}
