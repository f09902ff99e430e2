"""Owns: the English words whose forms no rule makes, and those that only look like forms. Tables, and no rules.

A line of a table is a dictionary word and its irregular forms. A form in two lines belongs to both words. The regular forms of the
same words (-s, -ing) are left to the rules in `english`.
"""

from __future__ import annotations


def words(table: str) -> frozenset[str]:
    return frozenset(table.split())


_VERBS = """
be am is are was were been being
have has had
do does did done
go went gone goes
say said
arise arose arisen
awake awoke awoken
bear bore borne born
beat beaten
become became
befall befell befallen
beget begot begotten
begin began begun
behold beheld
bend bent
beset beset
bid bade bidden
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
dig dug
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
dwell dwelt
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fling flung
fly flew flown
forbid forbade forbad forbidden
forget forgot forgotten
forgive forgave forgiven
forgo forwent forgone
forsake forsook forsaken
freeze froze frozen
get got gotten
give gave given
grind ground
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lay laid
lead led
lean leant
leap leapt
learn learnt
leave left
lend lent
lie lay lain
light lit
lose lost
make made
mean meant
meet met
melt molten
mow mown
pay paid
plead pled
prove proven
rend rent
ride rode ridden
ring rang rung
rise rose risen
run ran
saw sawn
see saw seen
seek sought
sell sold
send sent
sew sewn
shake shook shaken
shear shorn
shed shed
shine shone
shoe shod
shoot shot
show shown
shrink shrank shrunk shrunken
sing sang sung
sink sank sunk sunken
sit sat
slay slew slain
sleep slept
slide slid
sling slung
smell smelt
smite smote smitten
sow sown
speak spoke spoken
speed sped
spell spelt
spend spent
spill spilt
spin spun
spit spat
split split
spoil spoilt
spring sprang sprung
stand stood
steal stole stolen
stick stuck
sting stung
stink stank stunk
stride strode stridden
strike struck stricken
string strung
strive strove striven
swear swore sworn
sweep swept
swell swollen
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
tread trod trodden
wake woke woken
wear wore worn
weave wove woven
wed wed
weep wept
win won
wind wound
wring wrung
write wrote written
"""
_PREFIXED = """
be:come
fore:see,tell,cast,go,know
mis:lead,take,understand,hear,speak,read
out:do,run,grow,sell,spend,bid,shine,fight
over:come,take,see,run,hear,ride,throw,do,draw,eat,pay,feed,sleep,hang,write,shoot,spend,drive,fly
re:build,write,make,pay,sell,send,take,tell,think,win,draw,run,do,grow,find,open,begin,bind,hear,light,lay,freeze,take,choose,break,give,buy,teach,wind
un:do,wind,bind,freeze
under:go,take,lie,write,pay,stand,cut,sell
with:draw,hold,stand
up:hold,hang
in:lay
inter:weave
par:take
over:lay,lie
"""
_NOUNS = """
child children
man men
woman women
person people
foot feet
tooth teeth
goose geese
mouse mice
louse lice
ox oxen
die dice
penny pence
brother brethren
calf calves
elf elves
half halves
hoof hooves
knife knives
leaf leaves
leave leaves
life lives
live lives
loaf loaves
scarf scarves
self selves
sheaf sheaves
shelf shelves
thief thieves
wharf wharves
wife wives
wolf wolves
yourself yourselves
dwarf dwarves
turf turves
staff staves
stave staves
addendum addenda
alga algae
alumna alumnae
alumnus alumni
analysis analyses
analyse analyses
antenna antennae
antithesis antitheses
appendix appendices
automaton automata
axis axes
axe axes
bacillus bacilli
bacterium bacteria
basis bases
base bases
bureau bureaux
cactus cacti
catalysis catalyses
chateau chateaux
codex codices
consortium consortia
corpus corpora
crisis crises
criterion criteria
curriculum curricula
datum data
diagnosis diagnoses
diagnose diagnoses
electrolysis electrolyses
ellipsis ellipses
ellipse ellipses
emphasis emphases
equilibrium equilibria
erratum errata
exegesis exegeses
focus foci
formula formulae
forum fora
fungus fungi
genesis geneses
genus genera
helix helices
hydrolysis hydrolyses
hypothesis hypotheses
index indices
larva larvae
locus loci
matrix matrices
medium media
memorandum memoranda
metamorphosis metamorphoses
millennium millennia
moratorium moratoria
nebula nebulae
neurosis neuroses
nucleus nuclei
oasis oases
ovum ova
paralysis paralyses
paralyse paralyses
parenthesis parentheses
phenomenon phenomena
plateau plateaux
polyhedron polyhedra
prognosis prognoses
prosthesis prostheses
psychosis psychoses
quantum quanta
quiz quizzes quizzed quizzing
radius radii
referendum referenda
schema schemata
spectrum spectra
stadium stadia
stigma stigmata
stimulus stimuli
stratum strata
supernova supernovae
syllabus syllabi
symbiosis symbioses
symposium symposia
synopsis synopses
synthesis syntheses
tableau tableaux
terminus termini
thesis theses
thrombosis thromboses
vertebra vertebrae
vertex vertices
virtuoso virtuosi
vortex vortices
this these
that those
"""
# What only looks regular, or is regular of two words of which a rule would see one.
_ODD = """
add adds added adding
ache aches ached aching
awe awed awing
bus buses busses bused bussed busing bussing
gas gases gasses gassed gassing
focus focuses focussed focussing
bias biases biased biassed biasing biassing
err errs erred erring
ebb ebbs ebbed ebbing
purr purrs purred purring
odd odds
egg eggs egged egging
breathe breathed breathing
bathe bathed bathing
clothe clothed clothing
paste pasted pasting
taste tasted tasting
secrete secreted secreting
unite united uniting
envelop enveloped enveloping
ski skis skied skiing
taxi taxis taxied taxiing
die died dying
dye dyed dyeing
lie lied lying
tie tied tying
vie vied vying
belie belied belying
untie untied untying
owe owed owing
use uses used using
reuse reuses reused reusing
agree agreed
disagree disagreed
decree decreed
free freed
guarantee guaranteed
referee refereed
pedigree pedigreed
oversee oversaw overseen
lens lenses
atlas atlases
canvas canvases canvassed canvassing
alias aliases
bonus bonuses
impasse impasses
finesse finesses
posse posses
crevasse crevasses
mousse mousses
niche niches
cache caches cached caching
shoe shoes
toe toes
foe foes
woe woes
hoe hoes
canoe canoes
oboe oboes
horseshoe horseshoes
corps corps
many more most
much more most
little less least
good better best goodest
well better best
bad worse worst
badly worse worst
ill worse worst
far further furthest farther farthest
old elder eldest
late latest
"""
# Inflected forms that are words in their own right too: «to found a school», «a saw», «the left», «a rose», «LED».
_ALSO_WORDS = words(
    """
    found left saw lay wound bound ground felt bore fell rose shot led lit bit lent rode spat shed wed slew dug spoke wove fed rent rung
    sank thought broke drove dove won cast meant data media people dice born worn drunk frozen given known proven hidden written broken
    spoken being better best worse worst elder further less more most these those lives leaves axes bases analyses diagnoses ellipses
    staves genera dying united lying clothing swollen molten sunken beaten stricken bathing bent begotten felled sewn stole clung smelt
    spelt spilt fora opera formulae criteria bacteria agenda hung got sold left shod overlay
    """
)
# Words that end like forms and are none; each would otherwise meet the word in brackets, or a word that is no word.
SELF_ONLY = words(
    """
    news its this thus his us was has as is yes ours yours theirs hers series species means goods besides whereas overseas alas chaos
    cosmos corps mars paris texas kansas arkansas dallas thomas lucas nicholas douglas vegas hamas honduras bahamas christmas pancreas
    canvas atlas bias alias gas bus lens ios aids ups ons ins gps dns sms rcs cms tls mms ims dss gis aws vps plus pus evening outing
    earring herring inning offspring during nothing something anything everything morning pudding shilling wing king hundred sacred
    according naked wicked embed les des los las
    """
)  # news (new), its (it), evening (even), outing (out), earring (ear), herring (her), corps (corp), canvas (canva), ups (up), as (a) …
# Subjects are singular and apart from adjectives (economics, electronics); these -ics are plurals of a noun in -ic.
COUNTED_ICS = words(
    """
    topics critics clinics metrics statistics mechanics academics basics comics classics fabrics epidemics pandemics republics picnics
    antibiotics plastics ceramics cosmetics sceptics skeptics characteristics heuristics narcotics lyrics tactics mosaics relics tunics
    catholics alcoholics publics specifics demographics infographics mimics panics attics cynics hysterics medics paramedics statics
    tropics generics logics pics magics
    """
)
PLURAL_IN_IS = words(
    """
    taxis skis bikinis wifis apis kiwis emojis rabbis alibis wikis khakis saudis iraqis pakistanis israelis yemenis emiratis kuwaitis
    omanis bangladeshis qataris azerbaijanis audis ferraris chilis salamis safaris tsunamis corgis pis lis guis clis uis pois kpis rois
    spaghettis zucchinis martinis maoris nazis yetis jacuzzis paparazzis origamis kimonis
    """
)
PLURAL_IN_US = words(
    """
    menus gurus emus bureaus plateaus chateaus tableaus cpus gpus npus ecus apus tpus yous tutus haikus bayous impromptus mous skus pdus
    mus
    """
)
# Whatever else ends in -men is a man in the plural: spokesmen, firemen.
NOT_MEN = words(
    """
    men omen women yemen amen semen hymen lumen ramen stamen acumen abdomen regimen specimen bitumen cyclamen dolmen albumen duramen
    turkmen carmen
    """
)
PLURAL_ENDS = (
    ("children", "child"),
    ("women", "woman"),
    ("men", "man"),
    ("people", "person"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("knives", "knife"),
    ("shelves", "shelf"),
    ("selves", "self"),
    ("teeth", "tooth"),
    ("geese", "goose"),
)
# Adjectives that are compared with -er and -est. Others in -er are makers, layers and numbers.
COMPARED = words(
    """
    able angry big bitter black bleak blind bloody blue blunt bold brave brief bright broad brown bumpy busy calm cheap clean clear
    clever close cloudy coarse cold cool costly crazy crisp crude cruel curly damp dark dead deadly deaf dear deep dense dim dirty
    drowsy dry dull dumb dusty early easy empty evil faint fair fancy fast fat few fierce fine firm fit flat fond foggy free fresh
    friendly full funny gentle glad gloomy grand grave gray great greedy green grey grim guilty happy hard harsh hasty healthy heavy
    high hot huge humble hungry icy kind large late lazy lean lengthy light likely lively lonely long loose loud lovely low lucky mad
    mature mean merry mighty mild moist muddy narrow nasty near neat new nice noble noisy odd old pale petty plain polite poor pretty
    proud pure quick quiet rainy rapid rare raw ready red rich ripe risky rocky rough rude sad safe salty scarce severe shallow sharp
    shiny short shy sick silly simple sincere sleepy slender slight slim slow small smart smooth sober soft soon sore sound sour spicy
    stable steady steep sticky stiff still strange strict strong stupid subtle sunny sure sweet swift tall tame tasty tender tense thick
    thin thirsty tidy tight tiny tired tough true ugly vague vast warm wary weak wealthy weird wet white wicked wide wild windy wise
    worthy wrong yellow young
    """
)


def _irregular() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    lines = [line.split() for table in (_VERBS, _NOUNS, _ODD) for line in table.strip().splitlines()]
    for lemma, *forms in [*lines, *_with_prefixes(lines)]:
        for form in forms:
            found.setdefault(form, set()).add(lemma)
    for form in _ALSO_WORDS & found.keys():
        found[form].add(form)
    return {form: frozenset(lemmas) for form, lemmas in found.items()}


def _with_prefixes(lines: list[list[str]]) -> list[list[str]]:
    """The forms of withdraw, undertake, rebuild …: those of draw, take and build behind the prefix."""
    by_lemma = {line[0]: line for line in lines[: len(_VERBS.strip().splitlines())]}
    pairs = [part.split(":") for part in _PREFIXED.split()]
    return [[prefix + form for form in by_lemma[verb]] for prefix, verbs in pairs for verb in verbs.split(",") if verb in by_lemma]


IRREGULAR = _irregular()
