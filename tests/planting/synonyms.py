"""Common English words with others that can stand in their place."""

from __future__ import annotations

from planting.grammar import listed

_TABLE = """
about: roughly|around; above: over; abroad: overseas; accept: agree to; accepted: agreed to; accord: pact
achieve: reach; achieved: reached; across: throughout; action: step; actions: steps; additional: extra|further
adopt: pass; adopted: passed; agency: office; agreement: accord|deal; aid: help|assistance; aim: goal; aims: goals
all: the whole of; allies: partners; allow: let; allowed: let; ally: partner; almost: nearly; already: by now
also: too|in addition; although: though; amount: sum; announce: make known; announced: made known; annual: yearly
anyone: anybody; appeal: plea; approach: method; area: region|zone; areas: regions|zones; argue: contend
argued: contended; ask: request; assist: help; assistance: aid|help; attack: assault; attacks: assaults
attempt: try; authorities: officials; ban: bar; basic: fundamental; because: since|as; become: turn into
began: started; begin: set out; beginning: start; belief: conviction; believe: hold|think; believes: holds|thinks
benefit: gain; benefits: gains; big: large; brief: short; bring: carry; brings: carries; broad: wide
build: construct; building: constructing; built: constructed; but: yet; buy: purchase; capable: able
careful: cautious; carry: bear; cause: reason; challenge: test|difficulty; challenges: tests|difficulties
chance: opportunity; change: shift|alter; changed: shifted|altered; changes: shifts; choose: pick; chose: picked
citizens: people; clear: plain|evident; clearly: plainly|evidently; commitment: pledge; commitments: pledges
common: shared; community: public; complete: finish|full; completed: finished; concern: worry; concerned: worried
concerns: worries; conclude: end; conflict: struggle; conflicts: struggles; consider: weigh; considered: weighed
continue: go on|keep on; continued: went on; continues: goes on; cooperation: collaboration
countries: nations|states; country: nation|land; create: form|set up; created: formed|set up
creating: forming|setting up; crucial: vital; current: present; currently: at present; danger: peril
dangerous: perilous; decide: determine; decided: determined; declare: proclaim; declared: proclaimed; decrease: drop
demand: call for; demands: calls for; deny: reject; despite: in spite of; determined: resolved; develop: advance
difficult: hard; difficulties: problems; discuss: talk about; discussed: talked about; during: in the course of
economic: financial; effective: efficient; effort: attempt|endeavour; efforts: attempts|endeavours; enable: permit
encourage: urge; encouraged: urged; end: finish|close; enormous: huge; enough: sufficient
ensure: make sure|guarantee; ensuring: making sure|guaranteeing; entire: whole; especially: above all
essential: vital; establish: found|set up; established: founded|set up; establishment: founding; every: each
everyone: everybody; existing: present; expand: widen; expanded: widened; expect: foresee; expected: foreseen
express: voice; fail: fall short; failed: fell short; fair: just; famous: well-known; fast: quick; few: not many
final: last; finally: at last; firm: solid; firmly: solidly; first: earliest; force: strength; foreign: overseas
former: previous; fundamental: basic; future: years ahead; general: overall; give: grant|offer
given: granted|offered; giving: granting|offering; goal: aim; goals: aims; government: administration|authorities
great: major; greater: larger; group: body; growing: rising|mounting; growth: expansion; guarantee: ensure
happen: occur; happened: occurred; hard: tough; help: assist|aid; helped: assisted|aided; helping: assisting|aiding
high: elevated; hope: wish; however: still|even so; huge: vast; idea: notion; ideas: notions; immediate: prompt
immediately: at once; important: key|significant; improve: better; improved: bettered; improving: bettering
include: cover|take in; includes: covers|takes in; including: among them; increase: rise|growth
increased: raised|heightened; increasing: rising|mounting; indeed: in fact; individual: single
international: global|worldwide; issue: matter|question; issues: matters|questions; job: post; jobs: posts
key: central; lack: shortage; large: big|sizeable; last: latest; later: afterwards; launch: start; launched: started
leader: head; leaders: heads; leading: foremost; levels: degrees; long: lengthy; maintain: keep up|preserve
maintaining: keeping up|preserving; major: chief|big; make: render; many: numerous|a lot of; matter: question
measure: step; measures: steps; meet: satisfy; meeting: session; method: way; might: may; moreover: besides
must: have to|need to; nation: country; nations: countries; nearly: almost; necessary: needed|required
need: require; needed: required; needs: requirements; never: at no time; new: fresh|novel; now: at present|today
number: quantity; obtain: get; obvious: evident; offer: propose; offered: proposed; often: frequently
only: merely|solely; opportunities: chances; opportunity: chance; oppose: resist; organization: body
part: portion|share; particular: special; particularly: notably|in particular; parties: sides; partner: ally
partners: allies; party: side; peaceful: non-violent; people: persons|citizens; perhaps: maybe; place: spot
plan: scheme; plans: schemes; policy: line; position: stance; possible: feasible; powerful: mighty
prevent: avert|stop; preventing: averting|stopping; principal: main; problem: difficulty|trouble
problems: difficulties|troubles; process: procedure; produce: make; programme: scheme; programs: schemes
progress: headway|advance; promote: foster|further; promoting: fostering|furthering; protect: guard|shield
protecting: guarding|shielding; protection: safeguarding; proud: pleased; provide: supply|offer
provided: supplied|offered; provides: supplies|offers; providing: supplying|offering; purpose: aim; purposes: aims
quickly: fast|rapidly; rapid: swift|quick; reach: attain; reached: attained; ready: prepared; real: genuine|true
recent: latest; recently: lately; reduce: cut|lower; reduced: cut|lowered; reducing: cutting|lowering; region: area
relations: ties; remain: stay; remains: stays; report: account; request: ask for; required: needed; resolve: settle
resources: means; responsibility: duty; result: outcome; results: outcomes; rights: entitlements; rise: climb
role: part; same: identical; see: notice; seek: look for|pursue; seen: observed; serious: grave|severe
several: a number of|various; show: demonstrate; shown: demonstrated; significant: notable|considerable
similar: alike; simple: plain; since: from; situation: state of affairs; small: little|minor
solution: answer|remedy; solutions: answers|remedies; some: certain; soon: shortly; special: particular
spoke: talked; stability: steadiness; start: begin; started: began; step: move; steps: moves; still: even now
strengthen: bolster|reinforce; strengthening: bolstering|reinforcing; strong: robust|firm; struggle: fight
success: achievement; suffering: hardship; support: backing|back; supported: backed; supporting: backing
sure: certain; system: structure; take: draw; task: job; tasks: jobs; terrible: dreadful; therefore: hence|thus
things: matters; think: believe; throughout: across; today: at present; together: jointly; total: full; towards: to
tried: attempted; truly: really|genuinely; try: attempt; understand: grasp; unity: oneness; until: till
use: make use of; used: employed; using: employing; various: several|diverse; very: quite|extremely; view: opinion
violence: force; vital: essential; want: wish; wants: wishes; war: armed conflict; way: manner; ways: means
whole: entire; wide: broad; within: inside; without: lacking; work: labour; worked: laboured; workers: employees
working: labouring; world: globe
"""

_ENTRIES = listed(_TABLE, "; ")

SYNONYMS: dict[str, list[str]] = {
    word: others.strip().split("|") for word, _, others in (entry.partition(":") for entry in _ENTRIES)
}
"""By word in lower case, what can be written instead."""
