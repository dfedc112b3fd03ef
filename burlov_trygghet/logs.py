import logging
import re

SECRET = re.compile(r"(/kalender/)[^/\s]+(\.ics)")


class HideSecretAddresses(logging.Filter):
    """Who has a calendar's address can read it: keep its secret out of what is logged of a request."""

    def filter(self, record):
        told = record.getMessage()
        if "/kalender/" in told:
            record.msg, record.args = SECRET.sub(r"\1…\2", told), ()
        return True
