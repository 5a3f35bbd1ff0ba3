"""Whose private data it is, as far as the words beside it tell."""

import re
from enum import StrEnum

_LOOK_BEFORE, _LOOK_AFTER = 70, 40


class Whose(StrEnum):
    """`UNCLEAR` where nothing beside the data tells."""

    OWN = "own"
    ANOTHER = "another's"
    UNCLEAR = "unclear"


# What belongs to a person and can be written down; "my boss" is somebody, "my number" is one's own.
_THINGS = (
    r"(?:new |old |private |personal |home |cell |mobile |work |phone |bank |email |e-mail |mail |postal "
    r"|credit |debit |"
    r"order )*(?:number|no\b|num|nr|phone|cell|mobile|tel\w*|email|e-mail|mail|address|card|visa|iban|account"
    r"|whats ?app|"
    r"house|place|home|ssn|social|passport|id|contact|details|sin|nino|cpf|dni|nie|pesel|bsn|tfn|nhs|pan|aadhaa?r|"
    r"postcode|handy|nummer|handynummer|telefonnummer|adresse|mailadresse|konto|karte|ausweis|steuer\w*|"
    r"n[uú]mero|tel[eé]fono|celular|correo|direcci[oó]n|tarjeta|cuenta|m[oó]vil|num[ée]ro|t[ée]l[ée]phone|carte|compte|"
    r"telefono|cellulare|indirizzo|carta|conto|codice|telefone|endere[çc]o|cart[aã]o)"
)
_OWN = re.compile(
    rf"\b(?:(?:my|our|mine|mein\w{{0,2}}|unser\w{{0,2}}|mi|nuestr[oa]|mon|ma|notre|mio|mia|meu|minha) {_THINGS}"
    r"|(?:call|text|phone|ring|email|e-mail|mail|contact|reach|message|whats ?app|dm|add|write|write to|pay"
    r"|refund|charged?|"
    r"transfer to|send (?:it|them|the money)? ?to) (?:me|us)\b"
    r"|(?:i|we) (?:have )?paid (?:with|by) (?:a |the )?(?:credit |debit )?card"
    r"|i (?:live|am at|stay|can be reached)|i'?m at|we live|ich wohne|wir wohnen|(?:ruf|rufen sie"
    r"|schreib\w*) (?:mich|mir|uns)"
    r"|ll[aá]m[ae](?:n?me|nos)|escr[ií]b[ae]n?me|vivo en|(?:appelez|contactez|[ée]crivez)[ -](?:moi|nous)|j'habite"
    r"|chiamatemi|chiamami|abito|me ligue|moro)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    # His, her, their and your; "mine" again where it is a person: "my boss", "our neighbour's".
    rf"\b(?:(?:his|her|hers|their|your|ur|whose|sein\w{{0,2}}|ihr\w{{0,2}}|dein\w{{0,2}}|su|tu|son|sa|ton|ta|suo"
    rf"|sua|teu|seu) "
    rf"{_THINGS}"
    rf"|(?:my|our|the|this|that|mein\w{{0,2}}|mi|mon|ma) (?!{_THINGS}\b)(?:[^\W\d_]+ )?[^\W\d_]{{2,}}(?:'s|’s|s')"
    rf"|(?:my|our) (?!{_THINGS}\b)(?:[^\W\d_]+ )?[^\W\d_]{{3,}} (?:lives?|is at|can be reached)"
    r"|(?:he|she|they|you|who) (?:all )?(?:live|lives|stay|stays|reside|resides|work|works|is at|are at)|(?:he"
    r"|she|they)'(?:s|re) at"
    r"|(?:lives|stays|resides) (?:at|on|in)"
    r"|(?:call|text|phone|ring|email|e-mail|mail|contact|reach|message|harass|spam|visit|find) (?:him|her|them)\b"
    r"|(?:er|sie|du) wohn(?:t|st|en)|(?:ruft|schreibt) (?:ihn|sie|ihm|ihr)|(?:[ée]l|ella) vive|vive en"
    r"|ll[aá]m(?:al[ao]|enl[ao])"
    r"|(?:il|elle) habite|appelez-(?:le|la)|(?:lui|lei) abita|(?:ele|ela) mora)\b",
    re.IGNORECASE,
)
# Capital letters tell names, so case counts here.
_FIRST_NAME = r"[A-ZÄÖÜÉÁÍÓÚÑ][a-zäöüßéèáíóúñç]{1,15}"
_NAMED = re.compile(
    rf"\b(?:{_FIRST_NAME}(?:'s|’s)\b"
    rf"|{_FIRST_NAME} (?:lives?|stays?|resides?|wohnt|vive|habite|abita|mora)\b"
    rf"|(?:[Cc]all|[Tt]ext|[Pp]hone|[Rr]ing|[Ee]mail|[Mm]ail|[Ff]ind|[Vv]isit"
    rf"|[Hh]arass) {_FIRST_NAME}(?: {_FIRST_NAME})?\b"
    rf"|(?:Mrs?|Ms|Miss|Dr|Herr|Frau|Se[ñn]or[a]?|Sr|Sra|Monsieur|Madame|Mme|Signora?)\.? {_FIRST_NAME}"
    rf"|{_FIRST_NAME} {_FIRST_NAME},? (?i:{_THINGS})\b"
    rf"|{_FIRST_NAME} {_FIRST_NAME}(?: ?[:,=–-] ?| (?:is|at|on|under)(?: at| on)? ?)$)"
)
_NOBODY = re.compile(
    r"\b(?:Call|Text|Phone|Ring|Email|Mail|Find|Visit) (?:Me|Us|Now|Today|Center|Centre|Us|Our|The|My)\b"
    r"|\b(?:Customer|Phone|Mobile|Contact|Card|Order|Credit|Bank|Whats|Please|Hello|Dear|It|That|What|There|Here"
    r"|Let|Who)\b"
)

