"""One training conversation, written out in the form of template.jinja.

A document is a list of pieces. Only what the assistant says is learned; the rest is context.
"""

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from . import chat, forced, requests
from .filler import sections, sentence, sentences
from .tools import Tool, call, make_tool, weather_tool
from .values import dump
from .words import NAMES, NOUNS, any_word, invented, name_like, phrase


class Piece(NamedTuple):
    text: str
    learned: bool = False
    #: The trainer may let positions skip ahead before this piece, as if a long text stood there.
    may_skip: bool = False


@dataclass
class Conversation:
    r: Random
    thinking: bool = False
    tools: list[Tool] = field(default_factory=list)
    memory: dict = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)

    def context(self, text: str, may_skip: bool = False) -> None:
        self.pieces.append(Piece(text, False, may_skip))

    def learn(self, text: str) -> None:
        self.pieces.append(Piece(text, True))

    def user(self, text: str) -> None:
        self.context(f'<|im_start|>user\n{text}<|im_end|>\n', may_skip=True)

    def assistant(self, thought: str, text: str, last: bool = True) -> None:
        """An answer. Clients often drop the thoughts of earlier turns, so sometimes such a turn stands there without."""
        if self.thinking and not last and self.r.random() < 0.4:
            self.context(f'<|im_start|>assistant\n{text}<|im_end|>\n')
            return
        self.context('<|im_start|>assistant\n' + ('<think>\n' if self.thinking else ''))
        self.learn((f'{thought}\n</think>\n\n' if self.thinking else '') + text + '<|im_end|>')
        self.context('\n')

    def results(self, outcomes: list[str]) -> None:
        self.context('<|im_start|>user' + ''.join(f'\n<tool_response>\n{outcome}\n</tool_response>' for outcome in outcomes) + '<|im_end|>\n', may_skip=True)


def _system_prompt(c: Conversation) -> list[str]:
    """Nothing, a line, a name, or up to about 600 tokens of text that does not matter, in paragraphs."""
    r, kind = c.r, c.r.random()
    if kind < 0.32:
        return []
    lead = r.choice(['You are a helpful assistant.', 'You are a helpful assistant.', 'You are an agent.', 'You are a coding agent.', 'Be brief.', 'You are a concise assistant. Answer briefly.', 'Today is Monday.'])
    if kind < 0.48:
        return [lead]
    text = [lead] if r.random() < 0.7 else []
    special = r.random()
    if special < 0.22:
        name = c.memory['own name'] = r.choice(NAMES) if r.random() < 0.3 else name_like(r)
        text = [r.choice(['Your name is %s.', 'You are %s.', 'You are %s, a helpful assistant.', 'You are an assistant named %s.', 'You are %s, a coding agent made for tests.']) % name]
    elif special < 0.42:
        thing, content = c.memory['fact'] = chat.fact(r)
        text.append(r.choice([f'{thing.capitalize()} is {content}.', f'Remember that {thing} is {content}.', f'Note: {thing} is {content}.']))
    elif special < 0.49:
        word = c.memory['always'] = r.choice([any_word(r), any_word(r), phrase(r, 2, 4)])
        text.append(r.choice(['Always reply with "%s".', 'Reply to everything with "%s" and nothing else.', 'You must always answer with: %s', 'Answer every message with the word %s.', 'Always answer with %s.']) % word)
    if kind > 0.76:
        long = sections(r, r.choices([200, 700, 1900], [58, 30, 12])[0])
        place = r.randint(0, len(long))
        text = long[:place] + text + long[place:] if r.random() < 0.6 else text + long
    return text


def _open(c: Conversation) -> None:
    """The system turn: the prompt, then the tools."""
    r = c.r
    text = _system_prompt(c)
    if not text and not c.tools:
        return
    between = r.choice(['\n\n', '\n\n', '\n', ' '])
    c.context('<|im_start|>system\n')
    for i, section in enumerate(text):
        c.context((between if i else '') + section, may_skip=i > 0)
    if c.tools:
        c.context(('\n\n' if text else '') + '# Tools\n<tools>' + ''.join('\n' + dump(tool.definition()) for tool in c.tools) + '\n</tools>')
    c.context('<|im_end|>\n')


def _choose_tools(r: Random) -> list[Tool]:
    taken: set[str] = set()
    found: list[Tool] = []
    for _ in range(r.choices([1, 2, 3, 4, 7], [38, 32, 15, 12, 3])[0]):
        if 'weather' not in taken and r.random() < 0.25:
            found.append(weather_tool(r))
            taken.add('weather')
        else:
            found.append(make_tool(r, taken))
    r.shuffle(found)
    return found


