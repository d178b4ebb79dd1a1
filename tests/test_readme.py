"""The README tells the truth: its commands work, its pictures and links are there, its keys do what it says."""

import re
import shlex
from pathlib import Path

import pytest

from scripts.make_pictures import MOMENTS, step
from vizapp.cli import main
from vizapp.cli.parser import COMMANDS, parser
from vizapp.window import keys
from vizapp.words import Words

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
SHELL = [line for form, text in BLOCKS if form == "sh" for line in text.splitlines()]
COMMAND_LINES = [words for line in SHELL if len(words := shlex.split(line, comments=True)) > 1 and words[0] == "vizapp"]
WITHOUT_A_WINDOW = [words[1:] for words in COMMAND_LINES if words[1] in set(COMMANDS) - {"open", "present"}]
WINDOWED = [words[1:] for words in COMMAND_LINES if words[1:] not in WITHOUT_A_WINDOW]


def written(folder):
    """The scene that the README writes, where its commands look for it."""
    (scene,) = (text for form, text in BLOCKS if form == "yaml")
    (folder / "first-ping.yaml").write_text(scene, encoding="utf-8")


@pytest.mark.parametrize("words", WITHOUT_A_WINDOW, ids=" ".join)
def test_a_command_of_the_readme_works(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    written(tmp_path)
    assert main(words) == 0
    assert capsys.readouterr().out
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).stat().st_size > 1000


@pytest.mark.parametrize("words", WINDOWED, ids=" ".join)
def test_a_command_of_the_readme_that_opens_the_window_is_one(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path)
    asked = parser().parse_args(words if words[0] in COMMANDS else ["open", *words])
    from vizapp.cli.scene import find

    assert find(asked.scene, Words("en")).is_file()


def test_make_targets_of_the_readme_are_there():
    made = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"make ([a-z]+)\b(?=  |`)", README)) <= set(made)


def test_what_the_readme_links_to_is_there():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_pictures_of_the_readme_are_small_enough():
    assert [path.name for path in (ROOT / "docs/pictures").iterdir() if path.stat().st_size > 300_000] == []


@pytest.mark.parametrize("name", MOMENTS)
def test_the_moments_of_the_pictures_are_steps_of_their_scenes(name):
    assert step(MOMENTS[name]) >= 0


def test_the_keys_of_the_readme_are_those_of_the_window():
    said = Words("en")
    known = {keys.label(key, said) for each in keys.COMMANDS for key in each.keys}
    rows = re.findall(r"^\| (`.*?) \|", README.partition("## Keys")[2].partition("\n## ")[0], re.MULTILINE)
    named = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert len(named) > 20
    assert named <= known


def test_the_readme_names_every_scene():
    shipped = sorted(path.stem for path in (ROOT / "scenes").glob("*.yaml"))
    assert [name for name in shipped if f"`{name}`" not in README] == []
