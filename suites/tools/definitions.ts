/** Forms of a tool definition that every server with tools takes. One row per step of the probe. */
import { acceptance, type AcceptanceCheck } from '../acceptance.ts';
import type { Check } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';

type Row = Pick<AcceptanceCheck, 'requirement' | 'covers' | 'breaks'> & Partial<Pick<AcceptanceCheck, 'bugs' | 'fix' | 'why'>>;

const rows: Readonly<Record<string, Row>> = {
  'no-description': {
    requirement: 'A tool without a description is accepted.',
    covers: ['tool.def.description-optional', 'tool.def.minimal'],
    breaks: [],
    why: 'Tools made from functions without documentation have none.',
  },
  'no-properties': {
    requirement: 'An input_schema that is only {"type": "object"} is accepted.',
    covers: ['tool.def.minimal', 'tool.def.no-properties'],
    breaks: [claudeCode('sends a tool with an empty object schema in every request')],
  },
  'full-schema': {
    requirement: 'An input_schema with $schema, $defs, $ref, anyOf, null, bounds, formats and defaults is accepted.',
    covers: ['tool.def.full-schema', 'tools.schema.refs'],
    breaks: [claudeCode('every request fails: its tools use most of these keywords')],
    bugs: ['lmstudio-bug-tracker#2220', 'lmstudio-bug-tracker#2236'],
    fix: 'Leave out of the grammar what it cannot express, instead of refusing the schema.',
  },
  'custom-type': {
    requirement: 'A tool with type: "custom" is the same as one without a type.',
    covers: ['tool.def.custom-type'],
    breaks: [],
    why: 'Typed programs name the type of every tool.',
  },
  'name-64': {
    requirement: 'A tool name of 64 letters, digits, underscores and hyphens is accepted.',
    covers: ['tool.def.name-64'],
    breaks: [claudeCode('MCP tools, whose names hold the name of their server, fail')],
  },
  'cache-control': {
    requirement: 'cache_control on a tool is accepted, also where nothing is cached.',
    covers: ['tool.def.cache-control', 'cache.below-minimum-ok'],
    breaks: [],
    why: 'Programs that cache their tools would get a 400 on every turn.',
  },
};

export const definitionChecks: readonly Check[] = Object.entries(rows).map(([step, row]) =>
  acceptance({
    ...row,
    id: `tools.definition.${step}`,
    level: 'must',
    layer: 'http',
    source: docs.toolUse,
    needs: ['tools'],
    control: 'tool-definitions/control',
    variant: `tool-definitions/${step}`,
  }),
);
