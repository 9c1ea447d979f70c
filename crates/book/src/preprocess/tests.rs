//! Every directive on a page of the fixture design, with what goes wrong and in which line it is reported.

use super::*;
use crate::{fixture, html};
use mdbook_preprocessor::book::{BookItem, Chapter};
use std::str::FromStr;

const README: &str = "designs/02-fixture-search/README.md";
const DEBRIEF: &str = "designs/02-fixture-search/debrief.md";
const SOURCES: &str = "[dean2013]\nauthors = [\"Dean, Jeffrey\", \"Barroso, Luiz André\"]\ntitle = \"Tail\"\nvenue = \"CACM\"\nyear = 2013\n";

/// A book of these pages, expanded: the text of the first one, or all mistakes.
pub(super) fn book(pages: &[(&str, &str)]) -> Result<String, String> {
    let mut catalogue = Catalogue::from_parts(Path::new("/nonexistent"), fixture::DESIGNS, fixture::MODELS).unwrap();
    catalogue.sources = crate::sources::Sources::parse(SOURCES).unwrap();
    book_of(&catalogue, pages)
}

/// The same with what the pages can refer to.
pub(super) fn book_of(catalogue: &Catalogue, pages: &[(&str, &str)]) -> Result<String, String> {
    let items = pages
        .iter()
        .map(|(path, text)| BookItem::Chapter(Chapter::new(path, (*text).into(), *path, vec![])))
        .collect();
    let mut book = Book::new_with_items(items);
    let config = "[preprocessor.workbook]\nas-of = \"2026-11\"\n[preprocessor.katex]\nno-css = true\noutput = \"htmlAndMathml\"\n";
    let config = Config::from_str(config).unwrap();
    let ctx = PreprocessorContext::new("/nonexistent".into(), config, "html".into());
    expand_book(&ctx, &mut book, catalogue, &Facts::in_folder(None)).map_err(|e| e.to_string())?;
    let first = book.chapters().next().unwrap().content.clone();
    // Nothing that a directive wrote may be torn apart by Markdown: every tag in it must be closed.
    assert_balanced(&first);
    Ok(first)
}

fn page(text: &str) -> Result<String, String> {
    book(&[
        ("page.md", text),
        (README, "# R\n\n{{givens 02}}\n"),
        ("blocks/queues-and-tails.md", "# Q\n"),
    ])
}

fn assert_balanced(text: &str) {
    let tokens = html::tokens(text);
    for (i, t) in tokens.iter().enumerate() {
        if let html::Token::Open(tag) = t
            && !tag.is_void()
        {
            assert!(
                html::element_end(&tokens, i).is_some(),
                "<{}> is not closed in\n{text}",
                tag.name
            );
        }
    }
}

#[test]
fn a_fact_is_printed_with_its_unit() {
    let out = page("a {{fact 02.p90_wait 600..700 ms}} b").unwrap();
    assert!(
        out.contains("a <data class=\"fact\" data-fact=\"02.p90&#95;wait\" value=\"654.2\">654\u{202f}ms</data> b"),
        "{out}"
    );
}

#[test]
fn facts_outside_range_unit_or_registry_name_the_line() {
    let all = page("# T\n\n{{fact 02.p90_wait 1..2 ms}}\n\n{{fact 02.extra 1..9 ms}}\n{{fact 02.nope 1..2}} {{fact 02.extra}}\n{{fact 03.x 1..2}} {{fact x 1..2}}\n")
        .unwrap_err();
    let lines: Vec<&str> = all.lines().collect();
    assert_eq!(lines.len(), 6, "{all}");
    assert!(
        lines[0].starts_with("src/page.md:3: 02.p90_wait is 654\u{202f}ms now, outside the range 1 to 2"),
        "{all}"
    );
    assert!(
        lines[1].starts_with("src/page.md:5: ") && lines[1].contains("“ms”"),
        "{all}"
    );
    assert!(
        all.contains("src/page.md:6: design 02 has no fact “nope”; there is busy, extra, p90_wait"),
        "{all}"
    );
    assert!(all.contains("src/page.md:6: {{fact 02.extra}} has no range"), "{all}");
    assert!(all.contains("src/page.md:7: unknown design “03”; there is 02"), "{all}");
    assert!(all.contains("src/page.md:7: “x” is not of the form NN.key"), "{all}");
}

