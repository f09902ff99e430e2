"""English word forms: which words are one word, pair by pair, with the reason."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.lemmas.english import keys
from notify.lemmas.english_forms import IRREGULAR

# «word: forms», every form of which must meet the word.
ONE_WORD = {
    "plurals in -s": """
        network: networks network's; site: sites; agreement: agreements agreement's; union: unions; plan: plans; area: areas; photo:
        photos; idea: ideas; camera: cameras; day: days; key: keys; tv: tvs; isp: isps; ngo: ngos; premise: premises; headquarter:
        headquarters; telecom: telecoms; chatbot: chatbots; startup: startups; podcast: podcasts
    """,
    "plurals after a hiss": """
        class: classes class's; process: processes; access: accesses; address: addresses; box: boxes; tax: taxes; church: churches;
        branch: branches; dish: dishes; bus: buses busses; gas: gases; status: statuses; campus: campuses; virus: viruses; bonus: bonuses;
        lens: lenses; bias: biases; quiz: quizzes; size: sizes; prize: prizes; house: houses; case: cases; response: responses; license:
        licenses; cause: causes; excuse: excuses; purpose: purposes; horse: horses; ache: aches; cache: caches; niche: niches; blitz:
        blitzes
    """,
    "plurals in -ies and -oes": """
        company: companies company's; country: countries; agency: agencies; policy: policies; frequency: frequencies; movie: movies;
        cookie: cookies; selfie: selfies; tie: ties; lie: lies; pie: pies; hero: heroes; potato: potatoes; embargo: embargoes; veto:
        vetoes; shoe: shoes; toe: toes; canoe: canoes; taxi: taxis; ski: skis; api: apis; emoji: emojis; menu: menus; cpu: cpus
    """,
    "plurals in -ics": """
        statistic: statistics; topic: topics; metric: metrics; republic: republics; epidemic: epidemics; characteristic: characteristics
    """,
    "irregular plurals": """
        child: children children's; man: men men's; woman: women women's; person: people persons people's; people: peoples; foot: feet;
        tooth: teeth; mouse: mice; goose: geese; wolf: wolves; knife: knives; life: lives; leaf: leaves; leave: leaves; half: halves;
        shelf: shelves; thief: thieves; wife: wives; criterion: criteria; phenomenon: phenomena; datum: data; medium: media; index:
        indices indexes; matrix: matrices; vertex: vertices; appendix: appendices appendixes; analysis: analyses; crisis: crises; basis:
        bases; base: bases; axis: axes; axe: axes; thesis: theses; hypothesis: hypotheses; diagnosis: diagnoses; spectrum: spectra;
        referendum: referenda referendums; memorandum: memoranda; bacterium: bacteria; formula: formulae formulas; antenna: antennae
        antennas; nucleus: nuclei; radius: radii; stimulus: stimuli; corpus: corpora; genus: genera; spokesman: spokesmen; policewoman:
        policewomen; salesperson: salespeople; schoolchild: schoolchildren; this: these; that: those; bureau: bureaux bureaus; forum: fora
        forums
    """,
    "verbs that add": """
        visit: visits visited visiting; connect: connects connected connecting; ask: asks asked asking; need: needs needed needing; offer:
        offers offered offering; develop: developed developing; play: plays played playing; show: shows showed shown showing; box: boxed
        boxing; launch: launches launched launching; pass: passes passed passing; call: calls called calling; install: installed
        installing; discuss: discussed discussing; belong: belonged belonging; download: downloaded downloading; test: tested testing;
        host: hosted hosting; sign: signed signing; add: adds added adding; rain: rained raining; veto: vetoed; echo: echoed echoing; ski:
        skied skiing; google: googled googling; build: builds built building; limit: limited limiting; budget: budgeted; enter: entered
        entering; cover: covered covering; curl: curled curling; work: worked working; attack: attacked
    """,
    "verbs that double a letter of two syllables": """
        fuel: fuelled fueled fuelling; dial: dialled dialed dialling; duel: duelling; signal: signalled signalling; quell: quelled
    """,
    "verbs of the trade": """
        broadcast: broadcasting broadcasts broadcasted; licence: licensed licensing licences; licensing: licence; freeze: froze frozen;
        oversee: oversaw overseen; resell: resold reselling; format: formatted; benefit: benefited benefitted; auction: auctioned
    """,
    "verbs that drop an e": """
        hope: hopes hoped hoping; plane: planed planing; vote: voted voting; use: uses used using; organize: organizes organized
        organizing; decide: decided deciding; relate: related relating; create: created creating; update: updated updating; raise: raised
        raising; cause: caused causing; receive: received receiving; achieve: achieved achieving; change: changed changing; charge:
        charged charging; merge: merged merging; judge: judged judging; handle: handled handling; enable: enabled enabling; solve: solved
        solving; serve: served serving; force: forced forcing; finance: financed financing; reverse: reversed reversing; license: licensed
        licensing; argue: argued arguing; continue: continued continuing; issue: issued issuing; value: valued valuing; quote: quoted
        quoting; require: required requiring; guide: guided guiding; square: squared; evaluate: evaluated evaluating; negotiate:
        negotiated negotiating; initiate: initiated initiating; age: aged aging ageing; type: typed typing; care: cared caring; rate:
        rated rating; note: noted noting; bathe: bathed bathing; taste: tasted tasting; unite: united uniting; dye: dyed dyeing; analyze:
        analyzed analyzing; route: routed routing; singe: singeing; queue: queued; tie: tied tying; die: died dying; lie: lied lying;
        agree: agreed agreeing agrees; free: freed freeing; guarantee: guaranteed guaranteeing; see: seeing sees
    """,
    "verbs that double": """
        plan: planned planning; hop: hopped hopping; stop: stopped stopping; run: running runs ran; set: setting sets; get: getting got
        gotten; refer: referred referring; occur: occurred occurring; commit: committed committing; permit: permitted permitting; star:
        starred starring; bar: barred barring; begin: beginning began begun; control: controlled controlling; program: programmed
        programming; log: logged logging; tag: tagged tagging; rob: robbed robbing; bid: bidding bids; submit: submitted submitting;
        travel: travelled traveled travelling traveling; cancel: cancelled canceled cancelling canceling; model: modelled modeled; label:
        labelled labeled; signal: signalled signaled; traffic: trafficked trafficking; panic: panicked; focus: focussed focused focuses
    """,
    "verbs in -y": """
        study: studies studied studying; apply: applies applied applying; deny: denied; carry: carried carrying; try: tries tried trying
    """,
    "irregular verbs": """
        be: am is are was were been being; have: has had having; do: does did done doing; go: goes went gone going; say: said; make: made
        making; take: took taken taking; give: gave given giving; come: came coming; become: became; know: knew known; think: thought;
        see: saw seen; find: found finding; leave: left leaving leaves; lay: laid laying; lie: lay lain; feel: felt; keep: kept; hold:
        held; withhold: withheld; bring: brought; write: wrote written writing; rewrite: rewritten; sit: sat sitting; stand: stood;
        understand: understood; lose: lost losing; pay: paid; meet: met meeting; lead: led; grow: grew grown; speak: spoke spoken; read:
        reading; spend: spent; win: won winning; buy: bought; send: sent; fall: fell fallen; sell: sold; choose: chose chosen; rise: rose
        risen; break: broke broken; draw: drew drawn; withdraw: withdrew withdrawn; undertake: undertook undertaken; undergo: underwent
        undergone; overcome: overcame; foresee: foresaw foreseen; rebuild: rebuilt; mislead: misled; uphold: upheld; learn: learnt
        learned; wear: wore worn; bear: bore born; bind: bound; wind: wound; teach: taught; fly: flew flown flies; forbid: forbade
        forbidden; freeze: froze frozen; steal: stole stolen; swear: sworn; shoot: shot
    """,
    "comparison": """
        large: larger largest; big: bigger biggest; easy: easier easiest; happy: happier; late: later latest; new: newer newest; high:
        higher highest; low: lower lowest; wide: wider; few: fewer fewest; strong: stronger; safe: safer safest; early: earlier earliest;
        dry: drier; thin: thinner; small: smaller smallest; cool: cooler; simple: simpler; good: better best; well: better; bad: worse
        worst; far: further farthest; old: older elder eldest; much: more most; many: more; little: less least
    """,
    "two spellings": """
        organise: organize organized organising; organisation: organization organizations; digitise: digitized; authorisation:
        authorization; analyse: analyze analyzed analyses; colour: color colors coloured; favour: favor; labour: labor; behaviour:
        behavior behaviors; behavioural: behavioral; neighbouring: neighboring neighbor; favourite: favorite favorites; honour: honored;
        centre: center centers centred; metre: meters; kilometre: kilometer kilometers; theatre: theater; fibre: fiber; defence: defense;
        licence: license licenses; practise: practice; catalogue: catalog; dialogue: dialog dialogs; programme: program programs; grey:
        gray; fulfil: fulfill fulfilled fulfills; enrol: enrolled enroll; judgement: judgment; jewellery: jewelry; aluminium: aluminum;
        sceptic: skeptics; artefact: artifacts
    """,
    "names and new words": """
        starlink: starlink's; tiktok: tiktoks tiktok's; google: googled googles google's; davis: davis's; belarus: belarus's; huawei:
        huawei's; blockchain: blockchains; smartphone: smartphones; vlog: vlogs vlogged; chatbot: chatbots; ericsson: ericsson's; musk:
        musk's
    """,
}

# «first second: reason». Pairs that must not meet.
OTHER_WORDS = """
organize organization: what does it and what it is
organise organiser: a person is another word
communicate communication: a noun of a verb
agree agreement: a noun of a verb
agreed agreement: the same, of a form
nation national: an adjective
nation nationality: a noun of an adjective
national international: a prefix
policy police: stems alike by chance
policies police: the same in the plural
policy politics: one root long ago
university universe: Snowball joins them
university universal: Snowball joins them
general generate: Snowball joins them
general generally: an adverb
generation generate: a noun of a verb
import important: a chance likeness
new news: not a plural
new newly: an adverb
it its: a pronoun of its own
thi this: not a plural
hi his: not a plural
statu status: not a plural
stat status: not a form
bu bus: not a plural
ga gas: not a plural
serie series: not a plural
serial series: an adjective
specie species: not a plural
special species: a chance likeness
analyst analysis: a person
analytic analysis: an adjective
bas basis: not a plural
basic basis: an adjective
clas class: not a plural
classic class: an adjective
classify class: a verb of a noun
acces access: not a plural
pres press: not a plural
proces process: not a plural
procession process: another noun
belaru belarus: not a plural
belarus belarusian: a name and its adjective
campu campus: not a plural
wireles wireless: not a plural
wire wireless: an adjective
ethical ethics: an adjective
ethic ethics: a science is no plural
economic economics: the adjective and the science
economy economics: two nouns
physic physics: a science is no plural
politic politics: not a plural
electronic electronics: the adjective and the trade
logistic logistics: the adjective and the trade
analytic analytics: the adjective and the trade
make maker: who makes
number numb: numb is not compared so
use user: who uses
provide provider: who provides
operate operator: who operates
operate operation: a noun of a verb
regulate regulator: who regulates
regulate regulation: a noun of a verb
regular regulate: an adjective
inform information: a noun of a verb
minister ministry: a person and an office
ministry ministerial: an adjective
digital digit: an adjective
digitize digital: a verb of an adjective
hop hope: two verbs
hoping hop: hop doubles its p
hopping hope: hope does not double
hoped hop: hop doubles its p
plan plane: two words
planing plan: plan doubles its n
planning plane: plane does not double
planed plan: plan doubles its n
rat rate: two words
rated rat: the verb is rate
not note: two words
noted not: the verb is note
us use: two words
used us: the verb is use
bar bare: two words
barring bare: bare does not double
car care: two words
caring car: the verb is care
star stare: two words
staring star: star doubles its r
sit site: two words
sited sit: the verb is site
cut cute: two words
win wine: two words
winning wine: wine does not double
pin pine: two words
can cane: two words
tap tape: two words
taping tap: tap doubles its p
tapping tape: tape does not double
past paste: two words
pasted past: the verb is paste
thing th: no verb
king k: no verb
spring spr: no verb
ring r: no verb
during dure: no verb
nothing noth: no verb
evening even: the end of the day
outing out: a trip
earring ear: what hangs on it
herring her: a fish
string str: no verb
red re: no verb
need ne: no verb
needed knee: two words
speed spe: no verb
hundred hundr: no verb
indeed ind: no verb
seed see: a grain
feed fee: another verb
freed feed: two verbs
breed bree: no verb
meetings meet: a noun in the plural is no form of the verb
buildings build: the same
meetings met: the same
building builder: who builds
person personal: an adjective
person personnel: another noun
people popular: one root long ago
child childish: an adjective
man mane: two words
men menu: two words
women womb: a chance likeness
specimen speciman: no man
regimen regiman: no man
yemen yeman: no man
woman man: another word
wolf woolf: a name
leaf leafy: an adjective
life live: life has lives, and so has live, but these two words are two
data date: two words
media mediate: a chance likeness
medium medial: a chance likeness
index indicate: a chance likeness
crisis critical: an adjective
criterion critic: a chance likeness
base basis: two nouns
axe axis: two nouns
found foundation: a noun of another verb
find fund: two words
found fund: two words
founder find: who founds
founded find: found, founded is another verb
find founded: the same
saw sew: two verbs
lay law: two words
laid lie: lay, laid is another verb
felt fell: two forms of two verbs
rise raise: two verbs
rose raised: two verbs
sit set: two verbs
sat set: two verbs
left lift: two words
leaf live: two words
do dose: two words
doses do: a plural of dose
be bee: two words
being bee: two words
have haven: two words
see sea: two words
seen scene: two words
say essay: two words
large largely: an adverb
large enlarge: a verb
late lately: an adverb
late latter: another word
latest latter: another word
low law: two words
low slow: two words
high height: a noun
wide width: a noun
strong strength: a noun
long length: a noun
good goods: wares
custom customer: a person
corp corps: not a plural
port porter: a person
tower tow: tow is not compared
tow tower: the same
matter mat: mat is not compared
offer off: off is not compared
letter let: let is not compared
paper pap: a chance likeness
power pow: a chance likeness
forest for: a chance likeness
interest inter: a chance likeness
harvest harv: a chance likeness
broker broke: who brokers
former form: another word
forming former: another word
order ord: a chance likeness
corner corn: corn is not compared
master mast: a chance likeness
center cent: a chance likeness
center central: an adjective
centre century: a chance likeness
quiet quite: two words
advice advise: a noun and a verb, alike on both sides of the ocean
promise promize: -ise everywhere
exercise exercize: -ise everywhere
enterprise enterprize: -ise everywhere
hour hor: -our everywhere
four for: -our everywhere
tour tor: -our everywhere
contour contor: -our everywhere
story storey: a floor is written otherwise in Britain, but here the tale would be lost
check cheque: the same with a cheque
tire tyre: the same with a tyre
meter meteor: a chance likeness
program programmer: a person
license licensee: a person
color colorful: an adjective
labor laboratory: a chance likeness
favor favorable: an adjective
behavior behave: a noun of a verb
unite unit: two words
united unit: United Nations, and units
units unite: the same
unit unity: two nouns
union unite: two words
secret secrete: two words
secreted secret: the verb is secrete
breath breathe: a noun and a verb
breathing breath: the same
cloth clothe: a noun and a verb
bath bathe: a noun and a verb
bathing bath: the American verb is rare, and told apart
tax taxi: two words
taxis tax: of taxi
taxes taxi: of tax
ski sky: two words
skis sky: of ski
skies ski: of sky
skied sky: of ski
die dye: two words
dying dye: of die
dyeing die: of dye
tie toe: two words
lying laid: of lie, and laid of lay
shoe show: two words
shoes show: of shoe
shot shoe: of shoot
toes to: of toe
ads a: of ad
add ad: two words
adding ad: the verb is add
ads add: of ad
egg eg: the verb is egg
err er: the verb is err
off of: two words
bill bil: keeps its ll
billing bile: keeps its ll
filling file: fill, not file
filing fill: file, not fill
filed fill: file, not fill
tiling till: tile, not till
polling pole: poll, not pole
rolling role: roll, not role
calling cale: keeps its ll
passing pas: keeps its ss
missing mis: keeps its ss
missed mise: keeps its ss
buzzing buz: keeps its zz
controlled controller: what controls
travel traveller: who travels
telecom telecommunication: a shortened word is its own
telecommunications telephone: a chance likeness
communications communicate: a noun of a verb
internet intern: a chance likeness
international intern: a chance likeness
intern internal: a chance likeness
mobile mobility: a noun of an adjective
mobile mobilize: a verb of an adjective
security secure: a noun of an adjective
secure securely: an adverb
safe safety: a noun of an adjective
safety save: two words
safe save: two words
safer save: two words
wind wine: two words
art article: a chance likeness
act action: a noun of a verb
active act: an adjective
state statement: a chance likeness
state statue: a chance likeness
station state: two words
station static: two words
relation relate: a noun of a verb
relative relate: an adjective
ration rational: a chance likeness
author authority: a person and a power
authority authorize: a noun and a verb
create creation: a noun of a verb
creature create: a noun of a verb
create crate: two words
complete compete: two verbs
completed compete: two verbs
competing complete: two verbs
competition compete: a noun of a verb
competent compete: an adjective
house hose: two words
hose house: two words
housing hose: of house
horse hoarse: two words
mars mar: a planet
paris pari: a city
texas texa: a state
james jam: a name
thomas thoma: a name
canvas canva: a cloth, and a firm
ups up: a firm
aids aid: an illness
ios io: a system
gps gp: no plural
dns dn: no plural
sms sm: no plural
rcs rc: no plural
as a: no plural
was wa: no plural
has ha: no plural
yes ye: no plural
ours our: no plural
hers her: no plural
besides beside: another word
starlink starling: a firm and a bird
starlink's starling: the same
tiktok ticktock: a firm and a sound
google goggle: two words
metal metallic: an adjective
according accord: a preposition
dialled dally: a chance likeness
fuelled full: two words
quelled quill: two words
spectra spectral: an adjective
telecoms telecommuting: a chance likeness
licensed licensee: a person
broadcasting caster: a chance likeness
policies police: two words
police policy: two words
bodies bod: two words
data date: two words
data dated: two words
agencies agent: two words
analyses analyst: a person
"""


def _forms():
    for kind, table in ONE_WORD.items():
        for line in table.split(";"):
            word, forms = line.split(":")
            for form in forms.split():
                yield pytest.param(word.strip(), form, id=f"{kind}: {word.strip()} {form}")


def _others():
    for line in OTHER_WORDS.strip().splitlines():
        pair, reason = line.split(": ", 1)
        first, second = pair.split()
        yield pytest.param(first, second, id=f"{first} {second}: {reason}")


@pytest.mark.parametrize(("word", "form"), list(_forms()))
def test_a_form_meets_its_word(word, form):
    assert keys(word) & keys(form)


@pytest.mark.parametrize(("first", "second"), list(_others()))
def test_another_word_is_not_met(first, second):
    assert not keys(first) & keys(second)


@pytest.mark.parametrize(
    "word", ["news", "status", "university", "starlink", "analysis", "saw", "left", "data", "people", "building", "better"]
)
def test_a_word_that_is_no_mere_form_is_among_its_keys(word):
    assert word in keys(word)


@pytest.mark.parametrize(
    ("form", "only"), [("went", "go"), ("children", "child"), ("took", "take"), ("men", "man"), ("feet", "foot"), ("is", "be")]
)
def test_a_form_that_is_no_word_has_its_word_for_key(form, only):
    assert keys(form) == {only}


def test_every_irregular_form_leads_to_a_word_that_has_itself_for_key():
    assert {lemma for lemmas in IRREGULAR.values() for lemma in lemmas if not keys(lemma) & {lemma}} == set()


@given(st.text(alphabet="abcdegilmnorstuvxyz'", min_size=1, max_size=30))
def test_any_word_has_keys_of_plain_letters_and_meets_itself(word):
    assert keys(word)
    assert all(re.fullmatch("[a-z']+", key) for key in keys(word))


@given(st.from_regex("[a-z]{3,12}", fullmatch=True))
def test_any_word_meets_its_possessive(word):
    assert keys(word + "'s") & keys(word)
