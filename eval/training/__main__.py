"""The command line: `python -m eval.training` tunes the plain encoder, checks it, and writes it as the program ships
it."""

from __future__ import annotations

from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path

import click

from corpus.errors import CouncilPapersError
from eval.report import number, table
from eval.speed import spread
from eval.training.elsewhere import docstrings
from eval.training.pairs import load_pairs, split
from eval.training.shipping import ship
from eval.training.tuning import Settings, tune
from eval.training.validation import Found, validate
from index.council_encoder import CouncilEncoder
from index.encoder import Encoder
from index.encoders import load_encoder
from index.sentence_encoder import PLAIN, plain_folder

ELSEWHERE = 500
"""So many texts of another world are asked for."""


class Unable(click.ClickException):
    """The encoder couldn't be made."""

    exit_code = 2


@click.command()
@click.option(
    "--pairs",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Passages with their questions (JSON lines: doc, text, lay, desk, short).",
)
@click.option(
    "--work",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for checkpoints and the tuned model; a run that was broken off goes on from there.",
)
@click.option(
    "--ship",
    "shipped",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also write the model to this folder as the program ships it.",
)
@click.option("--all", "everything", is_flag=True, help="Learn from every passage, and keep none to check with.")
@click.option("--epochs", type=click.IntRange(min=1), default=Settings().epochs, show_default=True)
@click.option("--rate", type=float, default=Settings().rate, show_default=True, help="The highest learning rate.")
@click.option("--alike", type=float, default=Settings().alike, show_default=True)
@click.option("--made", type=float, default=Settings().made, show_default=True)
@click.option("--share", type=click.FloatRange(0, 1), default=Settings().share, show_default=True)
@click.option("--seed", type=int, default=Settings().seed, show_default=True)
def main(file: Path, work: Path, shipped: Path | None, everything: bool, **chosen: float) -> None:
    """Tune the plain encoder on passages and their questions, and compare the two on councils it learned nothing of."""
    known = {field.name for field in fields(Settings)}
    settings = replace(Settings(), **{name: value for name, value in chosen.items() if name in known})  # type: ignore[arg-type]
    try:
        pairs = load_pairs(file)
        learned, held = (pairs, ()) if everything else split(pairs, settings.seed)
        model = work / "model"
        tune(plain_folder(), learned, settings, work / "checkpoints").save(str(model))
        compared: dict[str, Encoder] = {PLAIN: load_encoder(PLAIN), "tuned": load_encoder(str(model))}
        if shipped is not None:
            digest = ship(model, shipped)
            click.echo(f"Written to {shipped}; its SHA-256 is {digest}.")
            compared["shipped"] = CouncilEncoder(shipped, digest)
    except CouncilPapersError as error:
        raise Unable(str(error)) from error
    if held:
        found = {name: validate(encoder.encode_questions, held, pairs) for name, encoder in compared.items()}
        click.echo(report(found, f"{len(held)} passages among {len(pairs)}"))
    other = spread(docstrings(), ELSEWHERE)
    found = {
        name: validate(encoder.encode_questions, other, other, ["summary"], attrgetter("passage"))
        for name, encoder in compared.items()
    }
    click.echo(report(found, f"{len(other)} of Python's docstrings"))


def report(found: dict[str, tuple[Found, ...]], head: str) -> str:
    """How each encoder found the passages of the questions of each form, as a table."""
    rows = [
        [name, one.form, *(number(value) for value in (one.first, one.five, one.ten, one.reciprocal))]
        for name, forms in found.items()
        for one in forms
    ]
    return table([head, "asked as", "recall@1", "recall@5", "recall@10", "MRR"], rows)


if __name__ == "__main__":
    main()
