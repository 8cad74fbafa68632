"""A folder of a hundred damaged files, made out of the sample papers: the same seed gives the same bytes.

    python -m tests.damaged FOLDER

Bytes flipped and lost, objects removed and made to point at themselves, bombs that unpack to gigabytes, nesting
without end, absurd pages, and files that aren't what their names say.
"""

from __future__ import annotations

import io
import random
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

PAPERS = Path(__file__).parents[1] / "corpus/sample/papers"
SEED = 2022
BOMB = 2**30
"""Bytes that a bomb unpacks to."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make(folder: Path, seed: int = SEED) -> list[Path]:
    """Write the files into a folder; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, (name, data) in enumerate(_all(random.Random(seed)), 1):
        path = folder / f"{number:03}-{name}"
        path.write_bytes(data)
        paths.append(path)
    return paths


def _all(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    whole = [path.read_bytes() for path in sorted(PAPERS.glob("*.pdf"))]
    short = min(whole, key=len)
    for count, times in {1: 5, 10: 6, 100: 6, 1000: 6, 10000: 5}.items():
        for _ in range(times):
            yield f"{count}-bytes-flipped.pdf", _flipped(chance.choice(whole), count, chance)
    for part, (first, last) in {"header": (0.0, 0.01), "end": (0.97, 1.0)}.items():
        for _ in range(5):
            yield f"{part}-flipped.pdf", _flipped(chance.choice(whole), 200, chance, first, last)
    for share in (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999):
        yield f"cut-at-{share}.pdf", (data := chance.choice(whole))[: int(share * len(data))]
    for _ in range(6):
        data, length = chance.choice(whole), chance.choice([10, 1000, 5000])
        place = chance.randrange(len(data) - length)
        yield "hole.pdf", data[:place] + data[place + length :]
        yield "zeros.pdf", data[:place] + bytes(length) + data[place + length :]
    for name, change in _CHANGES.items():
        yield f"{name}.pdf", _changed(short, change)
    yield "deep-array.pdf", _with_content(short, b"[" * 50000 + b"]" * 50000 + b" TJ")
    yield "deep-dictionary.pdf", _with_content(short, b"/a " + b"<< /a " * 50000 + b">>" * 50000 + b" BDC")
    yield "unbalanced.pdf", _with_content(short, b"q " * 100000 + b"Q Q Q BT ( no end")
    yield "noise-on-page.pdf", _with_content(short, chance.randbytes(50000))
    yield "numbers.pdf", _with_content(short, b"BT /F1 1e38 Tf 99999999999999999999 -1e309 Td (a) Tj ET")
    yield "bomb.pdf", _with_packed_content(short, _packed(BOMB))
    yield "bomb-in-bomb.pdf", _with_packed_content(short, zlib.compress(_packed(BOMB), 9), layers=2)
    yield "locked.pdf", _locked(short)
    yield "empty.pdf", b""
    yield "one-byte.pdf", b"%"
    yield "only-a-header.pdf", b"%PDF-1.7\n"
    yield "picture.pdf", b"\x89PNG\r\n\x1a\n" + chance.randbytes(3000)
    yield "zip.pdf", _zip({"a.txt": b"Thornmere"})
    yield "noise.pdf", b"%PDF-1.7\n" + chance.randbytes(100000)
    yield "pdf.docx", short
    yield "pdf.html", short
    yield "pdf.txt", short
    yield "pdf.md", short
    yield "noise.txt", chance.randbytes(5000)
    yield "noise.docx", chance.randbytes(5000)
    yield "empty.docx", b""
    yield "empty.html", b""
    yield "tags-only.html", b"<div>" * 100000
    yield "cut.docx", _word("<w:p/>")[:200]
    yield "no-document.docx", _zip({"a.txt": b"Thornmere"})
    yield "zip-bomb.docx", _word_file(b" " * (BOMB // 4))
    yield "entities.docx", _word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", _entities())
    yield "not-xml.docx", _word_file(b"<w:document><w:p>")


def _flipped(data: bytes, count: int, chance: random.Random, first: float = 0.0, last: float = 1.0) -> bytes:
    out = bytearray(data)
    for _ in range(count):
        out[chance.randrange(int(first * len(out)), int(last * len(out)))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _changed(data: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: pypdf.PdfWriter) -> pypdf.PageObject:
    return writer.pages[0]


def _tree(writer: pypdf.PdfWriter) -> DictionaryObject:
    tree = writer.root_object["/Pages"].get_object()
    assert isinstance(tree, DictionaryObject)
    return tree


def _box(*corners: float) -> Callable[[pypdf.PdfWriter], None]:
    def change(writer: pypdf.PdfWriter) -> None:
        _page(writer)[NameObject("/MediaBox")] = ArrayObject([FloatObject(c) for c in corners])

    return change


def _without(key: str) -> Callable[[pypdf.PdfWriter], None]:
    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            page.pop(NameObject(key), None)

    return change


def _no_pages(writer: pypdf.PdfWriter) -> None:
    del writer.root_object[NameObject("/Pages")]


def _page_of_itself(writer: pypdf.PdfWriter) -> None:
    tree = _tree(writer)
    tree[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")] * 2)


def _many_times_one_page(writer: pypdf.PdfWriter) -> None:
    tree = _tree(writer)
    kids = tree["/Kids"]
    assert isinstance(kids, ArrayObject)
    tree[NameObject("/Kids")] = ArrayObject([kids[0]] * 30000)
    tree[NameObject("/Count")] = NumberObject(30000)


def _wrong_count(writer: pypdf.PdfWriter) -> None:
    _tree(writer)[NameObject("/Count")] = NumberObject(2**31 - 1)


def _form_of_itself(writer: pypdf.PdfWriter) -> None:
    form = StreamObject()
    form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    form[NameObject("/BBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 600, 800)])
    form.set_data(b"/Me Do")
    reference = writer._add_object(form)
    resources = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/Me"): reference})})
    form[NameObject("/Resources")] = resources
    page = _page(writer)
    page[NameObject("/Resources")] = resources
    content = StreamObject()
    content.set_data(b"/Me Do")
    page[NameObject("/Contents")] = writer._add_object(content)


def _fonts_of_nothing(writer: pypdf.PdfWriter) -> None:
    for page in writer.pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        resources[NameObject("/Font")] = DictionaryObject({NameObject("/F1"): NumberObject(7)})


def _broken_letters(writer: pypdf.PdfWriter) -> None:
    broken = StreamObject()
    broken.set_data(b"1 beginbfrange <00> <FFFFFFFF> <D800> endbfrange")
    for page in writer.pages:
        fonts = page["/Resources"].get_object()["/Font"].get_object()  # type: ignore[index]
        for name in fonts:
            fonts[name].get_object()[NameObject("/ToUnicode")] = writer._add_object(broken)


_CHANGES: dict[str, Callable[[pypdf.PdfWriter], None]] = {
    "no-page-tree": _no_pages,
    "page-tree-of-itself": _page_of_itself,
    "one-page-30000-times": _many_times_one_page,
    "wrong-count": _wrong_count,
    "no-contents": _without("/Contents"),
    "no-resources": _without("/Resources"),
    "no-box": _without("/MediaBox"),
    "form-of-itself": _form_of_itself,
    "fonts-of-nothing": _fonts_of_nothing,
    "broken-letters": _broken_letters,
    "page-of-no-size": _box(0, 0, 0, 0),
    "page-of-negative-size": _box(0, 0, -500, -700),
    "page-of-a-thousand-kilometres": _box(0, 0, 3e9, 3e9),
    "page-far-away": _box(1e7, 1e7, 1e7 + 600, 1e7 + 800),
}


def _with_content(data: bytes, content: bytes) -> bytes:
    def change(writer: pypdf.PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(content)
        _page(writer)[NameObject("/Contents")] = writer._add_object(stream)

    return _changed(data, change)


def _with_packed_content(data: bytes, packed: bytes, layers: int = 1) -> bytes:
    def change(writer: pypdf.PdfWriter) -> None:
        stream = EncodedStreamObject()
        stream._data = packed
        stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * layers)
        _page(writer)[NameObject("/Contents")] = writer._add_object(stream)

    return _changed(data, change)


def _packed(size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = b" " * 2**20
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def _locked(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("tarn", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _entities() -> str:
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    return f'<!DOCTYPE w [<!ENTITY a "ha">{laughs}]>'


def _word(body: str, before: str = "") -> bytes:
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return _word_file(document.encode())


def _word_file(document: bytes) -> bytes:
    """A Word file with this as its document and what a Word file must have beside it."""
    schemas = "http://schemas.openxmlformats.org"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'<Types xmlns="{schemas}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{office}"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{schemas}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{schemas}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    return _zip(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations.encode(),
            "word/document.xml": document,
        }
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))
