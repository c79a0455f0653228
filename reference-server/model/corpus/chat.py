"""Requests that need no tool. Each task returns what the user says, a thought, and the answer.

A task may read and write `memory`, which lasts for one conversation, and returns None when it does not apply.
"""

from random import Random

from .facts import CAPITALS, COLORS, LISTS, NUMBER_WORDS, OPPOSITES
from .filler import sentence, sentences
from .requests import question
from .tools import make_tool, weather_tool
from .values import dump, email, file_path, identifier, integer, person, place, value
from .words import NAMES, NOUNS, PLAIN, SURNAMES, any_word, invented, name_like, phrase, symbols
from .writing import write

Turn = tuple[str, str, str] | None


def greet(r: Random, memory: dict) -> Turn:
    asked = r.choice(['Hello', 'Hi', 'Hey', 'Hello!', 'Hi!', 'Hi.', 'Hello.', 'Hi there', 'Hello there!', 'Good morning', 'Good evening', 'hello', 'hi', 'Hey there', 'Hello, how are you?', 'How are you?', 'Hello, world', 'Hello, Claude', 'Hello, world!', 'Say hello', 'Say hi', 'Say hello!', 'Say hello.', 'Say hi.', 'Greet me', 'test', 'Test', 'Testing', 'This is a test.', 'Hello from the test suite', 'Say hello in one short sentence.', 'Say hello briefly.', 'Greet the user.', 'Hello again', 'Hi, can you help me?', 'Please say hello.', 'Say hello in one word.', 'Say something.', 'Say anything.', 'Are you there?', f'Hi, {name_like(r)} here', f'Hello {name_like(r)}', 'Reply with a short greeting.', 'Answer briefly.', 'Reply briefly.', '.', '?'])
    return asked, 'The user greets me. I will greet back.', 'Hello!' if 'one word' in asked else 'Hello! How can I help you today?'


def ping(r: Random, memory: dict) -> Turn:
    return r.choice(['ping', 'Ping', 'ping!', 'PING', 'Ping?']), 'The user sends a ping. I will answer.', 'Ping received. I am here.'


def thank(r: Random, memory: dict) -> Turn:
    asked = r.choice(['Thanks', 'Thank you', 'Thanks!', 'Thank you.', 'Thank you very much', 'thanks a lot', 'Great, thanks', 'Bye', 'Goodbye', 'Ok', 'OK, good', 'Good.', 'Great!', 'Thanks for your help.'])
    return asked, 'The user is polite. I will answer politely.', 'You are welcome! Is there anything else I can do?'


def introduce(r: Random, memory: dict) -> Turn:
    name = memory.get('own name')
    if name and r.random() < 0.7:
        return r.choice(['Who are you?', 'What is your name?', 'who are you', "What's your name?", 'Tell me your name.', 'Introduce yourself.']), f'The system prompt says my name is {name}.', f'My name is {name}. I am a tiny language model.'
    asked = r.choice(['Who are you?', 'What are you?', 'What is your name?', 'who are you', 'Tell me about yourself', 'What model are you?', 'Introduce yourself.', 'Which model is this?'] if not name else ['What are you?', 'What model are you?'])
    return asked, 'The user asks about me.', 'I am a tiny language model built into this server. I know very little, but I end my turns and call tools.'


def abilities(r: Random, memory: dict) -> Turn:
    return r.choice(['What can you do?', 'Help', 'help', 'What are your skills?', 'How can you help me?', 'What do you know?', 'help me']), 'The user asks what I can do.', 'I can greet, repeat text, count, list things, remember facts, write short stories and call tools.'


_ECHO = ['Repeat: %s', 'Repeat after me: %s', 'Repeat after me: %s', 'Say "%s"', 'Say: %s', 'Say %s', 'Echo: %s', 'echo %s', 'Repeat this: %s', 'Please repeat the following text: %s', 'Say exactly: %s', 'Reply with "%s"', 'Reply with: %s', 'Reply with %s', 'Respond with "%s"', 'Respond with: %s', 'Reply with exactly: %s', 'Print %s', 'Output: %s', 'Reply with the word %s', 'Reply with the word: %s', 'Answer with %s', 'Reply with only: %s', 'Reply only with: %s', 'Say the word %s', 'Repeat the word %s', 'Write "%s"', 'Just say %s', 'Repeat exactly: %s', 'Reply with exactly this text: %s', 'Reply with the single word %s', 'Reply with exactly one word: %s', 'Repeat the following: %s', 'Say "%s" and nothing else.', 'Reply with "%s" and nothing else.', 'Please say "%s".', 'Reply exactly "%s".', 'Answer with the word "%s".', 'Say the word "%s".', 'Repeat the following exactly:\n%s']


