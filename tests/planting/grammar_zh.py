"""Words and sentence patterns for made-up Chinese articles; every name in them is invented."""

from __future__ import annotations

from planting.dice import Dice
from planting.grammar import Grammar, Topic, listed, patterns

_PERSON = listed(
    """
林若溪 周启航 沈知远 陆怀瑾 苏念安 顾清和 韩书宁 叶明澈 程予安 温如初 钟望舒 梁既白 方竹青 邵云起 骆长风
江晚照 白鹭洲 祝南星 姜听雨 尹空山
""",
    " ",
)
_PLACE = listed(
    """
青石渡 白芦湾 柳荫镇 云栖县 双桥埠 月牙浦 松风岭 桃叶津 沙洲营 古槐里 石板坡 寒溪口 落雁滩 雾凇屯 竹影巷
银杏坪 晴川驿 砚池乡
""",
    " ",
)
_BODY = listed(
    """
港务委员会 水文研究所 学校联合会 铁路工友会 渔民合作社 文化基金会 住房互助社 林业保护站 老街商会 气象观测站
图书馆理事会 公交管理处
""",
    " ",
)
_THING = listed(
    """
防波堤修补 夜班渡船 票价调整 湿地恢复 学生午餐 堤坝巡查 老戏台翻修 集市搬迁 房租冻结 助学金发放 捕捞限额
灯会筹办 水渠改道 茶园保险 旧铁桥拆除 图书借阅 冬储菜采购 方言录音
""",
    " ",
)
_GROUP = listed("渔民 商户 租客 护士 司机 家长 果农 学生 船工 志愿者 面包师 退休教师", " ")

_PATTERNS = patterns(
    """
{weekday}[清晨|午后|傍晚]，{l1}的{g1}围绕{t1}[谈了|吵了|等了]{n}[小时|分钟]，最后[没有结果|改日再议|勉强点头]。
{o1}的{p1}[表示|认为|解释]，{t1}从{year}年{month}起已经[推迟|修改|退回]{n}次，
  [原因各不相同|责任尚未分清|账目仍在核对]。
这笔{money}的[预算|欠款|捐款]比{year}年{t2}的[开支|缺口|结余][高出|少了]百分之{n}。
{p2}在{l2}[住了|做工|教书]{n}年，[熟悉|记得|拍下]每一位{g2}的[名字|船号|摊位]。
尽管[下着小雨|雾气很重|天气闷热]，仍有{big}名{g1}在{day}赶到{l1}，[查看|支持|质问]{t2}。
{o2}打算在{year}年[春天|秋天|年底]之前[只办|暂停|合并]{t1}和{t3}，[人手|经费|场地]由{l2}承担。
[调查|登记|抽样]显示，{l2}有百分之{n}的{g2}[赞成|反对|不了解]{t3}，另有{n}人[拒绝回答|要求重算|提出新办法]。
{p1}[在电话里|写信|当众][劝|提醒|告诉]{g1}，{t2}[不该|可以|必须]再拖{n}[天|周|个月]。
从{l1}往[东|西|南|北]{n}公里就是{l2}，那里[新盖的|废弃的|借来的]{n}间[仓库|棚屋|教室]留给{t3}。
{year}年{month}，{o1}同{o2}[签下|撕毁|续订]一份{n}页的[合同|清单|备忘录]，内容[涉及|避开|重复]{t1}。
{big}名[居民|游客|乘客]当中，只有{n}名[说得出|听说过|算得清]{t3}的[期限|价钱|好处]。
{g2}在{day}把{n}份[签名|收据|照片][交给|寄给|退还]{o2}，[{n}天后|当晚|至今][得到答复|没有回音|引来争论]。
每到[雨季|旱季|腊月]，{l2}的水面[下降|上涨]{n}厘米，{t2}便成了[借口|难题|头等大事]。
{p2}提出用{money}在{l1}[试办|另建|租用]一处[小码头|夜校|棚架]，[代替|配合|检验]{t3}。
[档案|账本|海图]第{n}页[写着|漏掉|涂改了]{g1}对{t1}的[要求|担心|承诺]，落款是{year}年{day}。
[一天|一周|一个月]之内，[来到|离开|路过]{l1}的{g2}有{big}人，[接近|超过|不到]{year}年的[一半|两倍|三成]。
下一次[会议|听证|试航]定在{day}{hour}，地点是{l2}的{o2}，[由{p1}主持|不对外开放|只许{n}人旁听]。
""",
    gap="",
)

_WEEKDAYS = listed("周一 周二 周三 周四 周五 周六 周日", " ")


def _person(dice: Dice) -> tuple[str, str]:
    name = dice.pick(_PERSON)
    return name, name


MAKERS = {
    "n": lambda dice: str(dice.between(3, 97)),
    "big": lambda dice: str(dice.between(110, 9800)),
    "money": lambda dice: f"{dice.between(12, 980)}万元",
    "year": lambda dice: str(dice.between(1951, 2023)),
    "month": lambda dice: f"{dice.between(1, 12)}月",
    "day": lambda dice: f"{dice.between(1, 12)}月{dice.between(1, 28)}日",
    "weekday": lambda dice: dice.pick(_WEEKDAYS),
    "hour": lambda dice: f"{dice.between(8, 21)}时{dice.between(2, 58)}分",
}

CHINESE = Grammar(
    people=_person,
    places=_PLACE,
    bodies=lambda dice: dice.pick(_BODY),
    lists={"g": _GROUP},
    topics=[Topic(_THING, [])],
    patterns=_PATTERNS,
    makers=MAKERS,
    gap="",
    run=16,
)
