"""Pages, mails and texts as newsrooms have them: made by scripts, behind a wall, set in tables, quoted in mails."""

from __future__ import annotations

import json

import pytest
from documents import docx, paragraph

from kit.articles import ArticleError, none_found, read_article

PARAGRAPHS = (
    "The river Lau rose by two metres in the night to Monday and the old bridge was closed, Mayor Ada Quill said.",
    "Some 1,200 people had to leave their homes, the fire brigade of Lauben told reporters in the afternoon.",
    "“We have seen nothing like it since 1988,” said Jonas Brecht, who runs the mill. At least 16 houses were damaged.",
    "Engineers will look at the pillars on Wednesday; the ministry of transport expects repairs until the spring.",
)
TITLE = "Bridge closed after flood"


def page(body: str, head: str = "", title: str = TITLE) -> bytes:
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body>{body}</body></html>"
    ).encode()


def markup(*paragraphs: str) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def stated(**facts: object) -> str:
    """JSON-LD of an article."""
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **facts}
    return f'<script type="application/ld+json">{json.dumps(about)}</script>'


def read(raw: bytes | str, **facts: str) -> list[str]:
    """What is read: headline and paragraphs."""
    article = read_article(raw, **facts)
    return [article.text[s.start_char : s.end_char] for s in article.segments if s.kind != "boilerplate"]


@pytest.mark.parametrize(
    "body",
    [
        *("\n\n".join(PARAGRAPHS), "\n".join(PARAGRAPHS), markup(*PARAGRAPHS), "<br><br>".join(PARAGRAPHS)),
        "&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join(PARAGRAPHS) + "&lt;/p&gt;",
    ],
    ids=["blank", "lines", "tags", "br", "escaped"],
)
def test_an_article_that_stands_only_in_what_a_page_states_for_programs_keeps_its_paragraphs(body: str) -> None:
    raw = page("<div id=root></div>", stated(articleBody=body))
    assert read(raw) == [TITLE, *PARAGRAPHS]
    listed = stated(**{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "articleBody": body}]})
    assert read(page("<div id=root>Loading …</div>", listed)) == [TITLE, *PARAGRAPHS]


def test_the_entries_of_a_live_blog_that_scripts_make_are_read_in_their_order() -> None:
    entries = [{"@type": "BlogPosting", "headline": f"At {at} o'clock", "articleBody": text}
               for at, text in enumerate(PARAGRAPHS)]  # fmt: skip
    found = read(page("<div id=root></div>", stated(**{"@type": "LiveBlogPosting", "liveBlogUpdate": entries})))
    facts = {"@type": "LiveBlogPosting", "liveBlogUpdate": entries, "datePublished": "2024-03-05T15:00:00Z"}
    assert str(read_article(page("", stated(**facts))).published) == "2024-03-05"
    assert found == [TITLE, *(words for at, text in enumerate(PARAGRAPHS) for words in (f"At {at} o'clock", text))]


def test_what_a_page_shows_counts_before_what_it_states_for_programs() -> None:
    raw = page(f"<article><h1>{TITLE}</h1>{markup(*PARAGRAPHS[:3])}</article>", stated(articleBody=PARAGRAPHS[3] * 9))
    assert read(raw) == [TITLE, *PARAGRAPHS[:3]]


