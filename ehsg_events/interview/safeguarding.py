"""Words that must not be kept: a person in danger now, an NHS number, a child and its birth date.

They are looked for before anything is sealed: they do not belong in a record that nobody can
delete, and a false alarm costs one sentence typed again. So ten digits that merely happen to pass
the check of an NHS number, as one in eleven do, are stopped as well. A report is about somebody in
particular ("this child", "his dad"); words about many ("families at risk") are ordinary evidence.
What is written in a set order is found by the patterns here, what stands together in any order by
the weighed signs of `signs.worries`. Neither finds every report: the first safeguard is the notice,
which asks for none, and the second the area's route beside every box.
"""

from __future__ import annotations

import re
from functools import cache

from ehsg_events.events import Concern
from ehsg_events.interview.signs import normal_form, worries
from ehsg_events.interview.signs.finder import Finder, Text
from ehsg_events.values.personal import is_nhs_number_in

# Angle brackets hold the name of another piece; the text to be searched is in lower case.
# Every repetition has a bound, so that the time grows only in step with the text's length.
PIECES = {
    "child": (
        r"(child|baby|toddler|infant|boy|girl|lad|lass|teenager|kid|pupil|student|son|daughter"
        r"|niece|nephew|grand(son|daughter|child)|(step)?(brother|sister)|cousin|patient|friend"
        r"|year[ -]old)"
    ),
    "children": r"(children|kids|babies|toddlers|boys|girls|twins|sons|daughters|lads|pupils)",
    "grown": (
        r"((step|grand|foster[ -])?(dad|father|mum|mam|mother)|daddy|mummy|uncle|aunt|auntie|ex"
        r"|(step)?brother|cousin|boyfriend|girlfriend|husband|wife|partner|carer|teacher|coach"
        r"|neighbour|man|woman|lodger|he|she)"
    ),
    "words": r"((?!(an?|any|every|each|no|if|when|who) )[\w'-]{1,20} ){0,2}",
    "place": r"( (in|at|on|from|next|i|we|who|number)( [\w'-]{1,20}){1,4})?",
    "known": r" ((in|at|on|from|next) (my|our|this|year|number|door)|(i|we) \w{1,12})\b",
    # "if the child", "that the child", "the voice of the child" speak of any child
    "the": r"(?<!if )(?<!when )(?<!where )(?<!whether )(?<!unless )(?<!that )(?<!of )the",
    "one": (
        r"\b(he|she|i|(this|that|my|his|her|one|<the>) <words>(<child>|<grown>)<place>"
        r"|(one|some|two) of (the|my|our|his|her) <words>"
        r"(<children>|mums|people|women|year \w{1,3})<place>"
        r"|(these|those|my|his|her|both) <words><children><place>|the (twins|kids)<place>"
        r"|the <children> (at number|next door|upstairs|in my)( \w{1,9})?"
        r"|an? <words>(<child>|<grown>)<known><place>)"
    ),
    "is": r"( is| are| am|'s|'m|'re|(?<=he)s|(?<=i)m| keeps?)( still| now| also)?",
    "being": r" (being|getting)( \w{1,12})?",
    "harmed": (
        r" (hurt|harmed|hit|beaten|used by|abused|raped|molested|groomed|neglected|starved"
        r"|exploited|cut|trafficked|tortured|locked|punched|kicked|slapped|strangled|burned|burnt"
        r"|touched|drugged|assaulted|blackmailed|stalked|shaken|attacked"
        r"|forced (in)?to (marr|sell|carry|have))"
        r"(?<!cut)(?! by the | hard)"
    ),
    "hits": (
        r"((hit|beat|hurt|bite|burn|choke|rape|abuse|starve|groom|molest|kick|slap|strangle|smack"
        r"|batter|shake|drag|whip)s|(touch|punch)(es|ing)|((hit|beat)t?|hurt|bit|burn|chok|rap|abus"
        r"|starv|groom|molest|kick|slapp|strangl|smack|batter|shak|dragg|whipp)ing)"
    ),
    "hit": (
        r"(hit|beat|hurt|bit|burned|burnt|choked|raped|abused|starved|groomed|molested|kicked|shook"
        r"|slapped|punched|strangled|battered|touched|assaulted|attacked|smacked)"
    ),
    # "hits her" and "hits her son", never "hits her targets"
    "them": (
        r"((him|me|us|them)\b|her<ends>|mum\b|dad\b|(his|her|my) (private|bottom|body|face)"
        r"|(his|her|the|my|a|this|that|these|those) <words>(<child>|<children>|<grown>)\b)"
    ),
    "ends": (
        r"(?=[,.;:!?)\"]|$| (and|but|so|when|where|if|while|with|in|on|at|every|again|last|now|all"
        r"|or|most|because|until|for|inappropriately|badly|yesterday|today|tonight)\b)"
    ),
    "just_now": r"(last night|today|yesterday|this (morning|week|weekend)|tonight|just now)\b",
    "danger": (
        r" (in (\w{1,10} )?danger(?! of (?!harm|abuse|dying|being))|unsafe|not safe"
        r"|at (\w{1,10} )?risk(?= from|[.,;!]| now|$"
        r"| of (\w{1,12} )?(harm|abuse|neglect|violence)))"
    ),
    "marks": r"(bruises?|a black eye|(cigarette |belt )?burns?|burn marks|welts|bite marks)",
    "alone": r"(alone|(on (his|her|their|its) own|by (him|her|it)self|by themselves))",
    "self": r"(himself|herself|myself|themself)",
    "says": r"\b(told|tells|said|says|saying|disclosed|discloses|confided|revealed|cried)\b",
    "i_fear": (
        r"((?<!if )(?<!when )(?<!where )(?<!whether )\b(i|we)('?m| am|'re| are)?( \w{1,10})?"
        r" (think|believe|suspect|know|fear|worried|concerned|scared|afraid|sure|have)( that| of)?"
        r"|\bthere('s| is))"
    ),
    "rest": r"[^.!?;]{0,60}",
    # a day of this century: a child, or lately one
    "date": (
        r"(<day> ?[-./] ?\d{1,2} ?[-./] ?<year>|<day>( of)?[ -]?<month>,?[ -]?<year>"
        r"|<month> ?<day>,? <year>|20\d\d[-./]\d\d[-./]\d\d\b)"
    ),
    "day": r"\d{1,2}(st|nd|rd|th)?",
    "month": r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?",
    "year": r"(20\d\d|[0-3]\d)\b",
    "dob": r"\b(d ?\.? ?o ?\.? ?b\b\.?|date of birth|birth ?da(te|y))",
    "many": (
        r"(children|babies|infants|pupils|students|people|those|cohorts?|families|twins|all|anyone"
        r"|idea|hub|network|strategy|partnership|project|board|team|programme|group|plan|model|it"
        r"|is|was|are|were|and|or|not)"
    ),
}

