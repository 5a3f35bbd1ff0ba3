"""Statements of reasons: what each restricting decision rests on, in the schema of the DSA Transparency Database."""
