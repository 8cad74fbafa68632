"""The command line: `python -m eval` judges the answers beside three baselines, its subcommands measure the rest."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import CouncilPapersError
from eval.curve import curve_csv, curve_table, graded, thresholds
from eval.floors import load_floors, shortfalls
from eval.gold import Question, load, own_question_files
from eval.judging import Run, run
from eval.misses import page
from eval.report import Setting, as_json, notes_on, report

if TYPE_CHECKING:
    from eval.runs import System
    from index.encoder import Encoder
    from index.library import Library

STEP = 20
"""Questions between two lines of progress."""

questions_option = click.option(
    "--questions",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Gold questions (JSON lines) instead of the project's own; repeatable.",
)
library_option = click.option(
    "--library",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The library that is asked (default: one of the sample papers, built when needed).",
)
json_option = click.option("--json", "as_json_document", is_flag=True, help="One JSON document on standard output.")


class Unable(click.ClickException):
    """The evaluation couldn't be run, which isn't the same as scores below their floors (exit code 1)."""

    exit_code = 2


class OneSentence(click.Group):
    """Shows the project's own errors as their one sentence."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CouncilPapersError as error:
            raise Unable(str(error)) from error


@click.group(cls=OneSentence, invoke_without_command=True)
@questions_option
@library_option
@click.option(
    "--pdf",
    "pdfs",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the original PDF files that quotes are checked against (default: the library's own).",
)
@click.option("--misses", "show_misses", is_flag=True, help="Also print the page of misses (see `misses`).")
@click.option(
    "--curve",
    "curve_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Also write the refusal curve to this file, as comma-separated values.",
)
@json_option
@click.pass_context
def main(
    context: click.Context,
    files: tuple[Path, ...],
    library: Path | None,
    pdfs: tuple[Path, ...],
    show_misses: bool,
    curve_file: Path | None,
    as_json_document: bool,
) -> None:
    """Answer gold questions and print every measure beside three baselines, with intervals and tests.

    With the project's own questions and papers, exit with 1 if a score is below its floor in eval/expected.toml.
    """
    if context.invoked_subcommand is not None:
        return
    questions = load(files or own_question_files())
    floors = load_floors() if not files and library is None else None
    setting, runs = _compare(questions, library, pdfs)
    told = graded(runs[0].judgements)
    if curve_file is not None:
        if not told:
            raise Unable("The answers don't tell how much evidence they have, so there is no curve: leave out --curve.")
        curve_file.write_text(curve_csv(told, thresholds()), encoding="utf-8")
    below = () if floors is None else shortfalls(runs[0].judgements, floors)
    if as_json_document:
        click.echo(json.dumps(as_json(setting, runs, floors, below), ensure_ascii=False, indent=1))
    else:
        click.echo(report(setting, runs, floors))
        if told:
            click.echo("\n" + curve_table(told, thresholds()))
        if show_misses:
            click.echo("\n" + page(runs[0]))
    for shortfall in below:
        click.echo(f"below its floor: {shortfall}", err=True)
    if below:
        sys.exit(1)


@main.command()
@questions_option
@click.option(
    "--papers",
    type=click.Path(exists=True, path_type=Path),
    help="PDF file or folder that is added and asked about (default: the sample papers).",
)
@click.option(
    "--pages",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Long PDF file whose reading is timed (default: the papers, a folder's joined to some 300 pages).",
)
@json_option
def speed(files: tuple[Path, ...], papers: Path | None, pages: Path | None, as_json_document: bool) -> None:
    """Time reading, adding and asking, as ratios to pypdf and to the bare encoder in the same run."""
    from eval.adding import add, own_peak
    from eval.reading import compare_reading, long_file
    from eval.sample import SAMPLE_PAPERS
    from eval.speed import (
        Speed,
        compare_encoding,
        percentiles,
        query_seconds,
        speed_as_json,
        speed_report,
        spread,
    )

    questions = load(files or own_question_files())
    with tempfile.TemporaryDirectory(prefix="eval-speed-") as folder:
        library_folder = Path(folder) / "library"
        # Before anything large is loaded here: see `watch`.
        _progress("adding the papers")
        first = add([papers or SAMPLE_PAPERS], library_folder)
        _progress("adding them again")
        second = add([papers or SAMPLE_PAPERS], library_folder)
        _progress("reading a long file in two ways")
        reading = compare_reading(pages or long_file(papers or SAMPLE_PAPERS, Path(folder)))

        from eval.engine import (
            assistant_for,
            bare_encode,
            encodables,
            encoder_for,
            indexed,
            open_library,
        )

        library = open_library(library_folder)
        encoder = encoder_for(library)
        _progress(f"asking {len(questions)} questions")
        p50, p95 = percentiles(query_seconds(assistant_for(library, encoder), questions))
        answering_peak = own_peak()  # now: encoding in bulk isn't answering
        passages = indexed(library)
        chosen = spread(passages)
        texts = [encodable.text for encodable in encodables(chosen, encoder)]
        bare = bare_encode()
        _progress(f"encoding {len(chosen)} of {len(passages)} passages in two ways")
        encoding = compare_encoding(
            len(texts), lambda: encoder.encode_passages(encodables(chosen, encoder)), lambda: bare(texts)
        )
        measured = Speed(
            pages=sum(entry.pages for entry in library.documents()),
            texts=len(passages),
            add_seconds=first.seconds,
            add_again_seconds=second.seconds,
            encoding=encoding,
            query_p50=p50,
            query_p95=p95,
            add_peak=first.peak,
            answering_peak=answering_peak,
            reading=reading,
        )
    click.echo(json.dumps(speed_as_json(measured), indent=1) if as_json_document else speed_report(measured))


@main.command(name="misses")
@questions_option
@library_option
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="File for the page (default: standard output).",
)
def misses_(files: tuple[Path, ...], library: Path | None, output: Path | None) -> None:
    """Make a page to read (Markdown) of every question that went wrong, with what was expected, answered and found."""
    shipped = _shipped(*_opened(library))
    text = page(run(shipped, _counted(load(files or own_question_files()), shipped.name), _unchecked))
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")


@main.command()
@questions_option
@library_option
@json_option
def robustness(files: tuple[Path, ...], library: Path | None, as_json_document: bool) -> None:
    """Ask the same questions as keywords, at length, with typing mistakes and in lay words."""
    from eval.robustness import MEASURES, in_all_forms, run_in_forms, steadiness, steadiness_report

    questions = in_all_forms(load(files or own_question_files()))
    runs = run_in_forms(_shipped(*_opened(library)), questions, _unchecked, _counted)
    found = {measure.name: asdict(steadiness(measure, runs)) for measure in MEASURES}
    click.echo(json.dumps(found, indent=1) if as_json_document else steadiness_report(runs))


@main.command(name="records")
@library_option
@json_option
def records_(library: Path | None, as_json_document: bool) -> None:
    """Hold the findings, promises and figures of the sample papers against gold."""
    from assistant.tracing import Tracer
    from eval.records import gold_records, recorded, scores

    found = scores(recorded(Tracer(*_opened(library))), gold_records())
    if as_json_document:
        click.echo(json.dumps(found, indent=1))
        return
    for kind, measures in found.items():
        click.echo(f"{kind}: " + ", ".join(f"{name} {value:.3f}" for name, value in measures.items()))


@main.command(name="marks")
@questions_option
@library_option
@json_option
def marks_(files: tuple[Path, ...], library: Path | None, as_json_document: bool) -> None:
    """Open every citation on its page, and see whether the marks there cover the quoted words."""
    from corpus.reading.worker import Drawer, Limits
    from eval.engine import assistant_for, original_pdfs
    from eval.marks import marked_citations, marks_as_json, marks_report
    from eval.positions import Positions

    opened, encoder = _opened(library)
    assistant = assistant_for(opened, encoder)
    questions = _counted(load(files or own_question_files()), "marks")
    answers = ((question.id, assistant.ask(question.question, question.history)) for question in questions)
    drawer = Drawer(Limits())
    try:
        with Positions(original_pdfs(opened)) as positions:
            found = marked_citations(answers, opened, drawer, positions)
    finally:
        drawer.close()
    click.echo(
        json.dumps(marks_as_json(found), ensure_ascii=False, indent=1) if as_json_document else marks_report(found)
    )


@main.command(name="ablation")
@questions_option
@library_option
@json_option
def ablation_(files: tuple[Path, ...], library: Path | None, as_json_document: bool) -> None:
    """Leave out one step at a time, and see what each earns."""
    from eval.ablation import ablation, ablation_as_json, ablation_report
    from eval.engine import ways_without

    opened, encoder = _opened(library)
    questions = load(files or own_question_files())
    runs = ablation(_shipped(opened, encoder).ask, ways_without(opened, encoder), questions, _unchecked, _counted)
    click.echo(json.dumps(ablation_as_json(runs), indent=1) if as_json_document else ablation_report(runs))


@main.command(name="encoders")
@questions_option
@click.option(
    "--papers",
    type=click.Path(exists=True, path_type=Path),
    help="A file or folder to ask about (default: the sample papers).",
)
@json_option
def encoders_(files: tuple[Path, ...], papers: Path | None, as_json_document: bool) -> None:
    """Index papers with the tuned encoder and with the plain one, and see what each finds."""
    from eval.adding import add
    from eval.encoders import Pair, encoders_as_json, encoders_report
    from eval.engine import assistant_for, open_library
    from eval.runs import System, assistant_systems
    from eval.sample import SAMPLE_PAPERS
    from index.council_encoder import COUNCIL
    from index.encoders import load_encoder
    from index.sentence_encoder import PLAIN

    questions = load(files or own_question_files())
    runs: dict[tuple[str, str], Run] = {}
    with tempfile.TemporaryDirectory(prefix="eval-encoders-") as folder:
        for name in (PLAIN, COUNCIL):
            _progress(f"adding the papers with {name}")
            library_folder = Path(folder) / name
            add([papers or SAMPLE_PAPERS], library_folder, name)
            whole, _, meaning = assistant_systems(assistant_for(open_library(library_folder), load_encoder(name)))
            for way, system in (("meaning alone", meaning), ("whole search", whole)):
                asked = System(name, way, system.ask)
                runs[way, name] = run(asked, _counted(questions, f"{name}, {way}"), _unchecked)
    pairs = [Pair(way, runs[way, COUNCIL], runs[way, PLAIN]) for way in ("meaning alone", "whole search")]
    click.echo(json.dumps(encoders_as_json(pairs), indent=1) if as_json_document else encoders_report(pairs))


@main.command(name="support")
@questions_option
@library_option
@json_option
def support_(files: tuple[Path, ...], library: Path | None, as_json_document: bool) -> None:
    """Spoil right sentences, and see which of them still count as supported by the papers."""
    from eval.support import cases, kept, support_report

    opened, encoder = _opened(library)
    passages = [(placed.passage, placed.paper) for placed in opened.passages()]

    def similar(text: str, others: Sequence[str]) -> list[float]:
        one, *rest = encoder.encode_questions([text, *others])
        return [float(one @ other) for other in rest]

    told = kept(cases(load(files or own_question_files()), passages), similar)
    click.echo(json.dumps(told, indent=1) if as_json_document else support_report(told))


@main.command(name="growth")
@questions_option
@library_option
@click.option("--times", type=click.IntRange(min=2), default=10, show_default=True, help="How many times as large.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which the grown library is kept, to be used or gone on with by the next run.",
)
@json_option
def growth_(
    files: tuple[Path, ...], library: Path | None, times: int, keep: Path | None, as_json_document: bool
) -> None:
    """Ask a library before and after a copy of it is grown with unrelated papers.

    On two cores, growing 160 pages ten times takes some two minutes, and a hundred times some twenty.
    """
    from eval.growth import changes, grow, growth_as_json, growth_report

    questions = load(files or own_question_files())
    opened, encoder = _opened(library)
    with tempfile.TemporaryDirectory(prefix="eval-growth-") as passing:
        before = _warm_run(opened, encoder, questions, "before growing")
        grown = grow(opened.folder, times, encoder, keep=keep or Path(passing), tell=_progress)
        larger, _ = _opened(grown.folder)
        with larger:
            found = changes(before, _warm_run(larger, encoder, questions, "after growing"))
    report_ = json.dumps(growth_as_json(grown, found), indent=1) if as_json_document else growth_report(grown, found)
    click.echo(report_)


@main.command(name="tracing")
@click.option("--papers", type=click.IntRange(min=1), default=1000, show_default=True, help="How many papers.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which the library of these papers is kept, to be used or gone on with by the next run.",
)
@json_option
def tracing_(papers: int, keep: Path | None, as_json_document: bool) -> None:
    """Time every trace over a library of made-up papers; exit with 1 if one takes longer than a second.

    On two cores, making a thousand papers takes some four minutes.
    """
    from eval.engine import encoder_for
    from eval.tracing import LONGEST, made, timed, tracing_as_json, tracing_report

    encoder = encoder_for(None)
    with tempfile.TemporaryDirectory(prefix="eval-tracing-") as passing:
        folder = made(keep or Path(passing), papers, encoder.dimension, tell=_progress)
        _progress("tracing")
        found = timed(folder, encoder)
    click.echo(json.dumps(tracing_as_json(found), indent=1) if as_json_document else tracing_report(found))
    if found.longest > LONGEST:
        sys.exit(1)


@main.command(name="crowd")
@questions_option
@library_option
@click.option("--people", type=click.IntRange(min=1), default=20, show_default=True, help="How many ask at once.")
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True, help="How often each of them asks.")
@json_option
def crowd_(files: tuple[Path, ...], library: Path | None, people: int, rounds: int, as_json_document: bool) -> None:
    """Start the page and have many people ask it at once; exit with 1 if anything goes wrong or p95 is over 2 s."""
    from eval.crowd import Visits, crowd, crowd_as_json, crowd_report, served

    # A follow-up needs the conversation before it.
    questions = [question.question for question in load(files or own_question_files()) if not question.history]
    opened, _ = _opened(library)
    with opened:
        folder = opened.folder
    with served(folder) as address:
        visits = Visits(address)
        _progress("waiting until the page has its model")
        visits.ask(questions[-1])
        _progress(f"{people} people ask at once, {rounds} times")
        found = crowd(visits.ask, questions, people=people, rounds=rounds)
    click.echo(json.dumps(crowd_as_json(found), indent=1) if as_json_document else crowd_report(found))
    if not found.holds:
        sys.exit(1)


