"""The JSON schema takes what the reader takes and refuses what an editor should underline."""

import json

import jsonschema
import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.scene import nodes, units
from vizapp.scene.problems import Problems
from vizapp.scene.schema import schema


def plain(node):
    """The document as an editor that follows YAML 1.2 sees it."""
    if isinstance(node, nodes.Mapping):
        return {key: plain(each) for key, each in node.items.items()}
    if isinstance(node, nodes.Sequence):
        return [plain(each) for each in node.items]
    return units.core(node.value) if node.plain else node.value


def document(text):
    return plain(nodes.load(text, Problems("a")))


def errors(vocabulary, text):
    validator = jsonschema.Draft202012Validator(schema(vocabulary))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document(text))]


def test_the_schema_is_one(vocabulary):
    jsonschema.Draft202012Validator.check_schema(schema(vocabulary))
    jsonschema.Draft202012Validator.check_schema(schema(VOCABULARY))


def test_the_schema_can_be_printed(vocabulary):
    assert json.loads(json.dumps(schema(vocabulary)))["title"] == "A scene of vizapp"


def test_the_scene_of_the_design_is_valid(vocabulary, nat):
    assert errors(vocabulary, nat) == []


@pytest.mark.parametrize("path", sorted(places.shipped_scenes().glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_scene_is_valid(path):
    assert errors(VOCABULARY, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("change", [
    ("arrange: row", "arange: row"), ("kind: nat-router", "kind: router"), ("until: 12s", "until: 12"),
    ("lease: 1h", "leese: 1h"), ("kind: switch", "kind: switch, dhcp: {}"), ("type: bool", "type: boolean"),
    ("52:54:00:00:30:01", "52:54:00"), ("level: 1", "level: one"), ("boot vm1", "dance vm1"),
])  # fmt: skip
def test_a_mistake_is_underlined(vocabulary, nat, change):
    assert errors(vocabulary, nat.replace(*change)) != []
