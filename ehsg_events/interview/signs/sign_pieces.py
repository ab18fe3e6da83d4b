"""A sign of a worry, and the pieces that the patterns of signs are put together from.

The text that is searched is in its normal form. Angle brackets hold the name of a piece. Every
repetition has a bound, so that the time grows only in step with the text's length.
"""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """What a sign weighs, and how it is written."""

    weight: int
    written: str


PIECES = {
    "kin": (
        r"(dads?|daddy|father|mums?|mummy|mother|parents|step-? ?(dad|father|mum|mother|brother"
        r"|sister|parent)|grandads?|grandfather|grandma|gran|nan|uncles?|aunt|auntie|brother"
        r"|sister"
        r"|cousin|boyfriend|girlfriend|husband|wife|partner|ex|carer|coach|lodger|babysitter"
        r"|childminder|neighbour)"
    ),
    "child": (
        r"(child|baby|toddler|infant|newborn|boy|girl|lad|lass|kid|teenager|teen|pupil|student|son"
        r"|daughter|grandson|granddaughter|grandchild|niece|nephew|stepson|stepdaughter|brother"
        r"|sister|young (person|man|woman)|little one|(year|month|week)[ -]olds?)"
    ),
    # "hits her" and "hits her son", never "hits her targets"
    "them": (
        r"((him|me|us|them)\b(?! (hard|worst|a rope))|her<ends>|(his|her|my|our|the|their|a|this"
        r"|that)"
        r"( \w{1,10}){0,2} (<child>|<kin>|children|kids|twins|<body>)\b|mum|dad|mummy|<name>)"
    ),
    "ends": (
        r"(?=[,.;:!?)\"]|$| (and|but|so|when|where|if|while|with|in|on|at|every|again|last|now|all"
        r"|or|most|because|until|for|inappropriately|badly|yesterday|today|tonight|down|into"
        r"|across"
        r"|against|over|as|before|after|by|out|up|to|this|really|too|about|till|like|outside|near"
        r"|from|off|through|too|really)\b)"
    ),
    "name": (
        r"(?!((them|him|her|my|it)self|themselves|and|or|the|a|an|on|in|at|out|off|up|with|for"
        r"|by|to"
        r"|his|her|my|our|their|its|all|from|as|of|is|was|so|but|hard|how|when|families|headlines"
        r"|target|schools|rock|down|back|us|three|two)\b)[a-z]{3,12}"
        r" (in|on|at|with|because|when|and|yesterday|today|last|again|so|this|for|against|across"
        r"|down|after)\b(?! of)"
    ),
    "his": r"(his|her|my|their|the (baby|boy|girl|child|toddler)'s|[a-z]{2,12}'s)",
    "body": (
        r"(arms?|legs?|face|back|neck|body|head|hands?|wrists?|thighs?|eyes?|cheeks?|chest|bottom"
        r"|ears?|stomach|tummy|ribs|feet|foot|throat|shoulders?|skin|lips?|knees?|hair|mouth"
        r"|fingers?"
        r"|nose|teeth)"
    ),
    "self": r"(himself|herself|myself|themselves|themself)",
    "not": (
        r"(not|isn't|wasn't|aren't|never|hasn't|haven't|won't|doesn't|don't|didn't|nobody|no one"
        r"|stopped|stops|refuses to)"
    ),
    "thing": (
        r"(belt|stick|slipper|cable|cord|hanger|wooden spoon|hairbrush|shoe|chair|bat|iron|lighter"
        r"|straighteners|cigarettes?|boiling water|kettle|pillow|rope|stick|plank|cane|whip)"
    ),
}
