"""Owns: which British and American spellings are one word. The American one is the key that both have."""

from __future__ import annotations

import re

from notify.lemmas.english_forms import words

# Not by rule: hour, four, tour and contour end alike and are spelt alike everywhere.
_OUR = words(
    """
    arbour ardour armour behaviour candour clamour clangour colour demeanour endeavour favour fervour flavour glamour harbour honour
    humour labour misdemeanour neighbour odour parlour rancour rigour rumour saviour savour splendour succour tumour valour vapour
    vigour
    """
)
_PAIRS = """
centre center
metre meter
litre liter
theatre theater
fibre fiber
calibre caliber
spectre specter
lustre luster
sabre saber
sombre somber
defence defense
offence offense
licence license
pretence pretense
practise practice
catalogue catalog
dialogue dialog
analogue analog
programme program
grey gray
aluminium aluminum
fulfil fulfill
enrol enroll
enthral enthrall
distil distill
instil instill
instal install
skilful skillful
wilful willful
jewellery jewelry
judgement judgment
acknowledgement acknowledgment
ageing aging
artefact artifact
sulphur sulfur
mould mold
plough plow
sceptic skeptic
cosy cozy
aeroplane airplane
encyclopaedia encyclopedia
paediatric pediatric
anaesthetic anesthetic
orthopaedic orthopedic
haemoglobin hemoglobin
oestrogen estrogen
manoeuvre maneuver
towards toward
afterwards afterward
forwards forward
backwards backward
adviser advisor
yoghurt yogurt
marvellous marvelous
woollen woolen
counsellor counselor
traveller traveler
modeller modeler
labeller labeler
signaller signaler
canceller canceler
"""
_AMERICAN = dict(line.split() for line in _PAIRS.strip().splitlines())
_COLOUR = re.compile(rf"(?P<before>un|dis|multi|over|)(?P<stem>{'|'.join(word[:-3] for word in sorted(_OUR))})our")
_METRE = re.compile("(?P<unit>kilo|milli|centi|nano|micro|deci|tele|hecto|mega)(?P<word>metre|litre)")
# Written -ise on both sides of the ocean.
_ALWAYS_ISE = words(
    """
    advertise advise appraise apprise arise braise bruise chastise chemise circumcise clockwise comprise compromise concise cruise
    demise despise devise disenfranchise disguise edgewise enfranchise enterprise excise exercise expertise franchise fundraise guise
    imprecise improvise incise lengthwise likewise liaise malaise mayonnaise merchandise mortise noise otherwise paradise poise porpoise
    praise precise premise previse prise promise raise reprise revise rise sunrise supervise surmise surprise televise tortoise treatise
    turquoise uprise valise vise wise anise bise crosswise counterclockwise anticlockwise sidewise unwise reprise upraise reappraise
    """
)
_ISE = re.compile("(?P<stem>[a-z]{3,})is(?P<end>e|ation|ational|able)")
_YSE = re.compile("(?P<stem>(?:an|cat|par|dial|electrol|hydrol|psychoan)[a-z]*)yse")


def american(lemma: str) -> str:
    """The American spelling of a dictionary word, or the word itself if both spell it alike.

    >>> american("organise"), american("behavioural"), american("advise")
    ('organize', 'behavioral', 'advise')
    """
    if lemma in _AMERICAN:
        return _AMERICAN[lemma]
    if "our" in lemma and (found := _COLOUR.match(lemma)):
        return f"{found['before']}{found['stem']}or{lemma[found.end() :]}"
    if found := _METRE.fullmatch(lemma):
        return found["unit"] + _AMERICAN[found["word"]]
    if "is" in lemma and (found := _ISE.fullmatch(lemma)) and found["stem"] + "ise" not in _ALWAYS_ISE:
        return f"{found['stem']}iz{found['end']}"
    if lemma.endswith("yse") and (found := _YSE.fullmatch(lemma)):
        return f"{found['stem']}yze"
    return lemma
