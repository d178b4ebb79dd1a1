"""How far a person has come is kept, only ever grows, and outlives a disk that refuses."""

from vizapp.window.progress import Progress, Reached


def test_it_is_there_the_next_day(tmp_path):
    one = Progress(tmp_path / "progress.json")
    one.reached("nat", 3)
    one.solved("nat", 1)
    one.keep()
    assert Progress(tmp_path / "progress.json").of("nat") == Reached(3, frozenset({1}))


def test_it_only_ever_grows(tmp_path):
    one = Progress(tmp_path / "progress.json")
    one.reached("nat", 3)
    one.reached("nat", 2)
    assert one.of("nat").steps == 3


def test_two_windows_keep_what_each_has_reached(tmp_path):
    one, other = Progress(tmp_path / "progress.json"), Progress(tmp_path / "progress.json")
    one.reached("nat", 5)
    one.keep()
    other.reached("nat", 2)
    other.reached("load-balancing", 4)
    other.keep()
    kept = Progress(tmp_path / "progress.json")
    assert (kept.of("nat").steps, kept.of("load-balancing").steps) == (5, 4)


def test_rubbish_is_read_as_nothing_and_written_over(tmp_path):
    path = tmp_path / "progress.json"
    for rubbish in (b"\xff\x00", b"[1, 2]", b'{"nat": 3}'):
        path.write_bytes(rubbish)
        one = Progress(path)
        assert one.of("nat") == Reached()
        one.reached("nat", 1)
        one.keep()
        assert Progress(path).of("nat").steps == 1


def test_a_disk_that_refuses_is_no_matter(tmp_path):
    (tmp_path / "file").write_text("")
    one = Progress(tmp_path / "file" / "progress.json")
    one.reached("nat", 1)
    one.keep()
    assert one.of("nat").steps == 1


def test_the_share_of_a_scene_that_has_nothing_is_nothing():
    assert Reached(3).share(0) == 0.0
    assert Reached(3).share(6) == 0.5
    assert Reached(9).share(6) == 1.0
