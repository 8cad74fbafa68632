"""Traces as the command line tells them: whose services an inspection was of, where it needs telling."""

from __future__ import annotations

from dataclasses import replace

from assistant.traces import finding_lines
from tests.recorded import FULL_2016, VISIT_2022, finding

ELSEWHERE = replace(FULL_2016, council="Fellhaven")


def test_where_findings_are_of_several_councils_each_is_named():
    lines = list(
        finding_lines(
            [finding("Visit.", FULL_2016, theme="Visits"), finding("Visit soon.", ELSEWHERE, theme="Visits")],
            about=None,
        )
    )
    assert lines[0] == "Visits: 2016 Thornmere, 2016 Fellhaven"
    assert lines[1] == "  2016 full inspection of Thornmere, recommendation: “Visit.”"
    assert lines[3] == "  2016 full inspection of Fellhaven, recommendation: “Visit soon.”"


def test_where_a_paper_among_several_councils_names_none_that_is_said():
    unnamed = replace(VISIT_2022, council=None)
    found = [finding(f"Visit {of.council}.", of, theme="Visits") for of in (FULL_2016, ELSEWHERE, unnamed)]
    assert next(finding_lines(found, about=None)) == (
        "Visits: 2016 Thornmere, 2016 Fellhaven, 2022 (council not named)"
    )


def test_of_one_council_only_the_year_is_told():
    found = [finding("Visit.", FULL_2016, theme="Visits"), finding("Visit soon.", VISIT_2022, theme="Visits")]
    assert next(finding_lines(found, about=None)) == "Visits: 2016, 2022"
    assert next(finding_lines(found, about="visits")) == "2016 full inspection, recommendation: “Visit.”"
