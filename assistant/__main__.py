"""The command line. Heavy imports stand inside the commands that need them: `list` and `--help` start at once."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.exceptions import NoArgsIsHelpError

from assistant.settings import ENCODER_VARIABLE, LIBRARY_VARIABLE, Settings, default_library, model_settings
from corpus.dates import written_out
from corpus.documents import KINDS, readable
from corpus.errors import CouncilPapersError

if TYPE_CHECKING:
    from assistant.answer import Answer, Assistant, Drafted
    from assistant.tracing import Tracer
    from index.hits import Filter
    from index.library import Library

Command = TypeVar("Command", bound=Callable[..., Any])


class IsoDate(click.ParamType[str]):
    """A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""

    name = "YYYY[-MM[-DD]]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as written, if there is such a date."""
        from datetime import date

        try:
            if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", str(value)):
                raise ValueError
            date(*[int(p) for p in (*str(value).split("-"), "01", "01")[:3]])
        except ValueError:
            self.fail(f"{value!r} is no date; write 2022, 2022-06 or 2022-06-14.", param, ctx)
        return str(value)


class WrongUse(click.ClickException):
    """A command was given wrongly; shown without the summary of its options that click would print before it."""

    exit_code = 2


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn the errors that a person can do something about into one sentence and an exit code."""
    try:
        yield
    except CouncilPapersError as error:
        raise click.ClickException(str(error)) from error
    except NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise WrongUse(error.format_message()) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read the output has enough of it; click ends quietly
            raise
        where = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{where}{error.strerror or error}.") from error


class Group(click.Group):
    """Shows errors as their one sentence."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the arguments before the command's name."""
        with one_sentence():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the command's arguments and run it."""
        with one_sentence():
            return super().invoke(ctx)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Ask a council's published papers, and get quotations with their pages."""
    # The papers have letters that not every terminal knows; what reads our JSON expects UTF-8 on every system. An
    # argument that isn't text at all comes out as it came in, which in JSON is an escape.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def shared_options(command: Command) -> Command:
    """Give a command the options that all have."""
    command = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")(command)
    command = click.option(
        "--encoder",
        envvar=ENCODER_VARIABLE,
        metavar="MODEL",
        help="For a new library: council-MiniLM-L6 (the default), all-MiniLM-L6-v2, or the path of a folder with a "
        "sentence-transformers model.",
    )(command)
    return click.option(
        "--library",
        type=click.Path(path_type=Path, file_okay=False),
        envvar=LIBRARY_VARIABLE,
        default=default_library,
        show_default="your data folder",
        help="The folder in which the papers are kept.",
    )(command)


def date_options(command: Command) -> Command:
    """Give a command the options that narrow it to a time."""
    command = click.option("--until", type=IsoDate(), help="This date or before.")(command)
    return click.option("--since", type=IsoDate(), help="This date or after.")(command)


def search_options(command: Command) -> Command:
    """Give a command the options that narrow a search."""
    kinds = click.option(
        "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Papers of this kind only; may be given again."
    )
    bodies = click.option(
        "--body", "bodies", multiple=True, help="Papers of this committee or author only; may be given again."
    )
    return date_options(kinds(bodies(command)))


def trace_options(command: Command) -> Command:
    """Give a command the options that narrow a trace across papers."""
    return date_options(click.option("--about", metavar="SUBJECT", help="What belongs to this subject only.")(command))


def save_option(command: Command) -> Command:
    """Give a trace the option that saves it as a file."""
    return click.option(
        "--save",
        "saved_as",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Also write it as a file for a spreadsheet: .xlsx or .csv.",
    )(command)


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


@contextmanager
def opened(settings: Settings) -> Iterator[Library]:
    """The library, closed at the end."""
    from index.library import Library

    library = Library.open(settings.library)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def assistant_on(settings: Settings) -> Iterator[Assistant]:
    """An assistant on the library, closed at the end."""
    from assistant.answer import Assistant
    from index.encoders import encoder_for

    with opened(settings) as library:
        yield Assistant(library, encoder_for(library, settings.encoder))


