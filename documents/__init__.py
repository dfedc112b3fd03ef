"""Turning data into files: PDF, workbooks, words for dates; and judging files that come in."""
