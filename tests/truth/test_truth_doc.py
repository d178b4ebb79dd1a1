"""docs/truth.md says what the comparison finds."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_truth", ROOT / "scripts" / "make_truth.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_document_is_up_to_date() -> None:
    assert (ROOT / "docs" / "truth.md").read_text(encoding="utf-8") == script().document(), "run `make docs`"