@contextmanager
def tracer_on(settings: Settings) -> Iterator[Tracer]:
    """A tracer on the library, closed at the end."""
    from assistant.tracing import Tracer
    from index.encoders import encoder_for

    with opened(settings) as library:
        yield Tracer(library, encoder_for(library, settings.encoder))


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--password", help="Opens encrypted files.")
@click.option("--rebuild", is_flag=True, help="Read everything in the library anew from its originals.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=60.0,
    show_default=True,
    help="How long one page may take; a file with a page that takes longer is refused.",
)
@click.option(
    "--memory",
    type=click.FloatRange(min=0.5),
    default=2.0,
    show_default=True,
    help="Gigabytes that reading a file may take (where the system can limit it).",
)
@shared_options
def add(
    paths: tuple[Path, ...],
    password: str | None,
    rebuild: bool,
    seconds: float,
    memory: float,
    library: Path,
    encoder: str | None,
    as_json: bool,
) -> None:
    """Add or update files, or all files in folders; unchanged ones are skipped."""
    from corpus.reading.worker import Limits
    from index.adding import Outcome
    from index.encoders import encoder_for
    from index.library import Library

    if not paths and not rebuild:
        raise click.UsageError("Name the files or folders to add.")
    limits = Limits(seconds=seconds, memory=round(memory * 1024**3))
    results = []
    with Library.create(library, rebuild=rebuild) as opened_library:
        # A library stays with its encoder until another is named.
        chosen = encoder_for(opened_library, encoder)
        for added in opened_library.add(paths, chosen, password=password, limits=limits, rebuild=rebuild):
            click.echo(f"{added.outcome}: {added.message}", err=True)
            results.append(added)
    failed = [r for r in results if r.outcome is Outcome.FAILED]
    if as_json:
        print_json(
            {
                "files": [
                    {"file": r.file, "outcome": r.outcome.value, "document": r.document, "message": r.message}
                    for r in results
                ]
            }
        )
    elif not results:
        click.echo("No files there.", err=True)
    if failed:
        raise click.ClickException(f"{len(failed)} of {len(results)} files could not be added.")


@main.command("list")
@shared_options
def list_(library: Path, encoder: str | None, as_json: bool) -> None:
    """Show the documents and their papers."""
    from assistant.listing import list_lines
    from assistant.output import list_json

    with opened(Settings(library, encoder)) as opened_library:
        entries, ties, unreadable = opened_library.documents(), opened_library.ties(), opened_library.unreadable()
        printed = opened_library.printed_pages()
    if as_json:
        print_json(list_json(entries, ties, unreadable))
        return
    for line in list_lines(entries, ties, printed, unreadable):
        click.echo(line)
    click.echo(f"{_count(len(entries), 'document')} in {library}", err=True)


@main.command()
@click.argument("documents", nargs=-1, required=True)
@shared_options
def remove(documents: tuple[str, ...], library: Path, encoder: str | None, as_json: bool) -> None:
    """Take documents out, by their ids."""
    with opened(Settings(library, encoder)) as opened_library:
        opened_library.remove(documents)
    if as_json:
        print_json({"removed": list(documents)})
    else:
        click.echo(f"Removed: {', '.join(documents)}.", err=True)


@main.command()
@shared_options
def check(library: Path, encoder: str | None, as_json: bool) -> None:
    """Say what is wrong with the library, each with its remedy."""
    from assistant.output import check_json
    from index.encoders import encoder_for

    with opened(Settings(library, encoder)) as opened_library:
        problems = opened_library.check(encoder_for(opened_library, encoder))
    if as_json:
        print_json(check_json(problems))
    else:
        for problem in problems:
            remedy = "" if problem.remedy == "none needed" else f" ({problem.remedy})"
            click.echo(f"{problem.severity}: {problem.message}{remedy}")
        if not any(p.severity == "error" for p in problems):
            click.echo("The library is sound.")
    if any(p.severity == "error" for p in problems):
        raise SystemExit(1)