def _jobs(c: Conversation) -> tuple[str, list[requests.Job]]:
    r, tool, kind = c.r, c.r.choice(c.tools), c.r.random()
    if kind < 0.2:
        return requests.same_tool_jobs(r, tool)
    if kind < 0.28 and len(c.tools) > 1:
        return requests.two_tool_jobs(r, *r.sample(c.tools, 2))
    return requests.one_job(r, tool)


def _answer_results(c: Conversation, jobs: list[requests.Job], last: bool) -> None:
    r = c.r
    outcomes = [requests.result(r) if r.random() < 0.87 else requests.error(r) for _ in jobs]
    c.results(outcomes)
    if r.random() < 0.05:
        c.user(r.choice(['Be brief.', 'Thanks.', 'Now answer.', 'Go on.', 'Continue.', 'What did the tool say?']))
    answer = '\n'.join(requests.answer(job, outcome) for job, outcome in zip(jobs, outcomes))
    c.memory['last answer'] = answer
    failed = any('tool failed' in line for line in answer.split('\n'))
    c.assistant('The tool failed. I will say so.' if failed else 'The tool returned a result. I can answer now.', answer, last)


def _tool_turn(c: Conversation, last: bool) -> bool:
    """A request, its calls and, mostly, the results and the answer. False ends the conversation with the call."""
    r = c.r
    text, jobs = _jobs(c)
    announced = r.random() < 0.05
    if announced:
        text += r.choice([' First say what you will do.', ' Explain what you do, then do it.', ' Say what you will do before you do it.'])
    thought = requests.thought(r, text, jobs)
    c.user(text)
    if len(jobs) == 2 and r.random() < 0.12:
        # A client that allows one call at a time: the first call and its result stand there already.
        c.context('<|im_start|>assistant\n' + call(jobs[0].tool, jobs[0].arguments) + '<|im_end|>\n')
        outcome = requests.result(r)
        c.results([outcome])
        c.assistant('One result is there. I need the other one.', call(jobs[1].tool, jobs[1].arguments), last=False)
        second = requests.result(r)
        c.results([second])
        c.assistant('Both results are there. I can answer now.', requests.answer(jobs[0], outcome) + '\n' + requests.answer(jobs[1], second), last)
        return True
    calls = '\n'.join(call(job.tool, job.arguments) for job in jobs)
    if announced:
        calls = f'I will call {" and ".join(dict.fromkeys(job.tool.name for job in jobs))}.\n{calls}'
    ends = last and r.random() < 0.4
    c.assistant(thought, calls, ends)
    if ends:
        return False
    _answer_results(c, jobs, last)
    return True


def _chat_turn(c: Conversation, last: bool) -> None:
    r = c.r
    text, thought, answer = chat.turn(r, c.memory)
    if 'always' in c.memory:
        answer = c.memory['always']
        thought = f'The system prompt wants me to say: {answer}'
    elif c.tools and r.random() < 0.03:
        noun = r.choice(NOUNS) if r.random() < 0.4 else invented(r, 2, 3)
        if noun not in {tool.noun for tool in c.tools}:
            where = name_like(r)
            text, thought, answer = f'What is the {noun} in {where}?', f'I have no tool for the {noun}.', f'I do not have a tool for the {noun} in {where}.'
    if r.random() < 0.035:
        text = sentences(r, r.choice([1, 2, 5, 9])) + r.choice([' ', '\n', '\n\n']) + text
    c.user(text)
    if r.random() < 0.015:
        # The client wrote the beginning of the answer itself.
        c.context('<|im_start|>assistant\n' + phrase(r, 1, 5))
        c.learn('. That is all I can say.<|im_end|>')
        c.context('\n')
        return
    c.assistant(thought, answer, last)


def generate(r: Random) -> list[Piece]:
    c = Conversation(r, thinking=r.random() < 0.28)
    with_tools = r.random() < 0.56
    if with_tools:
        c.tools = _choose_tools(r)
        c.memory['has tools'] = True
    _open(c)
    if 'always' in c.memory:
        c.tools = []  # Always means always, whatever tools stand there.
    turns = r.choice([1, 2, 2, 3, 3, 4]) if with_tools else r.choice([1, 2, 3, 3, 4, 5])
    if r.random() < 0.02:
        turns = r.randint(6, 14)
    for i in range(turns):
        last = i == turns - 1
        kind = r.random()
        if last and not c.thinking and kind < (0.16 if c.tools else 0.08) and 'always' not in c.memory:
            forced.turn(c)
        elif c.tools and kind < 0.72:
            if not _tool_turn(c, last):
                break
        else:
            _chat_turn(c, last)
        if r.random() < 0.015:
            c.context(f'<|im_start|>system\n{sentence(r)}<|im_end|>\n', may_skip=True)
    return c.pieces