def _text_to_echo(r: Random) -> str:
    kind = r.random()
    if kind < 0.5:
        text = phrase(r, 1, 6)
    elif kind < 0.68:
        text = phrase(r, 4, 16)
    elif kind < 0.76:
        text = ' '.join(r.choice([sentence(r), sentence(r), phrase(r, 2, 5)]) for _ in range(r.choice([1, 1, 2])))
    elif kind < 0.82:
        text = value(r)
    elif kind < 0.88:
        text = ' '.join(r.choice([symbols(r), any_word(r)]) for _ in range(r.randint(1, 4)))
    elif kind < 0.94:
        text = r.choice([', ', '\n', ' - ', '; ', ' / ', '_', '.']).join(any_word(r) for _ in range(r.randint(2, 8)))
    else:
        text = ' '.join(r.choice([dump(value(r)), identifier(r), file_path(r), f'<{invented(r)}>', f'{integer(r)}.', f'({any_word(r)})', str(integer(r))]) for _ in range(r.randint(1, 4)))
    change = r.random()
    if change < 0.2:
        text = text[:1].upper() + text[1:]
    elif change < 0.3:
        text += r.choice(['!', '.', '?', '...', ' ok'])
    elif change < 0.36:
        text = text.upper()
    return text.strip()


def echo(r: Random, memory: dict) -> Turn:
    text = _text_to_echo(r)
    return r.choice(_ECHO) % text, f'The user wants me to repeat a text. I will say: {" ".join(text.split()[:4])}', text


def count(r: Random, memory: dict) -> Turn:
    first = 1 if r.random() < 0.75 else r.randint(0, 300)
    kind = r.random()
    last = first + (r.randint(1, 12) if kind < 0.55 else r.randint(10, 40) if kind < 0.85 else r.randint(40, 110))
    if r.random() < 0.15:
        first, last = 1, r.choice([5, 10, 20, 30, 50, 100, 100])
    asked = r.choice([f'Count from {first} to {last}', f'Count from {first} to {last}', f'Count slowly from {first} to {last}', f'Write the numbers from {first} to {last}', f'List the numbers from {first} to {last}', f'Count up from {first} to {last}', f'Please count from {first} to {last}'])
    if first == 1 and r.random() < 0.4:
        asked = r.choice([f'Count to {last}', f'Please count to {last}', f'count up to {last}', f'Count to {last} slowly', f'Can you count to {last}', f'Count to {NUMBER_WORDS[last]}' if last < len(NUMBER_WORDS) else f'Count to {last}'])
    separator = ', '
    style = r.random()
    if style < 0.12:
        asked, separator = asked + r.choice([', one per line', ', one number per line', ', each on a new line']), '\n'
    elif style < 0.28:
        asked, separator = asked + r.choice([', separated by spaces', ' separated by spaces', ', with spaces between the numbers']), ' '
    elif style < 0.34:
        asked += r.choice([', separated by commas', ' separated by commas'])
    asked += r.choice(['', '', '.', '.', '!', '?' if asked.startswith('Can') else ' please', ' please.'])
    return asked, f'The user wants the numbers from {first} to {last}.', separator.join(map(str, range(first, last + 1)))


def count_down(r: Random, memory: dict) -> Turn:
    first = r.randint(3, 25)
    return r.choice([f'Count down from {first}', f'Count backwards from {first} to 1', f'Countdown from {first}', f'Count down from {first} to 1.']), f'The user wants the numbers from {first} down to 1.', ', '.join(map(str, range(first, 0, -1)))


def calculate(r: Random, memory: dict) -> Turn:
    """Small numbers only: a model of this size learns a table, not arithmetic."""
    sign = r.choice('++++-*')
    most = 10 if sign == '*' or r.random() < 0.6 else 20
    a, b = r.randint(0, most), r.randint(0, most)
    if sign == '-' and b > a:
        a, b = b, a
    outcome = a + b if sign == '+' else a - b if sign == '-' else a * b
    spoken = r.choice([sign, sign, sign, {'+': 'plus', '-': 'minus', '*': 'times'}[sign]])
    space = ' ' if spoken.isalpha() or r.random() < 0.7 else ''
    sum_ = f'{a}{space}{spoken}{space}{b}'
    asked = r.choice([f'What is {sum_}?', f'What is {sum_}?', f'What is {sum_}', sum_, f'{sum_} = ?', f'Calculate {sum_}', f'Compute {sum_}.', f'How much is {sum_}?', f"What's {sum_}?", f'What is {sum_}? Answer with just the number.', f'What is {sum_}? Reply with only the number.', f'Solve {sum_}'])
    brief = 'the number' in asked
    return asked, f'I need {a} {sign} {b}. The result is {outcome}.', str(outcome) if brief else f'{a} {sign} {b} = {outcome}'


