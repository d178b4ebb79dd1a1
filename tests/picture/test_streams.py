"""A crowd too dense for single dots is drawn as streams."""

import pytest

from tests.picture.crowds import many
from vizapp.picture.shapes import Dots, Rect
from vizapp.picture.streams import streaming, streams
from vizapp.picture.view import View

VIEW = View(size=(1920.0, 1080.0))


def at(run, show):
    return run.frame(run.pace.true(show))


def drawn(run, show, view=VIEW):
    return list(streams(at(run, show), run.laid(view), view, show, run.pace, 4.0))


@pytest.mark.parametrize(("rate", "dense"), [(100, False), (2000, True)])
def test_only_a_dense_crowd_streams(rate, dense):
    run = many(50, rate)
    assert streaming(at(run, 3.0), 3.0, run.pace) is dense


def test_it_is_decided_once_a_second():
    run = many()
    assert len({streaming(at(run, 2 + part / 10), 2 + part / 10, run.pace) for part in range(10)}) == 1


def bands(run, show=3.0):
    return [shape for shape in drawn(run, show) if isinstance(shape, Rect)]


def breadth(band):
    return min(band.w, band.h)


def test_the_broadest_band_is_where_all_pass():
    run = many()
    (x, y), _ = run.laid(VIEW).ways["clients.eth0--lb.front"].points
    broadest = max(bands(run), key=breadth)
    assert broadest.x <= x <= broadest.x + broadest.w
    assert broadest.y <= y <= broadest.y + broadest.h


def test_along_a_branch_bands_grow_narrower():
    run = many()
    row = run.laid(VIEW).ways["lb.back--s10.eth0"].points[2][1]
    along = sorted((band for band in bands(run) if band.w > band.h and band.y < row < band.y + band.h),
                   key=lambda band: band.x)  # fmt: skip
    assert len(along) == 10
    assert breadth(along[0]) > breadth(along[-1])


def test_dots_keep_their_distance_where_cables_share_their_course():
    run = many()
    there = next(shape for shape in drawn(run, 3.0) if isinstance(shape, Dots))
    places = {(round(x, 1), round(y, 1)) for x, y in zip(there.xs, there.ys, strict=True)}
    assert len(places) == len(there.xs)


def test_dots_of_one_direction_move_on_and_their_number_follows_the_length_alone():
    run = many()
    first, later = ([shape for shape in drawn(run, show) if isinstance(shape, Dots)] for show in (3.0, 3.05))
    assert len(first[0].xs) == pytest.approx(len(later[0].xs), rel=0.1)
    assert first[0].xs != later[0].xs


def test_with_reduced_motion_dots_stand_still():
    run, view = many(), View(size=(1920.0, 1080.0), reduced_motion=True)
    assert drawn(run, 3.0, view)[-1] == drawn(run, 3.1, view)[-1]


def test_a_stream_costs_far_less_shapes_than_its_requests():
    run = many()
    assert len(drawn(run, 3.0)) < 150
