"""Terms are made once each, and stay the same where they are sent."""

import pickle

from unioncore.bulk.terms import FALSE, TRUE, ColumnTerms


def test_what_is_certain_folds_away() -> None:
    terms = ColumnTerms()
    one, other = terms.of("yes", given=("a",)), terms.of("yes", given=("b",))
    assert terms.of("yes", given=("a",)) is one
    assert terms.all([one, TRUE]) is one
    assert terms.all([one, other, FALSE]) is FALSE
    assert terms.any([one, terms.negated(one)]) is TRUE
    assert terms.all([one, other]) is terms.all([other, one, one])


def test_a_term_that_was_sent_to_another_process_is_what_it_was() -> None:
    terms = ColumnTerms()
    part = terms.of("yes", given=("a",))
    whole = terms.of("first", part, TRUE, terms.negated(part), FALSE)
    sent = pickle.loads(pickle.dumps(whole))
    assert sent.parts[1] is TRUE
    assert sent.parts[3] is FALSE
    assert sent.parts[2].parts[0] is sent.parts[0]
