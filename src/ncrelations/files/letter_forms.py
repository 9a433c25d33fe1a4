"""Letters, notes and mail: who signs, whose compliments they present, from whom a message comes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ncrelations.files.bodies import names_body

_DEAR = re.compile(
    r"(?:Dear|My dear|Sisters|Brothers|Friends|Colleagues|Comrades|Fellow |To whom|Sehr geehrte|Liebe|Madame?|Monsieur"
    r"|Cher|Chère|Estimad[oa]|(?:Your )?Excellency"
    r"|Sirs?\b|Mr\.? (?:President|Secretary-General))"
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Hon|Rev|Gen|Sen|Rep|Amb|[A-Z])\.|[^.!?\n]){0,80}[,:!]?",
    re.IGNORECASE,
)
_PRESIDING = re.compile(r"(?:Mr|Mrs|Ms|Mme|Madam|Señor[a]?|Monsieur|Honou?rable)\.?(?: [A-ZÀ-Þ][a-zà-ÿ-]+){1,3}")
"""Who is spoken to by an office: "Mr. Chair", "Honourable Minister"."""
_INLINE = re.compile(r"Dear (?:\w[\w'’-]* ){0,5}\w[\w'’-]*[,:!] \S")
_CLOSING = re.compile(
    r"(?:Yours (?:\w+,? ?){1,3}|(?:Very |Most )?(?:Sincerely|Respectfully|Cordially|Faithfully)(?: yours)?"
    r"|(?:With )?(?:my |our |the )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|With regards|Mit freundlichen Grüßen"
    r"|Please accept,? .{0,200}consideration|In solidarity|(?:All the )?best|Cheers|(?:Many )?thanks|Regards|Warmly"
    r"|Hochachtungsvoll|Veuillez agréer,? .{0,200}"
    r"|I (?:have|am|remain|avail)\b.{0,80}(?:&c|etc|servant|obedient)|Atentamente|Cordiali saluti|Cordialement"
    r"|Signed(?: by)?:?|(?:The )?(?:signatories|undersigned):?),?\.?",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?:Yours (?:\w+,? ?){1,3}|(?:Very |Most )?(?:Sincerely|Respectfully|Faithfully)(?: yours)?"
    r"|(?:(?:Kind|Best|Warm)(?:est)? )?[Rr]egards|Best wishes), (?P<who>[^\W\d_a-z][^;:?!]{2,100})"
)
_PERSON_LINE = re.compile(
    r"(?:To:? )?(?P<who>(?:The )?(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Hon|Rt Hon"
    r"|H\.E)\.? [^\W\d_a-z][^,;:]{2,60})"
    r"(?:, (?P<office>.{2,60}))?"
)
_GREETED = re.compile(
    r"(?:My )?[Dd]ear (?P<who>(?:(?:Mrs?|Ms|Dr|Prof)\.?|Professor|Ambassador|Minister|Senator|Bishop|Judge)"
    r" [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}),?:?"
)
_RANK = r"(?:Mrs?|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Hon|Rt Hon|H\.E|Rev|Ambassador|Senator|Bishop)\b\.? "
_BELOW = re.compile(rf"(?:(?:His|Her) Excellency |To:? |The )?{_RANK}[^\n]+\n(?!\W*{_RANK})[^\n]+\n[^\n]+")
"""Below a signature, to whom a letter goes: a name with a rank, and at least two lines of an address."""
_FOR = re.compile(r"(?:For(?: and on behalf of)?|On behalf of) (?:the )?(?P<who>[^\W\d_a-z][^.:,;?!]{2,80})[:,]?")
_TO_OFFICE = re.compile(r"To ?:? (?:the )?(?P<who>[^\W\d_a-z][^.:;]{3,90}?),?")
_ADDRESSEE = re.compile(
    r"(?:To(?: the| all| His| Her| Mr| Ms| Mrs| Dr|:)|An (?:das|die|den|Herrn|Frau)|À (?:Monsieur|Madame|la|l’))\b"
    r"[^.?!]{2,200}",
    re.IGNORECASE,
)
_MATTER = re.compile(
    r"(?:(?:Re|Subject|Betreff|Objet|Asunto)\s?:|(?:Objection|Complaint|Representation|Application"
    r"|Petition)\b)[^.?!]{3,150}",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,4}, .{3,80}")
_HEADER = re.compile(r"\W*(?:Name|Signator|Nom\b|Nombre|Signed)", re.IGNORECASE)
_SIGNED = re.compile(
    r"/s/ *|[/(\[]*(?:signed|sgd|signature)(?: (?:digitally|electronically))?\.?[/)\]]*[: ]*", re.IGNORECASE
)
_COMPLIMENTS = re.compile(
    r"(?:the )?(?P<who>(?:(?-i:[A-Z])[\w-]+ ){0,3}(?:permanent (?:mission|representation|delegation|observer)"
    r"|embassy|ministry|consulate"
    r"|high commission|delegation|secretariat|office|department)\b.{3,250}?)"
    r"(?: (?:in|at) (?-i:[^\W\d_a-z])\w+)? presents? (?:its|his|her) compliments\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"[>\s]*(?:From|Von|De)\s?: *(?P<who>[^\n]{2,120})", re.IGNORECASE)
_FIELD = re.compile(
    r"[>\s]*(?:Return-Path|Message-ID|Received|Reply-To|MIME-Version|Sent|Date|To|Cc|Subject|Gesendet|Datum"
    r"|An|Betreff|Envoyé|À|Objet)\s?: ",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"[>\s]*(?:On|Am|Le|El) [^\n]{4,120}?[,:]? (?:[AP]M,? )?"
    r"(?P<who>[^\W\d_a-z][^\d,<>:@]{2,60}?),?(?:\s+(?:> *)*<[^<>]+>)?\s+"
    r"(?:wrote|schrieb|a écrit|escribió)\s?:\s*(?P<rest>.*)",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\s*[<\[(][^<>\[\]()]*@[^<>\[\]()]*[>\])]|[\"']|\s*\[mailto:[^\]]*\]")
_FIRST_BLOCKS, _MOST_LINES, _LONGEST_LINE, _HEAD_LINES = 15, 8, 90, 6
_LONGEST_HEAD, _MOST_NAMED = 200, 8


def complimenting(words: str) -> str | None:
    """Who presents compliments in a note verbale: "Permanent Mission of Peru"."""
    match = _COMPLIMENTS.match(words[:500])
    return match["who"] if match else None


def signatory(blocks: Sequence[str], listed: Sequence[bool]) -> str | None:
    """Who signs a letter, with the office: "Minister of Health (Ann Hill)"; several who are listed are all named.

    A letter is what begins with an address, or says to whom it goes, and ends with a closing. `blocks` keep their
    line breaks; `listed` says of each whether it is an item of a list.
    """
    begins = next((n for n, words in enumerate(blocks[:_FIRST_BLOCKS]) if _begins(words.strip())), None)
    if begins is None:
        return None
    for number, words in enumerate(blocks[begins + 1 :], begins + 1):
        lines = [line.strip() for line in words.split("\n")]
        closing = next((n for n, line in enumerate(lines) if _CLOSING.fullmatch(line) or _FOR.fullmatch(line)), None)
        if closing is not None:
            items = takewhile(lambda each: each[1], zip(blocks[number + 1 :], listed[number + 1 :], strict=True))
            under = "\n".join(without_addressee(blocks[number + 1 :])[:_MOST_LINES]).split("\n")
            below = all_of([item for item, _ in items]) or _signed([*lines[closing + 1 :], *under])
            body = _FOR.fullmatch(lines[closing])
            if below is not None or body is None:
                return f"{body['who']} ({below})" if body else below
    last = blocks[-1].split("\n")
    name, _, office = last[-1].strip(" *_").replace("**", "").partition(", ")
    if len(last) == 1 and is_office(office) and len(last[0]) <= _LONGEST_LINE and not office.endswith("."):
        return f"{office} ({name})"
    return _signed(last) if len(last) > 1 and is_office(last[1].strip()) else None


def without_addressee(blocks: Sequence[str]) -> Sequence[str]:
    """Blocks of a signature, up to one below it that is to whom a letter goes."""
    last = next((n for n, block in enumerate(blocks) if n and _BELOW.match(block)), len(blocks))
    return blocks[:last]


def up_to_addressee(blocks: Sequence[str]) -> Sequence[str]:
    """The blocks of a letter, up to the name below its signature of who is greeted above: "Dear Dr. Lind"."""
    begins, greeted = next(
        ((n, match) for n, words in enumerate(blocks[:_FIRST_BLOCKS]) if (match := _GREETED.fullmatch(words.strip()))),
        (0, None),
    )
    if greeted is None:
        return blocks
    name = re.compile(
        rf"(?:(?:His|Her) Excellency |To:? |The )?{_RANK}[^\n]{{0,60}}\b{re.escape(greeted['who'].split()[-1])}\b"
    )
    ends = (n for n in range(begins + 3, len(blocks)) if len(blocks[n]) <= _LONGEST_HEAD and name.match(blocks[n]))
    return blocks[: next(ends, len(blocks))]


def greets(words: str) -> bool:
    """Whether a line is the salutation of a letter or a speech."""
    return _DEAR.fullmatch(words.strip()) is not None or _PRESIDING.fullmatch(words.strip(" ,:!*_")) is not None


def closes(words: str) -> bool:
    """Whether a block closes a letter, alone or with the signature behind it: "Sincerely, Ann Hill"."""
    first = words.split("\n", maxsplit=1)[0].strip()
    return _CLOSING.fullmatch(first) is not None or _CLOSED.fullmatch(first) is not None


def signed_in(blocks: Sequence[str]) -> str | None:
    """Who signs a letter whose closing begins the first of some blocks, and may be followed by the name on its line."""
    lines = "\n".join(blocks).split("\n")
    match = _CLOSED.fullmatch(lines[0].strip())
    return match["who"].strip(" .,*_") if match else _signed(lines[1:])


def addressee(blocks: Sequence[str]) -> str | None:
    """To whom a letter goes: the first line above its salutation that is a person's, or whom the salutation names."""
    begins = next((n for n, words in enumerate(blocks[:_FIRST_BLOCKS]) if _DEAR.fullmatch(words.strip())), None)
    above = "\n".join(blocks[max(0, begins - 6) : begins]).split("\n") if begins else []
    named = next((match for line in above if (match := _PERSON_LINE.fullmatch(line.strip()))), None)
    if named is not None:
        return named["who"] + (f", {named['office']}" if is_office(named["office"] or "") else "")
    greeted = _GREETED.fullmatch(blocks[begins].strip()) if begins is not None else None
    return greeted["who"] if greeted is not None else _office_addressed(above)


