/** Chat templates in the shape of those whose calls are no JSON, or not in the form of Hermes. Written for these tests: no vendor's template is in here. */

const lines = (...parts: readonly string[]): string => parts.join('');

/** A system turn in front; `calls` writes the calls of a turn, `results` a result, in a turn of the user. */
const chat = (calls: string): string =>
  lines(
    "{%- if messages[0].role == 'system' %}{% set system = messages[0].content %}{% set rest = messages[1:] %}{% else %}{% set system = '' %}{% set rest = messages %}{% endif -%}",
    "{%- if system or tools %}{{ '<|im_start|>system\\n' + system }}{% for tool in tools or [] %}{{ '\\n' + (tool | tojson) }}{% endfor %}{{ '<|im_end|>\\n' }}{% endif -%}",
    '{%- for m in rest -%}',
    "{%- if m.role == 'tool' %}{{ '<|im_start|>user\\n<tool_response>\\n' + m.content + '\\n</tool_response><|im_end|>\\n' }}",
    "{%- elif m.role == 'assistant' -%}",
    "{{ '<|im_start|>assistant\\n' }}{% if m.reasoning_content %}{{ '<think>\\n' + m.reasoning_content + '\\n</think>\\n\\n' }}{% endif %}{{ m.content }}",
    calls,
    "{{ '<|im_end|>\\n' }}",
    "{%- else %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{%- endif -%}",
    '{%- endfor -%}',
    "{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' + ('<think>\\n' if enable_thinking else '<think>\\n\\n</think>\\n\\n') }}{% endif -%}",
  );

/** Makes text of every value: null has none. */
export const qwenXml: string = chat(
  lines(
    "{%- for c in m.tool_calls or [] %}{{ '\\n<tool_call>\\n<function=' + c.function.name + '>\\n' }}",
    "{%- for name, value in c.function.arguments | items %}{{ '<parameter=' + name + '>\\n' + (value | tojson if value is mapping or (value is sequence and value is not string) else value | string) + '\\n</parameter>\\n' }}{% endfor -%}",
    "{{ '</function>\\n</tool_call>' }}{% endfor -%}",
  ),
);

const elements = (before: string, between: string, after: string): string =>
  chat(
    lines(
      `{%- for c in m.tool_calls or [] %}{{ '\\n<tool_call>' + c.function.name + '${before}' }}`,
      `{%- for name, value in c.function.arguments | items %}{{ '<arg_key>' + name + '</arg_key>${between}<arg_value>' + (value if value is string else value | tojson) + '</arg_value>${after}' }}{% endfor -%}`,
      "{{ '</tool_call>' }}{% endfor -%}",
    ),
  );

export const glm: string = elements('', '', '');
/** The vendor's template has line breaks between its tags, so its text does not hold one element next to the other. */
export const glmLines: string = elements('\\n', '\\n', '\\n');

/** All calls of a turn between one pair of marks. */
export const minimax: string = chat(
  lines(
    "{%- if m.tool_calls %}{{ '\\n<minimax:tool_call>\\n' }}{% for c in m.tool_calls %}{{ '<invoke name=\"' + c.function.name + '\">\\n' }}",
    "{%- for name, value in c.function.arguments | items %}{{ '<parameter name=\"' + name + '\">' + (value if value is string else value | tojson) + '</parameter>\\n' }}{% endfor -%}",
    "{{ '</invoke>\\n' }}{% endfor %}{{ '</minimax:tool_call>' }}{% endif -%}",
  ),
);

/** Counts the calls of a conversation. */
export const kimi: string = chat(
  lines(
    "{%- if m.tool_calls %}{{ '<|tool_calls_section_begin|>' }}{% for c in m.tool_calls %}",
    "{{ '<|tool_call_begin|>functions.' + c.function.name + ':' + (loop.index0 | string) + '<|tool_call_argument_begin|>' + (c.function.arguments | tojson) + '<|tool_call_end|>' }}",
    "{% endfor %}{{ '<|tool_calls_section_end|>' }}{% endif -%}",
  ),
);

/** Text of a turn is written behind the results of its calls, which follow in the same turn; every tool has a description. */
export const gemma4: string = lines(
  "{%- macro spelled(value) -%}{%- if value is string %}{{ '<|\"|>' + value + '<|\"|>' }}{% elif value is mapping %}{{ '{' }}{% for name, inner in value | items %}{{ name + ':' + spelled(inner) }}{% if not loop.last %}{{ ',' }}{% endif %}{% endfor %}{{ '}' }}{% elif value is sequence %}{{ '[' }}{% for inner in value %}{{ spelled(inner) }}{% if not loop.last %}{{ ',' }}{% endif %}{% endfor %}{{ ']' }}{% else %}{{ value }}{% endif -%}{%- endmacro -%}",
  "{{ bos_token }}{%- if messages[0].role == 'system' %}{% set system = messages[0].content %}{% set rest = messages[1:] %}{% else %}{% set system = '' %}{% set rest = messages %}{% endif -%}",
  "{%- if system or tools or enable_thinking %}{{ '<|turn>system\\n' + ('<|think|>\\n' if enable_thinking else '') + system }}{% for t in tools or [] %}{{ '<|tool>declaration:' + t.function.name + '{description:<|\"|>' + t.function.description + '<|\"|>}<tool|>' }}{% endfor %}{{ '<turn|>\\n' }}{% endif -%}",
  '{%- set ns = namespace(in_turn=false) -%}{%- for m in rest -%}',
  "{%- if m.role == 'tool' %}{{ '<|tool_response>response:' + m.name + '{value:<|\"|>' + m.content + '<|\"|>}<tool_response|>' }}",
  "{%- elif m.role == 'assistant' -%}",
  "{%- if not ns.in_turn %}{{ '<|turn>model\\n' }}{% endif -%}",
  "{%- if m.tool_calls %}{% set ns.in_turn = true %}{% if m.reasoning_content %}{{ '<|channel>thought\\n' + m.reasoning_content + '\\n<channel|>' }}{% endif %}{% for c in m.tool_calls %}{{ '<|tool_call>call:' + c.function.name + spelled(c.function.arguments) + '<tool_call|>' }}{% endfor %}",
  "{%- else %}{% set ns.in_turn = false %}{{ m.content + '<turn|>\\n' }}{% endif -%}",
  "{%- else %}{% set ns.in_turn = false %}{{ '<|turn>' + m.role + '\\n' + m.content + '<turn|>\\n' }}{%- endif -%}",
  '{%- endfor -%}',
  "{%- if add_generation_prompt and not ns.in_turn %}{{ '<|turn>model\\n' + ('' if enable_thinking else '<|channel>thought\\n<channel|>') }}{% endif -%}",
);
