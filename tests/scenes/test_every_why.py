"""Every event of every shipped scene can be asked about: its chain goes back to where it began, and has its words."""

import re

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture import account
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.words import Words

EN, FR = Words("en"), Words("fr")
SHIPPED = sorted(places.shipped_scenes().glob("*.yaml"))
UNFILLED = re.compile(r"\{\w+[}:]")
SHORT = 60  # letters of a pill, long names in it included


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda path: path.stem)
def run(request):
    scene = read(request.param, VOCABULARY).scene
    if scene.sides:
        pytest.skip("its sides are scenes of their own")
    return Run(scene, VOCABULARY.kinds).complete()


def test_a_chain_goes_back_to_where_it_began(run):
    """An act, the start, or what says of itself why it happens: chance, a clock of its own, what a device watches."""
    for event in run.timeline.events:
        links = run.because(event, run.timeline.end).chain.links
        ids = [item.id for link in links if not link.missed for item in (*link.events, *link.hops)]
        assert len(ids) == len(set(ids)), f"{event} is behind itself"
        first = links[0].event
        assert not (first.cause if first else links[0].hops[0].cause), f"the chain of {event} begins in its middle"
        if first is not None and not first.name.startswith("act."):
            keys = (f"why.{first.name}", f"why.{first.name}.{first.details.get('because')}")
            assert not first.t or any(map(EN.has, keys)), f"nothing says why {first.name} happens"


@pytest.mark.parametrize("words", [EN, FR], ids=lambda words: words.lang)
def test_a_chain_has_its_words(run, words):
    for event in run.timeline.events:
        found = run.because(event, run.timeline.end)
        labels = [account.label(link, run.scene, words) for link in found.chain.links]
        assert [label for label in labels if len(label) > SHORT] == [], "say it shorter: `link.EVENT`"
        said = [*labels, account.question(found, run.scene, words), account.told(found, run.scene, words)]
        assert all(said)
        assert [text for text in said if UNFILLED.search(text)] == []
