"""Whether a sentence gives the kind of thing that is asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pieces import window_of

from assistant.asking import Target
from assistant.gives import gives, is_plan
from assistant.index import Index
from assistant.understand import understand

GIVING = [
    ("Who chaired the meeting?", "Mr Cheng Buyi chaired the meeting.", "The meeting was held in Shenzhen."),
    ("Who is Cheng Buyi?", "Cheng Buyi is the head of the Organization Department.", "Cheng Buyi spoke."),
    ("What is the name of the Permanent Secretary?", "Mr Clement Leung, the Permanent Secretary, came.",
     "The Permanent Secretary came."),
    ("What is the name of the agreement?", "They signed the “Framework Arrangement”.", "They signed it."),
    ("When was the review meeting?", "The review meeting was on 8 March 2024.", "The review meeting was in Shenzhen."),
    ("When was the meeting of 2024?", "The meeting was on 8 March 2024.", "The meeting of 2024 was good."),
    ("On which day was it signed?", "It was signed on 8 September 2023.", "It was signed in September 2023."),
    ("When will the study end?", "In February 2023 the study was expected to end in mid-2024.",
     "In February 2023 the study was expected to end."),
    ("How long did the exchange last?", "The exchange lasted three months.", "The exchange was long."),
    ("How many officers were in the first batch?", "The first batch had 10 officers.",
     "The officers of the first batch stayed for three months."),
    ("How many officers went in 2023?", "In 2023 there were 10 officers.", "In 2023 the officers went."),
    ("How many of the 10 officers spoke?", "Two of the 10 officers spoke.", "The 10 officers spoke."),
    ("How much money does the fund have?", "The fund has $10 billion.", "The fund is large."),
    ("Why was it suspended?", "It was suspended because of the epidemic.", "It was suspended."),
    ("Where was the ceremony held?", "The ceremony was held in Qianhai.", "The ceremony was held on 18 December."),
    ("Where in Shenzhen was it held?", "It was held in Qianhai.", "It was held in Shenzhen."),
    ("Which department did he come from?", "He came from the Transport Department.", "He came from Shenzhen."),
    ("Which cities joined?", "Beijing, Shanghai and Wuhan joined.", "Wuhan joined."),
    ("首批有幾多名公務員？", "首批有10名公務員。", "首批公務員為期三個月。"),
    ("總結會喺邊度舉行？", "總結會在深圳舉行。", "總結會順利完成。"),
    ("總結會幾時舉行？", "總結會於2024年3月8日舉行。", "總結會在深圳舉行。"),
    ("邊個主持會議？", "陳國基主持會議。", "會議順利完成。"),
    ("交流咗幾耐？", "交流為期三個月。", "交流順利完成。"),
    ("點解暫停？", "因為疫情，交流暫停。", "交流暫停。"),
    ("邊間報紙報道？", "《南方日報》報道。", "有報紙報道。"),
    ("基金有多少钱？", "基金有100亿元。", "基金规模庞大。"),
    ("有边几个城市？", "北京、上海和武汉。", "武汉。"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "giving", "lacking"), GIVING, ids=[row[0] for row in GIVING])
def test_a_sentence_gives_what_is_asked_or_lacks_it(
    shipped_index: Index, question: str, giving: str, lacking: str
) -> None:
    analyser = shipped_index.analyser
    asked = understand(question, (), analyser)
    assert gives(asked, giving, window_of(analyser, giving)), f"asked for a {asked.target}"
    assert not gives(asked, lacking, window_of(analyser, lacking)), f"asked for a {asked.target}"


@pytest.mark.parametrize("question", ["Is there an allowance?", "Tell me about the programme", "有冇津貼？"])
def test_any_sentence_will_do_where_no_kind_is_asked_for(shipped_index: Index, question: str) -> None:
    asked = understand(question, (), shipped_index.analyser)
    assert asked.target in (Target.YES_NO, Target.OTHER)
    assert gives(asked, "It rains.", window_of(shipped_index.analyser, "It rains."))


@pytest.mark.parametrize(
    ("question", "text", "published", "given"),
    [
        ("When did the reading room open?", "The reading room opened last year.", "2024-03-08", True),
        ("When did the reading room open?", "The reading room opened last year.", "", False),
        ("閱覽室幾時開放？", "閱覽室去年開放。", "2024", True),
        ("閱覽室幾時開放？", "閱覽室去年開放。", "", False),
        ("閱覽室幾月幾號開放？", "閱覽室今日開放。", "2024-03-08", True),
        ("閱覽室幾月幾號開放？", "閱覽室去年開放。", "2024-03-08", False),
        ("What opened in 2023, and when?", "The reading room opened last year.", "2024", False),
    ],
)
def test_relative_dates_are_given_by_the_day_of_publication(
    shipped_index: Index, question: str, text: str, published: str, given: bool
) -> None:
    analyser = shipped_index.analyser
    asked = understand(question, (), analyser)
    assert gives(asked, text, window_of(analyser, text), published) is given


@pytest.mark.parametrize(
    "text",
    [
        "In February 2023, the new port was planned to adopt a new mode.",
        "The exam was scheduled to take place in May 2023.",
        "The first batch was to learn on site.",
        "In July 2024 the CSB planned to sign agreements.",
        "截至2023年2月，職業訓練局計劃於2023年3月開設辦事處。",
        "截至2023年2月，香港科學園深圳分園預計在2023年上半年啟用。",
        "截至2023年2月，第三屆考試預定於2023年5月舉行。",
        "新口岸計劃採用「合作查驗」模式。",
        "兩地政府計劃繼續探討合作。",
        "两地政府也计划探讨开设办事处。",
    ],
)
def test_plans_are_seen(text: str) -> None:
    assert is_plan(text)


@pytest.mark.parametrize(
    "text",
    [
        "The review meeting was held in Shenzhen on 8 March 2024.",
        "The 14th Five-Year Plan supports Hong Kong.",
        "The Outline Development Plan was promulgated five years ago.",
        "The Planning Department sent an officer.",
        "公務員交流計劃在疫情期間暫停，到2023年恢復。",
        "秘書處借調計劃有助部門人員。",
        "公務員交流計劃繼續舉行。",
        "該計劃採用配對方式。",
        "借调计划继续惠及部门人员。",
        "《粵港澳大灣區發展規劃綱要》公布五周年。",
    ],
)
def test_what_is_named_a_plan_is_not_one(text: str) -> None:
    assert not is_plan(text)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([row[0] for row in GIVING]),
    st.text(max_size=60) | st.text(alphabet="Mr CBuyi十3月年日，、《》在深圳局10 $", max_size=40),
)
def test_any_sentence_can_be_looked_at(shipped_index: Index, question: str, text: str) -> None:
    analyser = shipped_index.analyser
    asked = understand(question, (), analyser)
    assert gives(asked, text, window_of(analyser, text)) in (True, False, np.True_, np.False_)
