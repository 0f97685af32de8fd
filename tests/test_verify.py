import pytest

from assistant.types import Kind, Language, Passage, Source
from assistant.verify import evidence, features, supporting, supports

ENGLISH = (
    "In September 2023 the HKSAR Government signed an agreement with the Guangdong Provincial Government. "
    "The first batch of 10 Hong Kong civil servants began a three-month exchange in Shenzhen on 18 December 2023. "
    "Mrs Ingrid Yeung said that 30% of them came from the Transport Department. "
    "The fund holds HK$10 billion and has had 12,000 applicants since its fifth anniversary. "
    "A note by Ms Rita Gomez-Lee of the Harbour Liaison Unit (HLU) was attached."
)
CHINESE = (
    "2023年9月，香港特區政府與廣東省政府簽署協議。首批十名香港公務員於2023年12月18日開始在深圳交流三個月。"
    "楊何蓓茵表示，三成人員來自運輸署。基金規模為一百億元，五週年以來有1.2萬人申請。"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The first batch had 10 civil servants.",
        "Ten Hong Kong civil servants took part in the first batch.",
        "The exchange began on December 18, 2023.",
        "On 18 December, the exchange in Shenzhen began.",
        "In 2023 the agreement with the Guangdong Provincial Government was signed.",
        "The agreement was signed in September 2023.",
        "The exchange in Shenzhen lasted 3 months.",
        "The fund holds HK$10,000 million.",
        "The fund has had 12 000 applicants.",
        "The 5th anniversary of the fund saw 12,000 applicants.",
        "One of the Hong Kong civil servants came from the Transport Department.",
        "Rita Gomez-Lee of the HLU attached a note.",
        "Participants in the first batch began the exchange in Shenzhen.",
        "The Government of the Hong Kong Special Administrative Region signed an agreement.",
    ],
)
def test_what_english_evidence_says_is_supported(sentence: str) -> None:
    assert supports(sentence, [ENGLISH])


@pytest.mark.parametrize(
    "sentence",
    [
        "The first batch had 12 civil servants.",
        "The second batch had 10 civil servants.",
        "The exchange began on 19 December 2023.",
        "The exchange began on 18 December 2024.",
        "The exchange in Shenzhen began on 18 September 2023.",
        "The agreement was signed in October 2023.",
        "The agreement was signed in October.",
        "The exchange in Shenzhen lasted three weeks.",
        "The fund holds HK$10 million.",
        "30 civil servants came from the Transport Department.",
        "The first batch of Hong Kong civil servants began an exchange in Beijing.",
        "Shanghai hosted the first batch of Hong Kong civil servants.",
        "Mr John Smith said that they came from the Transport Department.",
        "Smith attached a note.",
        "The QZX attached a note.",
        "Their salaries are paid by their home bureaux and reviewed yearly.",
        "Their salary was paid by Hong Kong.",
        "The exchange covered housing, meals, insurance and travel.",
    ],
)
def test_what_english_evidence_does_not_say_is_not(sentence: str) -> None:
    assert not supports(sentence, [ENGLISH])


@pytest.mark.parametrize(
    "sentence",
    [
        "首批有10名香港公務員。",
        "首批有１０名香港公务员在深圳交流3个月。",
        "交流於12月18日在深圳開始。",
        "协议在二〇二三年九月签署。",
        "基金规模为100亿元。",
        "基金至今有12000人申請。",
        "一名香港公務員表示十分感謝深圳。",
    ],
)
def test_script_and_numerals_make_no_difference(sentence: str) -> None:
    assert supports(sentence, [CHINESE])


@pytest.mark.parametrize(
    "sentence",
    [
        "首批有12名香港公務員。",
        "第二批有10名香港公務員。",
        "首批香港公務員在北京交流。",
        "交流於12月19日在深圳開始。",
        "香港公務員在深圳交流三個星期。",
        "梁卓文表示，人員來自運輸署。",
        "Rita Gomez表示，人員來自運輸署。",
        "香港支付了他們的薪金。",
        "參加者可獲房屋津貼和醫療保險。",
    ],
)
def test_chinese_that_differs_from_its_evidence_is_not_supported(sentence: str) -> None:
    assert not supports(sentence, [CHINESE])


def test_numbers_dates_and_known_names_are_compared_across_languages() -> None:
    assert supports("首批十名公務員於2023年12月18日開始在深圳交流三個月。", [ENGLISH])
    assert supports("Ten civil servants began an exchange in Shenzhen on 18 December 2023.", [CHINESE])
    assert not supports("首批十名公務員在北京交流。", [ENGLISH])
    assert not supports("Eleven civil servants began an exchange in Shenzhen.", [CHINESE])
    assert not supports("Mr Clement Leung spoke of the exchange in Shenzhen.", [CHINESE])


def test_several_quotes_support_together() -> None:
    quotes = ["The first batch had 10 officers.", "The exchange of the first batch took place in Shenzhen."]
    assert supports("The first batch of 10 officers went to Shenzhen.", quotes)
    assert not supports("The first batch of 10 officers went to Shenzhen.", quotes[:1])


@pytest.mark.parametrize("quotes", [[], [""], [" \n"]])
def test_nothing_supports_nothing(quotes: list[str]) -> None:
    assert not supports("The first batch went to Shenzhen.", quotes)


def test_relative_dates_count_from_publication() -> None:
    passage = Passage(
        "p", "The agreement was signed in September last year; the meeting was today (March 8).", _source()
    )
    assert supports("The agreement was signed in September 2023.", [evidence(passage)])
    assert supports("The meeting was on 8 March 2024.", [evidence(passage)])
    assert not supports("The agreement was signed in September 2024.", [evidence(passage)])
    chinese = Passage("p", "協議於去年9月簽署。", _source())
    assert supports("協議於2023年9月簽署。", [evidence(chinese)])


def test_a_publication_date_is_no_evidence_for_what_happened() -> None:
    passage = Passage("p", "The agreement was signed by both governments.", _source())
    assert not supports("The agreement was signed on 8 March 2024.", [evidence(passage)])


def test_only_passages_that_support_are_kept() -> None:
    ten, shenzhen, rain = (
        Passage(text, text, _source())
        for text in ("The first batch had 10 officers.", "The first batch had exchanges in Shenzhen.", "It rained.")
    )
    assert supporting("The first batch had ten officers.", [rain, ten, shenzhen]) == (ten,)
    assert supporting("The first batch of ten had exchanges in Shenzhen.", [ten, shenzhen]) == (ten, shenzhen)
    assert supporting("The first batch had 11 officers.", [ten, shenzhen]) == ()
    assert supporting("The first batch had ten officers.", []) == ()


def test_features_meet_across_scripts_and_languages() -> None:
    assert features("首批公務員") == features("首批公务员")
    assert features("深圳三個月") & features("three months in Shenzhen")


def _source() -> Source:
    return Source("s", "Agreement", Kind.ORIGINAL, "", "HKSAR Government", "2024-03-08", Language.ENGLISH)
