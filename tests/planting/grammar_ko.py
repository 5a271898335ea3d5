"""Words and sentence patterns for made-up Korean articles; every name in them is invented.

Nouns that stand before a particle are chosen so that the particle fits whichever is drawn: persons, places and
bodies end in a
vowel, things in a consonant.
"""

from __future__ import annotations

from planting.dice import Dice
from planting.grammar import Grammar, Topic, listed, patterns

_PERSON = listed(
    """
김나래 이도하 박서우 최미루 정가야 강유리 조해리 윤다비 장시아 임보라 한누리 오세나 서지후 신아로 권이수
황보미 안치호 송다래 전하루 홍비아
""",
    " ",
)
_PLACE = listed(
    """
새터리 물안개마을나루 솔바위고개마루 한밭나루 달여울터 은모래나루 갈대머리 두물머루 참새미로 느티나무거리
너른바위터 푸른재마루 윗여우고개 아랫가마터 돌다리나루 해맞이거리 버들내마루 안개포구거리
""",
    " ",
)
_BODY = listed(
    """
항만관리위원회 수자원연구소 교육지원회 철도노동자협의회 시민문화재단회 농민조합연대회 해양조사대 주거복지회
산림보호회 전통시장회 기상관측소 도서관이사회
""",
    " ",
)
_THING = listed("""
방파제 공사안|노선 개편안|급식 지원안|제방 점검안|통행료 인상안|서식지 복원안|야간 버스 증편안|시장 이전안
임대료 동결안|장학금 확대안|나루터 정비안|합창제 개최안|어획량 제한안|수몰 기록관 건립안|돌담길 보존안
갯벌 조사안|빈집 활용안|등대 개방안
""")
_GROUP = listed(
    "어민들|상인들|세입자들|간호사들|기관사들|학부모들|과수 농가들|대학생들|택시 기사들|해녀들|자원봉사자들|제빵사들"
)

_PATTERNS = patterns("""
{l1} 일대 {g1}은 {weekday} [오전|오후|저녁] {t1}을 두고 [{n}시간|{n}분] 동안 [의견을 나눴다|말다툼을 벌였다|표결을
  미뤘다].
{o1} 소속 {p1} [위원|연구원|사무장]은 {t1}이 [{year}년|지난 {month}]부터 [{n}차례|{n}번]
  [미뤄졌다고|바뀌었다고|반려됐다고] 밝혔다.
[예산|적립금|부족분]은 {n}억 {n}천만 원으로, {year}년 {t2}에 [쓰인|묶인|남은] 돈보다 {n}퍼센트 [많다|적다].
{p2} [교수|기사|간사]는 {l2}에서 [태어나|자라|일하며] {n}년째 {g2} 곁에서 [장부를|일지를|사진을] [적어 왔다|모아
  왔다|지켜 왔다].
[비바람|짙은 안개|늦더위]에도 {g1} {big}명이 {month} {n}일 {l1}에 [모여|남아|들러] {t2}을 [살폈다|따졌다|응원했다].
{o2}는 {t1}과 {t3} 가운데 [앞의 것만|둘 다|뒤의 것만] {year}년 [상반기|하반기]에 [추진한다|접는다|다시 검토한다].
[조사 결과|집계 결과|설문에서] {l2} {g2} {n}퍼센트가 {t3}에 [찬성했고|반대했고|답하지 않았고], {n}퍼센트는
  [모른다고|바꾸자고] 했다.
{weekday} {l1}에서 열린 [공청회|설명회|간담회]는 [{n}분|{n}시간] 만에 [끝났다|멈췄다|자리를 옮겼다].
{p1} 대표는 [전화로|서면으로|회의장에서] {g1}이 {t2}을 [받아들일|거부할|고칠] [이유가 없다|때가 됐다|힘이 있다]고
  말했다.
[새로 놓일|낡은|임시로 세운] [다리|창고|관측대] {n}곳은 {l2}에서 {n}킬로미터 떨어진 {l1}에 [들어선다|남는다|옮겨진다].
{year}년 {month}에 [시작된|중단된|합의된] {t3}은 {o1}와 {o2}가 [나눠|번갈아|공동으로] [맡는다|챙긴다|감독한다].
[주민|손님|참가자] {big}명 가운데 {n}명만 {t1}의 [시한|비용|내용]을 [알고|믿고|따지고] 있었다.
{g2}은 {month} [초|중순|말]까지 [서명|모금|기록] {n}건을 {o2}에 [냈고|보냈고|맡겼고], 답은 [오지 않았다|{n}일 뒤에
  왔다].
[겨울|봄|여름|가을]마다 {l2}의 [물길|뱃길|흙길]은 {n}미터씩 [좁아져|넓어져|깎여] {t2}의 [근거가|걸림돌이|핑계가] 됐다.
{p2} [전 소장|부위원장|간사]은 {t3} 대신 {money} 규모의 [다른 길|작은 시험|새 모임]을 {l1}에
  [제안했다|약속했다|권했다].
{o1} [문서|장부|회의록] {n}쪽에는 {g1}의 [이름|요구|걱정]과 {t1}의 [셈법|흐름|빈틈]이 [적혀|빠져|섞여] 있다.
[하루|한 주|한 달] 사이 {l1}를 [찾은|떠난|지나간] {g2}은 {big}명으로 {year}년의 [절반|두 배|세 배]에 가깝다.
[결론|일정|후속 조치]은 {month} {n}일 {hour} {o2}에서 [나온다|정해진다|공개된다].
""")

_WEEKDAYS = listed("월요일 화요일 수요일 목요일 금요일 토요일 일요일", " ")


def _person(dice: Dice) -> tuple[str, str]:
    name = dice.pick(_PERSON)
    return name, name


MAKERS = {
    "n": lambda dice: str(dice.between(3, 29)),
    "big": lambda dice: f"{dice.between(1, 48)},{dice.between(100, 999)}",
    "money": lambda dice: f"{dice.between(2, 98)}억 {dice.between(1, 9)}천만 원",
    "year": lambda dice: str(dice.between(1951, 2023)),
    "month": lambda dice: f"{dice.between(1, 12)}월",
    "weekday": lambda dice: dice.pick(_WEEKDAYS),
    "hour": lambda dice: f"{dice.pick(['오전', '오후'])} {dice.between(1, 11)}시 {dice.between(2, 58)}분",
}

KOREAN = Grammar(
    people=_person,
    places=_PLACE,
    bodies=lambda dice: dice.pick(_BODY),
    lists={"g": _GROUP},
    topics=[Topic(_THING, [])],
    patterns=_PATTERNS,
    makers=MAKERS,
    gap=" ",
    run=8,
)
