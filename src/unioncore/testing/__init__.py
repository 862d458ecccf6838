"""For plugin authors: worked examples as pytest items, what they leave out, and random people.

``unioncore.testing.scenarios`` is a pytest plugin; ``unioncore.testing.promises`` holds the tests
that every plugin takes over; ``unioncore.testing.mutations`` finds what no worked example holds;
``unioncore.testing.strategies`` needs hypothesis. Nothing here is imported by the library itself.
"""
