/**
 * Chat templates in the shape of each family's, with what they insist on and what they leave out. Written for these tests: no vendor's
 * template is in here.
 */
import { readFileSync } from 'node:fs';
import { gemma4, glm, glmLines, kimi, minimax, qwenXml } from './other-templates.fixture.ts';

const lines = (...parts: readonly string[]): string => parts.join('');

const hermes = readFileSync(new URL('../model/template.jinja', import.meta.url), 'utf8');

/** One call per turn, whose arguments are written as JSON; results as JSON too. */
const llama = lines(
  "{{ bos_token }}{%- if messages[0].role == 'system' %}{% set system = messages[0].content %}{% set rest = messages[1:] %}{% else %}{% set system = '' %}{% set rest = messages %}{% endif -%}",
  "{{ '<|start_header_id|>system<|end_header_id|>\\n\\n' }}{% if tools %}{{ 'Environment: ipython\\n' }}{% endif %}{{ system }}{{ '<|eot_id|>' }}",
  '{%- for m in rest -%}',
  "{%- if 'tool_calls' in m -%}",
  "{%- if m.tool_calls | length != 1 %}{{ raise_exception('one call at a time') }}{% endif -%}",
  '{% set call = m.tool_calls[0].function %}{{ \'<|start_header_id|>assistant<|end_header_id|>\\n\\n{"name": "\' + call.name + \'", "parameters": \' + (call.arguments | tojson) + \'}<|eot_id|>\' }}',
  "{%- elif m.role == 'tool' -%}",
  "{{ '<|start_header_id|>ipython<|end_header_id|>\\n\\n' + (m.content | tojson) + '<|eot_id|>' }}",
  '{%- else -%}',
  "{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\\n\\n' }}",
  "{%- if tools and loop.first and m.role == 'user' %}{{ 'Functions:\\n' }}{% for t in tools %}{{ (t | tojson) + '\\n' }}{% endfor %}{% endif -%}",
  "{{ m.content + '<|eot_id|>' }}",
  '{%- endif -%}',
  '{%- endfor -%}',
  "{%- if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif -%}",
);

/** Users and answers take turns, ids are nine characters. `body` writes the calls of a turn. */
const mistral = (calls: string, result: string): string =>
  lines(
    "{{ bos_token }}{%- set ns = namespace(index=0) -%}{%- if messages[0].role == 'system' %}{% set system = messages[0].content %}{% set rest = messages[1:] %}{% else %}{% set system = '' %}{% set rest = messages %}{% endif -%}",
    "{%- for m in rest if m.role == 'user' or (m.role == 'assistant' and not m.tool_calls) -%}",
    "{%- if (m.role == 'user') != (ns.index % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif %}{% set ns.index = ns.index + 1 -%}",
    '{%- endfor -%}',
    "{%- if tools %}{{ '[AVAILABLE_TOOLS]' + (tools | tojson) + '[/AVAILABLE_TOOLS]' }}{% endif -%}",
    '{%- for m in rest -%}',
    "{%- if m.role == 'user' %}{{ '[INST]' + (system + '\\n\\n' if loop.first and system else '') + m.content + '[/INST]' }}",
    "{%- elif m.role == 'tool' %}{% if m.tool_call_id | length != 9 %}{{ raise_exception('ids have nine characters') }}{% endif %}",
    result,
    '{%- else -%}',
    "{{ m.content }}{%- if m.tool_calls %}{% for c in m.tool_calls %}{% if c.id | length != 9 %}{{ raise_exception('ids have nine characters') }}{% endif %}{% endfor %}",
    calls,
    '{%- endif %}{{ eos_token }}{%- endif -%}',
    '{%- endfor -%}',
  );

const mistralList = mistral(
  "{{ '[TOOL_CALLS][' }}{% for c in m.tool_calls %}{{ '{\"name\": \"' + c.function.name + '\", \"arguments\": ' + (c.function.arguments | tojson) + ', \"id\": \"' + c.id + '\"}' }}{% if not loop.last %}{{ ', ' }}{% endif %}{% endfor %}{{ ']' }}",
  '{{ \'[TOOL_RESULTS]{"content": \' + (m.content | tojson) + \', "call_id": "\' + m.tool_call_id + \'"}[/TOOL_RESULTS]\' }}',
);

const mistralNamed = mistral(
  "{% for c in m.tool_calls %}{{ '[TOOL_CALLS]' + c.function.name + '[ARGS]' + (c.function.arguments | tojson) }}{% endfor %}",
  "{{ '[TOOL_RESULTS]' + m.content + '[/TOOL_RESULTS]' }}",
);

