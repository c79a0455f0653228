/** The cells of the tool-use matrix as data: which recorded step shows a combination, and which checks judged it there. A test holds them against the catalogue. */

export const toolChoices = ['auto', 'any', 'tool', 'none'] as const;
export const toolModes = ['json', 'stream'] as const;

export type ToolChoice = (typeof toolChoices)[number];
export type ToolMode = (typeof toolModes)[number];

export interface ToolCell {
  readonly choice: ToolChoice;
  readonly mode: ToolMode;
  /** Address of the step, without an attempt. */
  readonly step: string;
  readonly checks: readonly string[];
}

export interface ToolForm {
  readonly id: string;
  readonly title: string;
  /** About a call in the answer: with `none` there is none. */
  readonly needsCall?: true;
  readonly cells: readonly ToolCell[];
}

/** Choices that make the model call: an answer without a call shows nothing of the form. */
export const forcingChoices: ReadonlySet<ToolChoice> = new Set(['any', 'tool']);

const calls = ['tools.id.unique', 'tools.name.offered'] as const;
const forcedCalls = [...calls, 'tool-choice.forced.no-leading-text', 'tools.input.fits-schema'] as const;
const strictChecks = ['tools.strict.required-present', 'tools.strict.types', 'tools.strict.enum', 'tools.strict.nested'] as const;

const cell = (choice: ToolChoice, mode: ToolMode, step: string, ...checks: readonly string[]): ToolCell => ({ choice, mode, step, checks });

export const toolForms: readonly ToolForm[] = [
  {
    id: 'one',
    title: 'one call',
    cells: [
      cell('auto', 'json', 'tool-forced/auto', 'tool-choice.auto.accepted'),
      cell('auto', 'stream', 'claude-code/first-turn', 'clients.claude-code.first-turn'),
      cell('any', 'json', 'tool-forced/any', 'tool-choice.any.calls-a-tool', ...forcedCalls),
      cell('any', 'stream', 'tool-forced/any-stream', 'tool-choice.any.calls-a-tool-in-stream', ...forcedCalls),
      cell('tool', 'json', 'tool-forced/tool', 'tool-choice.tool.calls-the-named', ...forcedCalls),
      cell('tool', 'stream', 'tool-forced/tool-stream', 'tool-choice.tool.calls-the-named-in-stream', ...forcedCalls),
      cell('none', 'json', 'tool-forced/none', 'tool-choice.none.no-call'),
      cell('none', 'stream', 'tool-forced/none-stream', 'tool-choice.none.no-call-in-stream'),
    ],
  },
  {
    id: 'at-most-one',
    title: 'disable_parallel_tool_use',
    needsCall: true,
    cells: [
      cell('auto', 'json', 'tool-forced/auto-no-parallel', 'tool-choice.no-parallel.at-most-one'),
      cell('any', 'json', 'tool-forced/no-parallel', 'tool-choice.no-parallel.exactly-one'),
      cell('tool', 'json', 'tool-forced/tool-no-parallel', 'tool-choice.no-parallel.named-exactly-one'),
    ],
  },
  {
    id: 'parallel',
    title: 'parallel calls',
    needsCall: true,
    cells: [
      cell('auto', 'json', 'tool-history/two-results', 'tools.result.two-results'),
      cell('auto', 'stream', 'tool-parallel/calls', 'tools.parallel.possible', 'tools.parallel.arguments-apart', ...calls),
    ],
  },
  {
    id: 'no-argument',
    title: 'no argument',
    needsCall: true,
    cells: [
      // Where the model may choose, such a tool is among those that are offered.
      cell('auto', 'json', 'claude-code/first-turn-json', 'clients.claude-code.first-turn-json'),
      cell('auto', 'stream', 'claude-code/first-turn', 'clients.claude-code.first-turn'),
      cell('tool', 'json', 'tool-empty-schema/call', 'tools.input.no-arguments', ...calls),
      cell('tool', 'stream', 'tool-empty-schema/call-stream', 'tools.input.no-arguments', ...calls),
    ],
  },
  {
    id: 'strict',
    title: 'strict',
    needsCall: true,
    cells: [
      cell('auto', 'json', 'bad-strict-tools/control', 'tools.definition.strict-offered'),
      cell('auto', 'stream', 'bad-strict-tools/control-stream', 'tools.definition.strict-offered'),
      cell('tool', 'json', 'tool-strict/call', 'tools.definition.strict', ...strictChecks),
      cell('tool', 'stream', 'tool-strict/call-stream', 'tools.stream.arguments-in-pieces', ...strictChecks),
    ],
  },
  {
    id: 'escapes',
    title: 'characters to escape',
    needsCall: true,
    cells: [
      cell('tool', 'json', 'tool-arguments/call', 'tools.input.text-survives', ...calls),
      cell('tool', 'stream', 'tool-arguments/call-stream', 'tools.input.text-survives', ...calls),
    ],
  },
  {
    id: 'result-string',
    title: 'result as string',
    cells: [
      cell('auto', 'json', 'tool-history/string', 'tools.result.string'),
      cell('auto', 'stream', 'claude-code/later-turn', 'clients.claude-code.later-turn'),
      cell('none', 'json', 'tool-options/choice-none-history', 'tool-choice.none.with-history'),
    ],
  },
  {
    id: 'result-blocks',
    title: 'result as blocks',
    cells: [
      cell('auto', 'json', 'tool-history/blocks', 'tools.result.blocks'),
      cell('auto', 'stream', 'claude-code/later-turn', 'clients.claude-code.later-turn'),
      cell('none', 'json', 'tool-result-read/letter', 'tools.result.reaches-model', 'tools.result.counted'),
    ],
  },
  {
    id: 'result-error',
    title: 'result is an error',
    cells: [
      cell('auto', 'json', 'tool-history/error', 'tools.result.error'),
      cell('auto', 'stream', 'claude-code/later-turn', 'clients.claude-code.later-turn'),
    ],
  },
  {
    id: 'result-image',
    title: 'result with an image',
    cells: [
      cell('auto', 'json', 'tool-options/image', 'tools.result.image'),
      cell('auto', 'stream', 'tool-options/image-stream', 'tools.result.image-in-stream'),
    ],
  },
];
