/** Faults of the anthropic-version header: a version that is refused or taken wrongly, and the rules of one that are applied under the other. */
import { hears, ignores, refuses } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { all, at, counts, has, header, messages, not, plain, streams, type Touch } from '../touching.ts';
import { hearsVersion } from './shaping.ts';

const version = (is: (value: string | undefined) => boolean): Touch => header('anthropic-version', is);
const older = version((value) => value === '2023-06-01');
const newer = version((value) => value === '2026-10-21');
const known: ReadonlySet<string | undefined> = new Set(['2023-06-01', '2026-10-21', undefined]);
/** The smallest request, whatever its form. */
const hello: Touch = all(
  at('/max_tokens', (most) => most === 1),
  at('/messages', (list) => JSON.stringify(list) === '[{"role":"user","content":"Say hello."}]'),
);
const bare: Touch = ({ body, query }) =>
  query.size === 0 && Object.keys(body ?? {}).every((key) => ['model', 'max_tokens', 'messages', 'stream'].includes(key));

type Row = Pick<KnownFault, 'id' | 'sentence' | 'trips' | 'mayTrip' | 'touches' | 'act'>;

const rows: readonly Row[] = [
  {
    id: 'version-2023-refused',
    sentence: 'Version 2023-06-01 is refused.',
    trips: ['version.header.2023-06-01', 'http.route.messages', 'models.usable.messages'],
    touches: all(plain, older, hello, bare),
    act: hearsVersion('1999-01-01'),
  },
  {
    id: 'version-2026-refused',
    sentence: 'Version 2026-10-21 is refused.',
    trips: ['version.header.2026-10-21'],
    mayTrip: {
      'sdk.error.not-found-class': 'The SDK sends this version.',
      'sdk.break.next-answered': 'The SDK sends this version.',
    },
    touches: all(plain, newer, hello, bare),
    act: refuses(),
  },
  {
    id: 'version-2023-no-streams',
    sentence: 'A stream is refused under version 2023-06-01.',
    trips: ['version.header.2023-06-01-stream', 'http.route.messages'],
    mayTrip: { 'keep-alive.after-json.answered': 'It streams after a message.' },
    touches: all(streams, older, hello, bare),
    act: refuses(),
  },
  {
    id: 'version-2026-no-streams',
    sentence: 'A stream is refused under version 2026-10-21.',
    trips: ['version.header.2026-10-21-stream'],
    touches: all(streams, newer, hello, bare),
    act: refuses(),
  },
  {
    id: 'version-not-needed',
    sentence: 'anthropic-version is not needed.',
    trips: ['version.header.missing'],
    touches: all(
      messages,
      version((value) => value === undefined),
    ),
    act: hearsVersion('2023-06-01'),
  },
  {
    id: 'version-any',
    sentence: 'Any anthropic-version is taken.',
    trips: ['version.header.unknown'],
    touches: all(
      messages,
      version((value) => !known.has(value)),
    ),
    act: hearsVersion('2023-06-01'),
  },
  {
    id: 'version-2023-no-validation',
    sentence: 'Under version 2023-06-01 a request without messages is answered.',
    trips: ['version.2023-06-01.refusal', 'errors.in.messages-missing'],
    touches: all(
      messages,
      older,
      not(has('/messages')),
      at('/max_tokens', (most) => most === 1),
    ),
    act: hears((body) => ({ ...body, messages: [{ role: 'user', content: 'Hello.' }] })),
  },
  {
    id: 'version-2026-no-validation',
    sentence: 'Under version 2026-10-21 a request without messages is answered.',
    trips: ['version.2026-10-21.refusal'],
    touches: all(
      messages,
      newer,
      not(has('/messages')),
      at('/max_tokens', (most) => most === 1),
    ),
    act: hears((body) => ({ ...body, messages: [{ role: 'user', content: 'Hello.' }] })),
  },
  {
    id: 'version-2023-no-sampling',
    sentence: 'Under version 2023-06-01 temperature is refused, as the newer one does.',
    trips: ['version.2023-06-01.sampling-accepted'],
    touches: all(plain, older, hello, has('/temperature')),
    act: refuses(),
  },
  ...(['temperature', 'top_p', 'top_k'] as const).map((field): Row => {
    const name = field.replace('_', '-');
    return {
      id: `version-2026-${name}`,
      sentence: `Under version 2026-10-21 ${field} is taken.`,
      trips: [`version.2026-10-21.${field === 'temperature' ? 'sampling' : name}-refused`],
      touches: all(plain, newer, hello, has(`/${field}`)),
      act: ignores(`/${field}`),
    };
  }),
  {
    id: 'version-2026-no-counts',
    sentence: 'count_tokens refuses version 2026-10-21.',
    trips: ['version.2026-10-21.count-tokens'],
    touches: all(
      counts,
      newer,
      at('/messages/0/content', (content) => content === 'Say hello.'),
    ),
    act: refuses(),
  },
];

export const versionFaults: readonly KnownFault[] = rows.map((row) => fault({ layer: 'behaviour', ...row }));