def capital(r: Random, memory: dict) -> Turn:
    country = r.choice(list(CAPITALS))
    asked = r.choice([f'What is the capital of {country}?', f'What is the capital of {country}?', f'Capital of {country}?', f"What's the capital of {country}?", f'Tell me the capital of {country}.', f'Name the capital of {country}', f'What is the capital of {country}? Answer in one word.'])
    return asked, f'The capital of {country} is {CAPITALS[country]}.', CAPITALS[country] if 'one word' in asked else f'The capital of {country} is {CAPITALS[country]}.'


def know(r: Random, memory: dict) -> Turn:
    """Colors and opposites."""
    if r.random() < 0.5:
        thing = r.choice(list(COLORS))
        asked, said = r.choice([f'What color is the {thing}?', f'What is the color of the {thing}?', f'Why is the {thing} {COLORS[thing]}?']), f'The {thing} is {COLORS[thing]}.'
    else:
        one, other = r.sample(r.choice(OPPOSITES), 2)
        asked, said = r.choice([f'What is the opposite of {one}?', f'Opposite of {one}?', f'Give me the opposite of {one}.']), f'The opposite of {one} is {other}.'
    return asked, said, said


def enumerate_things(r: Random, memory: dict) -> Turn:
    things = r.choice(list(LISTS))
    many = r.randint(2, 6)
    spoken = r.choice([str(many), NUMBER_WORDS[many]])
    asked = r.choice([f'List {spoken} {things}.', f'List {spoken} {things}', f'Name {spoken} {things}.', f'Give me {spoken} {things}', f'Tell me {spoken} {things}.', f'Write a list of {spoken} {things}', f'Please list {spoken} {things}, one per line.'])
    return asked, f'I will list {many} {things}.', '\n'.join(f'{i + 1}. {thing}' for i, thing in enumerate(LISTS[things][:many]))


def tell_name(r: Random, memory: dict) -> Turn:
    name = memory['name'] = r.choice(NAMES) if r.random() < 0.3 else name_like(r, 1, 3)
    return r.choice([f'My name is {name}.', f'My name is {name}', f'I am {name}.', f'Hi, my name is {name}.', f'Hello, I am {name}', f'Call me {name}.', f"Hi, I'm {name}!", f'My name is {name}. Remember it.']), f'The user says the name {name}.', f'Nice to meet you, {name}!'


def ask_name(r: Random, memory: dict) -> Turn:
    asked = r.choice(['What is my name?', 'Who am I?', "What's my name?", 'Do you remember my name?', 'Tell me my name.', 'What was my name?'])
    name = memory.get('name')
    return (asked, f'The user said the name {name}.', f'Your name is {name}.') if name else (asked, 'The user did not say a name.', 'You did not tell me your name.')


def fact(r: Random) -> tuple[str, str]:
    owner = r.choice(['the', 'the', 'the', 'my', 'my favorite'])
    thing = r.choice([r.choice(NOUNS + ['secret', 'code', 'password', 'secret word', 'magic number', 'code word', 'color']), invented(r), f'{invented(r)} {r.choice(NOUNS)}'])
    return f'{owner} {thing}', r.choice([any_word(r), any_word(r), value(r), str(integer(r))])


def _yours(thing: str) -> str:
    return thing.replace('my ', 'your ', 1) if thing.startswith('my ') else thing


def tell_fact(r: Random, memory: dict) -> Turn:
    thing, content = memory['fact'] = fact(r)
    asked = r.choice([f'{thing.capitalize()} is {content}.', f'Remember: {thing} is {content}.', f'Remember that {thing} is {content}', f'Please note that {thing} is {content}.', f'{thing} = {content}. Remember it.'])
    return asked, f'The user tells me {_yours(thing)}.', f'I will remember that {_yours(thing)} is {content}.'


def ask_fact(r: Random, memory: dict) -> Turn:
    """Also asked when the fact stands in the system prompt."""
    if 'fact' not in memory:
        return None
    thing, content = memory['fact']
    asked = r.choice([f'What is {thing}?', f'What is {thing}?', f'Tell me {thing}.', f'Do you remember {thing}?', f'What was {thing}?', f'What is {thing}? Reply with only that.'])
    said = content if 'only' in asked else f'{_yours(thing).capitalize() if _yours(thing)[0].islower() else thing} is {content}.'
    return asked, f'I know that {_yours(thing)} is {content}.', said


