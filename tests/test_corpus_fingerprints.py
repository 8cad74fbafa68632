"""Fingerprints: what is the same text, what is nearly the same, and what isn't."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.fingerprints import (
    FEWEST_WORDS,
    NEARLY_SAME,
    SKETCH,
    Fingerprint,
    essence,
    fingerprint,
    packed,
    similarity,
    text_hash,
    unpacked,
)

LETTER = (
    "Dear Ms Harkness, we visited Thornmere on 17 and 18 May to look at how the front door answers those who worry "
    "about a child. Eleven of the thirty calls that we listened to were answered within the hour, and six were not "
    "answered on the day. Leaders know this, and have set aside 540,000 pounds for a second team from September."
)


def of(text: str) -> Fingerprint:
    found = fingerprint(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The front\ndoor", "The front door"),
        ("4.2 | 7%", "4.2\n7%"),
        ("• a visit", "a visit"),
        ("safe\N{SOFT HYPHEN}\nguarding", "safe-guarding"),
        ("“found” – so", '"found" so'),
        ("2022-23", "2022–23"),
    ],
)
def test_a_text_is_the_same_whatever_its_layout(one: str, other: str) -> None:
    assert text_hash(one) == text_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("£6m", "£7m"), ("4.5", "45"), ("5", "-5"), ("5", "−5"), ("£5m", "-£5m"), ("5%", "5"), ("The", "the")],
)
def test_a_sign_a_figure_or_a_letter_makes_another_text(one: str, other: str) -> None:
    assert text_hash(f"It grew by {one} a year.") != text_hash(f"It grew by {other} a year.")


def test_the_hyphen_of_a_range_is_no_minus() -> None:
    assert essence("pages 3-5") == essence("pages 35")
    assert essence("a fall of -5") != essence("a fall of 5")


def test_a_letter_with_one_figure_changed_is_nearly_the_same() -> None:
    changed = of(LETTER.replace("540,000", "571,000"))
    assert of(LETTER).whole != changed.whole
    assert 1 > similarity(of(LETTER), changed) >= NEARLY_SAME
    assert len(set(of(LETTER).lowest) & set(changed.lowest)) > 10


def test_another_letter_is_not() -> None:
    other = LETTER.replace("we visited Thornmere on 17 and 18 May", "North Fell was visited in the spring of the year")
    other = other.replace("Leaders know this, and have set aside", "Nobody there has heard of the answer: it cost")
    assert 0.2 < similarity(of(LETTER), of(other.replace("Eleven of the thirty calls", "All calls"))) < NEARLY_SAME


def test_a_few_words_have_no_fingerprint() -> None:
    words = LETTER.split()
    assert fingerprint(" ".join(words[: FEWEST_WORDS - 1])) is None
    assert fingerprint("This page was left blank.") is None
    assert fingerprint(" ".join(words[:FEWEST_WORDS])) is not None


def test_the_similarity_of_short_texts_is_exact() -> None:
    """Forty words have 38 runs of three; forty others that begin with the first twenty of them share 18."""
    one = [f"w{i}" for i in range(40)]
    other = [*one[:20], *(f"v{i}" for i in range(20))]
    assert similarity(of(" ".join(one)), of(" ".join(other))) == pytest.approx(18 / (38 + 38 - 18))


def test_the_similarity_of_long_texts_is_estimated() -> None:
    one = [f"w{i}" for i in range(4000)]
    other = [*one[:3500], *(f"v{i}" for i in range(500))]
    exact = 3498 / (3998 * 2 - 3498)
    assert similarity(of(" ".join(one)), of(" ".join(other))) == pytest.approx(exact, abs=0.12)


@given(st.lists(st.sampled_from(["children", "budget", "school", "road", "door", "4"]), min_size=40, max_size=300))
def test_a_text_is_like_itself_and_its_sketch_can_be_kept(words: list[str]) -> None:
    print_ = of(" ".join(words))
    assert similarity(print_, print_) == 1
    assert len(print_.sketch) <= SKETCH
    assert list(print_.sketch) == sorted(set(print_.sketch))
    assert unpacked(packed(print_.sketch)) == print_.sketch


@given(st.text())
def test_no_text_fails(text: str) -> None:
    text_hash(text)
    fingerprint(text * 50)


@pytest.mark.shared
def test_versions_of_a_real_report_are_told_from_other_papers(
    shared_corpus: Path, read_once: Callable[[Path], Document]
) -> None:
    name = "2017-03-22-executive-cabinet-improvement-plan"
    report = of(read_once(shared_corpus / "pdf" / f"{name}.pdf").text)
    version = of(read_once(shared_corpus / "variants" / f"{name}-v2.pdf").text)
    turned = of(read_once(shared_corpus / "variants" / "rotated-pages.pdf").text)
    minutes = of(read_once(shared_corpus / "pdf" / "2022-07-27-childrens-scrutiny-minutes.pdf").text)
    assert report.whole == turned.whole != version.whole
    assert similarity(report, version) > 0.97
    assert similarity(report, minutes) < 0.05


@pytest.mark.shared
@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_the_same_minutes_in_another_format_are_nearly_the_same(
    shared_corpus: Path, read_once: Callable[[Path], Document], ending: str
) -> None:
    name = "2022-07-27-childrens-scrutiny-minutes"
    published = of(read_once(shared_corpus / "pdf" / f"{name}.pdf").text)
    other = of(read_once(shared_corpus / "variants" / f"{name}.{ending}").text)
    assert similarity(published, other) > 0.95
