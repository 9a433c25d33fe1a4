"""Lines that state nobody's view, wherever they stand: page feet, imprints, notes of editors, ends of meetings."""

from __future__ import annotations

import re

_IMPRINT = re.compile(
    r"[*_(\[]*(?:Last (?:updated|modified|reviewed|changed)\b|Page \d+ of \d+$|©|\(c\) \d{4}|Copyright\b"
    r"|All rights reserved|Legal notice|(?:Done|Signed|Adopted) (?:at|in) [A-Z].{3,160}\b(?:authentic|originals?"
    r"|copies)\b"
    r"|End of (?:the )?(?:[a-z]+ ){0,2}(?:press conference|transcript|interview|speech|statement|session|meeting"
    r"|quote)"
    r"|ENDS?(?:\s+\d\d?[:.]\d\d(?: ?[AP]\.?M\.?)?)?\W*$|(?:(?:The|This) )?(?:interview|conversation|transcript"
    r"|speech|letter|text|article)s? (?:was |has been |were "
    r"|may be )?(?:lightly )?(?:shortened|edited|condensed|conducted|translated|abridged|recorded)\b"
    r"|Translat(?:ed|ion) (?:from|by)\b|(?:The )?(?:newspaper|editors?|publishers?|magazine) (?:do(?:es)? not"
    r"|reserves?)\b"
    r"|.{0,160}\b(?:the authors? alone|do(?:es)? not (?:necessarily )?(?:express|reflect"
    r"|represent) (?:the )?(?:opinions?|views?))\b"
    r"|(?:The )?(?:opinions|views) (?:expressed|published|stated)\b.{0,80}\b(?:are those|do not)\b"
    r"|(?:This is )?an? (?:unedited|rush|uncorrected|near-verbatim) transcript\b"
    r"|(?:The )?(?:\w+ )?(?:meeting|session|sitting|hearing) (?:rose|closed|ended|was (?:adjourned"
    r"|closed)) (?:at|until)\b"
    r"|There being no (?:further|other) business\b|A (?:recorded |roll-call )?vote was taken\b"
    r"|(?:\d{1,3}\.? )?(?:The )?(?:draft )?minutes of [^.,;:]{4,80} were (?:read|taken as read|agreed|approved"
    r"|confirmed|adopted|accepted|signed)(?:,? (?:and|agreed|approved|confirmed|adopted|accepted|signed))*"
    r"(?: by the (?:chair\w*|president|mayor))?(?: as (?:an? )?(?:true|correct|accurate) record)?\W*$"
    r"|Check against delivery\W*$"
    r"|(?:Published|Posted|Printed|Uploaded) (?:by|on|at) |Registered charity\b|ISBN\b|ISSN\b|(?:Received|Logged) \d"
    r"|(?:Editor['’]?s?['’]?|Editorial) note\b[^.:]{0,20}:|Corrections?\b[^.:]{0,40}:|Reporting by\b|(?:Media"
    r"|Press) contacts?\b"
    r"|Reproduction (?:is )?(?:authori[sz]ed|permitted)|Contributions may be)",
    re.IGNORECASE,
)
_LONGEST = 300


def is_imprint(words: str) -> bool:
    """Whether a paragraph says only how a text came about, was printed or ends, or that minutes were agreed."""
    return len(words) <= _LONGEST and _IMPRINT.match(words) is not None
