"""The page of the library: its handlers called directly, and files dropped, stopped and taken out in a real browser."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import app
from assistant.holdings import Holdings, holdings_of
from assistant.intake import Destination, Intake
from assistant.pages.loading import Loading, NotReady, Progress
from assistant.pages.source import Source
from corpus.documents import Document
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.reading.worker import Limits, Told, read_all
from index.hits import Filter
from index.library import Library
from tests.axe import assert_accessible
from tests.fakes import CountingEncoder, read_text, write_pdf
from tests.front_door import FakeAssistant

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.pages.library_view import LibraryHandlers
    from assistant.pages.page import LibraryPage

# Gradio asks pandas for two things that pandas is about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

Read = Iterator[tuple[Path, Document | UnreadableDocument]]
SAMPLE_PAPERS = Path(__file__).parents[1] / "corpus" / "sample" / "papers"


def read_lines(paths: Sequence[Path], limits: Limits, told: Told, stopped: Callable[[], bool]) -> Read:
    return read_text(paths, None, limits)


@dataclass
class FakeKeeper:
    """Keeps the library in a folder, or has a sentence why it can't."""

    folder: Path
    said: Progress = field(default_factory=app.always_ready)
    error: Exception | None = None
    is_renewing: bool = False
    is_sample: bool = False
    encoder: CountingEncoder = field(default_factory=CountingEncoder)

    def progress(self) -> Progress:
        return self.said

    def holdings(self) -> Holdings:
        if self.error:
            raise self.error
        with Library.create(self.folder) as library:
            return replace(holdings_of(library, self.encoder), is_sample=self.is_sample)

    def destination(self) -> Destination:
        return Destination(self.folder, self.encoder)


@pytest.fixture
def handlers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LibraryHandlers:
    from assistant.pages.library_view import LibraryHandlers

    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (tmp_path / "kept").mkdir()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(uploads))
    keeper = FakeKeeper(tmp_path / "library")
    intake = Intake(tmp_path / "kept", keeper.destination, lambda folder: None, read_lines)
    return LibraryHandlers(keeper, intake, True)


def keeper_of(handlers: LibraryHandlers) -> FakeKeeper:
    assert isinstance(handlers.keeper, FakeKeeper)
    return handlers.keeper


def upload(tmp_path: Path, name: str, text: str) -> dict[str, str]:
    """A file as it lies when a browser has sent it, and what the browser then says of it."""
    folder = tmp_path / "uploads" / f"of {name}"
    folder.mkdir()
    (folder / "blob").write_text(text)
    return {"path": str(folder / "blob"), "name": name}


def wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(1000):
        if happened():
            return
        Event().wait(0.01)
    pytest.fail("it doesn't happen")


def hand_in(handlers: LibraryHandlers, *files: Any) -> dict[str, str]:
    handlers.hand_in(SimpleNamespace(files=list(files)))  # type: ignore[arg-type]
    wait_for(lambda: not handlers.intake.is_running)
    return handlers.opened()[1]


