"""How wide a text is in Arial, and how many lines it takes: what a row's height rests on.

Must not know cells or pages. The widths are Helvetica's (Adobe's font metrics), which Arial and
Liberation Sans share; letters that are not listed count as the widest.
"""

from __future__ import annotations

import math

_UNITS_IN_EM = 1000
_UNLISTED = 1000
_REGULAR = {
    191: "'",
    222: "ijl‘’",
    278: " \u00a0!,./:;I[\\]ftìíîïÌÍÎÏ",
    333: "()-`r¡¨´·¸“”",
    334: "{}",
    355: '"',
    389: "*•",
    469: "|°^ºª",
    500: "Jcksvxyzçýÿšž",
    556: "#$0123456789?L_abdeghnopqu£§«»àáâãäåèéêëðñòóôõöùúûüþ–",
    584: "+<=>~±×÷−≈≠",
    611: "FTZßøµ●○",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞŠ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    778: "GOQÒÓÔÕÖØ",
    833: "Mm",
    889: "%æ",
    944: "W",
    1000: "Æ—…▲",
    1112: "\t",
}
_BOLD = {
    238: "'",
    278: " \u00a0,./I\\ijlìíîïÌÍÎÏ‘’",
    333: "!()-:;[]`ft¡¨´·¸",
    389: "*r{}•",
    474: '"|°ºª',
    500: "z“”ž",
    556: "#$0123456789J_aceksvxy£§«»àáâãäåçèéêëýÿš–",
    584: "+<=>^~±×÷−≈≠",
    611: "?FLTZbdghnopquðñòóôõöøùúûüþßµ●○",
    667: "EPSVXYÈÉÊËÝÞŠ",
    722: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ",
    778: "GOQwÒÓÔÕÖØ",
    833: "M",
    889: "%mæ",
    944: "W",
    1000: "Æ—…▲",
    1112: "\t",
}


class _Letters(dict[str, int]):
    """Widths of letters; one that isn't listed counts as the widest."""

    def __missing__(self, letter: str) -> int:
        return _UNLISTED


class TextWidths:
    """Widths of words in one weight of Arial, each word measured once."""

    def __init__(self, *, bold: bool = False) -> None:
        table = _BOLD if bold else _REGULAR
        self._letters = _Letters({letter: width for width, letters in table.items() for letter in letters})
        self._words: dict[str, int] = {}

    def width(self, text: str, size: float) -> float:
        """Return how wide a text is on one line, in points."""
        return sum(map(self._letters.__getitem__, text)) * size / _UNITS_IN_EM

    def lines(self, text: str, width: float, *, size: float) -> int:
        """Return how many lines a text takes in a width (points), broken at spaces, longer words anywhere."""
        limit = width * _UNITS_IN_EM / size
        if "\n" not in text:
            return self._wrapped(text, limit)
        return sum(self._wrapped(paragraph, limit) for paragraph in text.split("\n"))

    def _wrapped(self, paragraph: str, limit: float) -> int:
        words = self._words
        space = self._letters[" "]
        lines, used = 1, 0.0
        for word in paragraph.split(" "):
            width = words.get(word)
            if width is None:
                width = self._units(word)
            after = used + space + width if used else width
            if after > limit and used:
                lines += 1
                after = width
            if after > limit:
                over = math.ceil(after / limit) - 1
                lines += over
                after -= over * limit
            used = after
        return lines

    def _units(self, word: str) -> int:
        width = self._words[word] = sum(map(self._letters.__getitem__, word))
        return width
