"""Long SQL is broken where nothing changes, and nowhere else."""

from __future__ import annotations

import pytest

from tools import format_sql

COLUMNS = ", ".join(f"some_quite_long_column_{n}" for n in range(4))
LONG = f"    SELECT {COLUMNS} FROM a_table WHERE it = 'is, (what AND it' OR it IS NOT that ORDER BY something, and_more;"


def test_a_long_line_is_broken_before_a_clause_and_what_fits_is_left_alone() -> None:
    short = "SELECT  1 ,2;  -- as it was\n"
    assert format_sql.formatted(short) == short
    lines = format_sql.formatted(LONG).splitlines()
    assert len(lines) == 2
    assert all(len(line) <= format_sql.WIDTH for line in lines)
    assert lines[1].lstrip().startswith(("FROM", "WHERE"))
    assert format_sql.words("\n".join(lines)) == format_sql.words(LONG)


def test_it_says_the_same_when_asked_again() -> None:
    once = format_sql.formatted(LONG)
    assert format_sql.formatted(once) == once


def test_a_string_is_never_broken() -> None:
    text = "    PERFORM refuse('" + "x, (AND FROM " * 12 + "');"
    assert "'" + "x, (AND FROM " * 12 + "'" in format_sql.formatted(text)


def test_comments_are_filled_and_titles_keep_their_rule() -> None:
    told = "-- " + "a word " * 30 + "\n-- and its end\nSELECT 1;\n-- Title " + "-" * 130 + "\n"
    lines = format_sql.formatted(told).splitlines()
    assert all(len(line) <= format_sql.WIDTH for line in lines)
    assert lines[1].endswith("and its end")
    assert lines[3] == "-- Title " + "-" * (format_sql.WIDTH - len("-- Title "))


def test_a_comment_after_code_goes_above_it() -> None:
    line = "    x := y;  -- " + "why " * 30
    assert format_sql.formatted(line).splitlines()[-1] == "    x := y;"


@pytest.mark.parametrize("word", ["SELECT 'a -- b';", "-- isn't it\nSELECT 'c';"])
def test_strings_and_comments_are_told_apart(word: str) -> None:
    assert format_sql.formatted(word) == word + "\n"