SAFEGUARDING = {
    "Somebody in particular is being harmed.": r"<one>( who)?(<is><being>| gets)<harmed>",
    "Whoever is harmed, it is at home or by kin of theirs.": (
        r"( is|'s)<being><harmed> (by (his|her|my)|at home)\b"
    ),
    "Somebody in particular is in danger.": r"<one>(<is><danger>| isn'?t safe|( has|'s) run away)",
    "Somebody near is violent.": r"\b(my|his|her) <words><grown>( is| gets|'s) (violent|abusive)\b",
    "The writer believes that someone is harmed or in danger.": (
        r"<i_fear> (an?|the|some) <words>(<child>|<grown>)<place>( who)?((<is>| may be| might be)"
        r"(<being><harmed>|<danger>)| gets<harmed>| isn'?t safe)"
    ),
    "Somebody does harm, and not once.": (
        r"(?<!if a )(?<!when a )(?<!where a )\b<grown>( (?!never|not|who|that)[\w']{1,12}){0,2}(<is>)?"
        r" <hits> <them>"
        r"|\b(someone|somebody|they)(<is>)? <hits> (him|me|my|this|that|her<ends>)"
        r"|\bforc(es|ing) (him|her|me) to (marry|have|sell|carry)\b"
    ),
    "Somebody told of harm done to them, not long ago.": (
        r"<says><rest>\b<grown>( had| has| just)? <hit> <them>(?! (as a child|when (he|she|i) was))"
    ),
    "Harm was done just now.": (
        r"\b(<grown>|i) <hit> <them><rest>\b<just_now>"
        r"|<one>( was| got| has been|'s been)( \w{1,12})?<harmed><rest>\b<just_now>"
    ),
    "The writer saw harm done.": (
        r"\b(i|we) (saw|see|heard|watched)<rest> (<hit>|<hits>|slap|kick|punch|shake) <them>"
    ),
    "Somebody may kill, or do harm.": (
        r"\b(threat\w{1,5}|<grown> (wants|is going|said he was going)) to (kill|stab) <them>"
        r"|\b<grown>( will|'ll| would| might) kill <them>"
        r"|\bi('m going to| am going to| might) (hurt|hit|kill|shake) <them>"
    ),
    "Somebody means to die, or has tried.": (
        r"\b(kill|hang|drown)(ing)? <self>|\b(?<!thought of )(end|tak)(e|ing)? (his|her|my) (own )?life\b(?! back)"
        r"|(<one>| and says (he|she)) wants? to die\b(?! (his|her|my))"
        r"|<one> (don'?t|doesn'?t) want to (live|be alive|be here any ?more)"
        r"|\b(took|taken) an overdose <just_now>"
    ),
    "Somebody feels suicidal.": r"<one>(<is>| feels?)( feeling)?( \w{1,10})? suicidal",
    "Somebody harms themselves.": (
        r"<one>(<is>| has started)? self-? ?harm(s|ing)"
        r"|\b(cut|burn|hurt|harm)(s|t?ing) (<self>|(his|her|my) (arm|wrist|leg|thigh)s?\b)"
    ),
    "A child is left alone or locked in.": (
        r"\b(there('s| is| are)( an?| some| two| three)?|an?(?= \w{1,9}[ -]year)"
        r"|this|that|these|those|my|his|her|the) <words>(<child>|<children>)<place>"
        r"( is| are)?( being)?( still| always| often)?"
        r" (left (at )?(home )?<alone>|home alone|(locked|shut|tied) (in|up|to)\b)"
    ),
    "Somebody leaves a child alone or locks it in.": (
        r"\b(<grown>|they)(<is>)? (leaves?|leaving|left|locks?|locking|shuts?|shutting)"
        r" (them|him|(the|her|his|my) <words>(<child>|<children>))"
        r" (<alone>|in (a|the|his|her|their) (\w{1,9} )?(room|bedroom|cupboard|house|flat|car))\b"
    ),
    "A child goes hungry.": (
        r"<one>(( is not|'s not| isn'?t) being fed| (hasn'?t|has not) eaten (for|since))\b"
    ),
    "A body shows marks.": (
        r"\b<marks>( all)? (over|on|across|around) (his|her|the (baby|child|boy|girl)'s)\b"
        r"|<one>(<is> got| has| had)( \w{1,12})? <marks>\b"
        r"|\bcame( [\w']{1,12}){0,5} with( \w{1,12})? <marks>\b"
    ),
    "A child is used for sex.": (
        r"\bhaving sex with (his|her|my)\b|\b(comes|gets) into (his|her|my) bed\b"
        r"|\bdo(es|ing) (\w{1,10} )?things to (him|her|me)\b"
        r"|(dad|father|uncle|brother|boyfriend)( \w{1,9}){0,2} sleep(s|ing) in (her|my) bed\b"
    ),
    "Somebody goes in fear.": (
        r"<one><is>( \w{1,10})? (scared|afraid|frightened|terrified)"
        r" (to go home|of (his|her|my) <words><grown>|for (his|her|my) (life|safety))\b"
    ),
    "Somebody is to be taken away to be cut or married.": (
        r"\bbe(ing)? (taken|sent) (abroad|away|to \w{1,20}) (to be|to get|to marry|for a wedding)\b"
    ),
    "The same in Welsh: is being harmed, harms, means to die.": (
        r"\bmae[^.!?;]{0,30}( yn|'n) cael (ei|fy)"
        r" (f?rifo|brifo|[gc]h?am-drin|g?[cn]?h?uro|[dtn]h?aro)\b"
        r"|\bmae[^.!?;]{0,20}([dt]h?ad|f?mh?am|ewythr)[^.!?;]{0,15} yn (ei|fy)"
        r" ([gc]h?uro|nghuro|[dt]h?aro|nharo|[fbm]rifo|[gc]h?am-drin)\b|\blladd (ei|fy) hun"
    ),
}

