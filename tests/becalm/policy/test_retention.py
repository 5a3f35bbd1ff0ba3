import pytest


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("comments: {days: 730}", "comments: {days: 730, then: pseudonymise}", "it can only be erased"),
        ("comments: {days: 730}", "comments: {days: 100}", "looks back"),
        ("decisions: {days: 1095, then: pseudonymise}", "decisions: {days: 183}", "184 days at least"),
        ("accesses: {days: 365}", "accessed: {days: 365}", "did you mean `accesses`"),
    ],
)
def test_terms_that_can_not_be_kept_to_are_refused_with_their_line(refused, old, new, why):
    error = refused(old, new)
    assert why in str(error)
    assert error.line_text == new
