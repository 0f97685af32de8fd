"""What was found, as the Answer that people and programs see."""

from collections.abc import Sequence

import pytest
from pieces import candidate, source

from assistant import present
from assistant.asking import Target
from assistant.evidence import Candidate, Reading
from assistant.language import fold, to_script
from assistant.origin import date_text
from assistant.retrieve import Evidence
from assistant.types import Answer, Language, Match, Question, Status
from assistant.understand import Asked
from prompts import message

EN, HANT, HANS = Language.ENGLISH, Language.TRADITIONAL, Language.SIMPLIFIED


def asked(language: Language = EN, folded: str = "who went?") -> Asked:
    return Asked(Question("?", language), (), (), Target.OTHER, folded)


def evidence(*sections: str) -> tuple[Evidence, ...]:
    found = []
    for at, section in enumerate(sections):
        record = candidate("A sentence.", of=source(f"d{at}")).record
        passage = type(record.passage)(f"p{at}", "A sentence.", record.passage.source, section)
        found.append(Evidence(Match(passage, 1.0), record))
    return tuple(found)


def answer(*found: Candidate, language: Language = EN) -> Answer:
    return present.read_out(asked(language), Status.ANSWERED, Reading(found, found), ())


def said(text: str, published: str = "2024-03-08", language: Language = EN, id: str = "brief") -> Candidate:
    return candidate(text, of=source(id, published, language))