#[test]
fn an_answer_of_the_worksheet_is_for_the_debrief() {
    let text = "# T\n\n{{fact 02.busy 10..20 %}}\n";
    for before in ["page.md", README, "designs/02-fixture-search/evaluate.md"] {
        let e = book(&[(before, text)]).unwrap_err();
        assert!(
            e.starts_with(&format!("src/{before}:3: 02.busy answers a question of the worksheet")),
            "{e}"
        );
    }
    for after in [DEBRIEF, "designs/02-fixture-search/facilitate.md"] {
        assert!(book(&[(after, text)]).unwrap().contains(">17.3\u{202f}%</data>"));
    }
}

#[test]
fn a_given_is_marked_and_linked_to_the_list() {
    let out = page("x {{given 02.leaves}} {{given 02.deadline}}").unwrap();
    assert!(out.contains("<span class=\"given\">1,000<a class=\"given-mark\" href=\"designs/02-fixture-search/index.html#given-02-leaves\""), "{out}");
    assert!(out.contains(">0.5\u{202f}s<a"), "{out}");
    let list = book(&[(README, "# R\n\n{{givens 02}}\n\n{{given 02.leaves}}\n")]).unwrap();
    assert!(
        list.contains("<tr id=\"given-02-leaves\"><th scope=\"row\">Leaves a query asks.</th><td>1,000</td></tr>"),
        "{list}"
    );
    assert!(list.contains("<code>what it has</code>"), "{list}");
    assert!(list.contains("href=\"#given-02-leaves\""), "{list}");
}

#[test]
fn a_given_needs_a_list_and_a_known_key() {
    assert!(
        book(&[("page.md", "{{given 02.leaves}}")])
            .unwrap_err()
            .contains("put {{givens 02}} on one")
    );
    assert_eq!(
        page("\n{{given 02.leafs}}").unwrap_err(),
        "src/page.md:2: design 02 takes no “leafs” as given; there is leaves, deadline"
    );
}

#[test]
fn citations_link_to_the_list_at_the_foot() {
    let out = page("A claim [@dean2013 p. 77], and [@dean2013; @dean2013 fig. 2].").unwrap();
    assert!(out.contains("<span class=\"cites\">(<a class=\"cite\" href=\"#source-dean2013\">Dean &amp; Barroso 2013, p.&nbsp;77</a>)</span>"), "{out}");
    assert!(out.contains("2013</a>; <a"), "{out}");
    assert_eq!(out.matches("<li id=\"source-dean2013\">").count(), 1);
    assert_eq!(
        page("# T\n\n[@dean2031 p. 7]").unwrap_err(),
        "src/page.md:3: sources.toml has no source “dean2031”; there is dean2013"
    );
}

#[test]
fn a_page_without_citations_has_no_list() {
    assert!(!page("# T\n\ntext").unwrap().contains("Sources on this page"));
}

#[test]
fn a_figure_comes_wide_and_narrow_with_different_ids() {
    let out = page("{{figure 02.architecture One *root* [@dean2013].}}").unwrap();
    assert!(
        out.contains("<figure class=\"drawing\" data-figure=\"02.architecture\"><div class=\"wide\"><svg"),
        "{out}"
    );
    assert!(
        out.contains("id=\"arch-720-title\"") && out.contains("id=\"arch-340-title\""),
        "{out}"
    );
    assert!(
        out.contains("<tr><th scope=\"row\">root</th><td>merges</td><td>leaf &lt;1&gt; (dashed)</td></tr>"),
        "{out}"
    );
    assert!(
        out.contains("<figcaption>One <em>root</em> <span class=\"cites\">"),
        "{out}"
    );
    let e = page("\n\n{{figure 02.nope}}").unwrap_err();
    assert!(e.starts_with("src/page.md:3: design 02 draws no figure “nope”"), "{e}");
}

