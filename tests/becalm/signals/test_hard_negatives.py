"""Numbers that are nobody's: not one of them is masked."""

import pytest

from becalm.signals.private_data import find_private_data

NEGATIVES = [
    # prices and amounts, as countries write them
    "only $1,299.00 today", "€ 1.299,00 im Angebot", "1 299,00 € en promo", "1'299.00 CHF", "₹1,29,999 in India",
    "R$ 1.299.000,00 de prejuízo", "12 000 000 kr i böter", "£10000000 wasted", "1.000.000,50 EUR", "paid 12999.99 usd",
    "1 000 000 000 dollars", "$2025550143", "100000000 won", "5000000 yen",
    # years, dates, times
    "2013-11-07 12:37:15", "07.11.2013", "11/07/2013 10:45", "since 1999-2004", "2013 2014 2015",
    "1914-1918 and 1939-1945",
    "20131107", "born 01.02.1990", "2024-02-29T10:00:00", "Mon 03/02/2026 18:30", "12:37:15 2013", "10-12-2026",
    # orders, tickets, parcels, models
    "order number 12345678", "order 555-014-3321 never came", "Bestellnummer 4029357733", "pedido 612345678",
    "ma commande 0612345678 est perdue", "ordine 3471234567", "invoice 2026-000123456", "ticket #20481237",
    "tracking 00340434161094021501", "Sendungsnummer 003404341610", "case 5005550143", "booking ref 202-555-0143",
    "serial 8901234567890", "ISBN 9781234567897", "ISBN 978-3-16-148410-0", "EAN 4006381333931", "IMEI 490154203237518",
    "model 5500-1234-77", "part 123-45-6789", "sku 4111-1111-1111-1112", "version 10.0.19045.3803", "item 98765 43210",
    # counts
    "142,460,000 views", "142.460.000 Aufrufe", "142 460 000 vues", "1000000 subscribers", "2147483647 views",
    "10000000 people", "20255501 likes", "98765432 visualizações", "123456789 suscriptores", "5550143 times",
    "1 000 000 iscritti", "12345678 Abonnenten", "over 9000000 plays",
    # addresses of the net, ids, versions, coordinates, scores, pi
    "https://video.example.com/watch/20255501430", "watch?v=4111111111111", "192.168.100.200", "10.0.0.1:8080",
    "@user20255501430", "#20255501430", "id=202555014377", "3.14159265358979", "52.520008, 13.404954", "0.123456789",
    "6-4 7-6 3-6 6-4 10-8", "1-2-3-4-5-6-7-8-9", "123456789", "12345678", "4 8 15 16 23 42", "1234567890123456",
    "dQw4w9WgXcQ 12345678", "0x1234567890", "100% 200% 300% 4000000%", "call of duty 2000000", "text 1234567 people",
    # words that look like parts of ids, accounts and addresses
    "at20 people came to the show", "the shop on 5 Long Street is nice", "a 2 hour drive in 1999 2000 2001",
    "AB12 CD34 EF56 GH78", "GB82 is not an account", "pan 1234", "my id 12345", "sin city 2 (2014) was 102 minutes",
    "DE 2026 0001 0002 0003", "nhs waited 123 456 7890 days", "ABCDE1234F1",
]  # fmt: skip


def test_there_are_enough_of_them():
    assert len(set(NEGATIVES)) >= 60


@pytest.mark.parametrize("text", NEGATIVES)
def test_what_is_nobodys_is_left_alone(text):
    assert find_private_data(text) == []