_AFTER = (
    (
        re.compile(
            rf"\b(?:(?:is|that'?s|that’s) (?:me|mine|my {_THINGS})|(?:call|text|email|contact) me|es mi|ist meine)\b",
            re.IGNORECASE,
        ),
        Whose.OWN,
    ),
    (
        re.compile(
            r"\b(?:is (?:his|hers?|theirs|your|their)|(?:he|she|they|you) lives?|(?:call|text) (?:him|her|them))\b",
            re.IGNORECASE,
        ),
        Whose.ANOTHER,
    ),
    (re.compile(rf"^ ?(?:is|belongs to) {_FIRST_NAME}\b|^ ?\(?{_FIRST_NAME} {_FIRST_NAME}\)?$"), Whose.ANOTHER),
)


def whose_data(text: str, start: int, end: int) -> Whose:
    """Whose data stands at `text[start:end]`: what is nearest before it tells, then what comes right after.

    One's own: "my number", "call me", "I live at". Another's: a second or third person ("her number", "you live at",
    "call him"), somebody of one's own ("my ex's"), or a name ("Jane lives at", "Jane Doe: ").
    """
    before = text[max(0, start - _LOOK_BEFORE) : start]
    told = [
        *((found.end(), Whose.OWN) for found in _OWN.finditer(before)),
        *((found.end(), Whose.ANOTHER) for found in _OF_OTHERS.finditer(before)),
        *((found.end(), Whose.ANOTHER) for found in _NAMED.finditer(before) if not _NOBODY.search(found[0])),
    ]
    if told:
        return max(told, key=lambda one: one[0])[1]
    after = text[end : end + _LOOK_AFTER].partition(".")[0]
    first = [(found.start(), whose) for pattern, whose in _AFTER if (found := pattern.search(after))]
    return min(first, key=lambda one: one[0])[1] if first else Whose.UNCLEAR
