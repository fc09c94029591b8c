"""Notes as people really have them, each of which an entry must fit into without disturbing anything else."""

from __future__ import annotations

from collections.abc import Iterator

HEAD = """---
# the order is ours
native: 大和精密株式会社   # as on the card
name: Yamato Precision
stage:   'wtt'    # since spring
people:
  - {name: Ito Haruka, role: HR head, level: working}
  - {name: 佐藤 健二, role: 社長, level: strategic}
odd key: "kept: as it is"
---
"""
ENTRY = "## 2026-11-06 visit with Ito Haruka\nShe walked me through it.\n\n- need: telephone manners\n"
OLDER = "## 2026-06-18 meeting with Ito Haruka\nThey had not been briefed.\n\n- stage: wtt\n"

NOTES: dict[str, str] = {
    "empty": "",
    "blank lines only": "\n\n\n",
    "one word": "Yamato",
    "two lines": "Yamato\nNice people.\n",
    "head only": HEAD,
    "head and text": f"{HEAD}Third generation.\n",
    "head of nothing": "---\n---\n",
    "head in braces": "---\n{name: Yamato, stage: wtt, value: 3}\n---\nText.\n",
    "head closed by dots": "---\nname: Yamato\n...\nText.\n",
    "blank lines before the head": f"\n\n{HEAD}{ENTRY}",
    "stage without a value": "---\nname: Yamato\nstage:\n---\n",
    "stage in Japanese": "---\nname: 大和\nstage: 可能性あり # 春から\n---\n## 2026年11月6日（金）訪問　佐藤様\n- 要望：電話\n",
    "stage with a wide colon": "---\nname: 大和\nstage： wtt\n---\nText.\n",
    "stage in capitals": "---\nName: Yamato\nStage: WTT\n---\nText.\n",
    "stage misspelt": "---\nname: Yamato\nstage: posible\n---\nText.\n",
    "name over two lines": "---\nname: Yamato\n  Precision\narea: Ōta\n---\nText.\n",
    "stage in a row": '---\npeople:\n  - {name: Mori, note: "stage: x"}\nstage: wtt\n---\nText.\n',
    "newest first": f"{HEAD}Intro.\n\n{ENTRY}\n{OLDER}",
    "oldest first": f"{HEAD}Intro.\n\n{OLDER}\n{ENTRY}",
    "no blank lines": f"{HEAD}{ENTRY}{OLDER}",
    "wide gaps": f"{HEAD}{ENTRY}\n\n\n{OLDER}\n\n\n",
    "text after the entries": f"{HEAD}{ENTRY}\n## Background\nOld firm.\n\n# Also\nMore.\n",
    "deep headings": f"{HEAD}# Visits\n\n### 2026-11-06 visit\nA.\n\n#### Details\nB.\n\n### 2026-06-18 call\nC.\n",
    "entries within entries": f"{HEAD}## 2026-11-06 visit\nA.\n\n### 2026-11-05 call\nB.\n\n## 2026-06-18 visit\nC.\n",
    "years as headings": f"{HEAD}# 2026\n\n## 2026-11-06 visit\nA.\n\n# 2025\n\n## 2025-11-06 visit\nB.\n",
    "underlined headings": f"{HEAD}2026-11-06 visit\n----------------\nA.\n\n2026-06-18 call\n---------------\nB.\n",
    "in no order": f"{HEAD}{OLDER}\n{ENTRY}\n## 2026-09-01 call\n- unanswered\n",
    "plans ahead": f"{HEAD}## 2027-02-01 meeting with Ito Haruka\n\n{ENTRY}",
    "two of a day": f"{HEAD}{ENTRY}\n## 2026-11-06 call\nAgain.\n",
    "linked days": f"{HEAD}## [[2026-11-06]] visit\nA.\n",
    "slashes": f"{HEAD}## 2026/11/6（金）訪問 伊藤様と\n- 要望：電話\n\n## 2026/6/18（木）電話\n",
    "Japanese days": "---\nname: 大和\n---\n## 2026年11月6日（金）10:30 訪問　佐藤様\n・要望：電話応対\n・延期：六月\n",
    "days of the era": f"{HEAD}## 令和8年11月6日 訪問\n本文。\n",
    "letters of the era": f"{HEAD}## R8.11.6 訪問\n本文。\n",
    "full-width days": f"{HEAD}## ２０２６年１１月６日（金） 訪問\n本文。\n",
    "full-width slashes": f"{HEAD}## ２０２６／１１／０６ 訪問\n本文。\n",
    "English weekday": f"{HEAD}## 2026-11-06 (Fri) visit with Ito Haruka\nA.\n",
    "weekday written out": f"{HEAD}## 2026-11-06 Friday visit\nA.\n",
    "asterisks": f"{HEAD}## 2026-11-06 visit\n* need: one\n* [ ] two 📅 2026-11-20\n",
    "plus signs and indents": f"{HEAD}## 2026-11-06 visit\n + need: one\n + got: two\n",
    "loose list": f"{HEAD}## 2026-11-06 visit\n\n- need: one\n\n- got: two\n\n  more of it\n",
    "list within a list": f"{HEAD}## 2026-11-06 visit\n- need: one\n  - got: two\n    - no: three\n",
    "numbers": f"{HEAD}## 2026-11-06 visit\n1. one\n2. two\n",
    "list runs on": f"{HEAD}## 2026-11-06 visit\n- need: one\nruns on lazily\n{OLDER}",
    "quote": f"{HEAD}## 2026-11-06 visit\n> said she\nand more\n\n{OLDER}",
    "table at the end": f"{HEAD}{ENTRY}\n| a | b |\n| - | - |\n| 1 | 2 |",
    "fence with a day in it": f"{HEAD}```\n## 2026-01-01 visit\n```\n\n{ENTRY}",
    "fence within an entry": f"{HEAD}## 2026-11-06 visit\n```\n- need: no line\n```\n{OLDER}",
    "indented code": f"{HEAD}## 2026-11-06 visit\n\n    - need: no line\n\n{OLDER}",
    "footnotes": f"{HEAD}Text.[^1]\n\n{ENTRY}\n[^1]: A note.\n",
    "definitions": f"{HEAD}See [site].\n\n{ENTRY}\n[site]: https://example.jp\n",
    "links": f"{HEAD}[[Hakone]] and [[Ito Haruka]].\n\n## 2026-11-06 visit\n[[Hakone|H]] – [[X#2026-01-01]]\n\n{OLDER}[[Y]]\n",
    "private passage": f"{HEAD}Text %%secret\n\n## 2026-12-24 visit\nhidden%% more.\n\n{ENTRY}",
    "comment": f"{HEAD}<!--\n## 2026-12-24 visit\n-->\n{ENTRY}\n<!-- end -->\n",
    "private entry on top": f"{HEAD}## 2026-11-07 visit #private\nSecret.\n\n{ENTRY}",
    "private entry at the end": f"{HEAD}{ENTRY}\n## 2026-01-07 visit #private\nSecret.\n",
    "private chapter": f"{HEAD}# Ours #private\nSecret.\n\n## 2026-11-06 visit\nSecret too.\n",
    "private note": "---\nname: Yamato\nprivate: true\n---\n## 2026-11-06 visit\nA.\n",
    "word outside an entry": f"{HEAD}- need: nobody's\n- [ ] a promise 📅 2026-11-20\n\n{ENTRY}",
    "a slip of a day": f"{HEAD}## 2026-02-30 visit\nA.\n\n11/6（金）TEL 不在\n\n{ENTRY}",
    "confirmed and misspelt": f"{HEAD}## 2026-11-06 visit\n- confirmed: nothing\n- nead: x\n\n{OLDER}",
    "composed otherwise": f"{HEAD}Cafe\u0301 \u304b\u3099 \ufb01.\n\n## 2026-11-06 visit\nO\u0304ta.\n",
    "odd characters": f"{HEAD}a\u2028b\u0085c\u00a0d\ue000 🈚 𠮷野家\n\n{ENTRY}",
    "blanks at line ends": f"{HEAD}Text.  \nmore \t\n\n{ENTRY.replace(chr(10), '  ' + chr(10))}",
    "rule across": f"{HEAD}Text.\n\n***\n\n{ENTRY}\n___\n\nAfter.\n",
    "html": f"{HEAD}<div>\n\n{ENTRY}\n</div>\n",
    "callout": f"{HEAD}> [!note] Mind\n> ## 2026-01-01 visit\n\n{ENTRY}",
    "hashes at the end": f"{HEAD}## 2026-11-06 visit ##\nA.\n",
    "empty entry": f"{HEAD}## 2026-11-06 visit\n## 2026-06-18 call\n",
}
"""By what is odd about each; all of them take an entry."""

