"""The signs of harm in a sentence, as data: what each is called, what it weighs, how it is written."""

from __future__ import annotations

from ehsg_events.interview.signs.sign_pieces import Sign

HARM = {
    "blows that are nothing else": Sign(
        2,
        r"\b(slap(s|ped|ping)?|punch(ed|es|ing)?(?! above| up)|strangl(ed|es|ing)(?! by red)"
        r"|batter(ed|s|ing)|thump(ed|s|ing)|whack(ed|s|ing)|belted|whipp(ed|ing)|smack(ed|d|s)"
        r"|head-?butt\w{0,4}|leather(s|ed|ing)|clout(s|ed|ing)|wallop(s|ed|ing)|bash(es|ed|ing)"
        r"|slash(ed|es|ing)|glassed|been jumped|jumped by|stabbed|smother\w{0,3}|suffocat\w{1,4}"
        r"|beat(s|en|ing)? (<them>|up\b)|(been|being|be|was|were|got|getting|gets|and) beaten"
        r"|beaten (by|up|with|at)|knock(s|ed|ing) <them> (about|around|out|down)|lays? into"
        r"|laid into|lays? hands on|takes it out on|(good|right) hiding|goes for (him|her|me)"
        r"|goes mad|on top of (him|her|me|my)|hands? (a?round|on|over|to) <his> (neck|throat"
        r"|mouth)|rough with"
        r"|(did|does|do|doing|done) (things )?to (him|her|me|them)(?! good)|(been|was) (shaken"
        r"|dropped)|floppy"
        r"|(broke|breaks|twist(s|ed)|fractured|snapped|squeez(es|ed)) (<his>"
        r"|\w{2,9}s) (\w{1,9} )?<body>)\b",
    ),
    "a blow, and whom it met": Sign(
        2,
        r"\b(hit(s|ting)?|hurt(s|ing)?|kick(s|ed|ing)?|bit(es|ing)?|burn(s|ed|t|ing)?|shak(e|es"
        r"|ing)"
        r"|shook|chok(ed|es|ing)|threw|throws?|throwing|thrown|drag(s|ged|ging)?|shov(ed|es|ing)"
        r"|pinned|pins|whips|belts|stamp(ed|s) on|pull(s|ed|ing)|push(es|ed|ing)|grab(s|bed|bing)"
        r"|stab(s|bed)|attack(s|ed|ing)|chas(ed|es|ing)|lash(ed|es|ing) out at|scald(ed|s)"
        r"|pinch(es|ed|ing)|drown(s|ed|ing)?|poison(s|ed|ing)|drugg(ed|ing)|sp(at|its) (at|on)"
        r"|held|holds|harm(s|ed|ing)?|hits out at|deck(s|ed)|clip(s|ped)) <them>"
        r"(?! (up|hand|paperwork|at each|when we))"
        r"|\b(hit|hurt|kicked|bitten|burned|burnt|thrown|attacked|pushed|scalded|shaken|pinned"
        r"|dragged|harmed) (\w{1,9} ){0,2}(by (his|her|my|their|mum|dad|mummy|daddy|some\w{1,4})"
        r"|against (a|the)|(down|out of|off|into|through) (a|the|his|her) (?!vote))"
        r"|\bin front of (the|his|her|my|our) (\w{1,9} )?(baby|child|children|kids|son|daughter)\b"
        r"|\bpour(s|ed|ing) (\w{1,9} ){1,3}(on|over) <them>|\bhits? everyone\b",
    ),
    "a blow, perhaps": Sign(
        1,
        r"\b((been|being|was|were|got|getting|gets|is) (hit|hurt|kicked|attacked|hurting|harmed)"
        r"|hit(s|ting)?|hurts?|hurting|threw|throws|kick(s|ed)|shook)\b(?! (<them>|by|the|hard|our"
        r"|its|it off|up|off|out|above|how|for))",
    ),
    "something to hit or burn with": Sign(
        1,
        r"\b(the|a|his|her|with|using|an) ((?!hair)\w{1,9} )?<thing>\b|\bunder (the )?water\b"
        r"|\b(soap|bleach|acid) in <his>\b|\bties? (his|her|my) hands\b|\bdown the stairs\b",
    ),
    "marks on a body": Sign(
        2,
        r"\bbruis(e|es|ed|ing)\b(?! (protocol|policy|pathway|encounter|by|guid|in non))"
        r"|\bblack eye"
        r"|\b(marks?|welts?|burns?|cuts|scratch(es)?|scalds?|sores?|scars?|prints?|blood)"
        r" (\w{1,9} ){0,4}(on|round|around|across|all|over|up|down|in) (a|both"
        r"|<his>) (\w{1,9} )?(<body>"
        r"|shirt|clothes|pants|knickers|bed|boy|girl|baby|child|toddler)\b"
        r"|\b((bite|belt|burn|finger|strangle|strap|hand) ?marks?|hand ?prints?"
        r"|bald patch\w{0,2})\b"
        r"|\b(broken|fractured|swollen|split|cut|busted|bleeding|burnt) (\w{1,6} )?(arm|leg"
        r"|ribs?|jaw"
        r"|nose|lip|face|wrist|eye|finger|collar ?bone|skull|teeth)\b"
        r"|\b<body> (is|are|was|were)? ?(\w{1,9} )?(swollen|broken|bleeding|split|bruised|burnt"
        r"|bled)\b"
        r"|\b(skull|rib|arm|leg|bone|spiral) fractures?\b|\bbleeding\b|\blimping\b"
        r"|\bcovered in (blood|cuts|marks|scratches|sores|bruis\w{1,3})"
        r"|\b(fresh|new|more) (cuts|marks|burns)\b|\bburn (shaped|on)\b|\bcan't sit down"
        r"|\bshow(n|ed) (me|us|her|him|staff) (a|some|the|his|her) (\w{1,9} )?(burns?|marks?"
        r"|cuts?|scars?)",
    ),
    "abuse, named": Sign(
        2,
        r"\b(rap(ed|es|ing)|molest(ed|s|ing)|groomed|grooming|exploited|exploiting|trafficked"
        r"|blackmail(ed|ing|s)?|sexually (abus|assault)\w{1,5}|assault(ed|s|ing)|tortur(ed|es|ing)"
        r"|(been|being|was|is|gets|getting|were) (\w{1,10} )?(abused|neglected|starved|harmed)"
        r"|(abus|neglect)(es|s|ing) (<them>|their|(\w{1,9} )?(baby|kids|children))|(he|she"
        r"|they) (has |had )?abused|cruel to (him|her|them|the|his|my))\b",
    ),
    "touching, pictures, sex": Sign(
        2,
        r"\b(touch(ed|es|ing) (him|her|me|them|us|my|our|the (girls|boys|children|kids)|<his>)"
        r"|(been|keeps|kept|was|is) touching"
        r"|(been|being|was|is|got|gets) touched|touch(ed|es|ing) (at|by)|having sex|about sex"
        r"|(knows?|from|forced|to) (\w{1,5} )?sex|(sex|slept|sleeps|sleeping) with (?!the light"
        r"|a teddy)"
        r"|naked|nudes?|pregnant by|porn|private parts?|genitals|knickers|changing rooms?"
        r"|(in|into|on) (his|her|my) bed\b|(in|into) bed with|kiss(ed|es|ing) (him|her|me"
        r"|a (\w{1,7} )"
        r"{0,3}(girl|boy))|(watch(es|ing)|stares at|films|filming) (him|her|me|them|the (girls"
        r"|boys))"
        r"|(comes?|came|coming|gets|sneaks|creeps|goes) (in|into|to) (my|her|his|their) (bed)?room"
        r"|(comes?|came|coming) in (when|while)|in the (bath|shower)"
        r"|sen(t|ds|ding) (\w{1,9} )?(pictures|photos|pics|videos) (of|to)"
        r"|(asks|asked|asking|wants|pays) (him |her |me |them )?(\w{1,9} )?for (\w{1,9} )?(photos"
        r"|pictures|pics|videos)|(photos?|videos?|pictures?) of (him|her|me)\b|down (there|below)"
        r"|undress\w{0,3}|(his|her|my|their) clothes off|things (he|she) could only know"
        r"|boyfriend is (\d\d|much older|twice)|(met|meets?|meeting) (\w{1,9} ){0,4}(on (a|the|an)"
        r" (game|app|internet)|online|on (snapchat|instagram|tiktok))|meeting a man"
        r"|(finger|hand|thing|tongue)s? (in|inside|up|down|between) <his>|(on|onto) (his"
        r"|her) (lap|knee)|with (his|her)"
        r" mouth|sold to|sells (him|her)|by (\w{1,9} )?men|to hotels?|in a hotel (with|room))\b",
    ),
    "kept in, tied, shut out": Sign(
        2,
        r"\b(lock(s|ed|ing)?|shut(s|ting)?|tie[sd]|tying|chained)( (him|her|me|them|<them>))?"
        r" (in|up|to)\b(?! (lesson|term|winter|the (system|booking|parents)|isolation|place))"
        r"|\block(s|ed|ing)? <them>|\bties? (his|her|my) (hands|feet)"
        r"|\b(thrown|threw|kicked|throws|kicks) (him |her |me )?out\b(?! (by|of two|of school"
        r"|of three))"
        r"|\b(won't|wouldn't|doesn't|didn't|never|not) (let|lets|allow|allows|allowed)"
        r" (him |her |me |them |<name> )?(to )?(out|leave|be seen|see (a|the|his|her)|go out|eat"
        r"|talk)"
        r"|\b(sleeps?|sleeping|slept) (on the|in (a|the|his|her)) (\w{1,9} )?(floor|bath|garage"
        r"|shed"
        r"|car|park|street|cupboard|kitchen|garden)|\bsleep (outside|in the (bath|shed|garage"
        r"|car|cold))|\bliv(es|ing) in (a|the|his|her) (car|van|shed|garage|tent)"
        r"|\b(made|makes|make|making) (him|her|me|them|their|his|my) (\w{1,9} )?(eat|sleep|stand"
        r"|kneel"
        r"|beg|touch|watch|do things|take|steal|carry|sell)\b|\bkept (at home|indoors|hidden)"
        r"|\bstrap(s|ped) (him|her|them|<them>)|\bcalls (him|her|me) names|\bcontrolled by\b"
        r"|\bbeing (made|forced|told|controlled)"
        r"|\btold to (sell|carry|steal|hold)|\bforced to\b|\bwith the dog\b|\bno(body"
        r"|where) to sleep",
    ),
    "left alone": Sign(
        2,
        r"\b(left|leaves|leaving|leave) (\w{1,10} ){0,4}(alone|on (his|her|their|its|my) own|by"
        r" (himself|herself|themselves|itself)|in (the|a|his|her) (car|house|flat|bath|pram)\b)"
        r"|\bhome alone(?! after)|\balone (in|at|with (?!twins)|all)\b(?! a lot)"
        r"|\bon (his|her|their|my) own (since|all|at (home|night)|in the (house|flat|car)"
        r"|overnight"
        r"|today|yesterday|every|on the (street|landing|stairs|balcony|road)|by (a|the))"
        r"|\b(crying|found|wandering|walking|out|outside|there|sitting) (\w{1,9} )?(on (his|her"
        r"|their)"
        r" own|alone|by (him|her)self)|\b(walk|wander|play|cross)(s|es|ed"
        r"|ing)? (\w{1,9} ){1,4}(alone|by (him|her)self|on (his|her) own)"
        r"|\bleft with (a|an|his|her|the) (\w{1,5} )?(\d|year|brother|sister|stranger)"
        r"|\bunsupervised\b|\bwandering (the|about|around|in|on|alone|round)"
        r"|\blooking after (two|three|four|his|her|the|a) (\w{1,9} )?(babies|baby|brothers?"
        r"|sisters?"
        r"|siblings|little)|\bout (at|until|till|past) (\d{1,2} ?am|\w{3,8} in the morning"
        r"|midnight)"
        r"|\bat midnight\b|\b(night|always|hours|days) (on (his|her|their) own|alone)\b"
        r"|\ball alone\b|\bno idea where (he|she|they)\b|\b(nobody|no one) (\w{1,4} )?(in\b"
        r"|looks after"
        r"|looking after)|\b(hanging|leaning|dangling|climbing|fell|falling|fallen) (out of|from"
        r"|off)"
        r" (a|the|her|his) (\w{1,9} ){0,2}(window|balcony|roof)|\bmissing since\b|\b(gone"
        r"|went) missing\b"
        r"|\bin the (yard|garden|street|cold|snow|dark) (\w{1,6} ){0,3}(nappy|all|coat|alone"
        r"|school|barefoot|crying)",
    ),
    "hunger": Sign(
        2,
        r"\b(never|doesn't|don't|won't|not|forget to) feeds? <them>|\b(thin|thinner) (every|and)"
        r"|\bso hungry|\beats (paper|dirt|sand)"
        r"|\b<not> (\w{1,9} )?(fed|feeding (him|her|them|the))|\b(no|without|any) food\b"
        r"|\b(hasn't|has not|haven't|not|n't) (\w{1,9} )?(eaten|had (anything|a meal|food))"
        r"|\b(starving|starves)\b|\bnothing to eat\b|\bgo(es|ing)? without (food|meals|tea)"
        r"|\bskin and bone\b"
        r"|\b(steal(s|ing)?|stole|eating|eats|begging|begs|asks?) (\w{1,9} )?((for|from|out of"
        r"|off) )?"
        r"(the |his )?(food|bread|bins?|leftovers|floor)\b"
        r"|\b(won't|never|not|doesn't|don't|n't) giv(e|en|ing|es) (him|her|them|me) (any )?(food"
        r"|dinner|tea)"
        r"|\b(stopped|stops|not|refuses) eating\b|\block(s|ed) the (kitchen|fridge)",
    ),
    "no care, perhaps": Sign(
        1,
        r"\b(hungry|filthy|(always|very|so) (dirty|cold|thin)|(same|dirty) (\w{1,9} )?(clothes"
        r"|nappy"
        r"|nappies)|no (heating|electric\w{0,3}|bed|mattress|coat|shoes)|soiled|unwashed"
        r"|soaking wet"
        r"|smell(s|ed|ing)? (strongly )?of|stinks|teeth are|lost (loads|a lot|so much) "
        r"|very thin|needles"
        r"|freezing|sleeps all day|(makes|cooks|gets) (his|her) own (tea|dinner|meals|breakfast)"
        r"|shivering|not (been )?taken to|calls? (him|her|me) names"
        r"|on the (street|landing|stairs|balcony)|asked for a bed|nowhere to go)\b",
    ),
    "medicine kept or given": Sign(
        2,
        r"\b(stopped|won't|not|isn't|refuses to|without) (giv(e|ing) )?(\w{1,9} ){0,2}(insulin"
        r"|inhaler"
        r"|medicine|medication)\b|\b(giv(es|ing|en)|gave|puts?) (\w{1,9} ){0,4}(own (medicine"
        r"|tablets)"
        r"|whisky|vodka|methadone|sleeping (tablets|pills)|alcohol|sedatives?)\b",
    ),
    "drink and drugs near": Sign(
        1,
        r"\b(drunk|drinking again|passed out|high on|off (his|her) (head|face)|unconscious|whisky"
        r"|vodka|heroin|cocaine|pills|tablets|overdosed?|paracetamol|using again)\b",
    ),
    "fear of home or of somebody": Sign(
        2,
        r"\bfear for <his> (life|safety)\b|\bdread(s|ing)? (going )?(home|him|her)\b|\b(scared"
        r"|afraid|frightened|terrified|petrified) (to go (home|back)|of going (home|back)"
        r"|of (him|her|what|(his|her|my) (\w{1,9} )?(<kin>|home))\b"
        r"|to (be|stay) (at home|there|alone|left|with)|for <his> (life|safety))"
        r"|\b(won't|wouldn't|doesn't want to|don't want to|didn't want to|refus(es|ed) to"
        r"|begg?(ed|ing)"
        r" (\w{1,5} )?not to) (have to )?(go|be sent|be taken|stay|be left) (home|back|alone"
        r"|there|with)"
        r"|\bhiding from\b|\bhid (under|in|behind)\b|\bflinch(es|ed|ing)?\b|\bwet (him|her)self"
        r"|\b(beg(s|ged)|begging) (me|us|her|him)\b|\bnot to tell\b|\bif (he|she|i"
        r"|we) tells? (any|some)\w{3,4}\b|\bcomes? near (him|her)"
        r"|(\bnot|n't) (feel |be )?safe (at|with|in|where|there|to|because)|\bhouse is not safe"
        r"|\bhe goes home\b|\b(something|what) (is |was |has )?(happening|happened) to"
        r"|\bgoes home (he|she) will",
    ),
    "distress": Sign(
        1,
        r"\b(scream(s|ed|ing)?|crying|cries|cried|sobbing|shaking|in tears|distressed|hysterical"
        r"|nightmares|(?<!never )shout(s|ed|ing)? at (him|her|me|them|the (baby|child|kids))"
        r"|swear(s|ing)? at (him|her|me)|(never|won't) stops? crying|fighting|smashing|smashed"
        r"|in danger|at risk|not safe"
        r"|isn't safe|unsafe|run away|ran away|scared|frightened|terrified|escaped?)\b"
        r"(?! (of (dogs|lifts|losing|groups|the|being|exclusion|eviction|falling)|that|about"
        r"|for the))",
    ),
    "violence": Sign(2, r"\b(is|has been|was|gets|turned|been) (\w{1,9} )?(violent|abusive)\b"),
    "means to die": Sign(
        3,
        r"\b(want(s|ed)?|wish(es|ed)?|wishing|going) (to (die(?! (his|her|my|their))|be dead)"
        r"|(s?he|i)"
        r" (was|were|had never been) (dead|born))\b|\bgiving away (his|her) things"
        r"|\b(kill(s|ed|ing)?|hang(s|ed|ing)?|drown(s|ed|ing)?) <self>"
        r"|\b(doesn't|don't|didn't|not) want to (be alive|live|be here|wake up|carry on living"
        r"|exist)"
        r"|\b(?<!thought of )(?<!thinks of )(end(s|ing)?|take|taking|ended) (it all"
        r"|(his|her|my) (own )?life)\b(?! (back|and that))"
        r"|\bbetter off (dead|without (me|him|her))|\bsuicidal\b(?! (thoughts|ideation|people"
        r"|young))"
        r"|\b(tried|trying|attempted|going|threatening|threatened) to (jump|hang|overdose)"
        r"|\bsuicide note"
        r"|\bno (reason|point) (to|in) (live|living|going on)|\bjumped (from|off) (the|a) "
        r"|\bin front of (a|the) (train|lorry|bus|car)\b",
    ),
    "harms themselves": Sign(
        2,
        r"\b(cut|cuts|cutting|burn(s|ed|ing|t)?|hurt|hurts|hurting|harm(s|ed|ing)?|starv(es"
        r"|ing)) <self>"
        r"|\b(cut|cuts|cutting) (his|her|my) (own )?<body>|\bcuts (\w{1,9} )?(on|up|all) "
        r"|\bself-? ?harm(ed|s|ing)\b|\b(been|is|started|keeps) cutting\b(?! (down|back|the"
        r"|costs|out))"
        r"|\b(an? overdose|(took|taken|takes|swallowed) (\w{1,9} ){0,3}(tablets|pills"
        r"|paracetamol|bleach))\b"
        r"|\bon (the|a) (bridge|railway|roof|ledge)\b|\bdo to <self>|\bhearing voices",
    ),
    "used by criminals, or lured": Sign(
        2,
        r"\b(carry(ing)?|carries|selling|sells?|dealing|running|hiding|take"
        r"|taking) (\w{1,9} )?(drugs"
        r"|weed|cocaine|crack|packages|knives|stuff)|\bused by (\w{1,9} )?(dealers|gangs?|men"
        r"|lads)\b"
        r"|\b(in|a) debt to (a|the) |\bowes (\w{1,9} )?(money|dealers)|\btrap house"
        r"|\b(two|three|new|second|several|more|another) phones?\b"
        r"|\b(older|grown|adult|strange|some) (lads?|men|man|boys|boyfriend|males?)\b"
        r"|\b(men|lads|man) (in|of) (a (\w{1,6} )?(car|van)|cars?|\d\d)\b|\bcar full of\b"
        r"|\bbuys (him|her)\b"
        r"|\b(giv(es|ing)|gave|bought|brings) (him|her) (presents|money|gifts|cigarettes|vapes"
        r"|alcohol)"
        r"|\b(wait(s|ing)|waited) for \w{2,12} (outside|after|at the gate)|\bfollow(s|ed"
        r"|ing) (by|home|him"
        r"|her|me)\b|\bdoesn't know (his|her) own address|\bmessag(es|ing|ed) (girls|boys|him"
        r"|her|pupils|my)\b"
        r"|\bpicks up \w{2,12} after|\bthe man who picks",
    ),
    "a weapon or a threat": Sign(
        2,
        r"\b(had|has|with|held|holds|holding|pulled|got|grabbed|waved|carrying|carries) (a"
        r"|the) (\w{1,9} )?"
        r"(knife|machete|gun|blade|hammer)\b|\b(kill|stab|hurt|harm|shake|smother|drown) (<them>"
        r"|this|it\b|(his|her|my|the) (dog|cat|rabbit|pet))"
        r"(?! (for|up))|\bthreat(en|ens|ened|ening) (to|him|her|me|us|them|my|with)\b"
        r"|\bi can't take the"
        r"|\bthrow(s|ing)? (the|my|her|his|this) baby",
    ),
    "married or cut, sent away": Sign(
        2,
        r"\b(sent|taken|take|taking|sending|flown|forc(ed|ing|e)|made)( (to|him|her|me"
        r"|[a-z]{3,14})){1,4}"
        r" (be|get|to|and) ?(get|be)? ?(marr(y|ied)|cut)\b|\b(cut|circumcised) (abroad"
        r"|in the summer)"
        r"|\b(be|get|getting|being) married (on|in|to|next|this|off|abroad|by)\b|\bto marry\b",
    ),
    "a danger in the house": Sign(
        2,
        r"\b(sex offender|been convicted of|on the register|out of prison|released|bailed)\b"
        r"(?=.{0,60}\b(house|home|living|moved in|kids|children)\b)|\btoo (drunk|high|stoned)\b"
        r"|\b(always|so|was) drunk\b|\bw(on't|ould not|ouldn't) (give|let) (\w{1,9} ){1,3}(back"
        r"|take)",
    ),
}