@main.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Passages at most.")
@search_options
@shared_options
def search(
    text: str,
    limit: int,
    since: str | None,
    until: str | None,
    kinds: tuple[str, ...],
    bodies: tuple[str, ...],
    library: Path,
    encoder: str | None,
    as_json: bool,
) -> None:
    """Find the passages nearest to a text."""
    from assistant.output import hit_json

    with assistant_on(Settings(library, encoder)) as assistant:
        hits = assistant.retriever.search(assistant.understand(text), _filter(since, until, kinds, bodies), limit)
    if as_json:
        print_json({"hits": [hit_json(hit) for hit in hits]})
        return
    for hit in hits:
        click.echo(f"{hit.rank}. {hit.paper.title}, {written_out(hit.paper.date)}, {_page(hit.page, hit.page_label)}")
        click.echo(f"   {readable(hit.passage.text)}\n")
    if not hits:
        click.echo("Nothing found.", err=True)


@main.command()
@click.argument("question")
@click.option("--history", multiple=True, help="An earlier question, oldest first; may be given again.")
@click.option(
    "--save",
    "saved_as",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the answer as a file to take along: .docx or .md.",
)
@click.option("--model", "by_model", is_flag=True, help="Have the language model that is set tell the answer.")
@search_options
@shared_options
def ask(
    question: str,
    history: tuple[str, ...],
    saved_as: Path | None,
    by_model: bool,
    since: str | None,
    until: str | None,
    kinds: tuple[str, ...],
    bodies: tuple[str, ...],
    library: Path,
    encoder: str | None,
    as_json: bool,
) -> None:
    """Answer a question with quotations."""
    from assistant.output import answer_json

    if saved_as is not None:
        from assistant.taking_along import check_ending

        check_ending(saved_as.suffix)
    model = model_settings(os.environ) if by_model else None
    with assistant_on(Settings(library, encoder)) as assistant:
        answer = assistant.ask(question, history, _filter(since, until, kinds, bodies))
        if model is not None:
            from assistant.drafted_answers import told_by
            from assistant.model import connect

            answer = told_by(connect(model), answer, assistant)
        if saved_as is not None:
            _save_answer(answer, assistant.library, saved_as)
    if as_json:
        print_json(answer_json(answer))
    else:
        _print_answer(answer)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@shared_options
def batch(file: Path, library: Path, encoder: str | None, as_json: bool) -> None:
    """Answer questions from a JSONL file, one answer a line on standard output."""
    from assistant.output import answer_json, hit_json

    del as_json  # the output is JSON in any case
    questions = list(_questions(file))
    with assistant_on(Settings(library, encoder)) as assistant:
        assistant.warm_up()
        for asked in questions:
            answer = assistant.ask(asked["question"], asked.get("history") or ())
            line = {"id": asked["id"], **answer_json(answer), "hits": [hit_json(hit) for hit in answer.hits]}
            click.echo(json.dumps(line, ensure_ascii=False))


