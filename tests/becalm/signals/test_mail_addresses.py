import pytest

from becalm.signals.mail_addresses import find_emails


@pytest.mark.parametrize(
    "text",
    [
        "mail jane.doe@example.org",
        "jane_doe at gmail dot com",
        "janedoe(at)yahoo.com",
        "jane @ gmail.com",
        "J+x@mail.example.co.uk",
    ],
)
def test_an_email_address_is_found(text):
    (found,) = find_emails(text)
    assert found.kind == "e-mail address"
    assert "doe" not in found.masked
    assert "example" not in found.masked


@pytest.mark.parametrize(
    "text",
    [
        "write to info@example.com",
        "support@example.com",
        "@jane look at gmail.com",
        "see you @ forms.example.com",
        "a@b",
    ],
)
def test_role_addresses_and_mentions_are_nobodys_address(text):
    assert list(find_emails(text)) == []