#[test]
fn objectives_steps_and_day_come_from_the_manifest() {
    let out = page("{{objectives 02}}\n\n{{steps 02}}\n\n{{day 02}}\n").unwrap();
    assert!(
        out.contains("<ul class=\"objectives\"><li>say <em>why</em></li><li>compute <span class=\"katex\">"),
        "{out}"
    );
    assert!(out.contains("<li class=\"step\" data-step=\"operate\" id=\"step-2-operate\"><p class=\"step-head\"><b>Step 2 · operate</b> · 15 min <span class=\"day-step\">"), "{out}");
    assert!(
        out.contains("<li>cheap</li>") && out.contains("cargo learn check 02/operate"),
        "{out}"
    );
    assert!(
        out.contains("<tr><th scope=\"row\">Argue</th><td>35 min</td></tr>")
            && out.contains("<td>45 min</td></tr></tfoot>"),
        "{out}"
    );
    for block in ["objectives", "steps", "day", "givens", "lab", "worksheet"] {
        let e = page(&format!("{{{{{block} 07}}}}")).unwrap_err();
        assert_eq!(e, "src/page.md:1: unknown design “07”; there is 02", "{block}");
        let e = page(&format!("{{{{{block}}}}}")).unwrap_err();
        assert!(e.contains("does not say of which design"), "{e}");
    }
}

#[test]
fn the_moral_is_for_its_debrief_alone() {
    let out = book(&[(DEBRIEF, "# D\n\n{{moral 02}}\n")]).unwrap();
    assert!(
        out.contains("<p class=\"moral\">The slowest of many decides.</p>"),
        "{out}"
    );
    for other in ["page.md", README, "designs/02-fixture-search/facilitate.md"] {
        let e = book(&[(other, "# T\n\n{{moral 02}}\n")]).unwrap_err();
        assert!(
            e.starts_with(&format!("src/{other}:3: the moral of design 02 belongs in")),
            "{e}"
        );
    }
}

#[test]
fn the_map_has_a_table_and_a_list() {
    let out = page("{{map}}\n").unwrap();
    assert!(
        out.contains("<span><a href=\"blocks/queues-and-tails.html\">blocks/queues-and-tails.md</a></span>"),
        "{out}"
    );
    assert!(out.contains("<a href=\"designs/02-fixture-search/index.html\"><b>02</b> Fixture search</a></th><td class=\"minutes\">45</td><td class=\"dot\"><span"), "{out}");
    let data = "data-design=\"02\" data-steps=\"predict operate attack\">";
    assert!(out.contains(&format!("<tbody><tr {data}<th")), "{out}");
    assert!(out.contains(&format!("<ul class=\"map-list\"><li {data}")), "{out}");
    assert!(out.contains("<td class=\"role\">in the taught day</td>"), "{out}");
    assert!(out.contains(" · 45 min · in the taught day · "), "{out}");
    let note = "<p class=\"map-note\">Use: <b>in the taught day</b>, a group works on it, and it has its minutes on the agenda. \
                Minutes are those with a group; alone, exercise included, a design takes 90 min.</p>";
    assert!(out.contains(note), "{out}");
    assert!(page("{{map 02}}").unwrap_err().contains("takes nothing"));
}

#[test]
fn the_panel_of_what_is_kept_knows_every_step() {
    let out = page("{{progress}}\n").unwrap();
    assert!(
        out.contains("<div class=\"kept needs-script\" data-steps=\"02/predict 02/operate 02/attack\"></div>"),
        "{out}"
    );
    assert!(page("{{progress 02}}").unwrap_err().contains("takes nothing"));
}

