"""The command line: `python -m eval` judges the answers, `python -m eval speed` times them."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from corpus.errors import CouncilPapersError
from eval.floors import load_floors, shortfalls
from eval.gold import Question, load, own_question_files
from eval.judging import Run, run
from eval.report import Setting, as_json, misses, notes_on, report

STEP = 20
"""Questions between two lines of progress."""

questions_option = click.option(
    "--questions",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Gold questions (JSON lines) instead of the project's own; repeatable.",
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
@click.option(
    "--library",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The library that is asked (default: one of the sample papers, built when needed).",
)
@click.option(
    "--pdf",
    "pdfs",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the original PDF files that quotes are checked against (default: the library's own).",
)
@click.option("--misses", "show_misses", is_flag=True, help="Also print every question that the assistant got wrong.")
@json_option
@click.pass_context
def main(
    context: click.Context,
    files: tuple[Path, ...],
    library: Path | None,
    pdfs: tuple[Path, ...],
    show_misses: bool,
    as_json_document: bool,
) -> None:
    """Answer gold questions and print every measure beside three baselines.

    With the project's own questions and papers, exit with 1 if a score is below its floor in eval/expected.toml.
    """
    if context.invoked_subcommand is not None:
        return
    questions = load(files or own_question_files())
    floors = load_floors() if not files and library is None else None
    setting, runs = _compare(questions, library, pdfs)
    below = () if floors is None else shortfalls(runs[0].judgements, floors)
    if as_json_document:
        click.echo(json.dumps(as_json(setting, runs, floors, below), ensure_ascii=False, indent=1))
    else:
        click.echo(report(setting, runs, floors))
        if show_misses:
            click.echo("\n" + misses(runs[0]))
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
            default_encoder,
            encodables,
            indexed,
            open_library,
        )

        encoder = default_encoder()
        library = open_library(library_folder)
        _progress(f"asking {len(questions)} questions")
        p50, p95 = percentiles(query_seconds(assistant_for(library, encoder), questions))
        answering_peak = own_peak()  # now: encoding in bulk isn't answering
        passages = indexed(library)
        chosen = spread(passages)
        texts = [encodable.text for encodable in encodables(chosen, encoder)]
        bare = bare_encode(encoder)
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


def _compare(
    questions: Sequence[Question], library_folder: Path | None, pdfs: Sequence[Path]
) -> tuple[Setting, list[Run]]:
    """The setting and the runs of the assistant and its baselines, the assistant's first."""
    from eval.engine import assistant_for, default_encoder, encode_plain, open_library, original_pdfs
    from eval.llamaindex import llamaindex_system
    from eval.originals import Originals, pdfs_in
    from eval.runs import assistant_systems, whole_texts
    from eval.sample import default_cache, sample_library

    encoder = default_encoder()
    if library_folder is None:
        _progress("bringing the library of the sample papers up to date")
        library_folder = sample_library(default_cache(), encoder.name)
    library = open_library(library_folder)
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
