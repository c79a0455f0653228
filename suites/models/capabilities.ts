/** What the models list says that a model can do. https://platform.claude.com/docs/en/api/models */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { type Check, check } from '../model/check.ts';
import { type Deviation, notApplicable, shown, verdictOf } from '../model/judgement.ts';
import { schemaDeviations } from '../problems.ts';
import { at } from '../reading.ts';
import { sdkTypescript } from '../references.ts';
import { common } from './items.ts';
import { entriesOf } from './lists.ts';

interface Told {
  readonly capabilities: JsonObject;
  readonly pointer: string;
}

/** The capabilities of every model that tells them. */
function toldIn(json: unknown): readonly Told[] {
  return entriesOf(json).flatMap(({ capabilities }, position) =>
    isJsonObject(capabilities) ? [{ capabilities, pointer: `/data/${position}/capabilities` }] : [],
  );
}

const silence = 'no model tells its capabilities';
const names = [
  'batch',
  'citations',
  'code_execution',
  'context_management',
  'effort',
  'image_input',
  'pdf_input',
  'server_tools',
  'structured_outputs',
  'thinking',
];

const shape = check({
  ...common,
  id: 'models.item.capabilities',
  level: 'should',
  layer: 'schema',
  requirement: 'The capabilities of a model are null, or an object whose entries say supported: true or false.',
  covers: ['models.item.capabilities'],
  breaks: [sdkTypescript('capabilities.image_input.supported throws where it is a plain true')],
  judge: ({ json }) => {
    const isTold = entriesOf(json).some((entry) => (entry['capabilities'] ?? null) !== null);
    if (!isTold) return notApplicable(silence);
    return verdictOf(schemaDeviations('models-list', json, ({ pointer }) => /^\/data\/\d+\/capabilities/.test(pointer)));
  },
});

/** Entries that are not there, of those that should be. */
function missing({ capabilities, pointer }: Told, wanted: readonly string[], ...path: readonly string[]): readonly Deviation[] {
  const holder = path.length === 0 ? capabilities : at(capabilities, ...path);
  return wanted
    .filter((name) => !isJsonObject(holder) || !Object.hasOwn(holder, name))
    .map((name) => ({ pointer: [pointer, ...path, name].join('/'), expected: '{"supported": ...}', found: 'nothing' }));
}

/** A check that every one of these names is there. */
function completeness(
  meta: Pick<Check, 'id' | 'requirement' | 'covers' | 'why'>,
  wanted: readonly string[],
  ...path: readonly string[]
): Check {
  const [group] = path;
  return check({
    ...common,
    ...meta,
    level: 'should',
    layer: 'schema',
    breaks: [],
    after: ['models.list.shape', 'models.item.capabilities'],
    judge: ({ json }) => {
      const told = toldIn(json).filter(({ capabilities }) => group === undefined || isJsonObject(capabilities[group]));
      if (told.length === 0) return notApplicable(group === undefined ? silence : `no model tells its capability ${group}`);
      return verdictOf(told.flatMap((one) => missing(one, wanted, ...path)));
    },
  });
}

/** A part that works although the whole is said not to. */
function contradictions({ capabilities, pointer }: Told): readonly Deviation[] {
  const groups = [['thinking', 'types'], ['effort'], ['context_management'], ['server_tools']];
  return groups.flatMap((path) => {
    if (at(capabilities, path[0] ?? '', 'supported') !== false) return [];
    const parts = at(capabilities, ...path);
    if (!isJsonObject(parts)) return [];
    return Object.entries(parts)
      .filter(([name, part]) => at(part, 'supported') === true && !harmless.has(name))
      .map(([name, part]) => ({ pointer: [pointer, ...path, name].join('/'), expected: '{"supported":false}', found: shown(part) }));
  });
}

/** A model that cannot think may be asked not to, and may be left the choice. */
const harmless: ReadonlySet<string> = new Set(['disabled', 'adaptive']);

const consistent = check({
  ...common,
  id: 'models.item.capabilities-consistent',
  // Not stated, but what the words mean.
  level: 'should',
  layer: 'semantics',
  requirement: 'Where a capability is not supported, none of its parts is.',
  covers: ['models.item.capabilities'],
  breaks: [],
  why: 'Some programs look at the whole and others at the part, and ask for what is refused.',
  after: ['models.list.shape', 'models.item.capabilities'],
  judge: ({ json }) => {
    const told = toldIn(json);
    return told.length === 0 ? notApplicable(silence) : verdictOf(told.flatMap(contradictions));
  },
});

export const capabilityChecks: readonly Check[] = [
  shape,
  completeness(
    {
      id: 'models.item.capabilities-complete',
      requirement: 'Capabilities name all ten of the documented ones.',
      covers: ['models.item.capabilities'],
      why: 'Typed clients read capabilities.pdf_input.supported without looking whether pdf_input is there.',
    },
    names,
  ),
  completeness(
    {
      id: 'models.item.capabilities-thinking',
      requirement: 'The capability thinking names the types adaptive, enabled, disabled and between_tools.',
      covers: ['models.item.capabilities-thinking'],
      why: 'Agents choose the thinking mode by it.',
    },
    ['adaptive', 'enabled', 'disabled', 'between_tools'],
    'thinking',
    'types',
  ),
  completeness(
    {
      id: 'models.item.capabilities-effort',
      requirement: 'The capability effort names the levels low, medium, high and max.',
      covers: ['models.item.capabilities-effort'],
      why: 'Agents offer their users the levels that it names.',
    },
    ['low', 'medium', 'high', 'max'],
    'effort',
  ),
  consistent,
];
