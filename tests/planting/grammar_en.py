"""Words and sentence patterns for made-up English articles; every name in them is invented.

In a pattern `{slot}` is filled with a word of that list and `[a|b|c]` with one of the alternatives. A pattern holds
few fixed words between slots, so that two articles rarely say the same thing for long.
"""

from __future__ import annotations

from planting.dice import Dice
from planting.grammar import Grammar, Topic, listed, patterns

_FIRST = listed(
    """
Adela Anwar Beatrix Benno Calista Casimir Dalia Davit Edda Emeka Farida Fergus Greta Gustav Hanneke Hideo
Ilona Ismael Jovana Juste Kalina Kwame Leonor Ludek Maren Mateus Nadia Nils Oriane Osric Petra Pavel Quirin
Rhea Rafiq Sanna Silvan Talia Tomas Ursel Viggo Wanda Xenia Yusra Zoran
""",
    " ",
)

_LAST = listed(
    """
Abernethy Alcott Arkwell Baumgard Belloway Brisco Calloray Carden Cosgrove Dallimore Deverin Drummel Eastlake
Ekholm Farrowby Fentiman Galbrook Gorsky Hallowell Hartnell Ibsworth Ingersol Jarrold Joubertin Kastner
Kilbride Lansbury Lorimer Makepeace Morrowind Nakagiri Norcross Okonjo Ostrander Pellworth Pinchbeck Quarles
Quenby Ravenhill Rosswald Sablonski Stanhoe Tarrant Thornbury Ulverton Umbridgen Vasquin Voskuil Wetherell
Winslade Yarrow Yelland Zabriski Zeller
""",
    " ",
)

PLACES = listed("""
Aldermoor|Ashkeld|Barrowick|Belmarsh|Brinholt|Caldera|Port Carrick|Corvane|Dunmorrow|Eastry|Elmhaven|Farholm
Fenwater|Galloway Bay|Glenmarrow|Harrowgate Holm|Ivelcombe|Jarrowford|Karsholm|Kingsmere|Lakenby|Lowestead
Marrowdale|Millhaven|Nettlecombe|Norvale|Oakhurst|Orlam|Pendrick|Quayside|Ravensby|Rookhope|Saltmarch|Selwick
Stonebridge|Tarnby|Thistledown|Ullswick|Umberleigh|Vellacott|Wadebrook|Westermain|Wyndham Cross|Yarnfield
Zennor Point
""")

_BODY = listed("""
Water Board|Port Authority|Chamber of Trade|School Council|Transit Agency|Housing Trust|Farmers' Union
Court of Appeal|Energy Office|Harbour Commission|Teachers' League|Rail Company|Savings Bank|Health Service
Fire Brigade|Museum Society|Parks Fund|Planning Bureau|Research Institute|Football Club|Growers' Cooperative
Civic Forum
""")

_ROLE = listed("""
chair|deputy chair|chief engineer|spokeswoman|former head|treasurer|senior adviser|acting director
legal counsel|founder|regional manager|chief economist|longest-serving member|secretary
""")

_GROUP = listed("""
dock workers|bus drivers|tenants|shopkeepers|nurses|fishing families|small farmers|commuters|teachers
pensioners|students|volunteers|night-shift staff|cyclists|ferry crews|bakers|beekeepers|apprentices|landlords
parents
""")

_ADJECTIVE = listed("""
costly|overdue|disputed|modest|popular|awkward|promising|thorough|hasty|ambitious|cautious|unusual|familiar
narrow|generous|unfinished|welcome|bitter|quiet|sweeping
""")

