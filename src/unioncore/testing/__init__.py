"""For plugin authors: worked examples as pytest items, and random people to ask about.

``unioncore.testing.scenarios`` is a pytest plugin; ``unioncore.testing.strategies`` needs
hypothesis. Nothing here is imported by the library itself.
"""
