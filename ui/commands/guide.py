"""`tertial guide OUT.pdf`: the guide to print or send, without a window.

Must not know what the guide says.
"""

from __future__ import annotations

from argparse import Namespace

from db.guide_files import load_guide
from db.pdf.guide import write_guide_pdf
from tracker.messages import Refusal, message
from ui.commands.console import FINE, Console
from ui.words import words_in


def run(given: Namespace, console: Console) -> int:
    """Write the guide, or one page of it."""
    guide = load_guide()
    if given.topic and guide.topic(given.topic) is None:
        names = ", ".join(topic.name for topic in guide.topics)
        raise Refusal(message("Veiledningen har ingen side «{topic}»: velg {names}.", topic=given.topic, names=names))
    # The guide is in bokmål, whatever the window speaks.
    write_guide_pdf(guide, given.to, say=words_in(), topic=given.topic or "")
    console.progress(message("Skrev {file}.", file=given.to.name))
    return FINE