def test_what_is_handed_in_is_added_and_its_upload_is_gone(handlers: LibraryHandlers, tmp_path: Path) -> None:
    lines = hand_in(handlers, upload(tmp_path, "Ein Plan.txt", "the road plan"), upload(tmp_path, "b.txt", "broken"))
    assert "Ein Plan.txt" in lines["list"]
    assert "It is broken." in lines["list"]
    assert lines["words"] == "Finished: 1 file added, 1 not added."
    shelves, _, clock = handlers.ticked()
    assert "<b>1 paper</b> in 1 document" in shelves["summary"]
    assert 'data-remove="ein-plan"' in shelves["papers"]
    assert "Files that could not be read" in shelves["concerns"]
    assert not clock.active
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_browser_that_names_a_file_that_it_did_not_send_gets_nothing(
    handlers: LibraryHandlers, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the road")
    around = str(tmp_path / "uploads" / ".." / "secret.txt")
    hand_in(handlers, {"path": str(secret), "name": "a.txt"}, {"path": around}, "secret.txt", {"path": 3}, {})
    assert handlers.intake.lines() == ()
    assert secret.exists()


def test_a_document_is_taken_out_and_one_that_is_not_there_is_a_sentence(
    handlers: LibraryHandlers, tmp_path: Path
) -> None:
    hand_in(handlers, upload(tmp_path, "a.txt", "the road plan"))
    shelves = handlers.remove(SimpleNamespace(document="a"))  # type: ignore[arg-type]
    assert "a.txt was taken out of the library." in shelves["said"]
    assert "No papers are held yet." in shelves["papers"]
    assert "The library has no document a" in handlers.remove(SimpleNamespace(document="a"))["said"]  # type: ignore[arg-type]


def test_while_files_are_added_what_is_held_is_left_as_it_stands(
    handlers: LibraryHandlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Intake, "is_running", property(lambda self: True))
    shelves, _, clock = handlers.ticked()
    assert "papers" not in shelves
    assert clock.active


def test_a_library_that_is_still_read_or_can_not_be_says_so(
    handlers: LibraryHandlers, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = keeper_of(handlers)
    keeper.said = Progress("Reading 1 of <2> documents.", done=False)
    shelves, _, clock = handlers.opened()
    assert shelves["summary"] == "<p>Reading 1 of &lt;2&gt; documents.</p>"
    assert clock.active
    keeper.said, keeper.error = Progress("", done=True), CouncilPapersError("It was made with another model.")
    assert "It was made with another model." in handlers.opened()[0]["summary"]
    keeper.error = ValueError("secret detail")
    assert "secret detail" not in handlers.opened()[0]["summary"]
    assert "secret detail" in caplog.text


def test_the_sample_papers_can_not_be_taken_out_and_adding_starts_a_library_of_ones_own(
    handlers: LibraryHandlers, tmp_path: Path
) -> None:
    hand_in(handlers, upload(tmp_path, "a.txt", "the road plan"))
    keeper_of(handlers).is_sample = True
    shelves = handlers.opened()[0]
    assert "The first file that you add starts your own library" in shelves["summary"]
    assert "data-remove" not in shelves["papers"]
    assert "after its next start" in replace(handlers, may_add=False).opened()[0]["summary"]


def test_who_may_not_add_gets_no_way_to_do_it() -> None:
    page = app.build_app(FakeAssistant(), app.always_ready, library_page(may_add=False))
    config: Any = page.get_config_file()
    events = {target[1] for each in config["dependencies"] for target in each["targets"]}
    assert not events & {"handed", "removal", "stopped", "cleared"}
    said = " ".join(str(each["props"].get("value")) for each in config["components"])
    assert "because this page is served read-only" in said
    assert "--allow-adding" in said


def test_no_handler_can_be_called_as_a_public_service() -> None:
    config: Any = app.build_app(FakeAssistant(), app.always_ready, library_page(may_add=True)).get_config_file()
    assert {each["api_visibility"] for each in config["dependencies"]} == {"private"}


def library_page(*, may_add: bool) -> LibraryPage:
    from assistant.pages.page import LibraryPage

    keeper = FakeKeeper(Path("nowhere"))
    return LibraryPage(keeper, Intake(Path("nowhere"), keeper.destination, lambda folder: None), may_add)


# Where answers come from ---------------------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_places(tmp_path, monkeypatch)
    monkeypatch.setattr("index.library._read_apart", read_text)
    (tmp_path / "papers" / "sample.txt").write_text("The road.")
    return tmp_path


def make_places(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """A user's data folder and a folder of sample papers."""
    for room in ("assistant.start", "assistant.pages.source"):
        patch.setattr(f"{room}.default_library", lambda: folder / "own")
        patch.setattr(f"{room}.sample_library", lambda: folder / "sample")
    patch.setattr("assistant.start.sample_papers", lambda: folder / "papers")
    (folder / "papers").mkdir()


def test_the_page_goes_over_to_the_users_own_library_when_that_gets_its_first_papers(places: Path) -> None:
    source = Source(None, CountingEncoder)
    source.start()
    destination = source.destination()
    assert destination.folder == places / "own"
    held = source.holdings()
    assert held.is_sample
    assert [entry.id for entry in held.entries] == ["sample"]
    (places / "mine.txt").write_text("The plan.")
    with Library.create(destination.folder) as library:
        list(library.add([places / "mine.txt"], destination.encoder))
    source.arrived(destination.folder)
    wait_for(lambda: not source.is_renewing)
    held = source.holdings()
    assert not held.is_sample
    assert [entry.id for entry in held.entries] == ["mine"]
    source.arrived(destination.folder)
    assert not source.is_renewing


def test_a_library_that_was_named_and_is_not_there_can_be_started_on_the_page(places: Path) -> None:
    source = Source(places / "new", CountingEncoder)
    source.start()
    destination = source.destination()
    assert destination.folder == places / "new"
    assert "There is no library" in source.progress().sentence
    (places / "mine.txt").write_text("The plan.")
    with Library.create(destination.folder) as library:
        list(library.add([places / "mine.txt"], destination.encoder))
    source.arrived(destination.folder)
    wait_for(lambda: not source.progress().failed)
    assert [entry.id for entry in source.holdings().entries] == ["mine"]


def test_without_an_encoder_nothing_is_added_and_it_is_said_why(places: Path) -> None:
    def missing() -> CountingEncoder:
        raise CouncilPapersError("The model isn't installed.")

    source = Source(None, missing)
    source.start()
    with pytest.raises(CouncilPapersError, match="isn't installed"):
        source.destination()


def test_what_answered_goes_on_answering_where_another_library_can_not_be_opened() -> None:
    outcomes: list[object] = [FakeAssistant(), CouncilPapersError("It is damaged.")]

    def load(say: Callable[[str], None]) -> FakeAssistant:
        outcome = outcomes.pop(0)
        if isinstance(outcome, FakeAssistant):
            return outcome
        assert isinstance(outcome, Exception)
        raise outcome

    loading = Loading(load)
    loading.start()
    loading.wait()
    loading.renew()
    wait_for(lambda: not loading.is_renewing)
    assert loading.progress() == Progress("It is damaged.", done=True, failed=True)
    assert loading.ask("What is the front door?", (), Filter()).citations
    with pytest.raises(NotReady):
        Loading(load, longest_wait=0.01).wait()


# With a real browser -------------------------------------------------------------------------------------------------


def read_unless_slow(paths: Sequence[Path], limits: Limits, told: Told, stopped: Callable[[], bool]) -> Read:
    """Reads as the program does, but a file named "slow" is never done with."""
    for path in paths:
        if path.stem == "slow":
            told(path, "reading page 1")
            while not stopped():
                Event().wait(0.01)
            return
        yield from read_all([path], None, limits, processes=1, told=told, stopped=stopped)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page over the sample papers, which begins a library of its own when a file is added."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        make_places(folder, patch)
        write_pdf(folder / "papers" / "sample.pdf", "The road is long.")
        for name in ("uploads", "kept"):
            (folder / name).mkdir()
        patch.setenv("GRADIO_TEMP_DIR", str(folder / "uploads"))
        source = Source(None, CountingEncoder)
        intake = Intake(folder / "kept", source.destination, source.arrived, read_unless_slow)
        from assistant.pages.page import LibraryPage

        page = app.build_app(source.answering, source.progress, LibraryPage(source, intake, True))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        address = app.serve(page, host="127.0.0.1", port=port, largest_upload=10**6)
        source.start()
        yield address
        page.close(verbose=False)
        assert [*(folder / "kept").iterdir()] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def opened(browser: Browser, address: str, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}/#library")
    page.get_by_role("heading", name="Documents and files").wait_for()
    return page


def drop(page: Page, *files: Path) -> None:
    """Let files fall on the area, as from the desktop."""
    import base64

    contents = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
    transfer = page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const [name, content] of files) {
                const bytes = Uint8Array.from(atob(content), sign => sign.charCodeAt(0));
                transfer.items.add(new File([bytes], name));
            }
            return transfer;
        }""",
        contents,
    )
    page.locator(".lib-drop").dispatch_event("drop", {"dataTransfer": transfer})


@pytest.mark.browser
def test_files_are_dropped_and_added_and_one_is_taken_out(desk: str, browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, desk)
    page.get_by_text("These are the sample papers").wait_for()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (tmp_path / "table.xls").write_bytes(b"x")
    sample = [SAMPLE_PAPERS / f"{name}.pdf" for name in ("2022-07-20-scrutiny-minutes", "2023-03-29-scrutiny-minutes")]
    drop(page, *sample, tmp_path / "broken.pdf", tmp_path / "table.xls")
    page.get_by_text("Finished: 2 files added, 1 not added.").wait_for(state="attached")
    lines = page.locator(".lib-lines li")
    assert [line.split("\n")[0] for line in lines.all_inner_texts()] == [*(f.name for f in sample), "broken.pdf"]
    assert "Added" in lines.nth(0).inner_text()
    assert "The PDF is damaged or cut short" in lines.nth(2).inner_text()
    assert page.get_by_text("table.xls: files of this kind aren't read").is_visible()

    # The page has gone over to the library of one's own.
    page.locator("#lib-papers").get_by_text("2 papers in 2 documents").wait_for()
    assert page.get_by_text("These are the sample papers").count() == 0
    assert page.get_by_role("heading", name="Files that could not be read").is_visible()
    assert page.get_by_role("row", name="29 March 2023").is_visible()

    box = page.get_by_role("searchbox", name="Find in this list")
    box.fill("MARCH minutes")
    page.get_by_role("row", name="20 July 2022").wait_for(state="hidden")
    assert page.get_by_role("row", name="29 March 2023").is_visible()
    box.fill("")
    page.get_by_role("row", name="20 July 2022").wait_for()

    page.locator("summary", has_text="Documents and files").click()
    take_out = page.get_by_role("button", name="Take out 2023-03-29-scrutiny-minutes.pdf")
    take_out.click()
    page.get_by_role("dialog", name="Take this file out").get_by_role("button", name="Keep it").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    take_out.click()
    page.get_by_role("dialog").get_by_role("button", name="Take it out").click()
    page.get_by_text("2023-03-29-scrutiny-minutes.pdf was taken out of the library.").wait_for()
    assert "was taken out" in page.evaluate("document.activeElement.textContent"), "the keyboard's place is lost"
    page.locator("#lib-papers").get_by_text("1 paper in 1 document").wait_for()
    page.get_by_role("button", name="Put this list away").click()
    page.locator(".lib-lines").wait_for(state="detached")
    page.close()


@pytest.mark.browser
def test_adding_is_stopped_with_the_keyboard_and_seen_by_others(desk: str, browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, desk)
    for name in ("slow", "next"):
        write_pdf(tmp_path / f"{name}.pdf", "The plan of the panel.")
    page.get_by_label("Drop files here, or choose them").set_input_files([tmp_path / "slow.pdf", tmp_path / "next.pdf"])
    page.get_by_text("Being read, page 1").wait_for()
    other = opened(browser, desk)
    other.get_by_text("Being read, page 1").wait_for()
    stop = page.get_by_role("button", name="Stop adding")
    stop.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Put this list away").wait_for()
    assert page.get_by_text("stopped before it was added; nothing of it was kept").count() == 2
    other.get_by_role("button", name="Put this list away").click()
    other.locator(".lib-lines").wait_for(state="detached")
    assert "slow.pdf" not in page.locator("[data-list]").inner_text()
    other.close()
    page.close()


@pytest.mark.browser
def test_nothing_needs_sideways_scrolling_on_a_narrow_screen(desk: str, browser: Browser) -> None:
    page = opened(browser, desk, width=320)
    page.locator("summary", has_text="Documents and files").click()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    beyond = "[...document.querySelectorAll('main *')].filter(each => each.getBoundingClientRect().right > 321).length"
    assert page.evaluate(beyond) == 0
    page.close()
