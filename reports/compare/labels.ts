/** Names of records beside each other: as much of server, model, suite and time as tells them apart. */
import type { RunRecord } from '../../spec/record/index.ts';

const facts: readonly ((record: RunRecord) => string)[] = [
  ({ target }) => target.profile ?? hostOf(target.baseUrl),
  ({ target }) => target.model,
  ({ target }) => hostOf(target.baseUrl),
  ({ suite }) => `suite ${suite.version}`,
  ({ startedAt }) => startedAt.slice(0, 16).replace('T', ' '),
  ({ startedAt }) => startedAt.slice(16).replace('Z', ''),
];

/**
 * One for each, all different: the names they were given where those tell them apart; else the server, and of the rest what differs.
 * @param names of files or folders; empty where there is none.
 */
export function labelsOf(records: readonly RunRecord[], names: readonly string[] = []): readonly string[] {
  if (names.length === records.length && !names.includes('') && areDistinct(names)) return withoutSharedFolder(names);
  let labels = records.map(() => '');
  for (const [index, fact] of facts.entries()) {
    if (index > 0 && areDistinct(labels)) break;
    const words = records.map(fact);
    if (index > 0 && new Set(words).size === 1) continue;
    labels = labels.map((label, column) =>
      [label, words[column] ?? ''].filter((word, at, all) => word !== '' && all.indexOf(word) === at).join(' '),
    );
  }
  return areDistinct(labels) ? labels : labels.map((label, column) => `${label} (${column + 1})`);
}

/** What a path says of its record: `vllm-0.14` for `vllm-0.14/record.json` and for `vllm-0.14.json`. Empty for `record.json`. */
export function nameOf(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const last = (parts.pop() ?? '').replace(/\.json$/, '');
  return (last === 'record' ? parts : [...parts, last]).slice(-2).join('/');
}

/** `mock` and `vllm` for `records/mock` and `records/vllm`. */
function withoutSharedFolder(names: readonly string[]): readonly string[] {
  const [folder = ''] = names[0]?.split('/') ?? [];
  return names.every((name) => name.startsWith(`${folder}/`)) ? names.map((name) => name.slice(folder.length + 1)) : names;
}

function areDistinct(labels: readonly string[]): boolean {
  return new Set(labels).size === labels.length;
}

/** With its port. */
export function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.host ?? baseUrl;
}
