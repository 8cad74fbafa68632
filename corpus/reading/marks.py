"""A drawn page and its marks as values; who only handles them needs none of the libraries that draw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is to be marked on a page: a stretch of the page's stored text (offsets within it, end excluded)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place on a drawn page, as shares (0 to 1) of its width and height, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as a WebP picture of so many pixels, and the places of the quoted words on it, one for each line or run,
    in reading order. `marks` is empty where nothing is quoted or the words can't be placed.

    `turned` tells by how many degrees, clockwise, the page was turned so that its text stands upright.
    """

    picture: bytes
    width: int
    height: int
    turned: int
    marks: tuple[Rectangle, ...]