_THINGS = {
    "economy": """
harbour levy|bread price|grain reserve|payroll tax|export licence|rent index|fuel subsidy|pension fund
tool factory|credit line|shipping tariff|wage round|trade fair|savings scheme|cannery order book
""",
    "council": """
market hall|night bus|parking rule|footbridge|budget draft|library wing|noise limit|sewer map|town clock
street survey|ballot paper|allotment list|square redesign|tree register|recycling yard
""",
    "courts": """
appeal hearing|land claim|witness list|fraud inquiry|boundary ruling|customs case|inheritance suit
bail request|contract dispute|evidence file|libel action|licence review|jury panel|settlement offer
water-rights case
""",
    "weather": """
storm drain|flood wall|early frost|dry spell|river gauge|hail damage|evacuation plan|power cut|snow fence
sandbag depot|landslip|heat shelter|rescue boat|dike inspection|wind warning
""",
    "science": """
soil sample|ice core|tidal turbine|seed bank|vaccine trial|deep-sea probe|pollen count|bat colony|fossil bed
weather balloon|glacier survey|algae bloom|star catalogue|battery test|whale census
""",
    "sport": """
cup final|relay team|stadium roof|training ground|penalty shoot-out|youth league|transfer fee|marathon route
rowing crew|ticket ballot|coaching staff|winter break|swimming gala|chess ladder|season opener
""",
    "diplomacy": """
border post|fishing accord|visa scheme|peace monitor|prisoner exchange|ferry treaty|envoy visit|aid convoy
joint patrol|language law|transit corridor|river commission|ceasefire text|customs union|summit agenda
""",
    "schools": """
reading test|school meal|exam timetable|boarding house|science block|teacher shortage|swimming lesson|bus pass
music course|class size|scholarship fund|playground repair|evening class|language pilot|attendance record
""",
    "transport": """
ferry line|tram depot|signal fault|freight yard|bridge toll|cycle lane|lock gate|runway light|ticket machine
level crossing|tunnel fan|timetable change|coach station|road closure|rail bend
""",
    "culture": """
puppet festival|choir tour|museum loan|film archive|street mural|book fair|folk dance|opera house|statue move
lantern parade|poetry prize|craft market|radio play|church organ|photo exhibition
""",
}
"""By topic, what the articles are about."""

_PLAIN = patterns("""
{l1} [residents|{g1}|officials|visitors] woke on {weekday} to news that the {t1} [would change|had stalled|was under
  review] after {n} [quiet|busy|tense] weeks.
The {a1} {t1} [has divided|has united|has puzzled] {g1} and {g2} in {l1} since {month} {year}.
A [plan|proposal|petition] for the {t1}, first [raised|drafted|floated] by {o1} in {year}, [now covers|has shrunk
  to|would reach] {n} [streets|villages|sites] around {l2}.
{p1}, {r1} of {o1}, [called|named|considered] the {a1} {t1} [a turning point|a missed chance|the least bad choice]
  for {l1}.
Work on the {t2} [began|stopped|resumed] on {day}, [when|after|just before] {n} [crates|lorries|boxes] of
  [parts|papers|stone] reached {l2}.
[Costs|Losses|Savings] of {money} [were booked|are expected|have been denied] by {o1}, [mostly|partly|wholly] because
  of the {a2} {t2}.
[About|Nearly|More than] {big} {g1} [signed up|queued|stayed at home] [in the first {n} days|before {weekday}
  noon|within {n} hours].
{s1} [grew up in {l2}|moved to {l2} in {year}|once worked near {l2}] and [knows|remembers|still visits] the {t3}
  there.
For {g2}, the {t1} [matters less than|comes on top of|cannot replace] the {a1} {t3} [promised|lost|sold] {n} years
  ago.
[Rain|Fog|Strong wind|Bright sun] [kept|sent] {big} {g1} [away from|out of] {l1} on {day}, [yet|so|and still] the
  {t2} went ahead.
[Two|Three|Four|Five] [reports|letters|surveys] by {o2} [put|place|estimate] the {t1} at {money}, [give or take|plus
  or minus] {pct}.
The [vote|count|meeting] in {l1} [took|lasted|needed] {n} hours, [ended at|was cut short at|went on past] {hour} and
  [settled|postponed|reopened] the {t2}.
[Not one|Only {n}|Barely {n}] of {big} [forms|tickets|permits] issued in {l2} [mention|concern|cover] the {t3}.
{o1} [hired|let go|moved] {n} people in {month}, [among them|including|not counting] {g1} [trained for|tied to|tired
  of] the {t1}.
[Since|Until|Throughout] {year}, [spending|traffic|interest] around the {t3} [rose|fell|swung] by {pct}, [faster|slower]
  than in {l2}.
[Older|Younger|Some|Few] {g2} [distrust|welcome|ignore] the {a2} {t2}; [others|their neighbours|many {g1}] [would
  pay|have waited|still hope] for it.
A [map|table|note] [pinned|printed|posted] at {o2} [shows|lists|hides] {n} [gaps|errors|changes] in the {t1}.
{p2} [left|joined|advised] {o2} in {year}, [long before|a month after|the very week] the {a1} {t3} [made
  headlines|came to {l1}].
[Without|Besides|Despite] the {t2}, {l1} [has|keeps|loses] {n} [shops|beds|berths] and [a third|half|most] of its
  {g2}.
The [oldest|newest|largest] {t3} in {l2} [dates from|was closed in|was rebuilt in] {year} and [serves|employs|annoys]
  {big} {g1}.
[Local|Regional|Foreign] [buyers|donors|lenders] [offered|withheld|raised] {money} for the {t1} [by|before|after]
  {day}.
[On paper|In practice|By law], {o1} [runs|shares|funds] the {t2} with {o2}, [though|while|and] {g1} [do the
  work|carry the risk|pay {pct} of it].
[Once|Twice|{n} times] since {year}, the {a1} {t2} [failed|flooded|sold out] within [days|weeks|hours] of
  [opening|repair|inspection].
{l2}, [a town|a parish|a port] of {big}, [sits|lies] {n} kilometres [north|south|east|west] of {l1} and
  [shares|envies|supplies] its {t1}.
[Nobody|Hardly anyone|Everybody] at the {weekday} [market|service|rehearsal] [spoke about|joked about|ignored] the
  {t3}, [least of all|not even|except] {s2}.
[Repairs|Talks|Tests|Rehearsals] [resume|end|start] on {day} at {hour}, [weather permitting|behind closed doors|in
  front of {n} guests].
The {t1} [leans on|grew out of|competes with] a {a2} {t3} that {o2} [abandoned|financed|copied] in {year}.
[First|Last|Next] [spring|autumn|winter|summer], {n} {g2} from {l1} [took|refused|shared] [shifts|lessons|rooms] at
  the {t2} [without pay|for {money}|by lot].
If the {t3} [fails|succeeds|slips] [again|by {month}|within {n} weeks], {l2} [stands to lose|could gain|must find]
  {money}.
[A fifth|A quarter|Two thirds] of {g1} [under {n}|over {n}] [rely on|avoid|share] the {a1} {t1}, a [poll|study|count]
  of {big} found.
{o2} [keeps|burned|published] the [minutes|receipts|photographs] of the {year} {t2}, [all {n} pages|in {n}
  binders|minus {n} sheets].
[Engineers|Auditors|Historians|Lawyers] [spent|wasted|billed] {n} days on the {a2} {t1} [before leaving|without
  leaving|on the way to] {l1}.
""")
"""Patterns without anybody speaking."""