REFUSED: dict[str, bytes] = {
    "Shift JIS": "---\nname: 大和精密\n---\n大和精密株式会社を訪問。\n".encode("cp932"),
    "UTF-16": "---\nname: 大和精密\n---\n".encode("utf-16"),
    "a broken byte": b"---\nname: Yamato\n---\nText \xff here, and so on.\n",
    "front matter never closed": b"---\nname: Yamato\nstage: wtt\n",
    "front matter in ruins": b"---\nname: Y\n<<<<<<< HEAD\nstage: wtt\n=======\nstage: won\n>>>>>>> b\n---\n",
    "keys without dashes": b"name: Yamato\nstage: wtt\n\nText.\n",
    "a private mark without its other half": b"---\nname: Yamato\n---\n%% and so on\n",
}
"""Bytes into which nothing may be written."""


def variations(text: str) -> Iterator[tuple[str, bytes]]:
    """A note with each kind of line end, with and without an encoding mark and an end of its last line."""
    mixed = (
        "".join(line + ("\r\n" if n % 3 else "\n") for n, line in enumerate(text.split("\n")[:-1]))
        + text.rpartition("\n")[2]
    )
    yield "as it is", text.encode()
    yield "CRLF and a mark", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    yield "mixed, not ended", mixed.rstrip("\r\n").encode()
    yield "old Mac, ended twice", (text + "\n").replace("\n", "\r").encode()
