"""R13: which solution answers which need, on which altitude, and which basics nobody vouched for."""

from making import TODAY
from written import note

from sitegen.doctrine.catalogue import catalogue, offers
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.needs import Board, needs
from sitegen.model import Solution

PHONE = Solution("phone", "Telephone Manners", "電話応対", "basic", ("telephone", "電話"))
REPORTS = Solution("reports", "Report Writing", "報告書の書き方", "basic", ("reports", "報告書"))
COACHING = Solution("coaching", "Coaching", "", "advanced", ("managers coach", "reports"))
CAT = catalogue((COACHING, REPORTS, PHONE))
PEOPLE = (
    "---\npeople:\n  - {name: Sato, level: strategic}\n"
    "  - {name: Ito, level: working}\n  - {name: Kato, level: working}\n---\n"
)


def board(text: str) -> Board:
    one = note("a", PEOPLE + text)
    return needs(one, contacts(one, TODAY), TODAY)


def answers(text: str, who: str = "Ito") -> list[str]:
    found = board(f"## 2026-06-18 visit with {who}\n- need: {text}\n")
    return [one.key for need in found.needs for one in CAT.answers(need)]


def test_a_need_meets_a_solution_by_its_words_in_both_languages():
    assert answers("TELEPHONE manners for new graduates") == ["phone"]
    assert answers("新人の電話応対") == ["phone"]
    assert answers("ﾃﾞﾝﾜではなく電話") == ["phone"]
    assert answers("a company where managers coach", "Sato") == ["coaching"]
    assert answers("Report writing, at last") == ["reports"]  # by its name


def test_other_words_meet_nothing():
    assert answers("smarttelephones") == []
    assert answers("reporters") == []
    assert answers("a new hall") == []


def test_the_altitude_is_the_one_on_which_it_was_heard():
    assert answers("reports that can be read", "Ito") == ["reports", "coaching"]
    assert answers("reports that can be read", "Sato") == ["coaching", "reports"]
    assert answers("reports that can be read", "Sato, Ito") == ["reports", "coaching"]


def test_what_can_be_offered_goes_from_basic_to_sophisticated():
    found = board(
        "## 2026-06-18 visit with Sato\n- need: managers coach\n"
        "## 2026-06-01 visit with Ito\n- need: reports\n- need: the telephone\n"
    )
    assert [(one.key, [n.text for n in told]) for one, told in offers(CAT, found.needs)] == [
        ("reports", ["reports"]),
        ("phone", ["the telephone"]),
        ("coaching", ["managers coach", "reports"]),
    ]


def test_basics_that_nobody_vouched_for_are_told():
    none = board("## 2026-06-18 visit with Ito\n")
    assert [one.key for one in CAT.unconfirmed(none)] == ["reports", "phone"]


def test_basics_are_vouched_for_by_name_native_name_or_key():
    for said in ("Telephone Manners", "電話応対", "phone", "[[電話応対]]", "telephone manners、reports"):
        found = board(f"## 2026-06-18 visit with Ito\n- basics: {said}\n")
        assert "phone" not in [one.key for one in CAT.unconfirmed(found)], said
        assert CAT.vouched(found.basics)["phone"].who == "Ito"


def test_a_sentence_about_a_basic_vouches_for_nothing():
    found = board("## 2026-06-18 visit with Ito\n- basics: telephone manners are a disaster\n")
    assert [one.key for one in CAT.unconfirmed(found)] == ["reports", "phone"]


def test_without_a_catalogue_there_is_nothing_to_offer():
    found = board("## 2026-06-18 visit with Ito\n- need: reports\n")
    assert list(offers(catalogue(()), found.needs)) == []
    assert catalogue(()).unconfirmed(found) == ()


def test_a_large_catalogue_answers_every_need():
    cat = catalogue(Solution(f"s{n}", f"Course {n}", "", "basic", (f"topic {n}",)) for n in range(2000))
    found = board("".join(f"## 2026-06-18 visit with Ito\n- need: topic {n} it is\n" for n in range(300)))
    assert len(list(offers(cat, found.needs))) == 300
