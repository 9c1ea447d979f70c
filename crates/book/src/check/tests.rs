//! One planted mistake of each kind: the check finds it, with the place where it is mended, and finds nothing else.

use super::*;
use crate::{build, config, fixture, hash};
use std::fs;

/// A book that is in order, built into `out`.
struct Planted(tempfile::TempDir);

impl Planted {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let planted = Self(dir);
        planted.write(
            "book.toml",
            "[book]\ntitle = \"Small\"\n[preprocessor.workbook]\ncommand = \"x\"\nbefore = [\"katex\", \"links\"]\n\
             [preprocessor.katex]\ncommand = \"x\"\nbefore = [\"links\"]\nno-css = true\n[output.html]\nplayground = { runnable = false }\n\
             additional-css = [\"theme/own.css\"]\n",
        );
        planted.write("theme/own.css", "a { color: red }\n");
        // mdBook's own template has a second title and its own way on: ours has neither.
        planted.write("theme/index.hbs", "<!DOCTYPE html><html lang=\"en\"><head><title>{{ title }}</title>{{#each additional_css}}<link rel=\"stylesheet\" href=\"{{ resource this }}\">{{/each}}</head><body><main>{{{ content }}}</main></body></html>");
        planted.write(
            "src/SUMMARY.md",
            "# Summary\n\n- [One](one.md)\n- [Sub](sub/README.md)\n",
        );
        planted.write("src/one.md", "# One\n\n[sub](sub/README.md#part)\n");
        planted.write(
            "src/sub/README.md",
            "# Sub\n\n## Part\n\n[one](../one.md) costs \\$5 or \\$6\n",
        );
        planted
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.0.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn build(&self) {
        build::build(self.0.path(), &self.0.path().join("out")).unwrap();
    }

    /// The findings, a line each; the names of the built style sheets without their hash.
    fn findings(&self) -> String {
        let root = self.0.path();
        let mut catalogue =
            Catalogue::from_parts(Path::new("/nonexistent"), fixture::DESIGNS, fixture::MODELS).unwrap();
        catalogue.sources = crate::sources::Sources::parse(
            "[dean2013]\nauthors = [\"D\"]\ntitle = \"T\"\nvenue = \"V\"\nyear = 2013\n",
        )
        .unwrap();
        let report = check_with(root, &root.join("out"), &catalogue, config::read(root).unwrap()).unwrap();
        assert!(report.pages >= 4 && report.links > 0);
        report.findings.to_string()
    }

    /// Plants text at the end of `one.md` and returns what is found.
    fn one(&self, text: &str) -> String {
        self.write("src/one.md", &format!("# One\n\n[sub](sub/README.md#part)\n\n{text}\n"));
        self.build();
        self.findings()
    }
}

#[test]
fn a_book_in_order_has_no_findings() {
    let p = Planted::new();
    p.build();
    assert_eq!(p.findings(), "");
}

#[test]
fn dead_links_and_anchors_name_the_markdown_line() {
    let p = Planted::new();
    assert_eq!(
        p.one(
            "[a](none.md)\n[b](sub/README.md#nope) [c](#nowhere) [d](../../out.md)\n[e](/one.html)\n[f](javascript:x)"
        ),
        "src/one.md:5: dead link none.html: there is no none.html\n\
         src/one.md:6: dead link #nowhere: one.html has no anchor “nowhere”\n\
         src/one.md:6: dead link ../../out.html: it leads out of the book\n\
         src/one.md:6: dead link sub/index.html#nope: sub/index.html has no anchor “nope”\n\
         src/one.md:7: /one.html begins with a slash: it breaks when the book lies below a sub-path\n\
         src/one.md:8: javascript:x is a script and not an address"
    );
}

#[test]
fn what_is_loaded_from_outside_is_found_and_links_out_are_not() {
    let p = Planted::new();
    assert_eq!(
        p.one("[fine](https://example.org)\n\n<script src=\"https://evil.example/x.js\"></script>\n\n<img src=\"//evil.example/x.png\" alt=\"x\">\n\n<p style=\"background: url(http://evil.example/y.png)\">x</p>"),
        "src/one.md:7: loads https://evil.example/x.js from outside; a book makes no request to another host\n\
         src/one.md:9: loads //evil.example/x.png from outside; a book makes no request to another host\n\
         src/one.md:11: loads http://evil.example/y.png from outside; a book makes no request to another host"
    );
}