#[test]
fn a_lab_is_a_set_up_and_an_empty_form() {
    let out = page("{{lab 02}}\n").unwrap();
    assert!(
        out.contains("<design-lab name=\"02\">")
            && out.contains("<h3 id=\"lab-02-title\">A search cell under load</h3>"),
        "{out}"
    );
    assert!(out.contains("asks <em>all</em> leaves"), "{out}");
    assert!(
        out.contains("data-kind=\"setting\"") && out.contains("data-kind=\"assumption\""),
        "{out}"
    );
    assert!(
        out.contains("data-knob=\"hedge_after\" data-min=\"0\" data-max=\"100\" data-step=\"1\" data-default=\"18\" data-unit=\"ms\" data-words=\"0=off\""),
        "{out}"
    );
    assert!(
        out.contains("From off to 100\u{202f}ms; 18\u{202f}ms to begin with."),
        "{out}"
    );
    assert!(!out.contains("654"), "no result before a judgement");
}

#[test]
fn a_worksheet_asks_and_never_tells() {
    let out = page("{{worksheet 02}}\n").unwrap();
    assert!(out.contains("<fieldset class=\"question\" data-question=\"busy\" data-unit=\"%\" data-scale=\"share\" data-fact=\"02.busy\">"), "{out}");
    assert!(
        out.contains("name=\"answers.busy.low\"") && out.contains("name=\"verdict.reverses_when\""),
        "{out}"
    );
    assert!(out.contains("{\"key\":\"m1\",\"text\":\"one\"}"), "{out}");
    assert!(
        !out.contains("right"),
        "which mechanism is right must not be in the page"
    );
}

#[test]
fn a_calculator_has_formula_inputs_and_source() {
    let out = page("{{calculator tails.any_slow}}\n").unwrap();
    assert!(
        out.contains("<block-calculator name=\"tails.any_slow\">") && out.contains("class=\"katex-display\""),
        "{out}"
    );
    assert!(
        out.contains("data-min=\"1\" data-max=\"10000\" data-whole=\"true\""),
        "{out}"
    );
    assert!(
        out.contains("<output name=\"share\"></output> <span class=\"unit\">%</span>"),
        "{out}"
    );
    assert!(
        out.contains("Source: <span class=\"cites\">") && out.contains("<li id=\"source-dean2013\">"),
        "{out}"
    );
    assert_eq!(
        page("{{calculator tails.slow}}").unwrap_err(),
        "src/page.md:1: unknown calculator “tails.slow”; there is tails.any_slow"
    );
}

#[test]
fn all_mistakes_of_all_pages_come_at_once() {
    let e = book(&[("b.md", "{{nope}}\n[@x]\ncosts $5"), ("a.md", "{{fact}}")]).unwrap_err();
    let lines: Vec<&str> = e.lines().map(|l| l.split(' ').next().unwrap()).collect();
    assert_eq!(
        lines,
        ["src/a.md:1:", "src/b.md:1:", "src/b.md:2:", "src/b.md:3:"],
        "{e}"
    );
}

#[test]
fn directives_in_code_stay_as_they_are() {
    let text = "`{{fact 02.x}}` and `[@key]`\n\n```toml\n{{nope}} [@nope]\n```";
    assert!(page(text).unwrap().starts_with(text));
}