@pytest.mark.parametrize("script", ["{", "[" * 50_000, "null", '{"articleBody": 5}', '{"@graph": {"a": [[[]]]}}', ""])
def test_what_a_page_states_for_programs_may_be_broken(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    assert read(page(f"<article><h1>{TITLE}</h1>{markup(*PARAGRAPHS)}</article>", head)) == [TITLE, *PARAGRAPHS]


def test_text_for_browsers_without_scripts_is_read_only_where_there_is_no_other() -> None:
    alone = page(f"<article><h1>{TITLE}</h1><noscript>{markup(*PARAGRAPHS)}</noscript></article>")
    assert read(alone) == [TITLE, *PARAGRAPHS]
    beside = page(f"<article><h1>{TITLE}</h1><noscript><p>Turn it on.</p></noscript>{markup(*PARAGRAPHS)}</article>")
    assert read(beside) == [TITLE, *PARAGRAPHS]


def test_a_page_laid_out_in_a_table_has_paragraphs_and_a_table_of_losses_has_rows() -> None:
    column = f"<b>{TITLE}</b><br><br>" + "<br><br>".join(PARAGRAPHS)
    raw = page(f"<table><tr><td><a href=/>Home</a><br><a href=/w>World</a></td><td>{column}</td></tr></table>")
    assert read(raw) == [TITLE, *PARAGRAPHS]
    losses = "<table><tr><th>District</th><th>Dead</th></tr><tr><td><p>Old Town</p></td><td><p>3</p></td></tr></table>"
    raw = page(f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>{losses}{markup(*PARAGRAPHS[1:])}</article>")
    assert read(raw)[1:4] == [PARAGRAPHS[0], "District | Dead", "Old Town | 3"]


@pytest.mark.parametrize(
    "wall",
    ["Subscribe to continue reading", "Subscribe for €1 a week to continue reading.", "Sign in to keep reading",
     "This article is for subscribers", "You have reached your limit of free articles this month.",
     "To continue reading, please register."],
)  # fmt: skip
def test_a_page_that_asks_for_a_subscription_is_said_to_be_perhaps_only_the_beginning(wall: str) -> None:
    raw = page(f"<article><h1>{TITLE}</h1>{markup(PARAGRAPHS[0], wall)}</article>")
    assert read(raw) == [TITLE, PARAGRAPHS[0]]
    assert any("only the beginning" in warning for warning in read_article(raw).warnings)


def test_a_page_that_says_it_is_not_free_is_said_to_be_perhaps_only_the_beginning() -> None:
    body = f"<article><h1>{TITLE}</h1>{markup(*PARAGRAPHS)}</article>"
    for free, warned in ((False, True), ("False", True), (True, False)):
        warnings = read_article(page(body, stated(isAccessibleForFree=free))).warnings
        assert any("only the beginning" in warning for warning in warnings) is warned


def test_a_question_about_cookies_is_said_to_be_no_article_and_an_article_about_cookies_is_one() -> None:
    notice = markup(
        "We and our partners store and access personal data, like browsing data or cookies, on your device.",
        "You may withdraw your consent at any time by clicking the link at the bottom of the page.",
    )
    assert any("cookies" in warning for warning in read_article(page(notice, title="Before you continue")).warnings)
    news = (f"The court of Lauben fined the mill for its cookies on Monday, case {at}, Judge Ida Roth said. "
            "The firm has to ask before it stores any." for at in range(3))  # fmt: skip
    assert read_article(page(f"<article><h1>{TITLE}</h1>{markup(*news)}</article>")).warnings == ()


def test_a_page_that_only_leads_on_to_another_names_it() -> None:
    head = '<meta http-equiv="Refresh" content="0; URL=https://courier.example/real">'
    with pytest.raises(ArticleError, match=r"leads on to https://courier\.example/real"):
        read_article(page("<p>If nothing happens, <a href=x>click here</a>.</p>", head, "Redirecting"))
    assert read(page(f"<article><h1>{TITLE}</h1>{markup(*PARAGRAPHS)}</article>", head)) == [TITLE, *PARAGRAPHS]


def test_titles_under_a_heading_that_says_so_are_furniture_up_to_the_next_sentence() -> None:
    titles = ("Related articles", "Storm warning for the coast", "Five things about the mill")
    text = "\n\n".join((TITLE, PARAGRAPHS[0], *titles, *PARAGRAPHS[1:]))
    assert read(text) == [TITLE, *PARAGRAPHS]
    assert read(page(f"<article><h1>{TITLE}</h1>{markup(PARAGRAPHS[0], *titles, *PARAGRAPHS[1:])}</article>")) == [
        TITLE,
        *PARAGRAPHS,
    ]
    assert "The mayor said so" in read("\n\n".join((TITLE, "What she said", "The mayor said so", *PARAGRAPHS)))


HEADER = (
    "From: Mira Holt <mira@courier.example>\nSubject: {}\nDate: Tue, 05 Mar 2024 15:00:00 +0100\nContent-Type: {}\n\n"
)
ANSWERED = ("Can you send what you have?", "We need at least 400 words by noon.")


def mail(body: str, subject: str = TITLE, kind: str = "text/plain; charset=utf-8") -> list[str]:
    return read((HEADER.format(subject, kind) + body).encode(), media_type="message/rfc822")


@pytest.mark.parametrize(
    "below",
    ["On Mon, 4 Mar 2024 at 10:00, Desk <desk@kelm.example> wrote:\n> {}\n> {}\n>\n> Thanks",
     "On Mon, 4 Mar 2024 at 10:00, The Newsdesk of Kelm\n<desk@kelm.example> wrote:\n\n> {}\n>> {}",
     "-----Original Message-----\nFrom: Desk\nSent: Monday, March 4, 2024 10:00 AM\nSubject: bridge\n\n{}\n\n{}"],
    ids=["marked", "broken line", "below a divider"],
)  # fmt: skip
def test_the_mail_that_a_mail_answers_is_furniture(below: str) -> None:
    assert mail("\n\n".join(PARAGRAPHS) + "\n\n" + below.format(*ANSWERED)) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("mark", ["class=gmail_quote", 'type="cite"', "class='yahoo_quoted big'"])
def test_the_mail_that_a_page_in_a_mail_answers_is_left_out(mark: str) -> None:
    quote = f"<div><blockquote {mark}>{markup(*ANSWERED)}<blockquote {mark}>Older</blockquote></blockquote></div>"
    whole = f"<html><body>{markup(*PARAGRAPHS)}{quote}</body></html>"
    assert mail(whole, kind="text/html; charset=utf-8") == [TITLE, *PARAGRAPHS]


def test_an_article_that_a_mail_quotes_to_ask_about_it_is_read() -> None:
    quoted = "\n>\n".join(f"> {one}" for one in PARAGRAPHS)
    found = mail(f"What is this?\n\nOn Mon, 4 Mar 2024, Desk <desk@kelm.example> wrote:\n{quoted}\n", "Re: bridge")
    assert found == ["bridge", "What is this?", *PARAGRAPHS]
    page_of = f"<html><body><p>What is this?</p><div class=gmail_quote>{markup(*PARAGRAPHS)}</div></body></html>"
    assert mail(page_of, "Fwd: bridge", "text/html; charset=utf-8")[-4:] == [*PARAGRAPHS]


def test_the_lines_of_a_forwarded_mail_are_furniture_and_its_article_is_read() -> None:
    head = "---------- Forwarded message ---------\nFrom: Desk <desk@kelm.example>\nDate: Mon, Mar 4, 2024\nTo: Ana\n\n"
    assert mail(f"For you.\n\n{head}" + "\n\n".join(PARAGRAPHS), f"Fwd: {TITLE}") == [TITLE, "For you.", *PARAGRAPHS]


def test_a_sentence_that_ends_in_wrote_is_read() -> None:
    line = "On Monday the mayor wrote:"
    assert line in mail("\n\n".join((*PARAGRAPHS[:2], line, *PARAGRAPHS[2:])))


def test_a_word_document_with_changes_or_notes_says_how_it_is_read() -> None:
    plain = docx(paragraph(PARAGRAPHS[0]) + paragraph(PARAGRAPHS[1]))
    assert read_article(plain).warnings == ()
    changed = (
        "<w:p><w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins><w:r><w:t>16 houses.</w:t></w:r></w:ins></w:p>"
    )
    (warning,) = read_article(docx(paragraph(PARAGRAPHS[0]) + changed)).warnings
    assert "tracked changes" in warning
    noted = '<w:p><w:r><w:t>16 houses.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    (warning,) = read_article(docx(paragraph(PARAGRAPHS[0]) + noted)).warnings
    assert "footnotes" in warning


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Le fleuve est monté de deux mètres dans la nuit de lundi, a déclaré la maire. Environ 1 200 personnes ont dû "
         "quitter leur maison, selon les pompiers de la ville.", "fr", "French"),
        ("Річка піднялася на два метри в ніч на понеділок, повідомила мер. Близько 1200 людей були змушені залишити "
         "свої домівки, за даними пожежників. Міст закрито до весни, ремонт триватиме кілька місяців.", "uk",
         "Ukrainian"),
        ("قالت رئيسة البلدية إن منسوب النهر ارتفع بمقدار مترين ليلة الاثنين وأغلق الجسر القديم أمام حركة المرور، "
         "وأضافت أن نحو 1200 شخص غادروا منازلهم وفقا لفرقة الإطفاء في المدينة.", "ar", "Arabic"),
        ("市长表示，周一凌晨河水上涨了两米，旧桥已经关闭。消防队表示，约1200人被迫离开家园。工程师将于周三检查桥墩，"
         "交通部预计维修将持续到春季，三名市民受伤，其中一人伤势严重。", "zh", "Chinese"),
        ("市長表示，週一凌晨河水上漲了兩米，舊橋已經關閉。消防隊表示，約1200人被迫離開家園。工程師將於週三檢查橋墩，"
         "交通部預計維修將持續到春季，三名市民受傷，其中一人傷勢嚴重。", "zh", "Chinese"),
    ],
)  # fmt: skip
def test_a_text_in_another_language_is_known_and_nothing_is_said_to_be_missing_from_it(text, language, name) -> None:
    article = read_article(text)
    assert article.language == language
    assert any(name in warning and "English only" in warning for warning in article.warnings)
    assert name in none_found(article.language, "Nobody is cited.")
    assert "Nobody is cited" not in none_found(article.language, "Nobody is cited.")


@pytest.mark.parametrize("language", [None, "en"])
def test_what_was_looked_for_and_not_found_is_said_to_be_missing(language: str | None) -> None:
    assert none_found(language, "Nobody is cited.") == "Nobody is cited."