@pytest.mark.parametrize(
    ("published", "language", "text"),
    [
        ("2024-03-08", EN, "8 March 2024"),
        ("2024-03-08", HANT, "2024年3月8日"),
        ("2024-12-18", HANS, "2024年12月18日"),
        ("2024-03", EN, "March 2024"),
        ("2024-10", HANT, "2024年10月"),
        ("2024", EN, "2024"),
        ("2024", HANS, "2024年"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(published: str, language: Language, text: str) -> None:
    assert date_text(published, language) == text


@pytest.mark.parametrize(
    ("sentences", "language", "text"),
    [
        (["They went.", "They came."], EN, "They went. They came."),
        (["他們去了。", "他們來了。"], HANT, "他們去了。他們來了。"),
        (["They signed the “Arrangement.”", "It rained."], EN, "They signed the “Arrangement.” It rained."),
        (["他說：「好。」", "他走了。"], HANT, "他說：「好。」他走了。"),
        (["Only one."], EN, "Only one."),
    ],
)
def test_sentences_are_joined_as_their_script_does(sentences: list[str], language: Language, text: str) -> None:
    found = [candidate(one, of=source(str(at), language=language)) for at, one in enumerate(sentences)]
    made = answer(*found, language=language)
    assert made.text == text
    assert [sentence.text for sentence in made.sentences] == sentences


@pytest.mark.parametrize(
    ("of", "asker", "language"),
    [(EN, HANT, "en"), (EN, HANS, "en"), (HANT, EN, "zh-Hant"), (HANS, EN, "zh-Hans")],
)
def test_a_quote_in_another_language_is_announced(of: Language, asker: Language, language: str) -> None:
    name = message(f"language_{language}", asker)
    made = answer(said("A sentence." if of is EN else "一句話。", language=of), language=asker)
    assert made.notice == message("other_language", asker, language=name)


@pytest.mark.parametrize(("of", "asker"), [(EN, EN), (HANT, HANT), (HANT, HANS), (HANS, HANT)])
def test_the_other_script_is_no_other_language(of: Language, asker: Language) -> None:
    assert answer(said("A sentence.", language=of), language=asker).notice is None


@pytest.mark.parametrize("language", [EN, HANT, HANS])
def test_a_plan_is_told_as_one_with_its_date(language: Language) -> None:
    planned = said("The port was planned to open." if language is EN else "預計下年啟用。", "2023-02-23", language)
    day = "23 February 2023" if language is EN else "2023年2月23日"
    assert answer(planned, language=language).notice == message("as_planned", language, date=day)


def test_every_notice_is_given_once() -> None:
    plans = [said("It was planned.", "2023-02-23", EN, "a"), said("It was expected.", "2023-02-23", EN, "b")]
    made = answer(*plans, said("It was scheduled.", "2024-07", EN, "c"), language=HANT)
    assert made.notice is not None
    assert made.notice.count(message("language_en", HANT)) == 1
    assert made.notice.count("2023年2月23日") == made.notice.count("2024年7月") == 1


@pytest.mark.parametrize(
    ("published", "newest"),
    [
        (["2023-02-23", "2024-03-08"], "2024-03-08"),
        (["2024-03-08", "2024-03"], "2024-03"),
        (["2025-02", "2024-12-31"], "2025-02"),
        (["", "2023"], "2023"),
        ([""], None),
    ],
)
def test_an_answer_is_as_of_its_newest_document(published: list[str], newest: str | None) -> None:
    found = [said(f"Sentence {at}.", day, id=str(at)) for at, day in enumerate(published)]
    assert answer(*found).as_of == newest


@pytest.mark.parametrize(
    ("text", "asker", "shown"),
    [
        ("首批公務員獲准到后海灣。", HANS, "首批公务员获准到后海湾。"),
        ("首批公務員獲准到后海灣。", HANT, "首批公務員獲准到后海灣。"),
        ("首批公务员去深圳。", HANT, "首批公務員去深圳。"),
        ("The first batch (首批公務員).", HANS, "The first batch (首批公务员)."),
        ("首批公務員。", EN, "首批公務員。"),
    ],
)
def test_sentences_take_the_askers_script_and_quotes_stay(text: str, asker: Language, shown: str) -> None:
    made = answer(said(text, language=HANT), language=asker)
    assert made.text == shown
    (citation,) = made.citations
    assert citation.quote == text == citation.passage.text[citation.start : citation.end]
    assert fold(shown) == fold(to_script(text, asker))


def suggestions(status: Status, found: Sequence[Evidence], language: Language = EN) -> tuple[str, ...]:
    return present.refusal(asked(language), status, found).suggestions


def test_a_refusal_suggests_what_is_near() -> None:
    found = evidence("A › Pay", "B › Hours", "Pay", "", "C", "D")
    near = [message("suggest", "en", section=section) for section in ("Pay", "Hours", "C")]
    assert list(suggestions(Status.NOT_IN_DOCUMENTS, found)) == near
    assert suggestions(Status.NOT_IN_DOCUMENTS, ()) == ()
    assert suggestions(Status.REFUSED, found) == ()


def test_suggestions_are_in_the_askers_script() -> None:
    assert suggestions(Status.NOT_IN_DOCUMENTS, evidence("首批人員"), HANS) == ("文件怎样说“首批人员”？",)


@pytest.mark.parametrize("language", [EN, HANT, HANS])
def test_outside_the_subject_examples_are_suggested(language: Language) -> None:
    examples = [message(f"example_{number}", language) for number in (1, 2, 3)]
    assert list(suggestions(Status.OUT_OF_SCOPE, evidence("Pay"), language)) == examples


@pytest.mark.parametrize("language", [EN, HANT, HANS])
@pytest.mark.parametrize("status", [Status.NOT_IN_DOCUMENTS, Status.OUT_OF_SCOPE, Status.REFUSED])
def test_refusals_are_told_in_the_askers_language(status: Status, language: Language) -> None:
    made = present.refusal(asked(language), status, ())
    assert (made.status, made.text) == (status, message(str(status), language))
    assert (made.sentences, made.citations, made.as_of) == ((), (), None)


def test_an_answer_grows_sentence_by_sentence() -> None:
    whole = answer(said("It was planned.", id="a"), said("They came.", id="b"), said("They went.", id="c"))
    grown = list(present.growing(whole, lambda last: present.timed(last, {"total": 1.0})))
    assert [len(step.sentences) for step in grown] == [1, 2, 3]
    assert [step.text for step in grown[:2]] == ["It was planned.", "It was planned. They came."]
    assert [len(step.citations) for step in grown] == [1, 2, 3]
    assert grown[-1].notice == whole.notice and grown[0].notice is None
    assert grown[-1].seconds == {"total": 1.0}


def test_notices_add_up() -> None:
    once = present.with_notice(answer(said("They came.")), "model_failed")
    assert once.notice == message("model_failed", "en")
    assert present.with_notice(once, "model_failed").notice == f"{once.notice} {once.notice}"


def test_failures_are_told_in_the_askers_language() -> None:
    question = Question("x" * 30, HANT)
    assert present.unavailable(question).text == message("unavailable", HANT)
    too_long = present.unusable(question, "question_too_long", 20)
    assert "30" in too_long.text and "20" in too_long.text and too_long.status is Status.REFUSED


@pytest.mark.parametrize(
    ("found", "language", "notice"),
    [
        (
            [said("The room opened last year; the engineers met today.")],
            EN,
            "In the quoted text, “last year” is 2023 and “today” is 8 March 2024.",
        ),
        ([said("閱覽室去年九月開放。", language=HANT)], HANT, "引文中，「去年九月」即2023年9月。"),
        ([said("閱覽室去年九月開放。", language=HANT)], HANS, "引文中，“去年九月”即2023年9月。"),
        (
            [said("It opened last year.", "2024", id="a"), said("It closed last year.", "2023", id="b")],
            EN,
            "In the quoted text, “last year” [1] is 2023 and “last year” [2] is 2022.",
        ),
        ([said("The room opened in May 2023.")], EN, None),
        ([said("The room opened last year.", "")], EN, None),
    ],
)
def test_the_notice_says_what_relative_dates_are(
    found: list[Candidate], language: Language, notice: str | None
) -> None:
    given = answer(*found, language=language)
    assert given.notice == notice
    assert all(each.quote in candidate.text for each, candidate in zip(given.citations, found, strict=True))