_SPOKEN = patterns("""
"[We waited|They argued|It rained] for {n} years, and the {t1} [still leaks|finally stands|is no better]," {s1}
  [said|told {g1}|added] on {weekday}.
{p1} [said|argued|insisted] [on {weekday}|in {l1}|at {hour}] that the {a1} {t2} [needs|deserves|will get] {money}
  [more|less] than {o2} [asked for|set aside].
{s2}, {r2} of {o2}, [told|warned|reminded] {g1} that {n} [weeks|months] [is too long|are not enough|will fly by] for
  a {a2} {t3}.
According to {o1}, [some|roughly|at least] {big} {g2} [depend on|have left|pass] the {t1} [each {month}|every
  {weekday}|near {l2}].
"The {t3} [was never|is not only|was always] about {money}," {p2} [said|replied|noted], [pointing at|walking
  past|leaving] the {l2} [gate|quay|hall].
[Asked about|Pressed on|Turning to] the {t2}, {s1} [admitted|denied|repeated] that {o1} [lost|kept|found] {n}
  [files|keys|maps] in {month}.
{s2} [announced|confirmed|hinted] [at {hour}|in a letter|by telephone] that {o2} [will drop|may join|would fund] the
  {a1} {t3} [after {day}|by {year}].
"[Ask|Tell|Show] the {g1} of {l1} [what|how|why] the {t1} [cost|closed|works]," {s1} [said|shouted|wrote], "and
  [count|weigh|hear] the [answers|silence]."
Both {s1} and {s2} [said|claimed|agreed] that {pct} [was|would be|seemed] a [fair|steep|strange]
  [share|price|margin] for the {t2}.
{o2} [stated|added|declared] on {day} that the {t1} [meets|breaks|predates] {n} of its [rules|targets|promises] to
  {g2}.
""")
"""Patterns in which somebody speaks."""

