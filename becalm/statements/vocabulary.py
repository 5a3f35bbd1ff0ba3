"""The words of the DSA Transparency Database (schema of July 2025): its fields, and what may stand in them.

Source: the database's API documentation, and Annex II of Implementing Regulation (EU) 2024/2835 for which keyword
belongs to which category.
"""

VISIBILITY = tuple(
    f"DECISION_VISIBILITY_{word}"
    for word in (
        "CONTENT_REMOVED", "CONTENT_DISABLED", "CONTENT_DEMOTED", "CONTENT_AGE_RESTRICTED",
        "CONTENT_INTERACTION_RESTRICTED", "CONTENT_LABELLED", "OTHER",
    )
)  # fmt: skip
MONETARY = tuple(f"DECISION_MONETARY_{word}" for word in ("SUSPENSION", "TERMINATION", "OTHER"))
PROVISION = tuple(
    f"DECISION_PROVISION_{word}"
    for word in ("PARTIAL_SUSPENSION", "TOTAL_SUSPENSION", "PARTIAL_TERMINATION", "TOTAL_TERMINATION")
)
SUSPENDED, TERMINATED = ACCOUNT = ("DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED")
ACCOUNT_TYPES = ("ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE")

ILLEGAL, INCOMPATIBLE = GROUNDS = ("DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT")

CONTENT_TYPES = tuple(
    f"CONTENT_TYPE_{word}" for word in ("TEXT", "IMAGE", "VIDEO", "AUDIO", "PRODUCT", "APP", "SYNTHETIC_MEDIA", "OTHER")
)

ARTICLE_16, TRUSTED_FLAGGER, OTHER_NOTIFICATION, VOLUNTARY = SOURCES = (
    "SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY",
)  # fmt: skip

YES, NO = DETECTIONS = ("Yes", "No")
FULLY, PARTIALLY, NOT = AUTOMATED = (
    "AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY", "AUTOMATED_DECISION_NOT_AUTOMATED",
)  # fmt: skip

OTHER_KEYWORD = "KEYWORD_OTHER"
_KEYWORDS = {
    "ANIMAL_WELFARE": "ANIMAL_HARM UNLAWFUL_SALE_ANIMALS",
    "CONSUMER_INFORMATION": (
        "HIDDEN_ADVERTISEMENT INSUFFICIENT_INFORMATION_ON_TRADERS MISLEADING_INFO_GOODS_SERVICES "
        "MISLEADING_INFO_CONSUMER_RIGHTS NONCOMPLIANCE_PRICING"
    ),
    "CYBER_VIOLENCE": (
        "CYBER_BULLYING_INTIMIDATION CYBER_HARASSMENT CYBER_INCITEMENT CYBER_STALKING NON_CONSENSUAL_IMAGE_SHARING "
        "NON_CONSENSUAL_MATERIAL_DEEPFAKE"
    ),
    "CYBER_VIOLENCE_AGAINST_WOMEN": (
        "BULLYING_AGAINST_GIRLS CYBER_HARASSMENT_AGAINST_WOMEN CYBER_STALKING_AGAINST_WOMEN "
        "FEMALE_GENDERED_DISINFORMATION INCITEMENT_AGAINST_WOMEN NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN "
        "NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN"
    ),
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": (
        "BIOMETRIC_DATA_BREACH DATA_FALSIFICATION MISSING_PROCESSING_GROUND RIGHT_TO_BE_FORGOTTEN"
    ),
    "ILLEGAL_OR_HARMFUL_SPEECH": "DEFAMATION DISCRIMINATION HATE_SPEECH",
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS": (
        "COPYRIGHT_INFRINGEMENT DESIGN_INFRINGEMENT GEOGRAPHIC_INDICATIONS_INFRINGEMENT PATENT_INFRINGEMENT "
        "TRADE_SECRET_INFRINGEMENT TRADEMARK_INFRINGEMENT"
    ),
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS": (
        "MISINFORMATION_DISINFORMATION VIOLATION_EU_LAW VIOLATION_NATIONAL_LAW"
    ),
    "NOT_SPECIFIED_NOTICE": "",
    "OTHER_VIOLATION_TC": (
        "ADULT_SEXUAL_MATERIAL AGE_SPECIFIC_RESTRICTIONS GEOGRAPHICAL_REQUIREMENTS GOODS_SERVICES_NOT_PERMITTED "
        "LANGUAGE_REQUIREMENTS NUDITY"
    ),
    "PROTECTION_OF_MINORS": (
        "AGE_SPECIFIC_RESTRICTIONS_MINORS CHILD_SEXUAL_ABUSE_MATERIAL CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE "
        "GROOMING_SEXUAL_ENTICEMENT_MINORS UNSAFE_CHALLENGES"
    ),
    "RISK_FOR_PUBLIC_SECURITY": "ILLEGAL_ORGANIZATIONS RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH TERRORIST_CONTENT",
    "SCAMS_AND_FRAUD": (
        "IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS INAUTHENTIC_LISTINGS INAUTHENTIC_USER_REVIEWS PHISHING "
        "PYRAMID_SCHEMES"
    ),
    "SELF_HARM": "CONTENT_PROMOTING_EATING_DISORDERS SELF_MUTILATION SUICIDE",
    "UNSAFE_AND_PROHIBITED_PRODUCTS": "PROHIBITED_PRODUCTS UNSAFE_PRODUCTS",
    "VIOLENCE": (
        "COORDINATED_HARM INCITEMENT_VIOLENCE_HATRED HUMAN_EXPLOITATION HUMAN_TRAFFICKING TRAFFICKING_WOMEN_GIRLS"
    ),
}
# By category: the keywords that may stand beside it. What was not specified by a notifier has none.
KEYWORDS: dict[str, tuple[str, ...]] = {
    f"STATEMENT_CATEGORY_{category}": (*(f"KEYWORD_{word}" for word in words.split()), OTHER_KEYWORD) if words else ()
    for category, words in _KEYWORDS.items()
}
CATEGORIES = tuple(KEYWORDS)
ALL_KEYWORDS = tuple(dict.fromkeys(keyword for keywords in KEYWORDS.values() for keyword in keywords))

