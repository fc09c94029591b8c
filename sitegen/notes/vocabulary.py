"""The words that Kayoi understands in a note, in both languages: literal tables, read top to bottom.

The Japanese line words are chosen so that ordinary sentences don't begin with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from sitegen.records import dataclass
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry."""

    key: str
    words: tuple[str, ...]
    """What a heading may call it, English and Japanese; compared folded."""
    face_to_face: bool = False
    """Counts as a visit and earns a stamp (rule R1)."""


KINDS: tuple[Kind, ...] = (
    Kind(
        "visit", ("visit", "visited", "訪問", "往訪", "来訪", "来社", "挨拶", "あいさつ"), face_to_face=True
    ),
    Kind(
        "meeting",
        ("meeting", "met", "面談", "打合せ", "打ち合わせ", "打合わせ", "会議", "商談"),
        face_to_face=True,
    ),
    Kind("call", ("call", "called", "phone", "phoned", "tel", "電話", "架電", "入電", "テレアポ")),
    Kind("email", ("email", "e-mail", "mail", "メール")),
    Kind(
        "letter",
        (
            "letter",
            "postcard",
            "手紙",
            "年賀状",
            "はがき",
            "葉書",
            "礼状",
            "お礼状",
            "暑中見舞い",
            "寒中見舞い",
        ),
    ),
    Kind(
        "online",
        (
            "online",
            "video",
            "zoom",
            "teams",
            "オンライン",
            "リモート",
            "ウェブ会議",
            "テレビ会議",
            "web会議",
            "web",
        ),
    ),
    Kind("event", ("event", "seminar", "イベント", "セミナー", "展示会"), face_to_face=True),
    Kind(
        "meal",
        ("meal", "lunch", "dinner", "会食", "昼食", "夕食", "昼食会", "夕食会", "ランチ"),
        face_to_face=True,
    ),
    Kind("gift", ("gift", "贈答", "お中元", "お歳暮")),
    Kind("showcase", ("showcase", "見学", "見学会"), face_to_face=True),
    Kind("fax", ("fax", "ファックス", "ファクス")),
    Kind("message", ("message", "chat", "line", "メッセージ", "チャット")),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One line word: `- need (who): text`."""

    key: str
    words: tuple[str, ...]
    bare: bool = False
    """May stand alone, without a colon."""
    after: str = ""
    """Further text that is allowed right after a bare word (a regular expression)."""


WORDS: tuple[Word, ...] = (
    Word("need", ("need", "要望", "課題")),
    Word("assumed", ("assumed", "仮説")),
    Word("confirmed", ("confirmed", "裏付け")),
    Word("basics", ("basics", "基本確認")),
    Word("briefed", ("briefed", "事前共有")),
    Word("absent", ("absent", "欠席")),
    Word("introduced", ("introduced", "先方へ紹介")),
    Word("gave", ("gave", "提供")),
    Word("got", ("got", "受領")),
    Word("setback", ("setback", "苦労話")),
    Word("advice", ("advice", "助言依頼")),
    Word("no", ("no", "断り")),
    Word("postponed", ("postponed", "延期")),
    Word("business", ("business", "商談")),
    Word(
        "unanswered", ("unanswered", "no answer", "不在", "留守", "留守電", "返信なし", "応答なし"), bare=True
    ),
    Word("inbound", ("inbound", "先方から"), bare=True),
    Word("stage", ("stage", "段階")),
    Word("by", ("by", "担当")),
    Word("lesson", ("lesson", "教訓")),
)

STAGE_WORDS: Mapping[str, tuple[str, ...]] = {
    "approach": ("approach", "アプローチ", "開拓"),
    "wtt": ("wtt", "willing to talk", "対話", "面談可"),
    "possible": ("possible", "可能性あり", "可能性"),
    "probable": ("probable", "有望", "見込み"),
    "won": ("won", "成約", "受注"),
    "resting": ("resting", "休眠", "休止"),
    "dropped": ("dropped", "見送り", "断念"),
}

HONORIFICS: tuple[str, ...] = ("さま", "様", "さん", "氏", "殿", "先生", "くん", "君", "ちゃん")
"""Stand after a name; not part of it."""
_TITLES = """
    代表取締役社長 代表取締役会長 代表取締役 取締役社長 取締役 副社長 社長 会長 副会長 相談役
    専務取締役 常務取締役 専務 常務 執行役員 監査役 本部長 事業部長 人事部長 総務部長 営業部長
    副部長 部長代理 部長 次長 課長代理 課長 係長 主任 室長 支社長 支店長 副支店長 店長
    工場長 副工場長 所長 院長 副院長 事務長 看護部長 師長 学長 学部長 理事長 理事 教授
    准教授 園長 校長 教頭 女将 支配人 総支配人 組合長 専務理事 事務局長 局長 マネージャー 秘書
"""
TITLES: tuple[str, ...] = tuple(_TITLES.split())
"""Stand after a name, or alone for the one who holds the chair."""

FAR_YES = ("yes", "y", "true", "あり", "有", "有り", "はい", "した", "実施")
FAR_NO = ("no", "n", "false", "なし", "無", "無し", "いいえ", "せず", "しない")


@lru_cache(maxsize=8)
def kind_words(own: tuple[tuple[str, tuple[str, ...], bool], ...] = ()) -> dict[str, Kind]:
    """Folded word → kind; `own` are the team's kinds (key, words, face to face), which win."""
    table = {fold(word): kind for kind in KINDS for word in (kind.key, *kind.words)}
    for key, words, face_to_face in own:
        known = next((kind for kind in KINDS if kind.key == key), None)
        kind = Kind(key, (*(known.words if known else ()), *words), face_to_face)
        table.update({fold(word): kind for word in (key, *kind.words)})
    return table


LINE_WORD: dict[str, Word] = {word.casefold(): entry for entry in WORDS for word in entry.words}
"""Word as written, case folded → its row."""
UNANSWERED: tuple[str, ...] = next(row.words for row in WORDS if row.key == "unanswered")
"""What a heading too may say of one whom nobody answered."""
STAGE_WORD: dict[str, str] = {fold(word): key for key, words in STAGE_WORDS.items() for word in words}

_by_first: dict[str, list[str]] = {}
for _word in sorted((word for row in WORDS for word in row.words), key=len, reverse=True):
    _by_first.setdefault(_word[0], []).append(re.escape(_word[1:]))
_all = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in _by_first.items())
"""The words, the longer of two first; by their first letters, of which most lines begin with none."""
LINE_START = re.compile(
    rf"(?P<word>{_all})"
    r"(?:\s*[(（](?P<who>[^()（）]*)[)）])?"
    r"\s*(?:(?P<colon>::|[:：])\s*|(?=[,、。\s]|$))",
    re.IGNORECASE,
)
"""The beginning of a list item that may be a line word; what follows is its text."""
