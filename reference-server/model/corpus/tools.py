"""Tools with invented names and schemas, and arguments for them.

Parameter names are invented half of the time: a model that sees a fixed list of names learns the list, not the copying.
"""

from dataclasses import dataclass, field
from random import Random

from .filler import sentence, sentences
from .values import dump, integer, number, value
from .words import ADJECTIVES, NOUNS, VERBS, invented, phrase

_PARAMETERS = '''location city query name id key title text path url symbol country date item topic label user file keyword
product place target subject word email address term input phrase source'''.split()
_TYPES = ['string'] * 6 + ['integer'] * 4 + ['number'] * 2 + ['boolean'] * 3 + ['enum'] * 4 + ['array'] * 3 + ['object'] * 2


@dataclass
class Tool:
    name: str
    verb: str
    noun: str
    #: The parameter that the question is about, always a string; None for a tool that takes nothing.
    main: str | None
    #: The other parameters with their kind, which is a JSON type or `enum`.
    others: dict[str, str] = field(default_factory=dict)
    schema: dict = field(default_factory=dict)
    description: str | None = None

    def definition(self) -> dict:
        function: dict = {'name': self.name}
        if self.description is not None:
            function['description'] = self.description
        function['parameters'] = self.schema
        return {'type': 'function', 'function': function}

    def required(self) -> list[str]:
        return self.schema.get('required', [])


def parameter_name(r: Random) -> str:
    kind = r.random()
    if kind < 0.4:
        return r.choice(_PARAMETERS)
    if kind < 0.6:
        return invented(r, 1, 3)
    if kind < 0.8:
        return '_'.join(r.choice(NOUNS) if r.random() < 0.4 else invented(r, 1, 2) for _ in range(r.randint(2, 3)))
    if kind < 0.88:
        return invented(r, 1, 2) + r.choice(NOUNS).capitalize()
    return r.choice(NOUNS)


def _tool_name(r: Random, verb: str, noun: str) -> str:
    noun = noun.replace(' ', '_')
    return r.choices([
        f'{verb}_{noun}', noun, verb + noun.capitalize(), f'{verb}-{noun}', f'{verb}_{r.choice(ADJECTIVES)}_{noun}',
        f'{invented(r)}_{noun}', f'mcp__{invented(r)}__{verb}_{noun}', invented(r, 1, 2).capitalize() + noun.capitalize()],
        [60, 8, 8, 6, 6, 5, 3, 4])[0]


def _property(r: Random, kind: str, name: str) -> dict:
    if kind == 'enum':
        options = r.choice([['celsius', 'fahrenheit'], ['asc', 'desc'], ['short', 'long'], None, None, None])
        found: dict = {'type': 'string', 'enum': options or [invented(r) for _ in range(r.randint(2, 4))]}
    elif kind == 'array':
        found = {'type': 'array', 'items': {'type': r.choice(['string', 'string', 'integer'])}}
    elif kind == 'object':
        found = {'type': 'object', 'properties': {parameter_name(r): {'type': t} for t in r.choices(['string', 'integer', 'boolean'], k=r.randint(1, 2))}}
        found['required'] = list(found['properties'])
    else:
        found = {'type': kind}
    if r.random() < 0.5:
        found['description'] = r.choice([f'The {name}', f'The {name} to use', phrase(r, 2, 6), sentence(r), 'The city and state, e.g. San Francisco, CA', f'The {name}, for example {value(r)}'])
    return found


def _noun(r: Random) -> str:
    kind = r.random()
    return r.choice(NOUNS) if kind < 0.4 else invented(r, 2, 3) if kind < 0.85 else f'{invented(r) if r.random() < 0.5 else r.choice(ADJECTIVES)} {r.choice(NOUNS)}'


def weather_tool(r: Random) -> Tool:
    """The tool of every tutorial, so it gets a share of its own."""
    main = r.choice(['location'] * 4 + ['city'] * 2)
    properties: dict = {main: {'type': 'string'}}
    if r.random() < 0.7:
        properties[main]['description'] = r.choice(['The city and state, e.g. San Francisco, CA', 'City name', 'The location', 'The city to look up'])
    tool = Tool('get_weather', 'get', 'weather', main, {}, {'type': 'object', 'properties': properties, 'required': [main]})
    if r.random() < 0.35:
        properties['unit'] = {'type': 'string', 'enum': ['celsius', 'fahrenheit']}
        tool.others['unit'] = 'enum'
    tool.description = r.choice(['Get the current weather in a given location', 'Get the weather for a city', 'Get weather', 'Get the current weather for a city.', None])
    return tool


def make_tool(r: Random, nouns_taken: set[str]) -> Tool:
    noun = _noun(r)
    while noun in nouns_taken:
        noun = _noun(r)
    nouns_taken.add(noun)
    verb = r.choice(VERBS)
    tool = Tool(_tool_name(r, verb, noun), verb, noun, None)
    properties: dict = {}
    if r.random() > 0.08:
        tool.main = parameter_name(r)
        properties[tool.main] = _property(r, 'string', tool.main)
        for _ in range(r.choices([0, 1, 2, 3, 5], [50, 28, 12, 7, 3])[0]):
            name, kind = parameter_name(r), r.choice(_TYPES)
            if name not in properties:
                properties[name] = _property(r, kind, name)
                tool.others[name] = kind
    required = [name for name in properties if name == tool.main or r.random() < 0.45]
    tool.schema = {'type': 'object', 'properties': properties}
    if required or r.random() < 0.3:
        tool.schema['required'] = required
    if r.random() < 0.12:
        tool.schema['additionalProperties'] = False
    if r.random() < 0.1:
        tool.schema = dict(reversed(tool.schema.items()))
    tool.description = r.choice([f'{verb.capitalize()} the {noun} for a given {tool.main or "user"}', f'Get the current {noun}', f'{verb.capitalize()} {noun}', f'{verb.capitalize()} the {noun}.', phrase(r, 3, 8), f'Returns the {noun}', None])
    if tool.description and r.random() < 0.3:
        tool.description += '. ' + sentences(r, r.choices([1, 3, 8], [75, 20, 5])[0])
    return tool


def other_value(r: Random, tool: Tool, name: str) -> object:
    return value_for(r, tool.schema['properties'][name])


def value_for(r: Random, schema: dict) -> object:
    if 'enum' in schema:
        return r.choice(schema['enum'])
    match schema['type']:
        case 'integer':
            return integer(r)
        case 'number':
            return number(r)
        case 'boolean':
            return r.random() < 0.6
        case 'array':
            return [value_for(r, schema['items']) if schema['items']['type'] == 'integer' else invented(r) for _ in range(r.randint(1, 3))]
        case 'object':
            return {name: value_for(r, inner) for name, inner in schema['properties'].items()}
    return value(r)


def said(other: object) -> str:
    """How a user writes an argument: words bare, lists with commas, everything else as JSON."""
    if isinstance(other, str):
        return other
    if isinstance(other, list):
        words = [said(item) for item in other]
        return words[0] if len(words) == 1 else ', '.join(words[:-1]) + ' and ' + words[-1]
    return dump(other)


def call(tool: Tool, arguments: dict) -> str:
    return '<tool_call>\n' + dump({'name': tool.name, 'arguments': arguments}) + '\n</tool_call>'