#[test]
fn style_sheets_load_only_what_is_there() {
    let p = Planted::new();
    p.write(
        "theme/own.css",
        "a{}\nb { background: url(none.png) }\nc { src: url(\"https://evil.example/f.woff2\") }\n",
    );
    p.build();
    let found = p.findings();
    assert!(
        found.contains(".css:2: loads none.png, which is not in the book"),
        "{found}"
    );
    assert!(
        found.contains(".css:3: loads https://evil.example/f.woff2 from outside"),
        "{found}"
    );
    assert_eq!(found.lines().count(), 2, "{found}");
}

#[test]
fn ids_stand_once() {
    let p = Planted::new();
    assert_eq!(
        p.one("<p id=\"x\">a</p>\n\n<p id=\"x\">b</p>"),
        "src/one.md:5: the id “x” stands twice on the page"
    );
}

#[test]
fn a_page_has_one_title() {
    let p = Planted::new();
    assert_eq!(
        p.one("# Two"),
        "src/one.md:5: the page has 2 titles (h1); it has exactly one, in the text"
    );
}

#[test]
fn pictures_have_words() {
    let p = Planted::new();
    p.write("src/x.png", "");
    let found = p.one("![](x.png)\n\n![words](x.png)\n\n<svg role=\"img\"><path d=\"M0 0\" /></svg>");
    assert_eq!(
        found,
        "src/one.md: a drawing has neither title nor label\n\
         src/one.md:5: the picture x.png has no text for those who do not see it"
    );
}

#[test]
fn scripts_stand_in_files() {
    let p = Planted::new();
    assert_eq!(
        p.one("<script>alert(1)</script>\n\n<p onclick=\"x()\">x</p>\n\n<script type=\"application/json\">{}</script>"),
        "src/one.md:5: a script in the page itself would not run: put it into a file\n\
         src/one.md:7: the handler onclick=… would not run: set it in a script file"
    );
}

#[test]
fn leftovers_are_found_in_text_and_not_in_code() {
    let p = Planted::new();
    assert_eq!(p.one("`{{fact x}}` `[@a]` `$x^2$`"), "");
    // As if a preprocessor had not run.
    let page = p.0.path().join("out/one.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(
        &page,
        text.replace("</main>", "<p>{{fact x}} and [@a] and $x^2$</p></main>"),
    )
    .unwrap();
    let found = p.findings();
    assert_eq!(found.lines().count(), 3, "{found}");
    assert!(found.contains("a directive was not carried out: {{fact x}}"), "{found}");
    assert!(
        found.contains("a citation was not resolved: [@a]") && found.contains("a formula was not rendered: $x^2$"),
        "{found}"
    );
}

#[test]
fn names_of_labs_and_calculators_are_known() {
    let p = Planted::new();
    for name in ["02", "99", "calculators"] {
        p.write(&format!("src/assets/labs/{name}.js"), "/* dsr-labs sources:0 */\n");
    }
    let found = p.one("<design-lab name=\"99\"></design-lab>\n\n<block-calculator name=\"tails.no\"></block-calculator>\n\n<design-lab name=\"02\"></design-lab>");
    assert_eq!(
        found,
        "src/one.md:5: <design-lab>: unknown design “99”; there is 02\n\
         src/one.md:7: <block-calculator>: unknown calculator “tails.no”; there is tails.any_slow"
    );
}

#[test]
fn a_missing_or_stale_script_of_the_labs_is_found() {
    let p = Planted::new();
    let lab = "<design-lab name=\"02\"></design-lab>";
    let missing = |name: &str| {
        format!("src/assets/labs/{name}.js: does not exist, but a page needs it: run crates/labs/build.sh")
    };
    assert_eq!(p.one(lab), missing("02"));
    assert_eq!(
        p.one("<block-calculator name=\"tails.any_slow\"></block-calculator>"),
        missing("calculators")
    );
    for name in hash::LABS {
        p.write(&format!("crates/{name}/Cargo.toml"), "[package]\n");
        p.write(&format!("crates/{name}/src/lib.rs"), "//! x\n");
    }
    p.write("src/assets/labs/02.js", "let x;\n");
    assert!(p.one(lab).contains("02.js:1: the first line is not"));
    p.write("src/assets/labs/02.js", "/* dsr-labs sources:abc */\n");
    assert!(p.one(lab).contains("02.js:1: is stale: built from sources abc"));
    let hash = hash::of_crates(p.0.path(), hash::LABS).unwrap();
    p.write(
        "src/assets/labs/02.js",
        &format!("/* dsr-labs sources:{hash} */\nlet x;\n"),
    );
    assert_eq!(p.one(lab), "");
    // One that no page needs may have been left behind.
    p.write("src/assets/labs/98.js", "/* dsr-labs sources:abc */\n");
    assert!(p.one(lab).contains("98.js:1: is stale"));
}

