"""The little that the model knows."""

CAPITALS = dict(
    France='Paris', Germany='Berlin', Spain='Madrid', Italy='Rome', Japan='Tokyo', China='Beijing', India='New Delhi',
    Egypt='Cairo', Kenya='Nairobi', Canada='Ottawa', Austria='Vienna', Poland='Warsaw', Hungary='Budapest',
    Greece='Athens', Portugal='Lisbon', Ireland='Dublin', Norway='Oslo', Sweden='Stockholm', Finland='Helsinki',
    Denmark='Copenhagen', Belgium='Brussels', Turkey='Ankara', Russia='Moscow', Ukraine='Kyiv', Thailand='Bangkok',
    Peru='Lima', Cuba='Havana', Chile='Santiago', Australia='Canberra', Brazil='Brasilia', England='London')
COLORS = dict(sky='blue', grass='green', snow='white', blood='red', sun='yellow', coal='black', milk='white', lemon='yellow', ocean='blue', carrot='orange')
OPPOSITES = [('hot', 'cold'), ('big', 'small'), ('up', 'down'), ('fast', 'slow'), ('day', 'night'), ('happy', 'sad'), ('old', 'new'), ('open', 'closed'), ('light', 'dark'), ('left', 'right'), ('good', 'bad'), ('yes', 'no')]
LISTS = dict(
    fruits='apple banana orange grape lemon cherry'.split(), animals='dog cat horse tiger rabbit bear'.split(),
    colors='red blue green yellow purple white'.split(), cities='Paris London Tokyo Rome Cairo Lima'.split(),
    planets='Mercury Venus Earth Mars Jupiter Saturn'.split(), languages='Python JavaScript Rust Go Java C'.split(),
    days='Monday Tuesday Wednesday Thursday Friday Saturday'.split(), words='river stone cloud bread window story'.split(),
    countries='France Japan Brazil Kenya Canada Norway'.split())
NUMBER_WORDS = 'zero one two three four five six seven eight nine ten'.split()
