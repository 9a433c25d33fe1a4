"""What names a holder in headings and first lines: patterns, each for the beginning of a bounded piece of text."""

from __future__ import annotations

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{MONTH})"
    r"(?: (?P<second>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<year>\d{4})"
)
LETTER = re.compile(
    r"(?:(?:extracts?|excerpts?) (?:from|of) |translation of )?(?:an? |the )?(?:(?:identical|joint|open) )?"
    r"(?:letters?|notes? verbales?|(?:cable|tele)grams?|despatch(?:es)?|dispatch(?:es)?)(?:,? (?:dated"
    r"|of) (?P<date>.{4,60}?))?,? from"
    r" (?P<who>.{3,400}?)"
    r"(?: addressed to\b| to the (?:President|Secretary|Chair|(?-i:[a-z]))"
    r"| to (?-i:(?:Mrs?|Ms|Dr|Deputy|Senator|Ambassador|Minister|Commissioner|Cllr|H\.E)\b)| transmitting\b|$)",
    re.IGNORECASE,
)
WORK = (
    r"(?:opening |closing )?(?:newsletter|bulletin|statement|remarks|address|speech|lecture|keynote|intervention"
    r"|declaration"
    r"|communiqué|submission|note"
    r"|(?:working|position) paper|memorandum|report|letter|explanation of (?:vote|position)|contribution|comments?"
    r"|message|proposal|views|(?:separate |dissenting |concurring |individual )+opinion)"
)
OFFICES = "representative|delegat(?:ion|e)|observer|permanent|president|chair|head|minister|government|secretary"
SORT = (
    r"(?:joint|trilateral|bilateral|common|national|opening|closing|final|annual|interim|progress|special"
    r"|general|press|written|oral|first|second|third|\w{3,12}th|interpretati?ve|unilateral|dissenting|minority"
    r"|separate"
    r"|individual|witness|sworn|personal|partly|partially|additional|supplementary|explanatory|introductory"
    r"|concluding|formal|public|political|brief|expert)"
)
PAPER = (
    r"(?!appeal from)(?:observations|findings|assessment|paper|petition|appeal|testimony|evidence|brief"
    r"|complaint|objection|non-paper"
    r"|aide-m[eé]moire|resolution|manifesto|reservation|interpretation|understanding|recommendations|opinion|response"
    r"|demands|proposals|concerns|repl(?:y|ies)|answers?|responses|comments?|letter|message|communication|note|views?)"
)
PAPER_BY = re.compile(
    rf"(?:an? )?(?:{SORT} ){{0,2}}{PAPER}(?: (?:made|delivered|submitted|presented|prepared|issued|adopted|given"
    rf"|received))?"
    r"(?: (?:no\. ?)?\S{0,8}\d\S{0,8})?"
    r" (?P<of>of|by|from|on behalf of) (?P<who>(?-i:(?:the )?(?:[a-z]{4,12} of (?:the )?)?[A-Z]).{2,300})",
    re.IGNORECASE,
)
ENTITLED = re.compile(r"[\"“„«‘'][^\"“”„«»]{2,150}[\"”»’'][:,.]? ?(?:[–—-] ?)?(?=[A-Za-z])")
"""The name of a speech before what kind of paper it is: "“One river”: address by Ada Lind"."""
READ_BY = re.compile(
    r"(?P<whose>.+?),? (?:(?:as )?(?:delivered|made|read(?: out)?|presented) )?by"
    r" (?P<reader>(?-i:(?:the |H\.E\. )?[A-Z]).+)",
    re.IGNORECASE,
)
BY = re.compile(
    rf"(?:{SORT} ){{0,2}}{WORK}"
    r"(?: (?:made|delivered|submitted|presented|prepared|issued|adopted|given|received|circulated|deposited|lodged"
    r"|tabled"
    r"|printed|published|recorded)(?: (?:up)?on (?:signature|accession|ratification)| by video(?: message| link)?)?)?"
    r" (?:by|of|from|on behalf of|at the request of|attributable to)"
    r"(?: (?:an?|one)(?: [a-z]{2,15}){1,4},(?= (?-i:[A-Z]\S* [A-Z])))?"
    rf" (?P<who>(?-i:(?:the )?[A-Z]|H\.E\.|the (?:{OFFICES})).{{2,300}})",
    re.IGNORECASE,
)
ANSWER = re.compile(
    r"(?:(?:written|oral) )?(?:repl(?:y|ies)|responses?|answers?|objections?|reservations?|questions?)(?: \S*\d\S*)?"
    r"(?: (?:given|made|received|submitted|delivered))? (?:by|from|on behalf of)"
    r" (?P<who>(?-i:(?:the )?[A-Z]).{2,300})",
    re.IGNORECASE,
)
PARTY = re.compile(
    r"(?:positions?|arguments?|contentions?|pleadings?|case) (?:of|for|by) (?:the )?(?P<who>(?:applicant|respondent"
    r"|claimant|defendant|plaintiff|complainant|appellant|petitioner|prosecution|defence|intervener"
    r"|government)s?\b.{0,80})",
    re.IGNORECASE,
)
DELIVERED = re.compile(
    r"(?:\w+ )?(?:as )?(?:delivered|prepared|read|presented|exercised|made|issued)(?: for delivery| out)? by"
    r" (?P<who>(?-i:(?:the )?(?:[a-z]{4,14} of (?:the )?)?[A-Z]).{2,200})",
    re.IGNORECASE,
)
FOR_LINE = re.compile(
    r"(?:speaking |delivered |made )?on behalf of (?:the )?(?P<who>(?-i:[A-Z])[^.;:,]{3,120})", re.IGNORECASE
)
"""A line below a title, or below who speaks, that says for whom."""
OWN = re.compile(
    r"(?P<who>[A-Z][\w .’'-]{1,60}?)(?:['’]s?)? (?:(?:joint|national|general|opening|closing|final|press|written) )*"
    r"(?:statement|declaration|communiqué|position paper|remarks|submission|reply|response|intervention|resolution"
    r"|conclusions|recommendation|opinion)\b",
    re.IGNORECASE,
)
BODY = re.compile(
    r"(?:(?:EU|UK|US|U\.S\.|UAE|NATO|G ?7|G ?20|G ?77|BRICS|ASEAN|Quad|NB8|V4|CARICOM|MERCOSUR|African Union"
    r"|Arab League|European Parliament|General Assembly|Human Rights Council|Security Council"
    r"|North Atlantic Council|European Council|European Commission|Visegrád Group"
    r"|Pacific Islands Forum|Nordic-Baltic Eight)(?: (?:\w+ ){0,2}(?:ministers|leaders))?)",
    re.IGNORECASE,
)
"""Who speaks beside states in the headings of statements."""
DELEGATION = re.compile(r"By the (?:delegations?|representatives?) of (?P<who>.{3,120}?):?$")
DRAFT = re.compile(
    r"(?!(?:Explanation|Statement|Vote|Voting|Agenda|Item|Document|Annex"
    r"|Action)\b)(?P<who>[A-Z][^:]{2,600}): (?:revised )?(?:draft (?:resolution|decision)|working paper|amendments?)\b"
)
ADOPTED = re.compile(
    r"(?:as )?(?:adopted|approved|endorsed|.{0,80}?\bissued) by (?:the )?(?P<who>[A-Z].{3,120}?)(?: participating"
    r"| at\b| on\b"
    r"| in\b|,|$)",
    re.IGNORECASE,
)
COURT = re.compile(
    r"(?:in the )?(?P<who>(?:(?:supreme|high|constitutional|federal|superior) court of .{3,80}"
    r"|(?:european |international )court of .{3,60}|court of (?:appeals?|justice|session)\b.{0,60}"
    r"|united states (?:court of appeals|district court|supreme court))"
    r".{0,60})",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?:.{0,120}?\b(?:minist(?:er|ry)s? (?:of|for) .{3,60}?|representatives?|missions?|observers?|ministers?"
    r"|ministry"
    r"|ambassadors?|delegations?|embassy"
    r"|governments?|president|secretary of state|chargés? d.affaires(?: a\.i\.)?)\b[^,]{0,60}? of )"
    r"(?:the permanent mission of )?(?P<who>(?:the )?[A-Z].+)",
    re.IGNORECASE,
)
SHORT_BODY = re.compile(
    r"(?:the )?(?:fund|bank|board|commission|council|committee|conference|assembly|organi[sz]ation|agency|union"
    r"|association|group|alliance|foundation|court|authority|institute|federation|society|house|senate)(?:,|$)",
    re.IGNORECASE,
)
"""A body by the word for it alone: of such, an office is more than the body."""
UNDER = re.compile(
    r"(?:Deputy |Acting |Former )?(?:High|Special|Personal) (?:Representative|Commissioner|Envoy|Adviser"
    r"|Coordinator)\b",
    re.IGNORECASE,
)
"""Offices that are not held for whom they are named after: "Special Representative of the Secretary-General"."""
PORTFOLIO = re.compile(r"(?<!prime )\b(?:minister|ministers|ministry) of (?:the )?$", re.IGNORECASE)
HONORIFIC = re.compile(
    r"^(?:amic(?:us|i) curiae )?(?:the )?(?:(?:HON|Rt Hon|H\.E|Honou?rable|His Excellency|Her Excellency)\b\.? )?",
    re.IGNORECASE,
)
TO = re.compile(
    r",? (?:to|at|in) the (?:United Nations|Conference|Organi[sz]ation|European Union|Office)\b.*$", re.IGNORECASE
)
END = re.compile(
    r",? (?:submitted|pursuant|concerning|regarding|relating|for (?:the period|the year|\d{4})|to the|at (?:the|its)"
    r"|opposing|supporting|urging|calling|requesting|expressing|condemning|declaring|in (?:a )?(?:joint|press)"
    r"|during|in (?:exercise of )?(?:the |its )?right of reply|in support of|in response|in (?:connection"
    r"|accordance)|under|dated|transmitt\w+|addressed|with regard|covering)\b.*$"
    r"|,? (?:printed|published|received|reproduced|annexed|posted|of \d|to question)\b.*$"
    r"|, an? [a-z][^,]{3,}$"
    rf"|,? \(?\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH})\b.*$|,? \(?(?:{MONTH}) \d{{1,2}},? \d{{4}}.*$"
    r"| on [‘'“\"].*$|[;:(*·•|].*$"
    r"|(?<=[a-z]{3})(?<!\bmrs)(?<!\bprof)(?<!\bhon)(?<!\bamb)(?<!\bgen)(?<!\bsen)(?<!\brev)\. .*$",
    re.IGNORECASE,
)
ON = re.compile(
    r"(?P<body>group|organ|committee|commission|rapporteur|expert|panel|forum|conference|council|office|agency|mission"
    r"|envoy|adviser)?,? on\b.*$",
    re.IGNORECASE,
)
TOPIC = re.compile(r"(?i:organ|commission|committee|council|conference|office|agency|mission),? on (?:the )?[a-z]")
"""A body whose name ends there: what follows is what it speaks on, and no name."""
PERSON = re.compile(r",? (?:H\.E\.|(?:Mr|Ms|Mrs|Dr|Ambassador|Sir|Dame)\b).*$|, [A-Z]\w+ [A-Z][\w’-]+$")
ATTACHED = re.compile(
    r"\b(?i:attached|enclosed|herewith|annexed|transmit|forward|convey|circulate)\w*\b[^.;]{0,160}?"
    r"\b(?:letter|statement|report|communiqué|declaration|note verbale|paper|message|observation|opinion|appeal"
    r"|petition|submission|resolution|text(?! of)|telegram)s?\b(?:,? dated [^,]{4,40},?)?"
    r"(?: of|[^.;]{0,80}? (?:from|by)) (?P<who>(?:the |(?:Mr|Ms|Mrs|Dr|H\.E)\. |[A-Z])[^.;]{2,250})"
)
WE = re.compile(
    r"We, (?P<who>(?:the )?[^.;:]{3,200}?)(?:,$|,? (?:met|meeting|gathered|assembled|convened|having|representing"
    r"|express|declare|reaffirm|welcome|call|affirm|recall|condemn|are|have|ask|request|urge|submit|demand"
    r"|petition|appeal|write"
    r"|hereby|believe|commit|agree|recogni[sz]e|stress|reiterate|support|oppose|protest|wish|object)\b)"
)
PROCLAIMS = re.compile(
    r"I, (?P<oath>[^\W\d_a-z][^.;:,]{3,60})(?:, [^.;]{3,160})?,? (?:do )?(?:(?:hereby|solemnly|sincerely) ){0,2}"
    r"(?:declare|state|say|swear|affirm|make oath|depose|certify|testify)\b|"
    r"(?:By )?(?:His|Her|Their) (?:Excellency|Honou?r|Majesty)[,:]? (?:the )?(?P<who>"
    r"(?!(?:The )?(?:Secretary|President|Chair|Ambassador|Permanent|Minister|Director|Head)\b[^,;:]{0,80}$)"
    r"[^\W\d_a-z][^,.;:]{4,80})"
    r"(?:, (?:[^.;]{0,160}\b)?(?:Governor|Knight|President|Commissioner|Viceroy|King|Queen|Lieutenant)|\.$|$)"
    r"|(?P<king>[^\W\d_a-z][\w’'-]+(?: [Tt]he [^\W\d_a-z]\w+| THE [A-Z]+)?),? [Bb]y the [Gg]race of God\b"
)
SENDS_ON = re.compile(
    r"The following (?:\w+ )?(?:statement|message|communiqué|text|declaration|notice|comment) (?:was|is|has been|were)"
    r" (?:being )?(?:issued|made|released|delivered|given)(?: (?:today|yesterday|on [^,;:]{3,30}|this \w+))?,?"
    r" (?:by|on behalf of) (?:the )?(?P<issued>[A-Z][^:;.]{3,120}?)(?: (?:today|on \d[^:;.]{3,30}))?[:.]?$|"
    r"The following (?:\w+ )?(?:is|was|may be) (?:attribut\w+"
    r"|attributed) to (?:the )?(?P<spokes>[A-Z][^:;.]{3,100}?):?$|"
    r"The (?P<who>[A-Z][^,.;:]{3,100}?)(?:, acting in (?:his|her|its) capacity as [^,]{3,60},)?"
    r" (?:(?:hereby )?(?:communicates|notifies|transmits|circulates) (?:the following|to the|herewith)"
    r"|has the honou?r to (?:transmit|circulate|communicate|submit|present))\b"
)
MET = re.compile(
    r"(?:The|We, the) (?P<who>(?:\w+ )?(?:Ministers|Heads|Leaders|Presidents|Governors|Secretaries"
    r"|Representatives|Chairs|Speakers"
    r"|Parties|Members|Delegations|Delegates)\b.{3,200}?),? (?:met|gathered|convened|held|assembled|meeting)\b"
)
MEETING = re.compile(
    r".{0,60}?\b(?:meeting|conference|summit|session) of (?:the )?(?P<who>(?:\w+ )?(?:ministers|heads|leaders"
    r"|presidents|governors|secretaries)\b.{3,200})",
    re.IGNORECASE,
)
JOINT = re.compile(r"(?:\w+ ){0,2}(?:communiqu[ée]|declaration|statement|conclusions)\b", re.IGNORECASE)
WITHIN = re.compile(
    r".{2,60}? (?P<words>(?:communiqué|declaration|statement|report|paper|appeal|note|opinion) (?:of|by) .+)",
    re.IGNORECASE,
)
STATED = re.compile(
    r"(?:(?:[A-Z]|[IVXLC]+|\d+)\. )?(?P<words>(?:an? )?(?:\w+ ){0,2}?(?:letters? (?:dated|of \d|from)"
    r"|(?:cable|tele)gram (?:dated|of \d|from)|note by|(?:extracts?|excerpts?|translation) (?:from|of) (?:an? "
    r"|the )?letter"
    r"|statements?|remarks|judgments?|ruling"
    r"|declarations?|addresse?s?|speech|intervention|repl(?:y|ies)|responses?|answers?|objections?|reservations?"
    r"|positions?"
    r"|arguments?|contentions?|explanation of|opinion|views?|comments?|submission|contribution|observations"
    r"|findings|petition|appeal|testimony|memorandum"
    r"|reports? of the (?:special rapporteur|independent expert|working group|panel of experts|group of experts)"
    r"|by the (?:delegation|representative))\b.+)",
    re.IGNORECASE,
)
BEHALF = re.compile(
    r"\b(?:I|[Ww]e)\b[^.;]{0,200}?\bon behalf of (?P<who>(?:the )?(?:[a-z]+ ){0,2}?[A-Z][^.;:]{2,160}?)"
    r"(?:[,:] |\.| to | and (?=I\b|[a-z])|$)"
    r"|(?:^|[.:] )(?:Writing |Speaking )?[Oo]n behalf of (?P<group>(?:the )?(?:[a-z]+ ){0,2}?[A-Z][^.;:,]{2,160}?),?"
    r" (?:and [^.;:]{3,100}, )?(?:I|we)\b",
)
CAPACITY = re.compile(
    r"\b[Ii]n (?:my|our) capacity as (?:the )?(?i:(?:current |acting |outgoing |incoming |pro tempore |rotating )?"
    r"(?:co-?ordinator|chair\w*|president|spokes\w+|facilitator|focal point|convener))"
    r"(?: [a-z]+){0,2} (?:of|for) (?:the )?(?P<who>[A-Z][^.;:,]{2,160}?)(?:, (?:I|we)\b| (?:I|we) have\b)",
)
"""Who writes for a group by an office in it."""
ANYBODY = re.compile(
    r"(?:(?:all|other|the|several|individual|member|participating|observer|interested|non-governmental|national) )*"
    r"(?:states?|governments?|parties|members|delegations|organi[sz]ations|stakeholders|respondents|participants"
    r"|the|undersigned.{0,40})"
    r"|(?:conversation|understanding|agreement|association|intent|law|facts?|claims?|principles?|purpose|interest"
    r"|problem)s?",
    re.IGNORECASE,
)
"""Who is meant where many are: none of them holds the view."""
