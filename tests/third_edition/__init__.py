"""A third edition, of two invented texts about a windmill: what the engine can do for documents it has never seen.

`sources` reads the texts, `corpus` says what is known of them, `library` builds an index and opens both.
The texts, names and places are invented for these tests.
"""
