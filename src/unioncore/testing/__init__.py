"""For plugin authors: worked examples as tests."""