#[test]
fn a_designs_page_has_kicker_and_tabs() {
    let out = book(&[
        (README, "# Fixture search\n\ntext\n"),
        ("designs/02-fixture-search/evaluate.md", "# E\n"),
        ("blocks/queues-and-tails.md", "# Q\n"),
        ("errata.md", "# E\n"),
    ])
    .unwrap();
    assert!(out.starts_with("<p class=\"kicker\"><b>Design 02</b> · 45 min in the day · 90 min alone · <a href=\"../../blocks/queues-and-tails.html\">"), "{out}");
    assert!(out.contains("# Fixture search\n\n<p class=\"promise\">Asks many, waits for all.</p>\n\n<nav class=\"tabs\" aria-label=\"Pages of design 02\"><ul><li><a href=\"index.html\" aria-current=\"page\">Read</a></li><li><a href=\"evaluate.html\">Evaluate</a></li></ul></nav>"), "{out}");
    assert!(
        out.contains(
            "<p class=\"as-of\">Figures as of November 2026. <a href=\"../../errata.html\">Report an error</a></p>"
        ),
        "{out}"
    );
    assert!(
        out.contains(
            "<nav class=\"reading-path\" aria-label=\"Reading path\"> <a rel=\"next\" href=\"evaluate.html\">"
        ),
        "{out}"
    );
    assert!(!out.contains("gate"), "{out}");
}

#[test]
fn a_debrief_is_behind_the_gate_and_not_in_print() {
    let out = book(&[
        (DEBRIEF, "# D\n\nAnswer [@dean2013].\n"),
        ("designs/02-fixture-search/evaluate.md", "# E\n"),
    ])
    .unwrap();
    let gate = out
        .find("<details class=\"gate\" data-design=\"02\">\n<summary>Show anyway</summary>\n\n")
        .unwrap();
    let (answer, sources, close) = (
        out.find("Answer").unwrap(),
        out.find("class=\"sources\"").unwrap(),
        out.find("</details>").unwrap(),
    );
    assert!(gate < answer && answer < sources && sources < close, "{out}");
    assert!(
        out.starts_with("<div class=\"not-in-print\">\n\n") && out.trim_end().ends_with("</div>"),
        "{out}"
    );
    assert!(out.contains("your <a href=\"evaluate.html\">worksheet</a>"), "{out}");
}

#[test]
fn facilitation_has_neither_tabs_nor_kicker_and_warns_a_learner() {
    let out = book(&[("designs/02-fixture-search/facilitate.md", "# F\n\ntext\n")]).unwrap();
    assert!(
        out.starts_with("<div class=\"not-in-print\">")
            && !out.contains("tabs")
            && !out.contains("kicker")
            && !out.contains("<details class=\"gate\""),
        "{out}"
    );
    assert!(
        out.contains("<p class=\"gate-note\" data-design=\"02\">For whoever leads the room."),
        "{out}"
    );
}

#[test]
fn a_designs_page_without_title_or_design_is_a_mistake() {
    assert_eq!(
        book(&[(README, "text\n\n# R\n")]).unwrap_err(),
        format!("src/{README}:1: a design’s page begins with its title, `# …`")
    );
    let e = book(&[("designs/09-none/README.md", "# R\n")]).unwrap_err();
    assert!(
        e.contains("no design has the folder 09-none; there is 02-fixture-search"),
        "{e}"
    );
}

#[test]
fn links_to_a_readme_become_links_to_the_index() {
    let out = page("[r](designs/02-fixture-search/README.md#x) `[r](README.md)`").unwrap();
    assert!(
        out.contains("[r](designs/02-fixture-search/index.md#x) `[r](README.md)`"),
        "{out}"
    );
}

#[test]
fn the_frame_and_wrapped_directives_keep_the_line_numbers() {
    let text = "# R\n\none {{fact 02.p90_wait\n600..700 ms}} two\n\n{{map}}\nthree\n\n{{objectives\n02}}\n\nlast\n";
    let out = book(&[(README, text)]).unwrap();
    for (word, line) in [("# R", 1), ("one <data", 3), ("two", 4), ("three", 7), ("last", 12)] {
        assert_eq!(
            markdown::line_of(&out, out.find(word).unwrap()),
            line,
            "{word} in\n{out}"
        );
    }
}

