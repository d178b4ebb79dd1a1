"""The registry is whole: each fact has its words, its status and a work that it was read in."""

import pytest

from vizapp.scene.facts import DEDUCED, STATUSES, UNVERIFIED, behind, facts, works
from vizapp.words import languages

every = pytest.mark.parametrize("fact", facts().values(), ids=list(facts()))


@every
def test_a_fact_is_said_in_every_language(fact):
    assert set(fact.text) == set(languages())
    assert fact.note is None or set(fact.note) == set(languages())


@every
def test_a_fact_has_a_status_and_what_that_status_needs(fact):
    assert fact.status in STATUSES
    assert fact.status != DEDUCED or fact.follows or fact.passages
    assert fact.status == UNVERIFIED or list(behind(fact))


@every
def test_a_fact_follows_from_facts_that_were_verified(fact):
    assert all(facts()[each].status != UNVERIFIED for each in fact.follows)


def test_every_work_was_read_for_some_fact():
    assert {passage.work.key for fact in facts().values() for passage in fact.passages} == set(works())


@pytest.mark.parametrize("work", works().values(), ids=list(works()))
def test_a_work_has_a_short_form_that_fits_a_line(work):
    assert 0 < len(work.short) <= 44
    assert work.title
    assert work.at == "" or work.at.startswith(("https://", "http://"))


def test_a_deduced_fact_was_read_where_those_were_that_it_follows_from():
    assert [passage.work.key for passage in behind(facts()["H5-F5"])] == ["INTEL-EDC"]