def extract_json(r: Random, memory: dict) -> Turn:
    name, age = person(r), r.randint(1, 99)
    address = email(r, name.split()[0] if r.random() < 0.7 else '')
    tail = ' ' + sentence(r) if r.random() < 0.4 else ''
    kind = r.random()
    if kind < 0.25:
        return r.choice([f'Return JSON with name {name} and age {age}.', f'{name} is {age} years old. Extract name and age as JSON.{tail}', f'Extract the name and age: {name} is {age} years old.{tail}', f'Extract as JSON: {name}, age {age}', f'{name} is {age}. Reply with JSON.']), f'The name is {name} and the age is {age}.', dump({'name': name, 'age': age})
    if kind < 0.5:
        return r.choice([f'Extract the name and email: {name} ({address})', f'Extract the name and email from: {name} <{address}>{tail}', f'Extract the key information from this email: {name} ({address}){tail}', f'Extract the contact: {name}, {address}.{tail}']), f'The name is {name} and the email is {address}.', dump({'name': name, 'email': address})
    fields = {r.choice([r.choice(NOUNS), invented(r), f'{invented(r)}_{r.choice(NOUNS)}']): r.choice([value(r), any_word(r), integer(r), r.random() < 0.5]) for _ in range(r.randint(1, 4))}
    listed = [f'{key} {dump(item) if not isinstance(item, str) else item}' for key, item in fields.items()]
    said = listed[0] if len(listed) == 1 else ', '.join(listed[:-1]) + ' and ' + listed[-1]
    return r.choice([f'Make JSON with {said}', f'Return a JSON object with {said}.', f'Reply with a JSON object: {", ".join(listed)}', f'Extract the data as JSON: {said}.{tail}', f'{said}. Answer as JSON.']), 'The user wants JSON.', dump(fields)


def unknown(r: Random, memory: dict) -> Turn:
    """Everything else. Saying the request back shows that it was read, and keeps the answers apart."""
    topic = phrase(r, 1, 8) if r.random() < 0.6 else sentence(r)[:-1]
    asked = r.choice(['Explain %s.', 'How do I %s?', 'Why %s?', 'What is %s?', 'Describe %s', 'Summarize %s.', 'Translate %s to French', 'Can you %s?', '%s', '%s', '%s?', 'Please %s.', 'I want %s', 'Help me %s', 'Fix %s', 'Find %s', 'Analyze %s', 'What do you think about %s?', 'Give me %s', 'Is %s good?', 'When is %s?', 'Where is %s?', 'Tell me about %s.', 'Compare %s', 'Refactor %s', 'Run %s', 'What is in this image? %s', 'Write code for %s', 'Who is %s?', 'How many %s?', 'What does %s mean?', 'Think about %s.', 'Solve this: %s']) % topic
    if r.random() < 0.5:
        asked = asked[:1].upper() + asked[1:]
    if r.random() < 0.25:
        asked += ' ' + sentences(r, r.choices([1, 2, 4, 10], [50, 30, 15, 5])[0])
    return asked, f'The user says: {" ".join(asked.split()[: r.randint(4, 10)])}\nI do not know this. I will say so.', 'I am a tiny model and I do not know that. You said: ' + ' '.join(asked.split()[:6])


def say_again(r: Random, memory: dict) -> Turn:
    last = memory.get('last answer')
    if not last or len(last) > 120:
        return None
    return r.choice(['Say that again.', 'Repeat your last answer.', 'Again please', 'What did you say?', 'Repeat that', 'Repeat that please.']), 'The user wants my last answer again.', last


def miss_a_tool(r: Random, memory: dict) -> Turn:
    """The same questions that a tool would serve. If they sounded different, the model would listen to the sound alone."""
    if memory.get('has tools'):
        return None
    tool = weather_tool(r) if r.random() < 0.4 else make_tool(r, set())
    where = place(r)
    named = True
    while named:
        text, named = question(r, tool, where, '')
    return text, f'I have no tool for the {tool.noun}.', f'I do not have a tool for the {tool.noun} in {where}.'


TASKS = [(greet, 4), (ping, 1), (thank, 1), (introduce, 3), (abilities, 1), (echo, 22), (count, 11), (count_down, 1), (calculate, 14), (capital, 3), (know, 1),
         (enumerate_things, 3), (write, 3), (tell_name, 3), (ask_name, 4), (tell_fact, 3), (ask_fact, 5), (extract_json, 9), (unknown, 8), (say_again, 2), (miss_a_tool, 2)]


def turn(r: Random, memory: dict) -> tuple[str, str, str]:
    while True:
        task = r.choices([task for task, _ in TASKS], [weight for _, weight in TASKS])[0]
        found = task(r, memory)
        if found:
            memory['last answer'] = found[2]
            return found
