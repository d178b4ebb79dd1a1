from tests.picture.stages import BALANCED, KINDS, NAT, timeline
from tests.picture.test_compose import flown
from vizapp.picture.describe import describe
from vizapp.words import words


def told(scene=NAT, lang="en", **values):  # type: ignore[no-untyped-def]
    return describe(scene, KINDS, timeline(**values).at(500_000_000), words(lang))


def test_values_on_faces_are_told() -> None:
    assert "VM 1 · Debian: 192.168.122.100." in told(vm1__address="192.168.122.100")


def test_a_failed_thing_is_told() -> None:
    assert any(line.startswith("web3 has been down since") for line in told(BALANCED, web3__failed=True))


def test_a_packet_under_way_is_told_with_its_ends() -> None:
    lines = describe(NAT, KINDS, flown(timeline()).at(500_000_000), words("en"))
    assert "TCP SYN goes from Virtual router to Switch: src 192.168.1.15:43804, dst 192.168.1.50:80." in lines


def test_an_idle_moment_says_that_nothing_moves() -> None:
    assert told()[-1] == "Nothing is on its way."


def test_it_is_told_in_french() -> None:
    assert told(lang="fr")[-1] == "Rien n’est en route."


def test_rows_of_a_table_are_told() -> None:
    rows = [{"inside": "192.168.122.101:40001", "outside": "192.168.1.15:43804"}]
    assert any("192.168.1.15:43804" in line for line in told(router__nat=rows))


def test_every_sentence_ends() -> None:
    lines = told(vm1__address="192.168.122.100", router__address="192.168.122.1")
    assert all(line[-1] in ".!?…" for line in lines)
