"""From what was said to what it means: trust, account, kind, date, summary. Pure; every guess has a reason."""