CHILD_AND_BIRTH_DATE = {
    "A birth date is named, and given.": (
        r"<dob>[ :,.()=-]{0,4}((is|was|of|for|on|the|[\w']{1,20} is) ){0,3}(<date>|\d{8}\b|\d{6}\b)"
        r"|<date>[ ,:()-]{0,3}<dob>"
    ),
    "One child was born on a day; many were, or an idea was, on others.": (
        r"(^|[.;:(] ?|\b(?!<many>\b)[^\W\d][\w']{0,20}[,:]? ?[(]?(was |is )?)born[ :,(-]{1,3}"
        r"((at|in) ([\w']{1,20} ){1,4})?((on|the|[a-z]{3,6}day)[ ,]{1,2}){0,3}<date>"
        r"(?! ?(-|to|and|or|until) ?(\d|after|before|earlier|later))"
    ),
    "b. stands for born, a school year or an age tells what the date is.": (
        r"([(,] ?b\.?|\bb\.) ?<date>"
        r"|[a-z][ ,(]{1,2}<date>[ ,)]{1,3}(year|yr|aged?) \d{1,2}\b(?! of)"
    ),
}


def concern_in(text: str) -> Concern | None:
    """The most urgent concern that forbids keeping a text; none for ordinary evidence.

    Words that name one child, or hold a number of theirs, are a worry with any sign of harm.
    """
    plain = Text(_finder(), normal_form.plain(text))
    if any(map(plain.has, SAFEGUARDING)) or worries.is_worry(plain):
        return "safeguarding"
    about_one = _about_one(plain)
    return "safeguarding" if about_one and worries.speaks_of_harm(plain) else about_one


def _about_one(plain: Text) -> Concern | None:
    """What tells whom a text is about: an NHS number, or a child's birth date."""
    if is_nhs_number_in(plain.text):
        return "nhs-number"
    return "child" if any(map(plain.has, CHILD_AND_BIRTH_DATE)) else None


@cache  # compiled when somebody first types, not when the command starts
def _finder() -> Finder:
    """What looks for everything that is written here, and for the signs of a worry."""
    tables = {**SAFEGUARDING, **CHILD_AND_BIRTH_DATE}
    written = {name: _spread(pattern) for name, pattern in tables.items()}
    return Finder(written | worries.signs())


def _spread(written: str) -> str:
    """A pattern with each piece's name replaced by the piece."""
    return re.sub(r"<(\w+)>", lambda name: _spread(PIECES[name[1]]), written)
