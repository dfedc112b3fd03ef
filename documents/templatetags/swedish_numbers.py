"""Numbers in Swedish, for templates."""

from django import template

from documents import swedish_numbers

register = template.Library()

register.filter("number_words", swedish_numbers.number_words)
