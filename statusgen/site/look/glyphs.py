"""How wide a text is in Verdana at 11 pixels, the face of badges everywhere.

The widths are Verdana's own, in hundredths of a pixel. Where a reader's system has another face,
`textLength` in the badge makes the text exactly as wide.
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width, normalize

_BASIC = """
    387 433 505 900 699 1184 799 295 500 500 699 900 400 500 400 500 699 699 699 699 699 699
    699 699 699 699 500 500 900 900 900 600 1100 752 754 768 848 696 632 853 827 463 500 762
    612 927 823 866 663 866 765 752 678 805 752 1088 754 677 754 500 500 500 900 699 699 661
    685 573 685 655 387 685 696 302 379 651 302 1070 696 668 685 685 469 573 433 696 651 900
    651 651 578 698 500 698 900
"""
_GREEK = """
    752 754 623 773 696 754 827 866 463 762 754 927 823 714 866 827 663 1100 740 678 677 901
    754 958 900 463 677 685 564 696 302 694 685 682 651 669 564 503 696 686 302 651 651 704
    651 553 668 701 688 559 693 546 694 869 649 904 895
"""
_CYRILLIC = """
    752 754 754 623 820 696 1070 677 826 826 762 808 927 827 866 827 663 768 678 677 901 754
    837 783 1133 1149 862 1012 749 771 1138 777 661 676 654 518 684 655 878 577 704 704 651
    683 766 701 668 701 685 588 546 651 925 651 709 666 964 976 705 874 628 602 923 660
"""
_BLOCKS = ((0x20, _BASIC), (0x391, _GREEK), (0x410, _CYRILLIC))
_WIDTHS = {
    chr(first + index): int(width)
    for first, widths in _BLOCKS
    for index, width in enumerate(widths.split())
}
_WIDTHS |= dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", _WIDTHS[" "])
_OTHER = 699
_IDEOGRAPH = 1100


def text_width(text: str) -> int:
    """Return how many whole pixels a text takes."""
    return round(sum(map(_width, normalize("NFD", text))) / 100)


def _width(character: str) -> int:
    if combining(character):
        return 0
    wide = _IDEOGRAPH if east_asian_width(character) in "WF" else _OTHER
    return _WIDTHS.get(character, wide)