def _office_addressed(lines: Sequence[str]) -> str | None:
    """The office to which a letter goes, with the body on the line below: "To: Commissioner for Mills"."""
    for number, line in enumerate(lines):
        match = _TO_OFFICE.fullmatch(line.strip())
        if match is not None and is_office(match["who"]):
            body = lines[number + 1].strip() if number + 1 < len(lines) else ""
            return f"{match['who']}, {body}" if names_body(body) and not body.endswith(".") else match["who"]
    return None


def _begins(words: str) -> bool:
    return (
        _MATTER.fullmatch(words) is not None
        or _DEAR.fullmatch(words) is not None
        or _INLINE.match(words) is not None
        or words.startswith("We, the undersigned")
        or (len(words) <= _LONGEST_HEAD and _ADDRESSEE.fullmatch(words) is not None)
    )


def all_of(names: Sequence[str]) -> str | None:
    """Several names as one, the first of them where they are many: "Guild of Millers, Friends of Fen and 9 others"."""
    told = names[1:] if names and _HEADER.match(names[0]) else names
    plain = [re.sub(r"^and (?=\w)|\s*\|\s*", _joined, " ".join(name.split()).strip(" ,;*-•|")) for name in told]
    if len(plain) > _MOST_NAMED:
        plain[_MOST_NAMED:] = [f"{len(plain) - _MOST_NAMED} others"]
    return f"{', '.join(plain[:-1])} and {plain[-1]}" if len(plain) > 1 else "".join(plain) or None


