"""The rooms and their doors: imports point one way, and each outside library is known to the files that hide it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "index", "assistant", "eval", "app")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"index", "corpus"},
    "assistant": {"assistant", "index", "corpus"},
    "eval": {"eval", "assistant", "index", "corpus"},
    "app": {"assistant", "index", "corpus"},
}
DOORS = {
    "pypdf": {"corpus/reading/pdf.py", "eval/llamaindex.py", "eval/reading.py"},
    "pdfplumber": {"corpus/reading/tables.py", "eval/positions.py"},
    "pypdfium2": {"corpus/reading/pdf.py", "corpus/reading/glyphs.py", "eval/originals.py"},
    "faiss": {"index/vectors.py"},
    "rapidfuzz": {"assistant/spelling.py"},
    "scipy": {"eval/statistics.py", "assistant/findings.py"},
    "pydantic": {"index/records.py", "assistant/pages/keeping.py"},
    "openpyxl": {"assistant/spreadsheets.py"},
    "docx": {"assistant/taken_word.py"},
    "sqlite3": {"index/database.py"},
    "onnxruntime": {"index/council_encoder.py", "eval/training/shipping.py"},
    "sentence_transformers": {"index/sentence_encoder.py", "eval/training/tuning.py"},
    "transformers": {"index/sentence_encoder.py", "eval/training/tuning.py", "eval/training/shipping.py"},
    "tokenizers": {"index/encoder_files.py"},
    "torch": {"index/sentence_encoder.py", "eval/training/tuning.py", "eval/training/shipping.py"},
    "datasets": {"eval/training/tuning.py"},
    "llama_index": {"corpus/passages.py", "corpus/sentences.py", "assistant/model.py", "eval/llamaindex.py"},
    "gradio": {"app.py"},
    "fastapi": {"assistant/pages/originals.py"},
    "click": {"assistant/__main__.py", "eval/__main__.py", "eval/training/__main__.py"},
    "platformdirs": {"assistant/settings.py", "eval/sample.py"},
    "filelock": {"index/library.py"},
    "reportlab": {"corpus/sample/build.py"},
    "justhtml": {"corpus/reading/elements.py"},
    "lxml": {"corpus/reading/wordfile.py"},
    "markdown_it": {"corpus/reading/markdown.py", "corpus/sample/build.py"},
}
"""The files that may import each library. `eval` judges from outside and so has doors of its own: `llamaindex.py` reads
and searches as plain LlamaIndex does, to compare ourselves with, and `originals.py` reads the papers again without
`corpus`, to tell whether a quotation stands in them, as `positions.py` does to tell whether a mark stands right.
`eval/training` makes what an encoder only runs."""


def sources() -> list[Path]:
    return sorted([ROOT / "app.py", *(p for room in ROOMS[:-1] for p in (ROOT / room).rglob("*.py"))])


def imported(path: Path) -> Iterator[str]:
    """The full names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources(), ids=place)
def test_a_file_imports_only_from_the_rooms_before_its_own(path: Path) -> None:
    room = place(path).split("/")[0].removesuffix(".py")
    ours = {name.split(".")[0] for name in imported(path)} & set(ROOMS)
    assert ours <= MAY_IMPORT[room]


@pytest.mark.parametrize("library", DOORS)
def test_an_outside_library_is_known_only_to_its_door(library: str) -> None:
    doors = {place(path) for path in sources() if library in {name.split(".")[0] for name in imported(path)}}
    if library == "gradio":
        doors = {door for door in doors if not door.startswith("assistant/pages/")}
    assert doors <= DOORS[library]


def test_nothing_imports_the_settings_that_llamaindex_shares_with_the_whole_process() -> None:
    for path in sources():
        assert not {"llama_index.core.Settings", "llama_index.core.settings.Settings"} & set(imported(path)), path


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [path for path in sources() if re.fullmatch(r"(utils?|helpers?|common|misc|core)", path.stem)]


def test_the_rule_sees_imports_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "odd.py"
    path.write_text(
        "import faiss.contrib\nif 1:\n    def f():\n        from index.library import Library\nfrom app import main\n"
    )
    assert list(imported(path)) == ["faiss.contrib", "app.main", "index.library.Library"]