#[test]
fn a_page_that_summary_does_not_name_is_found() {
    let p = Planted::new();
    p.write("src/lost.md", "# Lost\n");
    p.build();
    assert_eq!(p.findings(), "src/lost.md: SUMMARY.md does not name this page");
}

#[test]
fn a_moral_is_found_outside_its_debrief() {
    let p = Planted::new();
    assert_eq!(
        p.one("They say: the slowest of *many* decides."),
        "",
        "a text that only sounds like it"
    );
    assert_eq!(
        p.one("The slowest of *many*\ndecides."),
        "src/one.md: gives away the moral of design 02: it belongs in the debrief"
    );
}

#[test]
fn a_design_with_a_page_needs_all_six_and_its_blocks() {
    let p = Planted::new();
    p.build();
    // The design of the fixture is known only to the catalogue of the test, so its page is added after the build.
    p.write("src/designs/02-fixture-search/README.md", "# F\n");
    p.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [One](one.md)\n- [Sub](sub/README.md)\n- [F](designs/02-fixture-search/README.md)\n",
    );
    let found = p.findings();
    for file in [
        "evaluate.md",
        "discuss.md",
        "exercise.md",
        "debrief.md",
        "facilitate.md",
    ] {
        assert!(
            found.contains(&format!(
                "src/SUMMARY.md: design 02 lacks its page designs/02-fixture-search/{file}"
            )),
            "{found}"
        );
    }
    assert!(
        found.contains("the building block “queues-and-tails” has no page"),
        "{found}"
    );
}

#[test]
fn a_key_is_found_neither_by_search_nor_from_a_page_of_the_learners() {
    let p = Planted::new();
    p.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [One](one.md)\n- [Sub](sub/README.md)\n- [Key](instructor/check-key.md)\n- [Plan](instructor/plan.md)\n",
    );
    p.write("src/instructor/check-key.md", "# Key\n\nIt is zygomorphic.\n");
    p.write("src/instructor/plan.md", "# Plan\n\n[key](check-key.md)\n");
    p.build();
    assert_eq!(p.findings(), "", "whoever teaches may go to the key");
    let index = fs::read_dir(p.0.path().join("out"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|f| f.file_name().unwrap().to_string_lossy().starts_with("searchindex"))
        .unwrap();
    assert!(!fs::read_to_string(index).unwrap().contains("zygomorphic"));

    p.write(
        "src/one.md",
        "# One\n\n[sub](sub/README.md#part)\n\n[key](instructor/check-key.md)\n",
    );
    p.build();
    p.write("out/searchindex-1.js", "[\"instructor/check-key.html\"]");
    let found = p.findings();
    assert!(
        found.contains("src/one.md:5: links to check-key.md, which is for whoever teaches"),
        "{found}"
    );
    assert!(
        found.contains("searchindex-1.js: instructor/check-key.html can be found by search"),
        "{found}"
    );
}

#[test]
fn the_way_on_and_the_search_do_not_lead_to_answers() {
    let p = Planted::new();
    p.build();
    p.write("src/designs/02-fixture-search/debrief.md", "# D\n");
    p.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [One](one.md)\n- [Sub](sub/README.md)\n- [D](designs/02-fixture-search/debrief.md)\n",
    );
    p.write("out/designs/02-fixture-search/debrief.html", "<h1>D</h1>");
    p.write("out/searchindex-1.js", "[\"designs/02-fixture-search/debrief.html\"]");
    let page = p.0.path().join("out/one.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(
        &page,
        text.replace(
            "</main>",
            "<a rel=\"next\" href=\"designs/02-fixture-search/debrief.html\">on</a></main>",
        ),
    )
    .unwrap();
    let found = p.findings();
    assert!(
        found.contains("src/one.md: the way on leads to designs/02-fixture-search/debrief.html"),
        "{found}"
    );
    assert!(
        found.contains("searchindex-1.js: designs/02-fixture-search/debrief.html can be found by search"),
        "{found}"
    );
}
