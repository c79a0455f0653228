"""Word lists and invented words. All of them were written for this project; nothing is copied from a text.

The model has to copy words that it never saw, so invented words matter more than real ones: every spelling habit
below (syllables, loose letters, endings, compounds, capitals) exists to give all pieces of the vocabulary a turn.
"""

import json
from pathlib import Path
from random import Random

HELD_OUT = json.loads((Path(__file__).parent.parent / 'held_out.json').read_text())
_FORBIDDEN = {word.lower() for words in HELD_OUT.values() for word in words}


def _list(text: str) -> list[str]:
    """A word list without the words that the evaluation keeps for itself."""
    return [word for word in text.split() if word.lower() not in _FORBIDDEN]


CITIES = _list('''
Paris London Berlin Madrid Rome Tokyo Osaka Kyoto Beijing Shanghai Delhi Mumbai Cairo Lagos Nairobi Sydney Melbourne
Perth Toronto Montreal Vancouver Boston Chicago Denver Seattle Portland Austin Dallas Houston Miami Atlanta Phoenix
Vienna Prague Warsaw Budapest Athens Lisbon Porto Dublin Edinburgh Glasgow Manchester Oslo Stockholm Helsinki
Copenhagen Amsterdam Brussels Zurich Geneva Milan Naples Venice Florence Lyon Nice Marseille Hamburg Munich Cologne
Frankfurt Istanbul Ankara Moscow Kyiv Seoul Busan Bangkok Hanoi Jakarta Manila Singapore Lima Bogota Santiago Quito
Caracas Havana Brasilia''') + ['New York', 'San Francisco', 'Los Angeles', 'Hong Kong', 'Buenos Aires', 'Mexico City',
                               'Cape Town', 'San Diego', 'Las Vegas', 'New Delhi', 'Rio de Janeiro']
REGIONS = _list('CA NY MA TX WA IL FL OR CO GA UK USA France Germany Japan Spain Canada Brazil India Norway Egypt')
NAMES = _list('''
Alice Bob Carol David Emma Frank Grace Henry Iris Jack Karen Leo Maria Nina Oscar Paul Quinn Rosa Sam Tina Uma Victor
Wendy Xena Yara Zoe Ahmed Chen Diego Elena Fatima Hana Ivan Jane John Kofi Lena Mary Noah Omar Peter Raj Sofia Tom''')
SURNAMES = _list('''
Smith Jones Brown Garcia Miller Lee Kim Patel Chen Silva Rossi Novak Weber Moore Clark Lewis Young King Wright Hill Doe''')

# Nouns that tools are about; they also serve as ordinary nouns.
NOUNS = _list('''
weather temperature price balance status schedule score distance population recipe traffic inventory forecast rating
address profile invoice order ticket event calendar note record report summary translation definition synonym route
timezone currency stock exchange rate humidity altitude latency quota policy license document article headline song
album movie book author patient employee student customer vendor product shipment package flight hotel booking
reservation menu restaurant sensor device printer camera vehicle engine battery signal channel session account payment
refund coupon discount contract deadline task issue branch commit build release deployment container cluster bucket
queue topic message thread comment review rank label tag category color size weight height age phone email website
domain host port user group role permission file folder page image video audio word number sentence question answer
city river mountain garden bridge machine network database index cache token model server client request response
header body schema result error warning setting option feature plan budget market history science music language
water light energy time date season game team player tool library module function variable test key value''')
VERBS = _list('''
get fetch lookup find check search read query retrieve load show describe list compute calculate create update delete
send set run start stop open close add remove convert translate''')
ACTIONS = _list('''
write make take give keep use help ask tell explain review follow answer include avoid prefer return call change fix
check test move open close read send show build plan sort count compare choose confirm repeat ignore mention save''')
ADJECTIVES = _list('''
live daily internal public private cached remote local fast full basic current latest old new good simple small large
clear short long bright dark quiet loud warm cold hidden careful helpful correct useful common special modern ancient
golden silver gentle strange brave clever safe free open closed early late happy sad slow quick important empty''')
PLAIN = _list('''
apple banana orange grape lemon cherry dog cat bird fish horse tiger lion bear wolf rabbit mouse red blue green yellow
purple white black brown house car train boat plane bike forest ocean lake island beach road village flower tree leaf
sun moon star sky cloud rain snow wind storm fire stone metal glass paper story dance puzzle computer table chair
window door wall floor kitchen bread cheese soup rice pizza coffee tea milk sugar salt big magic tiny giant broken
morning evening night summer winter spring autumn friend teacher doctor farmer king queen pirate robot dragon wizard
knight runs jumps sings walks sleeps eats builds finds makes takes gives sees hears knows thinks says asks tells turns
plays works needs wants likes loves the a one two three four five some every my your our their this that and or but
with without under over near from to in on at by for of about into after before while because when where how why code
data system prompt stream agent input output string object array memory disk cloud python javascript rust linux api
alpha beta gamma delta omega hello world stop end begin please thanks yes no ok foo bar baz test first second last
people child school street money power head hand eye foot heart voice idea problem reason place thing world year week
month hour minute north south east west left right top bottom inside outside never always often sometimes today
tomorrow yesterday maybe again together alone almost enough really very more less most many few other same different
quantum entanglement climate gravity planet history algorithm neural learning photosynthesis economy democracy poetry
sort array recursion compiler kernel browser website keyboard mobile application business marketing strategy''')
WORDS = PLAIN + NOUNS + ACTIONS + ADJECTIVES