def _joined(match: re.Match[str]) -> str:
    """What stands in one line for what parts the columns of a table; nothing for "and" before the last of several."""
    return ", " if "|" in match[0] else ""


def _signed(lines: Sequence[str]) -> str | None:
    """The name below a closing, with the office where one follows."""
    given = list[str]()
    for line in lines[:_MOST_LINES]:
        words = _SIGNED.sub("", line.strip(), count=1).strip(" ,*_")
        if len(words) > _LONGEST_LINE or words.endswith((".", ":", "?")) or not (words[:1].isupper() or not words):
            break
        given += [words] if words else []
    if not given:
        return None
    pairs = [name for name, office in zip(given[::2], given[1::2], strict=False) if is_office(office)]
    if len(pairs) > 1:
        return all_of(pairs)
    several = list(takewhile(_SEVERAL.fullmatch, given))
    if len(several) > 1 and not is_office(several[0].partition(", ")[2]):
        return all_of(several)
    name, office = given[0], next(filter(is_office, given[1:3]), None)
    return f"{office} ({name})" if office else name


def is_office(words: str) -> bool:
    """Whether a line says which office somebody holds."""
    return (
        re.match(
            r"(?:(?:Deputy|Vice|Acting|Special|Independent|Regional|National|Assistant|Senior|Joint|Lead|Chief|Medical"
            r"|Legal|Press|Town|City|County|Harbour|Technical"
            r"|Scientific|Political|Military|Naval|Commercial|Cultural|Consular|Economic|Financial|Information"
            r"|Executive|Prime|First|Federal|Under|Permanent|Honorary|Managing"
            r"|General)[ -])*"
            r"(?:Minist|President|Secretary|Chair|Director|Ambassador|Representative|Commissioner|Head|Mayor|Governor"
            r"|Chargé|Officer|Counsel|Attorney|Rapporteur|Chief|Ombudsman|Manager|Speaker|Spokes|Professor"
            r"|Rector|Dean|Captain|Harbour"
            r"|General|Vorsitzende|Bürgermeister|Präsident|Geschäftsführ|Maire|Président|Direct(?:eur|rice)"
            r"|Ministre|Secrétaire"
            r"|Presidente|Alcalde|Sindaco|Member|Founder|Coordinator|Treasurer)",
            words,
        )
        is not None
    )


def sender(words: str, following: str) -> str | None:
    """From whom a message comes whose head begins with a block: "From: Ann Hill <ann@...>", with its other fields."""
    own = [line for line in words[:1500].split("\n") if line.strip()][:_HEAD_LINES]
    named = next((match for line in own if (match := _FROM.match(line))), None)
    if named is None or not (_FROM.match(own[0]) or _FIELD.match(own[0])):
        return None
    return _person(named["who"]) if any(map(_FIELD.match, [*own, following[:200]])) else None


def quoted(words: str) -> str | None:
    """Whose message is quoted below a line: "On Monday, Ann Hill <ann@...> wrote:"."""
    match = _WROTE.match(words[:400])
    return _person(match["who"]) if match else None


def _person(words: str) -> str:
    return _ADDRESS.sub("", words).strip(" ,;") or words.strip()
