"""The words of crediting: of saying, believing, holding and proving, and what begins a clause. English."""

from __future__ import annotations

import re

SAYING = (
    r"sa(?:ys?|id|ying)|stat(?:ed|ing)|states?(?= *(?::|that\b|in\b|on\b|[a-z]+ly\b))"
    r"|declar(?:es?|ed|ing)|announc(?:es?|ed|ing)|warn(?:s|ed|ing)?"
    r"|writ(?:es?|ing)|wrote"
    r"|written|not(?:es?|ed|ing)|argu(?:es?|ed|ing)|claim(?:s|ed|ing)?|insist(?:s|ed|ing)?|maintain(?:s|ed|ing)?"
    r"|assert(?:s|ed|ing)?|contend(?:s|ed|ing)?|complain(?:s|ed|ing)?|explain(?:s|ed|ing)?|add(?:s|ed|ing)?"
    r"|remark(?:s|ed)?|observ(?:es?|ed|ing)|point(?:s|ed)? out|put(?:s|ting)? it|tells?|told|stress(?:es|ed|ing)?"
    r"|emphasi[sz](?:es?|ed|ing)|caution(?:s|ed|ing)?|conclud(?:es?|ed|ing)|suggest(?:s|ed|ing)?|propos(?:es?|ed|ing)"
    r"|recommend(?:s|ed|ing)?|urg(?:es?|ed|ing)|call(?:s|ed|ing)? for|describ(?:es?|ed|ing)"
    r"|depict(?:s|ed|ing)?|portray(?:s|ed|ing)?"
    r"|think(?:s|ing)?(?! tank)|thought|believ(?:es?|ed|ing)|feels?|felt|fear(?:s|ed|ing)?|perceiv(?:es?|ed|ing)"
    r"|regard(?:s|ed|ing)?"
    r"|consider(?:s|ed|ing)?|see(?:s|ing)?|(?<!has )(?<!have )(?<!had )seen|saw|view(?:s|ed|ing)?|accus(?:es?|ed|ing)"
    r"|charg(?:es?|ed|ing)|alleg(?:es?|ed|ing)"
    r"|blam(?:es?|ed|ing)|criticis(?:es?|ed|ing)|criticiz(?:es?|ed|ing)|object(?:s|ed|ing)?(?! to\b)"
    r"|worr(?:y|ies|ied|ying)|acknowledg(?:es?|ed|ing)"
    r"|admit(?:s|ted|ting)?|conced(?:es?|ed|ing)|report(?:s|ed)|judg(?:es?|ed|ing)"
    r"|hold(?:s|ing)?(?: that|(?= *(?:[.,;:]|\Z)))"
    r"|held that|find(?:s)?|found|predict(?:s|ed)?"
    r"|read(?:s|ing)? it|suspect(?:s|ed)?|lament(?:s|ed)?|reckon(?:s|ed)?(?! with)|affirm(?:s|ed)?|assess(?:es|ed)"
    r"|quipped|replie[sd]|(?:goes|go|went) on(?= *(?:[.,;:]|to\b|\Z))|brag(?:s|ged)?|confess(?:es|ed)?|thunder(?:s|ed)?"
    r"|fum(?:es|ed)|moan(?:s|ed)?|sigh(?:s|ed)?|grip(?:es|ed)"
    r"|credit(?:s|ed|ing)?|frets?|fretted|grumbl(?:es?|ed)|protest(?:s|ed)?(?! against| at| over)"
    r"|retort(?:s|ed)?|has it that"
    r"|(?:expect|recall|continue|trust|hint|mention|pretend|imagine|remember|forget|hope|guess|repl|understand)s? that"
    r"|answer(?:s|ed)|denounc(?:es?|ed)|deplor(?:es?|ed)|den(?:y|ies|ied)|deem(?:s|ed)?|diagnos(?:es?|ed)"
    r"|dismiss(?:es|ed)?|comment(?:s|ed)|counsel(?:s|led)|boast(?:s|ed)?|mus(?:es|ed)|opin(?:es|ed)|posit(?:s|ed)?"
    r"|proclaim(?:s|ed)?|profess(?:es|ed)?|reason(?:s|ed) that|regret(?:s|ted)?|remind(?:s|ed)?|resent(?:s|ed)?"
    r"|speculat(?:es?|ed)|speaks? of|spoke of|spell(?:s|ed)? out|sum(?:s|med)? up|summari[sz](?:es?|ed)|suppos(?:es|ed)"
    r"|swears?|vow(?:s|ed)?|wonder(?:s|ed)?|testif(?:y|ies|ied)|infer(?:s|red)?|attest(?:s|ed)?|demand(?:s|ed)"
    r"|insinuat(?:es?|ed)"
    r"|(?:is|are|was|were) (?:sure|certain|afraid|worried|concerned|anxious|alarmed|troubled|confident)"
    r"(?: (?:that|about|by)|(?= *:))"
    r"|has no doubt|have no doubt|takes? it that|ma(?:kes?|de) (?:it )?(?:clear|plain)|makes? no secret"
    r"|promis(?:es|ed)|pledg(?:es|ed)|scoff(?:s|ed)?|sneer(?:s|ed)?|jeer(?:s|ed)?|jok(?:es|ed)|quips|snap(?:s|ped)"
    r"|growl(?:s|ed)?|mutter(?:s|ed)?|whisper(?:s|ed)?|murmur(?:s|ed)?|shout(?:s|ed)?|cries|cried|rail(?:s|ed)"
    r"|rant(?:s|ed)?|preach(?:es|ed)|gush(?:es|ed)|crow(?:s|ed)|interject(?:s|ed)?|(?:respond|rejoin)(?:s"
    r"|ed)(?= *(?:[.,;:]|that\b|with\b|\Z))"
    r"|counter(?:s|ed)(?= *(?:[.,;:]|that\b|with\b|\Z))|(?:hit|hits|shot|shoots|fired?|fires) back|elaborat(?:es"
    r"|ed)|specif(?:ies|ied)|clarif(?:ies|ied)"
    r"|advis(?:es|ed)|concur(?:s|red)|theori[sz](?:es|ed)|volunteer(?:s|ed)?(?= *(?:[.,;:]|that\b|\Z))"
    r"|recount(?:s|ed)|confid(?:es|ed)|tweet(?:s|ed)?|pen(?:s|ned)|articulat(?:es|ed)|enunciat(?:es|ed)|intones?"
    r"|intoned"
    r"|avers?|averred|avows?|avowed|lectur(?:es|ed)|hint(?:s|ed)?(?= *(?:[.,;:]|that\b|\Z))|submit(?:s"
    r"|ted)(?= *(?:[.,;:]|that\b|\Z))"
    r"|offer(?:s|ed)(?= *[:,])|shrug(?:s|ged)?|conclude[sd]?|warn(?:s|ed)? of|fret(?:s|ted)?"
    r"|(?:draws?|drew|draws? from (?:this|it|that)) the (?:lesson|conclusion|moral)|reveals? that|grant(?:s|ed) that"
    r"|(?:want|seek|offer|propose|counsel)s?(?= *\Z)|agree(?:s|d)?(?! with)|plead(?:s|ed)?|never tires? of"
    r"|repeat(?:s|ed)|reiterat(?:es?|ed)|list(?:s|ed)|is (?:convinced|persuaded|of the (?:view|opinion))"
    r"|are (?:convinced|persuaded|of the (?:view|opinion))"
    r"|in (?:its|his|her|their) (?:own )?words"
    r"|(?:is|are|was|were) (?:plain|blunt|clear|adamant|unequivocal|firm|explicit|frank|candid|categorical)"
    r"(?= (?:that|on|about)\b|[:,]| *\Z)"
)
"""Verbs of saying and believing."""
FACTUAL = (
    r"prov(?:es?|ed|en)|show(?:s|ed|n)?|demonstrat(?:es?|ed)|establish(?:es|ed)|confirm(?:s|ed)?|reveal(?:s|ed)?"
    r"|documents? that|finds? that|found that|concludes? that|concluded that"
)
"""Verbs that state a fact."""
FACT = re.compile(
    r"\b(?:it is a (?:plain |simple |matter of )?fact|as a matter of fact"
    r"|the (?:plain |simple )?(?:fact|truth|reality) is|in (?:actual )?fact"
    r"|it is (?:\w+ly |just |well )?(?:true|clear|certain|known|undeniable|beyond (?:doubt|dispute)|established"
    r"|the case) that|(?:that|this|so) much is (?:\w+ly )?(?:true|clear|certain|established|beyond (?:doubt|dispute))"
    r"|undeniably|as (?:we|everyone|everybody) (?:all )?knows?|(?:everyone|everybody|we all) knows? that"
    r"|as is well known"
    r"|there (?:is|can be) no (?:denying|doubt|question|disputing)|(?:the )?fact (?:remains|that)"
    r"|it goes without saying|the facts are (?:clear|plain)|it is a matter of record|(?<![\w,] )fact(?=\s*:)"
    r"|it remains (?:true|a fact)|is it not (?:\w+ly )?(?:true|the case|a fact)"
    r"|(?:nobody|no one|few) (?:can |could |would |will |seriously )*(?:den(?:y|ies)|disputes?|doubts?)"
    r"|beyond (?:any )?(?:doubt|dispute|question)|without (?:a |any )?(?:doubt|question)|in (?:reality|truth)"
    r"|(?:we|you) (?:all )?know that|the (?:plain|simple|hard|bare|sober) (?:truth|facts?)"
    r"|let us be (?:honest|frank|clear)"
    r"|(?:we|one|you|nobody|no one) (?:can ?not|can['’]t|must not|should not|can hardly)"
    r" (?:ignore|deny|forget|dispute|overlook|escape)"
    r"|no (?:getting|way) (?:around|round)|one thing is (?:certain|clear|sure)|plainly|clearly|obviously"
    r"|manifestly|undoubtedly|unquestionably|demonstrably"
    r"|(?:that|this|which) is (?:simply |just |plainly )?(?:a |the )?(?:plain |simple |bare )?(?:fact|truth)"
    rf"|indisputably|(?:{FACTUAL})(?=\s*(?:\w+ly\s+)?(?:that\b|[:,]|\Z)))(?!\w)",
    re.IGNORECASE,
)
"""What states something as fact."""
FACT_AFTER = re.compile(
    r"\b(?:(?:that|this|so) much is (?:\w+ly )?(?:true|clear|certain|established|beyond (?:doubt|dispute))"
    r"|(?:that|this|which) is (?:simply |just |plainly )?(?:a |the )?(?:plain |simple |bare )?(?:fact|truth)"
    r"|(?:nobody|no one|few) (?:can |could |would |will |seriously )*(?:den(?:y|ies)|disputes?|doubts?)"
    r"|as (?:we|everyone|everybody) (?:all )?knows?|a (?:plain |simple |bare )?fact"
    r"|(?:is|are|remains?) (?:(?!not\b|no\b|never\b)\w+ ){0,3}(?:true|facts?|undeniable|indisputable|certain"
    r"|established|well[- ]known|beyond (?:doubt|dispute|question)|a matter of record))\b",
    re.IGNORECASE,
)
"""What says after a quotation that it is a fact."""
OPINION = (
    r"views?|viewpoint|perceptions?|perspectives?|opinions?|concerns?|fears?|worr(?:y|ies)|complaints?"
    r"|criticisms?|stance|beliefs?"
    r"|position|line|takes?|assertions?|repl(?:y|ies)|response|answer|retort|rejoinder|protest|admission"
    r"|confession|lament|regret|anxiety|remarks?|impression|idea|thesis|boast|insistence|promise|diagnosis|hope"
    r"|resentment|observation|charges?|accusations?|verdict|words|conviction|argument|case|claims?|assessment|warnings?"
    r"|statement|eyes|suspicions?|judgment|judgement|grievances?|telling|account|reading|objections?|version"
    r"|thinking|contention|findings?|conclusions?|prognosis|appeal|caveat|calls?(?= (?:for|to)\b)"
    r"|lights|reproach(?:es)?|mantra|creed|refrain|dogma|voices?|word|mood|book|phrase|parlance|formula"
    r"|indictment|remedy|advice|plea|proposals?|recommendations?|message"
)
"""What somebody holds."""
VERB = re.compile(rf"(?<![\w-])(?:{SAYING}|{FACTUAL})(?![\w-])", re.IGNORECASE)
"""A verb that credits."""
CLAUSE = re.compile(
    r"[,;:—–()\[\]\"“”]|\s-\s"
    r"|\b(?:that|which|who|while|whereas|but|although|because|when|where|if|since|as|after|before|whether|than)\b",
    re.IGNORECASE,
)
"""What begins a clause."""
SHOWING = re.compile(r"\b(?:prov(?:es?|ed|en)|show(?:s|ed|n)|demonstrat(?:es?|ed)|reveal(?:s|ed))\b", re.IGNORECASE)
"""Verbs of which the subject says nothing: what somebody shows is stated as fact."""
JUDGING = re.compile(
    r"\b(?:judg(?:es?|ed)|conclud(?:es?|ed)|finds?|found|argu(?:es?|ed)|recommend(?:s|ed)?|warn(?:s|ed)?"
    r"|believ(?:es?|ed)"
    r"|thinks?|thought|holds? that|held that|assess(?:es|ed)|reckon(?:s|ed)?|urg(?:es?|ed)|insist(?:s|ed)?"
    r"|maintain(?:s|ed)?|contend(?:s|ed)?|propos(?:es?|ed)|caution(?:s|ed)?|view|opinion|judge?ment|verdict|conviction"
    r"|conclusion|finding|assessment|establish(?:es|ed)?|(?:shown|demonstrated|prove[dn]|confirmed|revealed) by)\b",
    re.IGNORECASE,
)
"""Words of a document's own judgement; others may be of what it reports."""
OWN_VOICE = re.compile(
    r"\b(?:authors?|writers|itself|themselves|in (?:its|their) own (?:name|voice|words)"
    r"|experts (?:of|behind|who wrote)|(?<=['’]s )(?:own )?(?:experts|scholars|specialists)(?! (?:report|paper"
    r"|study)\b))\b",
    re.IGNORECASE,
)
"""What says that a document's own view is meant, not one that it reports."""
NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|an?|its|their|his|her|our|this|these|those|of|in|with|for|no|any|such"
    r"|(?<!made )(?<!said )(?<!heard )(?<!known )(?<!has )(?<!have )(?<!seem )(?<!seems )(?<!goes on )(?<!went on )to)"
    r"|['’]s|s['’])\s+\Z",
    re.IGNORECASE,
)
"""What stands before a noun, so that the word after it is no verb."""
