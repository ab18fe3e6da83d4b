"""What stands beside harm, as data: that it is somebody in particular, here and now, or not."""

from __future__ import annotations

from ehsg_events.interview.signs.sign_pieces import Sign

BESIDE = {
    "worried about somebody": Sign(
        1,
        r"\b(worried|concerned|frightened|scared|afraid|anxious|worry|fear) (sick )?(about|for"
        r"|that)"
        r" ((a|an|one of|my|our|this|the|some)( [\w-]{1,10}){0,3} <child>|him|her|the safety of"
        r"|(?!(the|what|how|data|losing|being|funding|gangs|vaping|this|that|our|all|some|many"
        r"|more"
        r"|families|children|parents)\b)[a-z]{3,12}(?=[,.]| (he|she|is|has|isn't|might|may|because"
        r"|who|in|at)\b))",
    ),
    "somebody in particular": Sign(
        1,
        r"\b(he|she|him|her|his|hers|(?<!told )(?<!tell )(?<!tells )(?<!helped )me|himself|herself"
        r"|myself)\b|\bi (am|'m) (nine|ten|eleven|twelve|thirteen|fourteen|fifteen|1[0-7])\b"
        r"|\b(a|an|one|this|that|the|my|our|his|her|their|another|little"
        r"|old)( [\w-]{1,10}){0,2} <child>\b"
        r"|\b(the|these|those|my|her|his|two|three|both|of our|of my|of the)( [\w-]{1,9}){0,2}"
        r" (kids|brothers|sisters|twins|siblings|lads|girls|boys|pupils|scouts"
        r"|children (next|at|in|on|upstairs|under|alone))\b|\b[a-z]{3,12}'s <body>\b"
        r"|^(child |baby |little |young )?(?!(it|this|that|there|what|which|attendance|staff"
        r"|morale"
        r"|school|data|the|our|we|all|some|most)\b)[a-z]{2,14} (was|is|has|had|got|came|said|told"
        r"|cut|isn't|hasn't|wasn't|keeps|won't|went)\b"
        r"|\b(that|think|suspect|believe|know|about|why) [a-z]{3,12} (is|isn't|has|hasn't|was"
        r"|wasn't"
        r"|may|might|could)\b",
    ),
    "somebody close to them": Sign(
        1,
        r"\b(his|her|my|their|your|the|a|[a-z]{2,14}'s)( [\w'-]{1,10}){0,3} <kin>\b(?! of )"
        r"|\b(mum|dad|daddy|mummy|stepdad|stepmum|grandad|nan|gran)\b(?! of )",
    ),
    "not long ago": Sign(
        1,
        r"\b(last (night|week|weekend|month)|tonight|today|yesterday"
        r"|this (morning|afternoon|evening|week|weekend|minute)|at the weekend|over the weekend"
        r"|(on|since|last|until) (mon|tues|wednes|thurs|fri|satur|sun)day|(has|have|had|'ve"
        r"|'s) just"
        r"|just (now|seen|told|heard)|again|right now|keeps|every (night|day|time|week|weekend)"
        r"|all (night|weekend|day|week)|\w{1,6} (hours?|days?|nights?|minutes?) ago"
        r"|the other (day|night)|for (two|three|four|2|3|4) (days|nights)|at night"
        r"|(last|this|in the) night)\b",
    ),
    "told, seen, heard or feared": Sign(
        1,
        r"\b(told|tells|telling|said|says|saying|disclosed|disclosure|confided|admitted"
        r"|whispered|saw"
        r"|(showed|shown|texted|messaged|rang|phoned|called|asked) (me|us|staff|her|his|our)"
        r"|(i|we)('ve| have| had)?( just| also)? (see|seen|hear|heard|witnessed|noticed|caught"
        r"|found"
        r"|think|thought|suspect|believe|know|fear|spotted|watched)"
        r"|(noticed|spotted) (a|an|the|that|bruis\w{1,3}|marks|some|finger)|heard (a|the|his|her)"
        r"|can some(body|one)|what do i do|wrote|drew|worried|concerned|worries me|scared (for"
        r"|that)"
        r"|afraid that|please|next door|upstairs|downstairs|flat (above|below)|my (road|street)"
        r"|across the (road|street)|through the wall|honestly"
        r"|(came|comes|coming|turned up|arrive[sd]) (back|home|in|to|from)|needs? (to )?(check"
        r"|help)"
        r"|someone (needs|must|has)|i was called|i walked in|explain|explanation|we visited"
        r"|we had (a|an)|i don't know (what|who))\b",
    ),
}
AGAINST = {
    "practice, not a person": Sign(
        -2,
        r"\b(polic(y|ies)|training|trained|protocols?|pathways?|strateg(y|ies)|procedures?"
        r"|audit(s|ed)?"
        r"|surveys?|surveyed|questionnaires?|referrals?|programmes?|courses?|practitioners"
        r"|case stud(y|ies)|review(s|ed)?|posters?|leaflets?|campaign|awareness|films?|modules?"
        r"|guidance|workshops?|conference|ofsted|toolkits?|statistics|figures|cohorts?"
        r"|commission\w{0,4}|funding|grants?|the board|our board|panel|forum|adviser|wardens?"
        r"|volunteers?(?= (now|is|who))|anonymised|fiction\w{0,2}|scenarios?|role-? ?play|helpline"
        r"|inspect\w{1,5}|partnership|thresholds?|evaluation|feedback|budget|interview(s|ed)"
        r"|lessons"
        r"|learning|slogan|charity|for advice|chair(?! (at|with|against))|sickness|step up"
        r"|we ask|contacts|plans?)\b",
    ),
    "any of many": Sign(
        -2,
        r"\b(if (a|an|the|any|you|it|(he|she) (is|has|was))(?! (man|woman|stranger) (comes|goes"
        r"|is))"
        r"|when(ever)? (a|an|any|we think)|where (a|an|any)|whether|should (not|never|have|be)"
        r"|shouldn't|anyone|anybody|everybody|everyone (knows|who|in)|many|most|families at risk"
        r"|those"
        r"|(any|every|each|no) (child|parent|family|baby|pupil|person|woman|mother|school|young"
        r"|case"
        r"|plan)|(children|people|men|women|boys|girls|parents|families|pupils|mums|dads) who"
        r"|an? (child|woman|person|parent|pupil|baby) who (has|had|have) been|some (children"
        r"|families|parents|girls|boys|pupils|people|mothers|dads))\b|%|\bper ?cent\b"
        r"|\b(?<!boy )(?<!man )(?<!girl )(?<!lad )(of|all) \d{2,5} |\bone in (\d{1,40}|[a-z]{3,6})\b"
        r"|\d{2,5} (children|families|pupils|women|men|young|boys|girls|parents|people|staff"
        r"|cases)\b"
        r"|^\W?(boys|girls|mothers|fathers|dads|mums|parents|women|(young )?men|young people"
        r"|pupils"
        r"|carers|students|staff|teachers|heads|schools|residents|victims|families|children"
        r"|teenagers"
        r"|survivors)\b(?! (next|at|in the|upstairs))|\bthe parent of a\b",
    ),
    "help that worked": Sign(
        -2,
        r"\b(helped (me|him|her|us|to)|dealt with|got (him|her|me|us) a|found (him|her|them) a"
        r"|were found|settled|is calm|smil(e|es|ed)|gave (me|us) (?!a black)|opened a|threw me a"
        r"|(was|is) taught|believed (me|him|her)"
        r"|and now (he|she|i|we|they)|on again|came every|comes each|took the|went with"
        r"|apolog\w{1,5}|sat with|within (two|three|a) (days|week|day))\b",
    ),
    "long ago, or over": Sign(
        -3,
        r"\b(as a (child|teenager|boy|girl|kid|baby|teen)|years ago|in the past|at the time"
        r"|for years"
        r"|when (i|he|she) was (?=a |an |little|young|small|\d|six|five|seven|eight|nine|ten)"
        r"|used to|no longer|never again|not any more|since then|last year|in (19|20)\d\d"
        r"|(is|are) now|now (our|a|an|the|runs|works|leads|helps|has)|i run|before (we|the) "
        r"|(has|have) stopped (?!eating|talking|coming|speaking|going|giving)|saved (her|his|my)"
        r"|refuge"
        r"|thanks to|thank you|survivors?)\b",
    ),
}
