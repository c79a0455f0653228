"""Stories, poems and essays: the long answers, wanted for streams that last."""

from random import Random

from .words import NOUNS, PLAIN, invented, phrase

# Each line offers variants, so that two seeds tell different stories at a temperature above zero.
_STORY = [
    ['Once upon a time there was a story about {x}.'],
    ['It began in a small village near a quiet river.', 'It began in an old house at the edge of a dark forest.'],
    ['Every morning the people walked to the old bridge and looked at the water.', 'Every evening the children sat by the fire and listened to the wind.'],
    ['One day a great storm came, and in the night the bridge was broken.', 'One day a stranger came, and in her bag there was a golden key.'],
    ['Nobody knew what to do, but everybody talked about {x}.'],
    ['A young girl took a lamp and went out to look for help.', 'An old farmer took his coat and went out to look for help.'],
    ['Together they worked until the sun was high in the sky.'],
]
_MORE = [
    ['On the way there was a mountain, and on the mountain there was snow.', 'On the way there was a lake, and on the lake there was a boat.'],
    ['A bird flew down from a tree and asked for some bread.', 'A fox came out of the grass and asked for some cheese.'],
    ['"Take what you need," was the answer, "and tell me about {x}."'],
    ['So they sat down under a tree and talked until the stars came out.'],
    ['In the morning the road was clear and the air was warm.', 'In the morning there was fog, and the road was hard to find.'],
    ['They walked for three days and three nights and did not stop.', 'They sailed for three days and three nights and did not sleep.'],
    ['At last they found a door made of stone, with a small light behind it.'],
    ['Behind the door there was a room full of books, and every book was about {x}.'],
    ['They read the first book, and then the second, and then all the others.'],
    ['When they came home, the whole village was waiting at the river.'],
    ['They brought wood and iron and built a new bridge, better than the old one.'],
    ['There was music and dance, and there was soup for everyone.', 'There was a long table, and there was cake for everyone.'],
    ['The children learned the songs, and the songs are still sung today.'],
]
_ENDING = [['From that day nobody was afraid of the night.', 'From that day they were friends.'], ['The end.']]
_ESSAY = [
    ['This is a text about {x}.'],
    ['I am a tiny model, so I know little about {x}, but I can write many sentences.'],
    ['First, it is good to ask where {x} began.', 'First, it is good to ask what {x} is for.'],
    ['Some people say that it began long ago, in a time without machines.', 'Some people say that it began last year, in a very small room.'],
    ['Others say that it is new and that nobody can know how it will end.'],
    ['Second, we can look at how it works.'],
    ['There are many parts, and each part needs the other parts.'],
    ['When one part is slow, everything is slow, and when one part breaks, somebody has to repair it.'],
    ['Third, we can think about why {x} matters.'],
    ['It helps people to learn, to work and to live together.', 'It gives people a reason to meet, to talk and to build.'],
    ['It also has a price, because nothing that is useful is free.'],
    ['We should be careful, ask questions and write down what we find.'],
    ['A good teacher would now give an example.'],
    ['Think of a garden: it needs water, light and time, and so does {x}.', 'Think of a bridge: it needs stone, wood and hands, and so does {x}.'],
    ['If we forget one of the three, we will see it soon enough.'],
    ['If we remember all of them, there is much to hope for.'],
    ['In the end, {x} is what we make of it.'],
    ['That is all I know about {x}.'],
]
_POEM = [
    ['Oh {x}, oh {x}, so bright and so small,', 'Oh {x}, oh {x}, so old and so tall,'],
    ['you sing in the summer and sleep in the fall.', 'you wake in the winter and dream in the fall.'],
    ['The moon and the river are waiting for you,', 'The wind and the water are calling for you,'],
    ['oh {x}, oh {x}, the morning is new.'],
]
_VERSES = [
    ['The road is a river of silver and grey,', 'The field is a carpet of yellow and grey,'],
    ['it carries the evening, it carries the day.'],
    ['The rain on the roof and the light in the tree,'],
    ['they murmur of {x} to you and to me.'],
]
_JOKE = [['Why did {x} cross the road? To get to the other side.']]
_HAIKU = [['Quiet morning light,'], ['a song about {x},', 'a thought about {x},'], ['and the river sleeps.']]


def _tell(r: Random, lines: list[list[str]], topic: str, between: str) -> str:
    return between.join(r.choice(line).replace('{x}', topic) for line in lines)


def _topic(r: Random) -> str:
    kind = r.random()
    if kind < 0.45:
        noun = r.choice(PLAIN + NOUNS) if r.random() < 0.6 else invented(r)
        return ('an ' if noun[0] in 'aeiou' else 'a ') + noun
    if kind < 0.6:
        return 'the ' + (r.choice(PLAIN + NOUNS) if r.random() < 0.6 else invented(r))
    return phrase(r, 1, 4)


def write(r: Random, memory: dict) -> tuple[str, str, str]:
    topic = _topic(r)
    about = f' about {topic}'
    if r.random() < 0.15:
        topic, about = {'a': 'the world', 'b': 'the moon'}[r.choice('ab')], ''
    end = r.choice(['', '.', '.', '. Thank you', ', please.'])
    size = r.choice(['200 word', '300-word', '500 word', '1000-word', 'very long', 'long', 'long', 'detailed'])
    kind = r.choices(['story', 'long story', 'poem', 'long poem', 'essay', 'joke', 'haiku'], [20, 25, 16, 5, 22, 6, 6])[0]
    match kind:
        case 'story':
            asked = r.choice(['Tell me a story', 'Write a story', 'Write a short story', 'Tell me a short story', 'Write me a story'])
            text = _tell(r, _STORY + _ENDING, topic, ' ')
        case 'long story':
            asked = r.choice([f'Write a {size} story', f'Tell me a {size} story', f'Please write a {size} story', f'Write me a {size} fairy tale'])
            text = _tell(r, _STORY + _MORE + _ENDING, topic, ' ')
        case 'poem':
            asked = r.choice(['Write a poem', 'Write a short poem', 'Write me a poem', 'Compose a poem'])
            text = _tell(r, _POEM, topic, '\n')
        case 'long poem':
            asked = f'Write a {size} poem'
            text = '\n\n'.join(_tell(r, lines, topic, '\n') for lines in (_POEM, _VERSES, _POEM))
        case 'essay':
            asked = r.choice(['Write an essay', f'Write a {size} essay', f'Write a {size} article', 'Write a paragraph', 'Write several paragraphs', f'Write a {size} text', 'Write a detailed explanation', 'Write a report'])
            if about and r.random() < 0.35:
                asked, about = r.choice([f'Explain {topic} in detail', f'Explain in detail {topic}', f'Describe {topic} in detail', f'Tell me everything about {topic}', f'Explain how {topic} works in detail']), ''
            text = _tell(r, _ESSAY, topic, ' ')
        case 'joke':
            asked = r.choice(['Tell me a joke', 'Tell a joke'])
            text = _tell(r, _JOKE, topic, ' ')
        case _:
            asked = r.choice(['Write a haiku', 'Write me a haiku', 'Compose a haiku'])
            text = _tell(r, _HAIKU, topic, '\n')
    if about and r.random() < 0.05:
        about = about.replace(' about', ' on', 1)
    return asked + about + end, f'The user wants a {kind} about {topic}. I will write it.', text