#[test]
fn options_and_dates_are_checked() {
    let says = |text: &str| {
        as_of(&Config::from_str(text).unwrap(), Path::new("/nonexistent"))
            .unwrap_err()
            .to_string()
    };
    assert!(says("[preprocessor.workbook]\nas-off = \"2026-11\"").contains("no option “as-off”"));
    assert!(says("[preprocessor.workbook]\nas-of = \"2026-13\"").contains("not a month"));
    assert_eq!(frame::date("2026-11").unwrap(), "November 2026");
    for bad in ["2026", "26-11", "2026-00", "2026-xx"] {
        assert_eq!(frame::date(bad), None, "{bad}");
    }
}

const LEDGER: &str = r#"
[[entry]]
id = "fan-out"
title = "Fan-out of *ten*"
source = "dean2013"
place = "p. 75"
seen = "not seen"
note = "From memory."
teaches-against = "p99 is rare"
used-by = ["blocks/queues-and-tails", "designs/02-fixture-search"]
[[entry.run]]
what = "One in a hundred"
model = "tails.any_slow"
inputs = { slow = "1 %" }
assumed = { parts = 100 }
[[entry.run.check]]
output = "any"
published = "63 %"
tolerance = "absolute 0.5 %"
[[entry.run.check]]
output = "any"
published = "1 %"
tolerance = "contrast 50 %"
[[entry.run.check]]
output = "any"
published = "50 %"
tolerance = "relative 1 %"
fails = "rounded."

[[entry]]
id = "held-back"
title = "What only the debrief says"
source = "dean2013"
seen = "primary"
used-by = ["designs/02-fixture-search"]
after = "02"
[[entry.run]]
model = "queueing.littles_law"
inputs = { rate = "30 per second", time = "0.2 s" }
[[entry.run.check]]
output = "inside"
published = 6
tolerance = "exact"
"#;

/// A book with the ledger above.
fn with_ledger(entries: &str, pages: &[(&str, &str)]) -> Result<String, String> {
    let mut catalogue = Catalogue::from_parts(Path::new("/nonexistent"), fixture::DESIGNS, fixture::MODELS).unwrap();
    catalogue.sources = crate::sources::Sources::parse(SOURCES).unwrap();
    catalogue.ledger =
        ::ledger::Ledger::read(entries, Path::new("ledger/x.toml")).unwrap_or_else(|e| panic!("{}", e[0]));
    book_of(&catalogue, pages)
}

const PAGES: [(&str, &str); 4] = [
    ("ledger.md", "# L\n\n{{ledger}}\n"),
    ("blocks/queues-and-tails.md", "# Q\n\n{{calculator tails.any_slow}}\n"),
    (README, "# R\n\n{{givens 02}}\n"),
    ("designs/02-fixture-search/debrief.md", "# D\n"),
];