def _warm_run(library: Library, encoder: Encoder, questions: Sequence[Question], name: str) -> Run:
    """What the assistant makes of the questions; the first is asked once before, so that no seconds are for loading."""
    shipped = _shipped(library, encoder)
    shipped.ask(questions[0])
    return run(shipped, _counted(questions, name), _unchecked)


def _opened(folder: Path | None) -> tuple[Library, Encoder]:
    """The library in a folder, or else that of the sample papers, and the encoder."""
    from eval.engine import encoder_for, open_library
    from eval.sample import default_cache, sample_library

    if folder is not None:
        library = open_library(folder)
        return library, encoder_for(library)
    _progress("bringing the library of the sample papers up to date")
    library = open_library(sample_library(default_cache(), encoder_for(None).name))
    return library, encoder_for(library)


def _shipped(library: Library, encoder: Encoder) -> System:
    """The assistant as it is shipped."""
    from eval.engine import assistant_for
    from eval.runs import assistant_systems

    return assistant_systems(assistant_for(library, encoder))[0]


def _unchecked(document: str, page_: int) -> None:
    """No independent reading of any page: quotations are checked by `python -m eval` itself."""


def _compare(
    questions: Sequence[Question], library_folder: Path | None, pdfs: Sequence[Path]
) -> tuple[Setting, list[Run]]:
    """The setting and the runs of the assistant and its baselines, the assistant's first."""
    from eval.engine import assistant_for, encode_plain, original_pdfs
    from eval.llamaindex import llamaindex_system
    from eval.originals import Originals, pdfs_in
    from eval.runs import assistant_systems, whole_texts

    library, encoder = _opened(library_folder)
    texts = whole_texts(library)
    setting = Setting(
        questions=len(questions),
        documents=len(texts),
        pages=sum(entry.pages for entry in library.documents()),
        encoder=encoder.name,
        notes=notes_on(questions, texts),
    )
    baseline = llamaindex_system(
        texts,
        encode_passages=lambda passages: encode_plain(encoder, passages),
        encode_questions=encoder.encode_questions,
    )
    systems = [*assistant_systems(assistant_for(library, encoder)), baseline]
    with Originals(pdfs_in(pdfs) if pdfs else original_pdfs(library)) as papers:
        runs = [run(system, _counted(questions, system.name), papers.page_text) for system in systems]
    return setting, runs


def _counted(questions: Sequence[Question], name: str) -> Iterator[Question]:
    for n, question in enumerate(questions):
        if n % STEP == 0:
            _progress(f"{name}: {n} of {len(questions)} questions")
        yield question


def _progress(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main(prog_name="python -m eval")
