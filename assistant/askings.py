"""Questions that ask for an opinion, or about somebody's private life: how people put them in English. Pure.

Only plain forms of asking are known here, because declining what the papers answer is the worse mistake. "Should I have
sent my apologies" asks for a fact, and so does "what should the council do according to the commissioner". A service
for children ("the children's home", "the family hub") isn't a child, and an inspector is no private person.
"""

from __future__ import annotations

import re

# The patterns read small letters and straight apostrophes. Every gap in them is bounded, so none is slow on any text.


def _any_of(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_CHILD = (
    r"(?:child|children|kids?|bab(?:y|ies)|toddlers?|infants?|boys?|girls?|lads?|lass(?:es)?|teen(?:ager)?s?"
    r"|youngsters?|pupils?|young (?:person|people|man|men|woman|women|lad|adult)|siblings?|brothers?|sisters?|twins?"
    r"|sons?|daughters?|runaways?|care leavers?)"
)
_FAMILY = (
    r"(?:famil(?:y|ies)|mothers?|mums?|fathers?|dads?|parents?|gran(?:dmother|dfather|ny|dad|dparent)?s?|couple|aunts?"
    r"|uncles?|foster (?:carer|parent|mother|father|mum|dad|family)s?|neighbours?|tenants?|victims?|complainants?"
    r"|whistle-?blowers?|service users?)"
)
_PRIVATE = rf"(?:{_CHILD}|{_FAMILY})"
_ALONE = (
    r"(?=\s*(?:$|[?.!,;:)]|\b(?:who|whose|whom|that|which|in(?! care council)|with|from|at|on|aged|of|by|under|was|were"
    r"|is|are|has|have|had|been|being|involved|concerned|mentioned|named|reported|placed|living|looked|sampled"
    r"|excluded|killed|hurt|abused|missing|described|referred|sent|moved|taken|below|above)\b))"
)
"""What follows the people themselves, and not a service for them: "the children who", but not "the children's home"."""

_THE = (
    r"(?:(?:the|that|this|those|these|an?|any|all|both|each|every|our|my|one|two|three|four|five|six|\d{1,3}|of|young"
    r"|little|poor|missing|older|younger|eldest|youngest|vulnerable|abused|same|other|local|unaccompanied|first|second"
    r"|dead|next door)\s){0,5}"
)
_THAT = r"(?:the|that|this|a|which) (?:[\w-]{1,20} ){0,2}"
_ADDRESS = r"add?ress(?:es)?"
_IDENTITY = (
    rf"(?:(?:sur|first |last |full |real |family )?names?|identit(?:y|ies)|(?:home |full |e-?mail )?{_ADDRESS}"
    r"|(?:tele)?phone(?: numbers?)?|mobile(?: numbers?)?|contact details|dates? of birth|dob|birthdays?|post ?codes?"
    r"|whereabouts)"
)
_TELLING = (
    rf"(?:surname|real name|full name|first name|names? (?:and|&|\+) (?:home )?{_ADDRESS}|home {_ADDRESS}"
    r"|date of birth|dob)"
)
_OWN = rf"(?:home {_ADDRESS}|(?:private|personal|home) (?:mobile|phone|telephone|e-?mail|number)s?)"
_ASKED_FOR = (
    r"\b(?:what(?:'?s| is| are| was| were)?|which|give|tell|show|find|get|need|want|share|send|know|list|look up)\b"
)
_KIN = (
    r"(?:son|daughter|child|kid|kids|children|grandson|granddaughter|grandchild|grandkids|niece|nephew|ex|husband|wife"
    r"|partner|mum|mother|dad|father|sister|brother)"
)

_PRIVATE_LIFE = _any_of(
    # "the surname of the family", "names of the two children who"
    rf"\b{_IDENTITY}(?: (?:and|&|or) {_IDENTITY})? (?:of|for) {_THE}(?:{_PRIVATE}'s? )?{_PRIVATE}{_ALONE}",
    # "name the two children who"
    rf"(?:^|[.!?;:,] ?|\b(?:you|to|please|can|and) )(?:name|identify) {_THE}{_PRIVATE}{_ALONE}",
    # "what is the child's name"
    rf"{_ASKED_FOR}.{{0,40}}\b{_PRIVATE}(?:'s?|s)? (?:\w+ )?{_IDENTITY}(?!\w)(?! (?:was|were|is|are|been|being) )",
    # "girl of 14 …: name and address"
    rf"\b{_PRIVATE}(?!'|\w).{{0,120}}\b{_TELLING}\b",
    # "the home address of", "her personal mobile"
    rf"\b{_OWN}\b.{{0,20}} (?:of|for) ",
    rf"{_ASKED_FOR}.{{0,30}}(?:\w's|\bhis|\bher|\btheir) {_OWN}\b",
    # "who is the girl in the case study", "who is child B"
    rf"\bwho(?:'?s| is| was| are| were) {_THE}{_PRIVATE}{_ALONE}",
    r"\bwho(?:'?s| is| was) (?:child|family|young person|parent) [a-z]\b(?!')",
    # "where does the family live", "which school does she go to"
    rf"\bwhere (?:do|does|did) (?:{_THAT}{_PRIVATE}|she|he|(?:cllr|councillor|mrs?|ms|dr|the \w+)\b.{{0,30}}) live\b",
    rf"\b(?:which|what) (?:school|nursery|college) (?:does|did) (?:she|he|{_THAT}{_CHILD}|his|her) ",
    # "my daughter's social worker"
    rf"\bmy (?:own |eldest |youngest |late )?{_KIN}(?:'s|s')"
    r" (?:\w+ )?(?:social worker|case|file|record|review|plan|placement|assessment|report|hearing)",
    # "the people next door"
    r"\b(?:people|famil(?:y|ies)|couple|woman|man|lady|neighbours?|kids|children|lot|girl|boy|lads?|ones|bloke|house)"
    r" (?:who live )?next door\b",
    r"\bnext door to (?:me|us)\b",
    r"\bmy (?:next[- ]door )?neighbou?rs?(?:'s?)?(?!\w)",
)

_ROLE = (
    r"(?:director|assistant director|dcs|chief exec(?:utive)?|chief officer|ceo|monitoring officer|head of \w{1,20}"
    r"|leader|deputy leader|mayor|councillor|cllr|officer|commissioner|chair(?:man|woman|person)?|lead member"
    r"|cabinet member|executive member|portfolio holder|inspector|manager|social worker|mp|boss|bosses|cabinet"
    r"|administration|politician)s?"
)
_JUDGED = (
    r"(?:(?:really |actually |honestly )?(?:any (?:good|use)|up to (?:it|(?:the|his|her|their) job)|competent"
    r"|incompetent|useless|hopeless|trustworthy|to be trusted|corrupt|lying|a liar|honest|dishonest|rubbish|crap"
    r"|overpaid|stupid|an idiot|(?:good|bad|the best|the worst) at (?:his|her|their) job))"
)
_SUPERLATIVE = r"(?:best|worst|most useless|laziest|cleverest|nicest)"
_OPENS = r"(?:^|[.!?;:,–—-] ?|\b(?:so|and|but|or|honestly|ok|well|then|please) )"
_DECIDE = (
    r"(?:vote|abstain|support|back|oppose|sack|fire|get rid|replace|keep|trust|believe|worry|resign|quit|stand"
    r"|be (?:worried|concerned|ashamed|proud|angry|happy)|step down|accept|reject|approve|agree|sign|complain|protest"
    r"|boycott|appoint|elect|choose|pick|promote|blame|apologi[sz]e|sue|leak|do|join|defect)"
)
_GO = r"(?:resign|quit|step down|be (?:sacked|fired|replaced|ashamed|jailed|prosecuted)|lose (?:his|her|their) jobs?)"
_REQUEST = (
    r"(?:please|kindly|mind|tell|list|show|give|find|explain|look|summari[sz]e|be (?:able|so kind)|help|check|quote"
    r"|set out|send|let (?:me|us) (?:know|have|see)|like|need|use|expect to (?:find|see)|go to)"
)
"""What follows "would you" in a request, or where "you" is anybody."""

_OPINION = _any_of(
    rf"(?<!when )(?<!where )(?<!why )(?<!how )\bwould you (?!{_REQUEST}\b)\w",
    r"\bhow would you (?:rate|describe|score|judge|grade|feel|vote|rank|fix|run|handle|improve|sort)\b",
    r"\b(?:do|did|don't|wouldn't) you (?:think|reckon|believe|feel|agree|trust|like|recommend|suggest|expect|fancy"
    r"|prefer|blame|support)\b",
    r"\bwhat (?:do|would|did) you (?:think|make of|reckon|advise|recommend|suggest|do|say)\b",
    r"\bwho (?:do|would) you\b",
    r"\byour (?:own |honest |personal )?(?:view|opinion|take|advice|verdict|guess|prediction|judge?ment|feeling)\b",
    r"\bif you were\b",
    # "should I vote", but "should I have sent"; "should we sack", but "should we see"
    rf"{_OPENS}should i\b(?! (?:have|be (?:getting|receiving|seeing|sent)|already|find|see|expect))",
    rf"{_OPENS}should we (?:all |just |really |not )?{_DECIDE}\b",
    rf"\b(?:what|who|whom|which way|which \w{{1,20}}|how) should (?:i|we) {_DECIDE}\b",
    # "should the leader resign"
    rf"{_OPENS}should .{{1,60}} {_GO}\b",
    rf"\bwho should {_GO}\b",
    # "is the director any good"
    rf"\b(?:is|are|was|were)(?:n't)? (?:\w{{1,20}} ){{0,4}}{_ROLE}(?: \w{{1,20}}){{0,3}} {_JUDGED}(?!\w)",
    rf"\b(?:is|are) (?:she|he|they) {_JUDGED}(?!\w)",
    r"\bany good at (?:his|her|their) job",
    # "who is the best councillor", "who'd make the better chair"
    rf"\bwho(?:'?s| is| are| was) (?:our |the )?{_SUPERLATIVE}(?: \w{{1,20}}){{0,2}} {_ROLE}\b",
    rf"\bwhich (?:of )?(?:our |the |these )?(?:\w{{1,20}} )?{_ROLE} (?:is|are) (?:the )?{_SUPERLATIVE}\b",
    r"\bwho(?:'d| would) (?:make|be|do) (?:the |a )?(?:best|better|good|worst|worse)\b(?! (?:off|placed|than|at)\b)",
    # forecasts and advice
    r"\bwho(?:'s| is|'ll| will)? (?:going to )?win\b",
    r"\b(?:can|could) you (?:predict|guess|forecast|advise me)\b",
    r"\bwhat are (?:the |our |my )?(?:chances|odds)\b",
    r"\bhow likely is it (?:that )?(?:we|the council|they|ofsted|i) ",
    r"\bany advice (?:for|on how)\b",
    r"\bis it (?:fair|morally|ethical)\b",
)

_SOMEBODY_ELSES = re.compile(
    r"\baccording to\b|\bin (?:the |his |her |their )(?:[\w']{1,20} ){0,3}(?:view|opinion|words|judgement)\b"
    r"|\b(?:did|does|has|had|have) (?!you\b)(?:[\w']{1,20} ){1,6}(?:think|thought|say|said|recommend(?:ed)?"
    r"|conclude[d]?|find|found|believe[d]?|argue[d]?|suggest(?:ed)?|advise[d]?|want(?:ed)?)\b"
)
"""Signs that somebody else's opinion is asked for, which the papers may hold."""


def asks_an_opinion(question: str) -> bool:
    """Whether a question asks for the assistant's own opinion, advice or forecast."""
    asked = _plain(question)
    return any(pattern.search(asked) for pattern in _OPINION) and not _SOMEBODY_ELSES.search(asked)


def asks_about_private_life(question: str) -> bool:
    """Whether a question asks who or where a child, a family or another private person is, or about their case."""
    asked = _plain(question)
    return any(pattern.search(asked) for pattern in _PRIVATE_LIFE)


def _plain(question: str) -> str:
    return " ".join(question.split()).lower().replace("’", "'").replace("‘", "'")