#[test]
fn the_ledger_shows_each_entry_once_with_links_both_ways() {
    let out = with_ledger(LEDGER, &PAGES).unwrap();
    assert_eq!(out.matches("id=\"fan-out\"").count(), 1, "{out}");
    for part in [
        "<h2 id=\"of-blocks-queues-and-tails\"><a href=\"blocks/queues-and-tails.html\">",
        "Fan-out of &#42;ten&#42;</h3>",
        "href=\"#source-dean2013\">Dean &amp; Barroso 2013, p.&nbsp;75</a>",
        "Figure not seen in the source.",
        "href=\"blocks/queues-and-tails.html#calc-tails-any_slow-title\"",
        "Parts that a request needs: 100 (ours).</caption>",
        "63&nbsp;%<br>±&nbsp;0.5&nbsp;points</td><td>63.4\u{202f}%<br>✓ agrees</td>",
        "must be off by more than 50&nbsp;%",
        "✗ does not agree</strong><br>rounded.",
        "<strong>Not reproduced.</strong>",
        "Used by <a href=\"blocks/queues-and-tails.html\">",
        "<a href=\"designs/02-fixture-search/index.html\">02 Fixture search</a>",
        "One of them is not reproduced, and says why. Of 1,",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
}

#[test]
fn an_entry_that_could_answer_waits_for_its_worksheet_and_the_page_is_left_out() {
    let out = with_ledger(LEDGER, &PAGES).unwrap();
    let gate = out.split("<details class=\"gate\" data-design=\"02\">").nth(1).unwrap();
    assert!(
        gate.contains("id=\"held-back\"") && !gate.contains("id=\"fan-out\""),
        "{out}"
    );
    assert!(out.starts_with("<div class=\"not-in-print\">"), "{out}");
    let pages = [("a.md", ""), PAGES[0], ("b.md", "")];
    let before = with_ledger(LEDGER, &pages).unwrap();
    assert!(
        before.contains("href=\"b.html\""),
        "the reading path goes round the ledger: {before}"
    );
}

#[test]
fn a_page_lists_what_it_uses_and_answers_stay_behind() {
    let list = |path: &'static str, text: &'static str| {
        with_ledger(
            LEDGER,
            &[
                (path, text),
                ("ledger.md", "{{ledger}}\n"),
                (README, "# R\n\n{{givens 02}}\n"),
            ],
        )
    };
    let block = list("blocks/queues-and-tails.md", "{{ledger queues-and-tails}}\n").unwrap();
    assert!(block.contains("<a href=\"../ledger.html#fan-out\">"), "{block}");
    let way_in = list("page.md", "{{ledger 02}}\n").unwrap();
    assert!(
        way_in.contains("#fan-out") && !way_in.contains("#held-back"),
        "{way_in}"
    );
    let debrief = list(DEBRIEF, "# D\n\n{{ledger 02}}\n").unwrap();
    assert!(debrief.contains("#held-back"), "{debrief}");
    let e = list("page.md", "# T\n\n{{ledger caches}}\n").unwrap_err();
    assert!(
        e.starts_with("src/page.md:3: no entry of the ledger that may stand here is used by blocks/caches"),
        "{e}"
    );
    let e = with_ledger(LEDGER, &[("page.md", "{{ledger 02}}\n")]).unwrap_err();
    assert!(e.contains("no page shows the ledger"), "{e}");
}

#[test]
fn an_entry_out_of_tolerance_stops_the_build() {
    let e = with_ledger(&LEDGER.replace("published = 6", "published = 7"), &PAGES).unwrap_err();
    assert!(
        e.starts_with("src/ledger.md:3: the ledger’s entry held-back (ledger/x.toml:"),
        "{e}"
    );
    let unknown = with_ledger(&LEDGER.replacen("\"dean2013\"", "\"dean2031\"", 1), &PAGES).unwrap_err();
    assert!(
        unknown.contains("ledger/x.toml:2: sources.toml has no source “dean2031”"),
        "{unknown}"
    );
}

const GLOSSARY: &str = "# Glossary\n\n### Lease\n\nA right | that \"ends\".\n\nSee [q](blocks/queues-and-tails.md#leases).\n\n\
    ### Fencing token\n\nA number.\n\n### Fencing\n\nKeeping out.\n\n### Leaf\n\n*Also: leaves.*\n\nA machine.\n";

fn with_glossary(path: &str, text: &str) -> String {
    book(&[
        (path, text),
        (README, "# R\n\n{{givens 02}}\n"),
        ("glossary.md", GLOSSARY),
    ])
    .unwrap()
}

/// The terms that are marked on a page: target and words.
fn marked(page: &str) -> Vec<(String, String)> {
    let links = page.split("<a class=\"term\" href=\"").skip(1);
    links
        .map(|link| {
            let (to, rest) = link.split_once('"').unwrap();
            let words = rest.split(['>', '<']).nth(1).unwrap();
            (to.into(), words.into())
        })
        .collect()
}

#[test]
fn the_first_use_of_a_term_links_to_the_glossary_with_its_definition() {
    let out = with_glossary("sub/page.md", "# Lease\n\nA lease, a *lease*, Leases.\n");
    let link = "A <a class=\"term\" href=\"../glossary.html#lease\" data-definition=\"A right &#124; that &quot;ends&quot;.\">lease</a>, a *lease*, Leases.";
    assert!(out.contains(link), "{out}");
    assert_eq!(marked(&out).len(), 1);
}

#[test]
fn the_longest_name_is_marked_and_hides_shorter_ones_in_it() {
    let out = with_glossary(
        "page.md",
        "# T\n\nFencing\ntokens, a fencing token, and fencing.\n\nLast.\n",
    );
    let all = marked(&out);
    let expected = [
        ("glossary.html#fencing-token", "Fencing\ntokens"),
        ("glossary.html#fencing", "fencing"),
    ];
    assert_eq!(all, expected.map(|(to, words)| (to.to_string(), words.to_string())));
    assert_eq!(markdown::line_of(&out, out.find("Last.").unwrap()), 6, "{out}");
}

#[test]
fn directives_and_citations_keep_their_words() {
    let out = with_glossary(
        "page.md",
        "# T\n\n{{given 02.leaves}}. [@dean2013 section fencing of leaves] \u{3bc}s\n",
    );
    assert_eq!(marked(&out), []);
}

#[test]
fn a_page_that_explains_a_term_does_not_mark_it_and_neither_does_the_glossary() {
    let out = with_glossary("blocks/queues-and-tails.md", "# Q\n\n## Leases\n\nA lease. A leaf.\n");
    assert_eq!(marked(&out), [("../glossary.html#leaf".into(), "leaf".into())]);
    let out = book(&[("glossary.md", &format!("{GLOSSARY}\nA lease and a leaf.\n"))]).unwrap();
    assert_eq!(marked(&out), []);
    let out = book(&[("page.md", "# T\n\nA lease.\n")]).unwrap();
    assert_eq!(marked(&out), [], "a book without a glossary marks nothing");
}

#[test]
fn a_mistake_in_the_glossary_stops_the_build() {
    let e = book(&[
        ("page.md", "# T\n"),
        ("glossary.md", "# G\n\n### Lease\n\n### Leaf\n\nx\n"),
    ])
    .unwrap_err();
    assert_eq!(e, "src/glossary.md:3: “Lease” has no definition");
}

#[test]
fn a_brief_says_that_the_dossier_can_wait() {
    let text = "# R\n\n## The brief\n\nOne.\n\n## The dossier\n\nTwo.\n\n{{givens 02}}\n";
    let out = book(&[(README, text)]).unwrap();
    let (end, dossier) = (
        out.find("<p class=\"brief-end\">").unwrap(),
        out.find("\n## The dossier\n").unwrap(),
    );
    assert!(out.find("One.").unwrap() < end && end < dossier, "{out}");
    assert_eq!(crate::markdown::line_of(&out, dossier + 1), 7, "{out}");
    let out = book(&[(README, "# R\n\nOne.\n\n{{givens 02}}\n")]).unwrap();
    assert!(!out.contains("brief-end"), "{out}");
}

#[test]
fn an_answer_in_the_debrief_names_its_question() {
    let debrief = "designs/02-fixture-search/debrief.md";
    let out = book(&[
        (debrief, "# D\n\n| a |\n|---|\n| {{fact 02.busy 0..100 %}} |\n"),
        (README, "# R\n"),
    ])
    .unwrap();
    assert!(
        out.contains("data-fact=\"02.busy\" data-question=\"busy\" data-unit=\"%\" value="),
        "{out}"
    );
    let facilitate = "designs/02-fixture-search/facilitate.md";
    let out = book(&[(facilitate, "# F\n\n{{fact 02.busy 0..100 %}}\n"), (README, "# R\n")]).unwrap();
    assert!(!out.contains("data-question"), "{out}");
}

#[test]
fn a_cited_number_is_not_marked_as_given() {
    let wrong = page("# P\n\nIt took {{given 02.deadline}} [@dean2013 p. 76].\n").unwrap_err();
    assert!(
        wrong.starts_with("src/page.md:3: marked as given and cited in one sentence"),
        "{wrong}"
    );
}
