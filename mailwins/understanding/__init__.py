"""From what was said to what it means: trust, account, kind, date, summary. Pure; every guess has a reason."""

from mailwins.understanding.facts import Earlier, Facts, Judgement, Policy
from mailwins.understanding.judge import judge, wanted

__all__ = ["Earlier", "Facts", "Judgement", "Policy", "judge", "wanted"]
