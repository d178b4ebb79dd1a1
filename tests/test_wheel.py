"""The wheel is whole: what pip installs from it works elsewhere, without the sources beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the sources as pip would."""
    folder, before = tmp_path_factory.mktemp("dist"), Path.cwd()
    os.chdir(ROOT)
    try:
        return zipfile.ZipFile(folder / build_wheel(str(folder)))
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """The wheel unpacked, as pip does."""
    folder = tmp_path_factory.mktemp("site")
    wheel.extractall(folder)
    return folder


def run(elsewhere, folder, *words):
    env = os.environ | {"PYTHONPATH": str(elsewhere), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    return subprocess.run([sys.executable, *words], cwd=folder, env=env, capture_output=True, text=True, check=True)


def test_it_holds_the_scenes_and_resources_and_no_tests(wheel):
    names = wheel.namelist()
    for folder in ("scenes", "resources/words", "resources/fonts", "resources/icons", "resources/sources"):
        files = [path for path in (ROOT / folder).iterdir() if path.is_file()]
        assert {f"vizapp/{folder}/{path.name}" for path in files} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"vizapp"}


def test_it_holds_the_licences_of_all_that_is_in_it(wheel):
    licences = {name.rpartition("/licenses/")[2] for name in wheel.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "resources/fonts/Inter-OFL.txt", "resources/fonts/JetBrainsMono-OFL.txt",
                        "resources/icons/LICENSE"}  # fmt: skip


def test_it_makes_a_command_and_one_without_a_terminal(wheel):
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    text = wheel.read(name).decode()
    assert "[console_scripts]\nvizapp = vizapp.cli:main" in text
    assert "[gui_scripts]\nvizapp-window = vizapp.cli:window" in text


def test_the_scenes_hold_where_it_is_installed(elsewhere, tmp_path):
    where = run(elsewhere, tmp_path, "-c", "import vizapp; print(vizapp.__file__)").stdout
    assert Path(where.strip()).is_relative_to(elsewhere)
    shipped = len(list((ROOT / "scenes").glob("*.yaml")))
    assert run(elsewhere, tmp_path, "-m", "vizapp", "check").stdout.startswith(f"{shipped} scenes")


def test_it_exports_where_it_is_installed(elsewhere, tmp_path):
    run(elsewhere, tmp_path, "-m", "vizapp", "export", "nat", "-o", "nat.png", "--step", "5")
    assert (tmp_path / "nat.png").read_bytes().startswith(b"\x89PNG")
