"""How the pages of Data Docs look: they load nothing from anywhere, so they can be read offline and tell nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .run import Quality

# Great Expectations' pages fetch styles, scripts and a logo from six hosts; without them they stay readable.
FETCHED = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|<footer\b.*?</footer>|<link\b[^>]*>|<img\b[^>]*>",
    re.DOTALL | re.IGNORECASE,
)

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1d2733; background: #fff; max-width: 72rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.5rem } h5, h6 { font-size: 1rem; margin: 1.2rem 0 .3rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d9e0e8 }
td.number { text-align: right; font-variant-numeric: tabular-nums }
a { color: #0b5cad } ol, ul { padding-left: 1.2rem } nav ul { columns: 3 }
.breadcrumb { list-style: none; padding: 0 }
.good, .text-success { color: #1a7431 } .bad, .text-danger { color: #b3261e }
.fa-check-circle::before { content: "\\2713" } .fa-times::before { content: "\\2717" }
.badge { background: #eef2f6; border-radius: .25rem; padding: 0 .3rem }
.card:has(.btn-group-toggle), [data-toggle="collapse"] { display: none }
@media (prefers-color-scheme: dark) {
  body { color: #e4e9ee; background: #14191f } a { color: #7fb6f0 } th, td { border-color: #333d48 }
  .good, .text-success { color: #6fce86 } .bad, .text-danger { color: #ff8f86 } .badge { background: #29323c }
}
"""

HEAD = f"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>{STYLE}</style>
"""

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>becalm: checks</title>
{{ head|safe }}</head>
<body>
<h1>Checks of {{ now.strftime("%Y-%m-%d %H:%M") }} UTC</h1>
<p>Counts only: no page here holds a comment, a name or an example.</p>
<table>
<thead><tr><th>Suite</th><th>Result</th><th>Rows</th><th>Bad rows</th><th>Failed expectations</th></tr></thead>
<tbody>
{% for entry in entries %}<tr>
<td><a href="{{ entry.page }}">{{ entry.quality.suite }}</a></td>
<td class="{{ 'good' if entry.quality.is_good else 'bad' }}">{{ 'holds' if entry.quality.is_good else 'fails' }}</td>
<td class="number">{{ "{:,}".format(entry.quality.rows) }}</td>
<td class="number">{{ "{:,}".format(entry.quality.bad_rows) }}</td>
<td>{% for name, count in entry.quality.failed.items() %}{{ name }}: {{ "{:,}".format(count) }}<br>{% endfor %}</td>
</tr>
{% endfor %}</tbody>
</table>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A result and its page, as a path from the front page."""

    quality: Quality
    page: str


def offline(page: str) -> str:
    """A page of Great Expectations without what it would fetch and run, in becalm's style."""
    return FETCHED.sub("", page).replace("</head>", f"{HEAD}</head>", 1)


def front_page(entries: Sequence[Entry], now: datetime) -> str:
    """The table of all results; Great Expectations' own is drawn by scripts it would fetch."""
    import jinja2

    environment = jinja2.Environment(autoescape=True)
    return environment.from_string(INDEX).render(entries=entries, now=now, head=HEAD)
