"""How records print who begins to speak: patterns, each for the beginning of a paragraph."""

from __future__ import annotations

import re

TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Monsignor|Archbishop|Sheikh|Prince|Princess|Mgr|Prof"
    r"|H\.E\.)\.?"
    r"|Abg\.|(?:Bundes|Staats|Vize|Premier)?(?:[Mm]inister|[Kk]anzler|[Pp]räsident|[Ss]ekretär)(?:in)?|Ministre"
    r"|Ministro"
    r"|President|Professor|Commissioner|Ambassador|Cllr|Councillor"
    r"|MM?\.|Mme|Mlle|Sra?\.|Herr|Frau|MR|MRS|MS|DR|(?:The |Rt |Right )*Hon\.?(?: \((?:Dr|Prof|Eng|Amb|Ms|Mrs?)\.?\))?"
    r"|(?i:senator|deputy|shri|shrimati)|Smt\.?)"
)
OFFICE = (
    r"(?:The (?i:(?:Acting |Temporary |Deputy |Vice-)?(?:President|Chair(?:man|woman|person)?|Secretary-General"
    r"|Moderator|Speaker|Co-Chairs?|Chief Justice|Court|Clerk|Witness|Rapporteur))"
    r"|L[ea] Présidente?|El Presidente|La Presidenta|Der Präsident|Die Präsidentin)"
)
LANGUAGE = r"(?:spoke|interpretation|parle|habla|spricht)\b"
BRACKET = r" \((?:[^()\n]|\([^()\n]*\)){1,80}\)"
NAMED = re.compile(
    rf"(?P<who>(?:{TITLE} [^\W\d_a-z][^:(\n]{{0,60}}?|{OFFICE}))(?P<of>(?:,?{BRACKET}){{0,3}}) ?:(?: |$)"
)
CONTINUES = re.compile(rf"\((?P<who>{TITLE} [^\W\d_a-z][^,()\n]{{0,60}}), (?P<of>[^\W\d_a-z][^()\n]{{2,60}})\)")
"""Who goes on from the page before, in the running head of a record."""
MINISTER = re.compile(
    r"(?P<who>(?:The [^:()\n]{0,100}\b|(?:(?:Prime|Deputy|Junior|Parliamentary|Under-?) ?)*)(?:Minister"
    r"|Secretary|Treasurer|Attorney|Solicitor|Advocate|Chancellor|Leader"
    r"|President|Commissioner|Chair)[^:()\n]{0,120}) \((?P<of>[^\W\d_a-z][^()\n]{2,60})\) ?:(?: |$)"
)
CAPITALS = re.compile(rf"(?P<who>[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]*){{1,4}})(?P<of>(?:{BRACKET}){{0,2}}): ")
JUDGE = re.compile(
    r"(?P<who>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)?), (?P<of>(?:Chief |Senior |Associate )?(?:Circuit |District )?"
    r"(?:Judge|Justice))\b,? (?=\(?(?:\w+ )?(?:concurring|dissenting))"
    r"|(?P<name>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)?), (?P<short>(?:[ACPS]\. ?){0,2}(?:J\.?){1,2})"
    r"(?=,? ?\(?(?:\w+ ){0,3}(?:concurring|dissenting)|:? ?(?:--|[–—:]))"
    r"|(?P<justice>(?:Mr\.? |Chief )?(?:J(?:ustice|USTICE|udge|UDGE)|Lord|Lady|LORD|LADY) [A-Z][\w'’-]+)"
    r"(?=,? \(?(?:\w+ ){0,3}(?:concurring|dissenting|delivered the (?:opinion|judgment))"
    r"|:(?: \((?:with whom|dissenting|concurring)))"
)
LABELLED = re.compile(
    rf"(?:Q\s?\d{{1,4}}\.? )?(?P<who>[^\s:()\"“”][^:()\n\"“”]{{0,80}}?)(?P<of>(?:{BRACKET}){{0,3}}) ?: (?=\S)"
)
NAME = r"[^\W\d_a-z][\w'’.-]*(?: (?:de|da|di|du|von|van|der|den|al|bin)| [^\W\d_a-z][\w'’.-]*){1,6}"
DOTTED = re.compile(
    r"(?P<who>(?:Mr|Mrs|Ms|Miss|Dr)\. [A-Z][\w'’-]+|(?:The )?(?:C(?:hair|HAIR)(?:man|woman|MAN"
    r"|WOMAN)?)(?: [A-Z][\w'’-]+)?"
    r"|(?:Senator|Secretary|General|Ambassador|Governor) [A-Z][\w'’-]+|[QA](?=\. ))(?: of [A-Z]\w+)?\. (?=\S)"
    r"|(?P<short>[QA]) (?=[A-Z“\"])"
    rf"|(?P<french>(?:M\.|Mme|MM\.)(?: (?:le|la) [a-zé]+| [^\W\d_a-z][^.:\n]{{2,80}}))\. (?=\S)"
    rf"|(?P<dash>(?:{NAME}|[^\W\d_a-z]\w+)(?:, [^.:–—]{{2,100}})?)(?P<of>{BRACKET})?\. [–—] (?=\S)"
)
OFFICE_LINE = re.compile(
    rf"{OFFICE}|(?:Mr|Mrs|Madam|Mme)\.? (?:Deputy )?(?:Speaker|President|Chair)"
    rf"|Presiding Officer"
)
LINE = re.compile(
    rf"(?P<who>{NAME})(?P<of>(?:{BRACKET}){{0,2}})|(?P<office>The [A-Z][^()]{{4,140}}) \((?P<name>{NAME})\)"
)
HOLDS_OFFICE = re.compile(
    rf"(?P<who>(?:{TITLE} )?{NAME}) \((?P<of>[^()\n]{{0,80}}\b(?:Minister|Secretary|Chancellor|Commissioner"
    rf"|President|Attorney"
    r"|Treasurer|Taoiseach|Spokes\w+)\b[^()\n]{0,100})\) ?:(?: |$)"
)
PLENARY = re.compile(
    rf"(?P<who>{NAME})(?:(?P<of>{BRACKET})|, (?:on behalf of|au nom d\w+"
    rf"|im Namen der) (?:the )?(?P<group>[^.]{{3,60}}))"
    r"(?:, [^.]{3,60})?\.(?: \([A-Z]{2}\))? [–—-] (?=\S)"
)
WRITING = re.compile(
    rf"(?P<who>{NAME})(?P<of>(?:{BRACKET}){{0,2}})(?:, (?:rapporteur|(?:on behalf of|au nom d\w+) [^.]{{3,60}}))?"
    rf"(?:{BRACKET})?,? (?:in writing|par écrit|por escrito|schriftlich|per iscritto)\b[.:]?(?: ?[–—-])?(?: |$)"
)
ASKS = re.compile(
    rf"Asked by:? (?P<by>(?:{TITLE} )?{NAME})(?P<by_of>(?:{BRACKET}){{0,2}})$"
    rf"|(?:\d+\.? )?(?P<asks>(?:{TITLE} )?{NAME})(?P<of>(?:{BRACKET}){{0,2}}) (?:asked"
    rf"|to ask) the (?:[A-Z][a-z-]+ )*(?:Minister"
    r"|Secretary|Prime|President|Chancellor|Commission|Council|Government|Taoiseach)\b"
    rf"|(?:\d+\.? )?To ask (?:the|His|Her) .{{20,}}[.;?)]\s?[-–—] ?(?P<who>(?:{TITLE} )?{NAME})\.?$"
)
SECOND = re.compile(r"\b[^\W\d_a-z][\w.]* (?=([^\W\d_a-z][\w'’-]*))")
SENTENCE = re.compile(r"[.?!:][\"'”’»)]*$")
