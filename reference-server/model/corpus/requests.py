"""Requests that a tool can serve, the results tools give, and the answers made from them."""

from dataclasses import dataclass
from random import Random

from .filler import sentence
from .tools import Tool, other_value, said
from .values import dump, place, simple_place, value
from .words import invented, phrase


@dataclass
class Job:
    """One call: the tool, its arguments, and how the answer will call it."""

    tool: Tool
    arguments: dict
    subject: str


def arguments_for(r: Random, tool: Tool, main: str | None = None) -> tuple[dict, str]:
    """Arguments, and the words that carry all but the main one."""
    chosen: dict = {}
    carried: list[str] = []
    for name in tool.schema['properties']:
        if name == tool.main:
            chosen[name] = main or (place(r) if tool.noun == 'weather' or r.random() < 0.3 else value(r))
        elif name in tool.required() or r.random() < 0.35:
            chosen[name] = other_value(r, tool, name)
            natural = name == 'unit' and r.random() < 0.7
            carried.append(r.choice([f'in {chosen[name]}', f'using {chosen[name]}']) if natural else r.choice(['{0} {1}', '{0} {1}', '{0} {1}', '{0} set to {1}', '{0}: {1}', '{0}={1}']).format(name, said(chosen[name])))
    joined = ' and '.join(carried) if len(carried) < 3 or r.random() < 0.5 else ', '.join(carried)
    lead = '' if not carried else ' ' if carried[0].startswith(('in ', 'using ')) else r.choice([' with ', ' with ', ' and ', ' using '])
    return chosen, lead + joined


def question(r: Random, tool: Tool, subject: str | None, carried: str) -> tuple[str, bool]:
    """A request for one tool. The flag says whether it names the tool instead of the thing it is about."""
    noun, name, verb = tool.noun, tool.name, tool.verb
    if subject is None:
        by_name = [f'Call {name}{carried}.', f'Use {name}{carried}.', f'Use the {name} tool{carried}.', f'Run {name}{carried}', f'Please call the {name} tool{carried}.']
        by_noun = [f'What is the {noun}{carried}?', f'{verb.capitalize()} the {noun}{carried}.', f'Tell me the {noun}{carried}.', f'What is the {noun}{carried}? Use the {name} tool.']
    else:
        link = r.choice(['in', 'for', 'of', 'in', 'for'])
        about = f'the {noun} {link} {subject}{carried}'
        main = tool.main
        by_name = [f'Use {name} with {main} {subject}{carried}.', f'Call {name} with {main} {subject}{carried}.', f'Use the {name} tool for {subject}{carried}.', f'Use the {name} tool with {main} {subject}{carried}', f'Call {name} for {subject}{carried}.', f'Please call {name} with {main}="{subject}"{carried}', f'Call the {name} tool with {main} set to "{subject}"{carried}.', f'Call {name} with {main} "{subject}"{carried}.', f'{name}({subject}){carried}']
        by_noun = [
            f'What is {about}?', f'What is {about}?', f'What is {about}?', f"What's {about}?", f'What is the {noun} like in {subject}{carried}?', f"What's the {noun} like in {subject}{carried}?", f'How is the {noun} in {subject}{carried}?', f'Tell me {about}.', f'Get {about}.', f'{verb.capitalize()} {about}.', f'Please {verb} {about}', f'I need {about}.', f'I want to know {about}',
            f'Can you {verb} {about}?', f'Check {about} please', f'{noun.capitalize()} {link} {subject}{carried}?', f'What is the current {noun} {link} {subject}{carried}?', f'Could you check {about} right now?', f'What is {about} right now?', f'{subject}: what is the {noun} there{carried}?', f'What is {about} today? Use {name}.', f'What is {about}? Use the {name} tool.', f'Use the {name} tool to {verb} {about}.', f'Use {name} to find {about}.', f'What is {about}? You must use the {name} tool.', f'Look up {about} with {name}.']
    named = r.random() < (0.32 if subject is not None else 0.5)
    text = r.choice(by_name if named else by_noun)
    if noun == 'weather' and not named and r.random() < 0.35:
        # What everybody asks first.
        text = f'What is the weather in {subject}{carried}?{r.choice(["", "", " Use the get_weather tool."])}'
    if r.random() < 0.1:
        text = r.choice(['Hi! ', 'Hello. ', 'Please help. ', 'Quick question: ', sentence(r) + ' ']) + text
    if r.random() < 0.04:
        text += ' ' + r.choice(['Thanks!', 'Be brief.', 'Do not answer from memory.', sentence(r)])
    if r.random() < 0.06:
        text = text.lower() if subject is None or subject.islower() else text[:1].lower() + text[1:]
    return text, named