_ONSETS = 'b c d f g h j k l m n p qu r s t v w x y z bl br cl cr dr fl fr gl gr kl pl pr sc sh sk sl sm sn sp st sw th tr tw wh'.split()
_VOWELS = 'a e i o u a e i o u ai ou ea ee oo y ie oa au io'.split()
_CODAS = ['', '', '', ''] + 'n r s l k m t x d p b g nd st ng ck ll ss tt rd rn lt mp nt ff sh th ft'.split()
_ENDINGS = 's es ed ing er est ly ness ment tion al ic ous ive able ful less ity ism ist y le et on an'.split()
_BEGINNINGS = 'un re pre dis over under out mis non inter super'.split()
_LETTERS = 'aabcdeeefghiijklmnoopqrrssttuvwxyz'


def _syllables(r: Random, least: int, most: int) -> str:
    return ''.join(r.choice(_ONSETS) + r.choice(_VOWELS) + (r.choice(_CODAS) if r.random() < 0.4 else '')
                   for _ in range(r.randint(least, most)))


def invented(r: Random, least: int = 1, most: int = 3) -> str:
    """A lower-case word that exists in no list."""
    kind = r.random()
    if kind < 0.6:
        return _syllables(r, least, most)
    if kind < 0.72:
        return ''.join(r.choice(_LETTERS) for _ in range(r.randint(2, 4 + 2 * most)))
    if kind < 0.86:
        return r.choice(WORDS) + r.choice(_ENDINGS)
    if kind < 0.92:
        return r.choice(_BEGINNINGS) + r.choice(WORDS)
    return r.choice(WORDS) + r.choice(WORDS)


def name_like(r: Random, least: int = 2, most: int = 3) -> str:
    return invented(r, least, most).capitalize()


def any_word(r: Random) -> str:
    """A word as users type them: mostly lower case, half of them invented, now and then a number."""
    kind = r.random()
    if kind < 0.42:
        return r.choice(WORDS)
    if kind < 0.74:
        return invented(r)
    if kind < 0.88:
        return (invented(r) if r.random() < 0.7 else r.choice(WORDS)).capitalize()
    if kind < 0.92:
        return (invented(r, 1, 2) if r.random() < 0.5 else r.choice(WORDS)).upper()
    if kind < 0.94:
        return invented(r, 1, 2) + invented(r, 1, 1).capitalize()
    if kind < 0.955:
        return r.choice(CITIES)
    return str(r.randint(0, 9999))


def phrase(r: Random, least: int, most: int) -> str:
    return ' '.join(any_word(r) for _ in range(r.randint(least, most)))


def symbols(r: Random) -> str:
    """Text outside ASCII, which the tokenizer spells byte by byte."""
    low, high = r.choice([(0xE0, 0xFF), (0x3B1, 0x3C9), (0x430, 0x44F), (0x3042, 0x3093), (0x4E00, 0x4FFF), (0x1F600, 0x1F64F), (0x1F30D, 0x1F320)])
    text = ''.join(chr(r.randint(low, high)) for _ in range(r.randint(1, 5)))
    return invented(r, 1, 1) + text if r.random() < 0.3 else text