/** Tells nothing of tools, takes arguments as text, writes text behind calls, and opens thinking whatever it is told. */
const deepseekFenced = lines(
  "{{ bos_token }}{% for m in messages if m.role == 'system' %}{{ m.content }}{% endfor -%}",
  '{%- set ns = namespace(in_results=false) -%}{%- for m in messages -%}',
  "{%- if m.role != 'tool' and ns.in_results %}{{ '<｜tool▁outputs▁end｜>' }}{% set ns.in_results = false %}{% endif -%}",
  "{%- if m.role == 'user' %}{{ '<｜User｜>' + m.content }}",
  "{%- elif m.role == 'assistant' and m.tool_calls -%}",
  "{{ '<｜Assistant｜><｜tool▁calls▁begin｜>' }}",
  "{%- for c in m.tool_calls %}{{ '<｜tool▁call▁begin｜>' + c.type + '<｜tool▁sep｜>' + c.function.name + '\\n```json\\n' + c.function.arguments + '\\n```<｜tool▁call▁end｜>' }}{% if not loop.last %}{{ '\\n' }}{% endif %}{% endfor -%}",
  "{{ '<｜tool▁calls▁end｜><｜end▁of▁sentence｜>' }}{% if m.content is not none %}{{ m.content }}{% endif %}",
  "{%- elif m.role == 'assistant' %}{{ '<｜Assistant｜>' + m.content.split('</think>')[-1] + '<｜end▁of▁sentence｜>' }}",
  "{%- elif m.role == 'tool' %}{% if not ns.in_results %}{{ '<｜tool▁outputs▁begin｜>' }}{% set ns.in_results = true %}{% endif %}{{ '<｜tool▁output▁begin｜>' + m.content + '<｜tool▁output▁end｜>' }}{%- endif -%}",
  "{%- endfor -%}{% if ns.in_results %}{{ '<｜tool▁outputs▁end｜>' }}{% endif -%}",
  "{%- if add_generation_prompt %}{{ '<｜Assistant｜><think>\\n' }}{% endif -%}",
);

/** The same with the shorter form, text in front of calls, and thinking that can be switched off. */
const deepseek = deepseekFenced
  .replace("<｜Assistant｜><｜tool▁calls▁begin｜>' }}", "<｜Assistant｜>' + (m.content or '') + '<｜tool▁calls▁begin｜>' }}")
  .replace('{% if m.content is not none %}{{ m.content }}{% endif %}', '')
  .replace("c.type + '<｜tool▁sep｜>' + c.function.name + '\\n```json\\n'", "c.function.name + '<｜tool▁sep｜>'")
  .replace("'\\n```<｜tool▁call▁end｜>'", "'<｜tool▁call▁end｜>'")
  .replace("'<｜Assistant｜><think>\\n'", "'<｜Assistant｜>' + ('<think>' if thinking else '</think>')");

/** Messages on channels. Text and thinking beside a call are too much, and so are two calls. */
const harmony = lines(
  "{{ '<|start|>system<|message|># Valid channels: analysis, commentary, final.<|end|>' }}",
  "{%- if messages[0].role == 'system' %}{% set system = messages[0].content %}{% set rest = messages[1:] %}{% else %}{% set system = '' %}{% set rest = messages %}{% endif -%}",
  "{%- if system or tools %}{{ '<|start|>developer<|message|># Instructions\\n\\n' + system }}{% if tools %}{{ '\\n\\n# Tools\\n\\nnamespace functions {' }}{% for t in tools %}{{ '\\n// ' + t.function.description + '\\ntype ' + t.function.name + ' = (_: ' + (t.function.parameters | tojson) + ') => any;' }}{% endfor %}{{ '\\n}' }}{% endif %}{{ '<|end|>' }}{% endif -%}",
  '{%- set ns = namespace(last=none) -%}{%- for m in rest -%}',
  "{%- if m.role == 'assistant' and 'tool_calls' in m -%}",
  "{%- if m.content and m.thinking %}{{ raise_exception('text or thinking, not both') }}{% endif -%}",
  "{%- if m.thinking or m.content %}{{ '<|start|>assistant<|channel|>analysis<|message|>' + (m.thinking or m.content) + '<|end|>' }}{% endif -%}",
  "{% set ns.last = m.tool_calls[0].function.name %}{{ '<|start|>assistant to=functions.' + ns.last + '<|channel|>commentary json<|message|>' + (m.tool_calls[0].function.arguments | tojson) + '<|call|>' }}",
  "{%- elif m.role == 'assistant' %}{{ '<|start|>assistant<|channel|>final<|message|>' + m.content + ('<|return|>' if loop.last and not add_generation_prompt else '<|end|>') }}",
  "{%- elif m.role == 'tool' %}{% if ns.last is none %}{{ raise_exception('a result without a call') }}{% endif %}{{ '<|start|>functions.' + ns.last + ' to=assistant<|channel|>commentary<|message|>' + (m.content | tojson) + '<|end|>' }}{% set ns.last = none %}",
  "{%- else %}{{ '<|start|>user<|message|>' + m.content + '<|end|>' }}{%- endif -%}",
  '{%- endfor -%}',
  "{%- if add_generation_prompt %}{{ '<|start|>assistant' }}{% endif -%}",
);

/** No system turn, no tools, and turns that alternate. */
const gemma = lines(
  "{{ bos_token }}{%- if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif -%}",
  '{%- for m in messages -%}',
  "{%- if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif -%}",
  "{{ '<start_of_turn>' + ('model' if m.role == 'assistant' else m.role) + '\\n' + (m.content | trim) + '<end_of_turn>\\n' }}",
  '{%- endfor -%}',
  "{%- if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif -%}",
);

export type TemplateName =
  | ('hermes' | 'llama' | 'mistralList' | 'mistralNamed' | 'deepseekFenced' | 'deepseek' | 'harmony' | 'gemma')
  | ('gemma4' | 'qwenXml' | 'glm' | 'glmLines' | 'minimax' | 'kimi');

export const templates: Readonly<Record<TemplateName, string>> = {
  hermes,
  llama,
  mistralList,
  mistralNamed,
  deepseekFenced,
  deepseek,
  harmony,
  gemma,
  gemma4,
  qwenXml,
  glm,
  glmLines,
  minimax,
  kimi,
};