_TOPICAL = {
    "economy": """
[Orders|Prices|Sales] tied to the {t1} [climbed|sank] {pct} in {month}, the [sharpest|mildest] move since {year}.
A [kilo|crate|tonne] of [barley|herring|tin] [fetched|cost] {money} in {l2} on {weekday}, {pct} [above|below] the
  {year} [mean|low|peak].
""",
    "council": """
[Councillors|Clerks|Wardens] in {l1} [passed|shelved|split over] the {t1} by {n} votes to {n} [on {weekday}|after
  {hour}].
The {l2} [ward|precinct|quarter] [loses|gains|keeps] {n} [benches|lamps|stalls] under the {a1} {t2}.
""",
    "courts": """
[Judge|Magistrate|Clerk] {p2} [adjourned|heard|dismissed] the {t1} [until {day}|after {n} minutes|in {l2}].
[Exhibit {n}|A ledger from {year}|A torn receipt] [linked|tied] {s1} to {money} and the {a1} {t2} in {l2}.
""",
    "weather": """
[Gusts|Waves|Drifts] of up to {n} [knots|feet] [hit|spared|reached] the {t1} near {l2} [at {hour}|by {weekday} dawn].
[Crews|Boats|Pumps] from {l1} [cleared|saved|missed] {n} [cellars|barns|culverts] [below|beside] the {a1} {t2}.
""",
    "science": """
[Samples|Readings|Images] from the {t1} [doubled|settled|vanished] at {n} [metres|degrees|hertz], [a {year}
  record|odd for {l2}].
[A team|A pair|A class] of {n} led by {p2} [published|repeated|withdrew] its {a1} {t2} [paper|data] on {day}.
""",
    "sport": """
{l1} [beat|held|lost to] {l2} by {n} to {n} on {weekday}, [helped|undone] by a {a1} {t1}.
[Captain|Keeper|Striker] {p2}, {n}, [returns|retires|moves] [for {money}|after {n} games|before the {t2}].
""",
    "diplomacy": """
[Envoys|Ministers|Observers] from {l1} and {l2} [signed|swapped|rejected] {n} [articles|maps|lists] on the {t1} [at
  {hour}|on {day}].
The {a1} {t2} [binds|excludes|compensates] {n} [islands|provinces|parties] until {year}, [with|without] {l2}.
""",
    "schools": """
[Pupils|Heads|Cooks] at {n} [schools|nurseries] in {l2} [tried|passed|skipped] the {t1} [in {month}|on {weekday}].
[Marks|Places|Fees] for the {a1} {t2} [rose|fell] by {pct}, [leaving|freeing] {n} [desks|rooms] in {l1}.
""",
    "transport": """
[Trains|Boats|Coaches] between {l1} and {l2} [run|stop|turn back] {n} minutes [late|early] [because of|thanks to] the
  {t1}.
[Drivers|Riders|Crews] [pay|save|wait] {n} [pence|minutes] [more|less] at the {a1} {t2} [since {day}|from {hour}].
""",
    "culture": """
[Curators|Singers|Printers] in {l2} [unpacked|lent|restored] {n} [masks|scores|prints] for the {t1} [on {day}|by
  {hour}].
[Tickets|Seats|Posters] for the {a1} {t2} [sold out|cost {money}|went unsold] in [minutes|{n} days|{l1}].
""",
}
"""Patterns of one topic each."""


_MONTHS = listed("January February March April May June July August September October November December", " ")
_WEEKDAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday", " ")


def _person(dice: Dice) -> tuple[str, str]:
    surname = dice.pick(_LAST)
    return f"{dice.pick(_FIRST)} {surname}", surname


def _money(dice: Dice) -> str:
    if dice.chance(0.5):
        return f"${dice.between(2, 98)}.{dice.between(1, 9)} million"
    return f"{dice.between(2, 980)},{dice.between(100, 999)} crowns"


MAKERS = {
    "n": lambda dice: str(dice.between(3, 97)),
    "big": lambda dice: f"{dice.between(1, 48)},{dice.between(100, 999)}",
    "money": _money,
    "pct": lambda dice: f"{dice.between(2, 68)}.{dice.between(1, 9)} percent",
    "year": lambda dice: str(dice.between(1951, 2023)),
    "month": lambda dice: dice.pick(_MONTHS),
    "day": lambda dice: f"{dice.pick(_MONTHS)} {dice.between(1, 28)}",
    "weekday": lambda dice: dice.pick(_WEEKDAYS),
    "hour": lambda dice: f"{dice.between(6, 22)}:{dice.between(10, 59)}",
}

ENGLISH = Grammar(
    people=_person,
    places=PLACES,
    bodies=lambda dice: f"the {dice.pick(PLACES)} {dice.pick(_BODY)}",
    lists={"r": _ROLE, "g": _GROUP, "a": _ADJECTIVE},
    topics=[Topic(listed(things), patterns(_TOPICAL[name])) for name, things in _THINGS.items()],
    patterns=[*_PLAIN, *_SPOKEN],
    makers=MAKERS,
    gap=" ",
    run=10,
)