def _questions(file: Path) -> Iterator[dict[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8-sig")  # an editor on Windows may put a mark before the first line
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8 text; save it as that.") from error
    # Not splitlines: a string in JSON may hold other characters that end a line.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"{file}, line {number} is no JSON ({error}).") from error
        if not isinstance(asked, dict) or not isinstance(asked.get("question"), str) or "id" not in asked:
            raise click.ClickException(f'{file}, line {number} needs an "id" and a "question".')
        history = asked.get("history") or []
        if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
            raise click.ClickException(f'{file}, line {number}: "history" must be a list of earlier questions.')
        yield asked


@main.command()
@trace_options
@save_option
@shared_options
def findings(
    since: str | None,
    until: str | None,
    about: str | None,
    saved_as: Path | None,
    library: Path,
    encoder: str | None,
    as_json: bool,
) -> None:
    """Trace inspectors' and commissioners' findings over the years."""
    from assistant.spreadsheets import findings_table, save
    from assistant.traced_output import findings_json
    from assistant.traces import finding_lines

    with tracer_on(Settings(library, encoder)) as tracer:
        found = tracer.findings(since=since, until=until, about=about)
    if saved_as is not None:
        save(findings_table(found), saved_as)
    if as_json:
        print_json(findings_json(found))
        return
    for line in finding_lines(found, about=about):
        click.echo(line)


@main.command()
@trace_options
@click.option("--owner", help="What this person or post undertook only.")
@click.option("--status", help="What is said to stand so only.")
@save_option
@shared_options
def promises(
    since: str | None,
    until: str | None,
    about: str | None,
    owner: str | None,
    status: str | None,
    saved_as: Path | None,
    library: Path,
    encoder: str | None,
    as_json: bool,
) -> None:
    """Trace what was promised and what came of it."""
    from assistant.spreadsheets import promises_table, save
    from assistant.traced_output import promises_json
    from assistant.traces import promise_lines

    with tracer_on(Settings(library, encoder)) as tracer:
        found = tracer.promises(since=since, until=until, about=about, owner=owner, status=status)
    if saved_as is not None:
        save(promises_table(found), saved_as)
    if as_json:
        print_json(promises_json(found))
        return
    for line in promise_lines(found):
        click.echo(line)


@main.command()
@click.argument("text", required=False)
@save_option
@shared_options
def figures(text: str | None, saved_as: Path | None, library: Path, encoder: str | None, as_json: bool) -> None:
    """Show indicators with their values: all, or those that TEXT names or is about."""
    from assistant.spreadsheets import figures_table, save
    from assistant.traced_output import figures_json
    from assistant.traces import figure_lines

    with tracer_on(Settings(library, encoder)) as tracer:
        found = tracer.figures(text)
    if saved_as is not None:
        save(figures_table(found), saved_as)
    if as_json:
        print_json(figures_json(found))
        return
    for line in figure_lines(found):
        click.echo(line)


def _save_answer(answer: Answer, library: Library, path: Path) -> None:
    from datetime import datetime

    from assistant.references import listings
    from assistant.taking_along import Asked, save

    entries = library.documents()
    listed = listings(paper for entry in entries for paper in entry.papers)
    titles = {entry.id: entry.title for entry in entries}
    save([Asked(answer, datetime.now().astimezone(), titles, listed)], path)


def _filter(since: str | None, until: str | None, kinds: tuple[str, ...], bodies: tuple[str, ...]) -> Filter:
    from index.hits import Filter

    return Filter(since=since, until=until, kinds=kinds, bodies=bodies)


def _page(number: int, label: str | None) -> str:
    return f"page {label} (file page {number})" if label else f"file page {number} (no printed number)"


def _print_answer(answer: Answer) -> None:
    if answer.reason:
        click.echo(answer.reason)
    if answer.drafted:
        _print_drafted(answer.drafted)
    for statement in answer.statements:
        click.echo(f"{statement.text} {''.join(f'[{n}]' for n in statement.citations)}\n")
    for citation in answer.citations:
        paper = citation.paper
        place = _page(citation.page, citation.page_label)
        place += f"; careful: {citation.problem}" if citation.problem else ""
        click.echo(f"[{citation.number}] {paper.title}, {written_out(paper.date)}, {paper.document}, {place}")
    if not answer.statements and answer.hits:
        click.echo("\nNot an answer, but nearest:")
        for hit in answer.hits[:3]:
            text = readable(hit.passage.text)
            shown = text if len(text) < 300 else text[:300].rsplit(" ", 1)[0] + " …"
            click.echo(
                f"- {hit.paper.title}, {written_out(hit.paper.date)}, {_page(hit.page, hit.page_label)}: {shown}"
            )
    searched = answer.searched
    click.echo(f"\nSearched: {_count(searched.documents, 'document')}, {_count(searched.papers, 'paper')}.")


def _print_drafted(drafted: Drafted) -> None:
    told = f"Told by the language model {drafted.model}; each sentence was checked against the quotation after it."
    click.echo(f"{drafted.fallback or told}\n")
    if drafted.removed:
        click.echo(f"Removed from what it wrote: {_count(len(drafted.removed), 'sentence')}.")
    for removed in drafted.removed:
        click.echo(f"- “{removed.text}”, because {removed.why}.")
    if drafted.removed:
        click.echo("")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


if __name__ == "__main__":
    main()
