"""Prints a few conversations, what is learned between double brackets: `python -m corpus 5`."""

import sys
from random import Random

from .document import generate

r = Random(5)
for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
    print(''.join(f'⟦{piece.text}⟧' if piece.learned else piece.text for piece in generate(r)), '=' * 80, sep='\n')