# In the order of the database's own documentation; lists are lists in JSON too.
LISTS = ("decision_visibility", "content_type", "category_specification")
DATES = (
    "content_date", "application_date", "end_date_visibility_restriction", "end_date_monetary_restriction",
    "end_date_service_restriction", "end_date_account_restriction",
)  # fmt: skip
# By text: how many characters it may have at most.
TEXTS = {
    "decision_visibility_other": 500,
    "decision_monetary_other": 500,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "content_type_other": 500,
    "category_specification_other": 500,
    "decision_facts": 5000,
}
FIELDS = (
    "decision_visibility", "decision_visibility_other", "decision_monetary", "decision_monetary_other",
    "decision_provision", "decision_account", "account_type", "decision_ground", "decision_ground_reference_url",
    "illegal_content_legal_ground", "illegal_content_explanation", "incompatible_content_ground",
    "incompatible_content_explanation", "content_type", "content_type_other", "category", "category_specification",
    "category_specification_other", "content_language", "content_date", "application_date",
    "end_date_visibility_restriction", "end_date_monetary_restriction", "end_date_service_restriction",
    "end_date_account_restriction", "decision_facts", "source_type", "automated_detection", "automated_decision",
    "puid",
)  # fmt: skip
# The end of a restriction, by the decision that it ends.
ENDS = {
    "decision_visibility": "end_date_visibility_restriction",
    "decision_monetary": "end_date_monetary_restriction",
    "decision_provision": "end_date_service_restriction",
    "decision_account": "end_date_account_restriction",
}
URL = r"^https?://[^\s<>\"']{3,490}\Z"
PUID = r"^[a-zA-Z0-9_-]{1,500}\Z"
EARLIEST_CONTENT, EARLIEST_APPLICATION, LATEST = "2000-01-01", "2020-01-01", "2038-01-01"

# ISO 639-1, two letters each.
_LANGUAGES = (
    "AAABAEAFAKAMANARASAVAYAZBABEBGBIBMBNBOBRBSCACECHCOCRCSCUCVCYDADEDVDZEEELENEOESETEUFAFFFIFJFOFRFYGAGDGLGNGUGVHA"
    "HEHIHOHRHTHUHYHZIAIDIEIGIIIKIOISITIUJAJVKAKGKIKJKKKLKMKNKOKRKSKUKVKWKYLALBLGLILNLOLTLULVMGMHMIMKMLMNMRMSMTMYNA"
    "NBNDNENGNLNNNONRNVNYOCOJOMOROSPAPIPLPSPTQURMRNRORURWSASCSDSESGSISKSLSMSNSOSQSRSSSTSUSVSWTATETGTHTITKTLTNTOTRTS"
    "TTTWTYUGUKURUZVEVIVOWAWOXHYIYOZAZHZU"
)
LANGUAGES = frozenset(_LANGUAGES[place : place + 2] for place in range(0, len(_LANGUAGES), 2))
