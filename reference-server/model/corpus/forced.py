"""Turns whose shape the server forces: a tool call on any prompt, or JSON of a given schema.

The server writes the opening and a grammar admits only the schema, so the model chooses values alone, often with
nothing in the prompt to fill them. It must then write something short and close what it opened.
"""

import re
from random import Random
from typing import TYPE_CHECKING

from . import chat, requests
from .filler import sentence
from .tools import Tool, value_for
from .values import dump
from .words import NOUNS, any_word, invented, phrase

if TYPE_CHECKING:
    from .document import Conversation


def _from_prompt(schema: dict, prompt: str) -> object:
    """What to write where the prompt says nothing: its first words, its first number, the first choice."""
    if 'enum' in schema:
        return schema['enum'][0]
    numbers = re.findall(r'\b\d{1,4}\b', prompt)
    match schema['type']:
        case 'integer' | 'number':
            return int(numbers[0]) if numbers else 1
        case 'boolean':
            return True
        case 'array':
            return [_from_prompt(schema['items'], prompt)]
        case 'object':
            return {name: _from_prompt(inner, prompt) for name, inner in schema['properties'].items()}
    return ' '.join(prompt.split()[:4])


def _prompt(r: Random) -> str:
    return r.choice([lambda: chat.turn(r, {})[0], lambda: phrase(r, 1, 8), lambda: sentence(r)])()


def _call(c: 'Conversation', tool: Tool) -> None:
    r = c.r
    named = len(c.tools) == 1 or r.random() < 0.5  # The server writes the name too, or leaves the choice open.
    if r.random() < 0.5:
        text, jobs = requests.one_job(r, tool)
        arguments = jobs[0].arguments
    else:
        text = _prompt(r)
        tool = tool if named else c.tools[0]
        arguments = {name: _from_prompt(schema, text) for name, schema in tool.schema['properties'].items() if name in tool.required()}
    c.user(text)
    body = f'{tool.name}", "arguments": ', dump(arguments) + '}\n</tool_call><|im_end|>'
    c.context('<|im_start|>assistant\n<tool_call>\n{"name": "')
    if named:
        c.context(body[0])
    else:
        c.learn(body[0])
    c.learn(body[1])
    c.context('\n')


def _write(c: 'Conversation', value: object) -> None:
    """A JSON value with its punctuation as context and what the model has to choose as learned."""
    if isinstance(value, dict):
        for i, (key, inner) in enumerate(value.items()):
            c.context(('{' if i == 0 else ', ') + dump(key) + ': ')
            _write(c, inner)
        c.context('}' if value else '{}')
    elif isinstance(value, list):
        c.context('[')
        for i, inner in enumerate(value):
            if i:
                c.learn(', ')
            _write(c, inner)
        c.learn(']')
    elif isinstance(value, str):
        c.context('"')
        c.learn(dump(value)[1:])
    else:
        c.learn(dump(value))


def _json(c: 'Conversation') -> None:
    r = c.r
    kinds = r.choices([{'type': 'string'}, {'type': 'integer'}, {'type': 'boolean'}, {'type': 'array', 'items': {'type': 'string'}}, {'type': 'string', 'enum': [invented(r), invented(r)]}, {'type': 'object', 'properties': {invented(r): {'type': 'string'}}}], [45, 20, 12, 12, 6, 5], k=r.randint(1, 4))
    named = {r.choice([r.choice(NOUNS), invented(r), f'{invented(r)}_{r.choice(NOUNS)}', 'name', 'answer', 'city', 'age', 'email']): kind for kind in kinds}
    if r.random() < 0.6:
        content = {key: any_word(r) if kind == {'type': 'string'} else value_for(r, kind) for key, kind in named.items()}
        parts = [f'{key} {inner if isinstance(inner, str) else dump(inner)}' for key, inner in content.items()]
        r.shuffle(parts)
        text = r.choice(['Extract: %s.', '%s', 'Here is the data: %s.', 'Reply as JSON: %s', 'We have %s.', '%s. Answer in JSON.']) % r.choice([', ', ' and ', ', the ']).join(parts)
    else:
        text = _prompt(r)
        content = {key: _from_prompt(kind, text) for key, kind in named.items()}
    c.user(text)
    c.context('<|im_start|>assistant\n')
    _write(c, content)
    c.learn('<|im_end|>')
    c.context('\n')


def turn(c: 'Conversation') -> None:
    if c.tools and c.r.random() < 0.75:
        _call(c, c.r.choice(c.tools))
    else:
        _json(c)