def _listed(items: list[str]) -> str:
    return ' and '.join(items) if len(items) == 2 else ', '.join(items[:-1]) + ' and ' + items[-1]


def one_job(r: Random, tool: Tool) -> tuple[str, list[Job]]:
    chosen, carried = arguments_for(r, tool)
    subject = chosen.get(tool.main) if tool.main else None
    if r.random() < 0.06 and chosen:
        text = r.choice([f'Call {tool.name} with the arguments {dump(chosen)}', f'Use {tool.name} with {dump(chosen)}.', f'Call the {tool.name} tool with {dump(chosen)}'])
        return text, [Job(tool, chosen, f'The result of {tool.name} is: ')]
    text, named = question(r, tool, subject, carried)
    return text, [Job(tool, chosen, _subject(tool, subject, named))]


def _subject(tool: Tool, subject: str | None, named: bool) -> str:
    return f'The {"result of " + tool.name if named else tool.noun}{" for " + subject if subject is not None else ""} is: '


def same_tool_jobs(r: Random, tool: Tool) -> tuple[str, list[Job]]:
    """The weather in A and B: one request, a call for each."""
    count = 2 if r.random() < 0.8 else 3
    make = (lambda: place(r)) if count == 2 and r.random() < 0.3 else (lambda: simple_place(r) if r.random() < 0.8 else invented(r))
    subjects = list(dict.fromkeys(make() for _ in range(count)))
    if len(subjects) < 2 or tool.main is None:
        return one_job(r, tool)
    chosen, carried = arguments_for(r, tool, subjects[0])
    text, named = question(r, tool, _listed(subjects), carried)
    return text, [Job(tool, {**chosen, tool.main: subject}, _subject(tool, subject, named)) for subject in subjects]


def two_tool_jobs(r: Random, first: Tool, second: Tool) -> tuple[str, list[Job]]:
    one, jobs = one_job(r, first)
    two, more = one_job(r, second)
    return one + r.choice([' ', ' Also, ', ' And ', ' Then ', '\n']) + two, jobs + more


def result(r: Random) -> str:
    kind = r.random()
    if kind < 0.25:
        return r.choice([f'{r.randint(-9, 39)}°C and {r.choice(["sunny", "cloudy", "rainy", "windy", "clear", "foggy", invented(r)])}', f'{r.randint(-9, 99)} degrees', f'{r.randint(10, 99)}°F, {invented(r)}', f'{r.choice(["Sunny", "Cloudy", "Rainy"])}, {r.randint(-9, 39)}°C'])
    if kind < 0.42:
        return phrase(r, 1, 8)
    if kind < 0.5:
        return sentence(r)
    if kind < 0.62:
        return str(r.randint(0, 99999)) + r.choice(['', ' USD', ' km', '%', ' ' + invented(r)])
    if kind < 0.8:
        return dump({invented(r): r.choice([r.randint(0, 99), invented(r), phrase(r, 1, 3), True, [invented(r)]]) for _ in range(r.randint(1, 3))})
    if kind < 0.86:
        return dump({'temperature': r.randint(-9, 39), 'condition': r.choice(['sunny', 'cloudy', 'rainy', invented(r)])})
    if kind < 0.9:
        return r.choice(['ok', 'done', 'OK', 'Success', 'true', '[]', 'null', ''])
    if kind < 0.93:
        return sentence(r) + '\n' + r.choice(['\n', ' ']).join(sentence(r) for _ in range(r.randint(2, 12)))
    return value(r)


def error(r: Random) -> str:
    return r.choice(['Error: ', 'Error: ', 'error: ', 'ERROR: ', 'Error: The tool failed: ', 'Tool error: ']) + r.choice([phrase(r, 1, 5), sentence(r), 'not found', 'timeout', 'connection refused', 'permission denied', 'unknown location', 'service unavailable'])


def answer(job: Job, outcome: str) -> str:
    """The result in a sentence; of a long result only the first line."""
    if outcome.lower().startswith(('error', 'tool error')):
        return f'The {job.tool.name} tool failed. It said: {outcome}'
    if not outcome:
        return f'The {job.tool.name} tool returned nothing.'
    return job.subject + outcome.split('\n')[0]


def thought(r: Random, text: str, jobs: list[Job]) -> str:
    names = ' and '.join(dict.fromkeys(job.tool.name for job in jobs))
    start = ' '.join(text.split()[: r.randint(4, 10)])
    return f'The user says: {start}\nI need the {names} tool. I will call it {["", "once", "two times", "three times"][min(3, len(jobs))]}.'
