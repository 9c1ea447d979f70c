//! KaTeX through mdbook-katex's library, but strict: mathematics is where Markdown says it is, a bad formula or option
//! stops the build, and the TeX kept for screen readers cannot be read as Markdown again.

use crate::finding::{Finding, Findings, suggest};
use crate::{html, log, markdown};
use anyhow::Result;
use mdbook_katex::cfg::KatexConfig;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

/// The preprocessor `katex`. It has the name of the command in `book.toml`, so that in process it takes its place.
pub struct StrictKatex;

/// mdbook-katex's own options; whatever else stands in the table is a mistake that it would swallow in silence.
const OPTIONS: &[&str] = &[
    "output",
    "leqno",
    "fleqn",
    "throw-on-error",
    "error-color",
    "min-rule-thickness",
    "max-size",
    "max-expand",
    "trust",
    "no-css",
    "include-src",
    "macros",
    "block-delimiter",
    "inline-delimiter",
    "pre-render",
];

/// What every preprocessor table may hold besides.
pub const COMMON: &[&str] = &["command", "before", "after", "renderers", "optional"];

/// Formulas rendered before, by TeX and options: a rebuild renders only what changed.
static DONE: LazyLock<Mutex<HashMap<Formula, Result<String, String>>>> = LazyLock::new(Mutex::default);

/// TeX, whether it stands on a line of its own, and the options it is rendered with.
type Formula = (String, bool, String);

type Render = dyn Fn(&str, bool) -> String;

/// Renders formulas with the options of `book.toml`.
pub struct Math {
    render: Box<Render>,
    options: String,
}

impl Math {
    /// Reads `[preprocessor.katex]`.
    ///
    /// # Errors
    /// The option that is unknown, has the wrong type, or would load something from outside.
    pub fn new(config: &Config, root: &Path) -> Result<Self> {
        let wrong = |key: &str, what: String| {
            anyhow::Error::from(Findings::in_book_toml(
                root,
                key,
                format!("[preprocessor.katex] {what}"),
            ))
        };
        let table: toml::Table = config.get("preprocessor.katex")?.unwrap_or_default();
        let known = |k: &str| OPTIONS.contains(&k) || COMMON.contains(&k);
        if let Some(key) = table.keys().find(|k| !known(k)) {
            return Err(wrong(
                key,
                format!("has no option “{key}”; {}", suggest(key, OPTIONS.iter().copied())),
            ));
        }
        let options = table.to_string();
        let cfg: KatexConfig = match config.get("preprocessor.katex") {
            Ok(cfg) => cfg.unwrap_or_default(),
            Err(e) => {
                let said = e.root_cause().to_string();
                let key = said.split('`').nth(1).unwrap_or("preprocessor.katex").to_string();
                return Err(wrong(&key, said.trim().replace('\n', " ")));
            }
        };
        if !cfg.no_css {
            let what = "no-css must be true: the book brings KaTeX’s style sheet itself";
            return Err(wrong("preprocessor.katex", what.into()));
        }
        if !["html", "mathml", "htmlAndMathml"].contains(&cfg.output.as_str()) {
            let what = format!("output = “{}”; it is html, mathml or htmlAndMathml", cfg.output);
            return Err(wrong("output", what));
        }
        if let Some(macros) = &cfg.macros
            && !root.join(macros).is_file()
        {
            return Err(wrong("macros", format!("macros: there is no file {macros}")));
        }
        let (inline, display) = cfg.build_opts(root);
        let extra = cfg.build_extra_opts();
        let render = move |tex: &str, block: bool| {
            let opts = if block { display.clone() } else { inline.clone() };
            mdbook_katex::render::render(tex, opts, extra.clone(), block)
        };
        Ok(Self { render: Box::new(render), options })
    }

    /// A formula as HTML on one line that Markdown leaves alone.
    ///
    /// # Errors
    /// What KaTeX says is wrong.
    pub fn tex(&self, tex: &str, display: bool) -> Result<String, String> {
        let key = (tex.to_string(), display, self.options.clone());
        if let Some(done) = DONE.lock().ok().and_then(|d| d.get(&key).cloned()) {
            return done;
        }
        let (html, said) = log::listen(|| (self.render)(tex, display));
        // On failure the source comes back between its delimiters, and the reason goes to the log.
        let result = if html.starts_with('$') {
            let why = said
                .iter()
                .find_map(|s| s.split("ParseError: ").nth(1))
                .unwrap_or("KaTeX cannot render it");
            Err(format!(
                "bad formula “{}”: {}",
                tex.trim(),
                why.split('\n').next().unwrap_or(why).trim()
            ))
        } else if html.contains("<mo>\u{2061}</mo></msub>") || html.contains("<mo>\u{2061}</mo></msup>") {
            // Three parts where MathML has two: Firefox complains, and a screen reader may say nonsense.
            Err(format!(
                "bad formula “{}”: KaTeX makes wrong MathML of a function's name as an index; write \\mathrm{{max}} for \\max",
                tex.trim()
            ))
        } else {
            Ok(html::shield(&html::one_line(&html)))
        };
        if let Ok(mut done) = DONE.lock() {
            done.insert(key, result.clone());
        }
        result
    }
}

impl Preprocessor for StrictKatex {
    fn name(&self) -> &str {
        "katex"
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let math = Math::new(&ctx.config, &ctx.root)?;
        let mut all = Findings::default();
        book.for_each_chapter_mut(|chapter| {
            let Some(path) = &chapter.source_path else { return };
            let file = ctx.config.book.src.join(path);
            let (text, wrong) = expand(&chapter.content, |tex, display| math.tex(tex, display));
            all.extend(wrong.into_iter().map(|(line, what)| Finding::at(&file, line, what)));
            chapter.content = markdown::without_marks(&text);
        });
        all.into_result()?;
        Ok(book)
    }
}

/// A text with its formulas rendered, and what is wrong in which line.
pub fn expand(md: &str, mut math: impl FnMut(&str, bool) -> Result<String, String>) -> (String, Vec<(usize, String)>) {
    let (mut out, mut at, mut code) = (String::with_capacity(md.len() * 2), 0, false);
    let mut wrong = Vec::new();
    for (event, range) in Parser::new_ext(md, markdown::OPTIONS).into_offset_iter() {
        let (tex, display) = match &event {
            Event::InlineMath(t) => (t, false),
            Event::DisplayMath(t) => (t, true),
            Event::Start(Tag::CodeBlock(_)) => {
                code = true;
                continue;
            }
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                continue;
            }
            // A dollar sign that is neither escaped nor mathematics: money, unbalanced braces, a formula in raw HTML.
            Event::Text(_) | Event::Html(_) | Event::InlineHtml(_) if !code => {
                let part = &md[range.clone()];
                let stray = part
                    .match_indices('$')
                    .map(|(i, _)| range.start + i)
                    .find(|i| !md[..*i].ends_with('\\'));
                if let Some(i) = stray {
                    let near: String = md[i..].chars().take_while(|c| *c != '\n').take(30).collect();
                    let what =
                        format!("“{near}” is not mathematics: write \\$ for a dollar sign, or close the formula");
                    wrong.push((markdown::line_of(md, i), what));
                }
                continue;
            }
            _ => continue,
        };
        match math(tex, display) {
            Ok(html) => {
                out.push_str(&md[at..range.start]);
                out.push_str(&html);
                at = range.end;
            }
            Err(e) => wrong.push((markdown::line_of(md, range.start), e)),
        }
    }
    out.push_str(&md[at..]);
    (out, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn run(md: &str) -> Result<String, Vec<(usize, String)>> {
        let (text, wrong) = expand(md, |t, b| Ok(format!("<{}{t}>", if b { "D:" } else { "I:" })));
        if wrong.is_empty() { Ok(text) } else { Err(wrong) }
    }

    fn math(options: &str) -> Result<Math> {
        let text = format!("[preprocessor.katex]\nno-css = true\noutput = \"htmlAndMathml\"\n{options}");
        Math::new(&Config::from_str(&text)?, Path::new("."))
    }

    #[test]
    fn mathematics_is_found_only_where_markdown_has_it() {
        assert_eq!(run("a $x$ b").unwrap(), "a <I:x> b");
        assert_eq!(run("$$\nx\n$$").unwrap(), "<D:\nx\n>");
        for same in [
            "`$x$`",
            "~~~\n$a$\n~~~\n",
            "    $indented$",
            "costs \\$5 or \\$6",
            "<!-- no dollar -->",
        ] {
            assert_eq!(run(same).unwrap(), same);
        }
    }

    #[test]
    fn a_stray_dollar_sign_names_its_line() {
        assert_eq!(run("a\n\ncosts $5").unwrap_err()[0].0, 3);
        assert!(run("<p>$x$</p>").unwrap_err()[0].1.contains("not mathematics"));
        let marked = format!("<p>frame</p>\n\n{}one\ncosts $5", markdown::line_mark(7));
        assert_eq!(run(&marked).unwrap_err()[0].0, 8);
    }

    #[test]
    fn katex_gives_html_and_mathml_that_markdown_leaves_alone() {
        let html = math("").unwrap().tex(r"\frac{{x^*_i}}{y_j} | z", false).unwrap();
        assert!(html.contains("<math") && html.contains("katex-html"));
        let text: String = html::tokens(&html)
            .iter()
            .filter_map(|t| if let html::Token::Text(t) = t { Some(*t) } else { None })
            .collect();
        assert!(!text.contains(['*', '_', '|', '\\', '{', '$']), "{text}");
        assert!(!html.contains('\n'));
    }

    #[test]
    fn a_bad_formula_says_what_katex_says() {
        let e = math("").unwrap().tex(r"\frac{1", false).unwrap_err();
        assert!(e.starts_with("bad formula “\\frac{1”: "), "{e}");
        assert!(e.contains("Expected") || e.contains("Unexpected"), "{e}");
        let e = math("").unwrap().tex(r"x_{\max}", false).unwrap_err();
        assert!(e.contains(r"write \mathrm{max}"), "{e}");
    }

    #[test]
    fn bad_options_are_errors() {
        let says = |options: &str| math(options).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(
            says("max-size = \"Infinity\"").contains("[preprocessor.katex] invalid type"),
            "{}",
            says("max-size = \"Infinity\"")
        );
        assert!(says("colour = 1").contains("no option “colour”"));
        assert!(says("macros = \"none.txt\"").contains("no file none.txt"));
        let outside = Config::from_str("[preprocessor.katex]\n").unwrap();
        assert!(
            Math::new(&outside, Path::new("."))
                .err()
                .unwrap()
                .to_string()
                .contains("no-css")
        );
        let output = Config::from_str("[preprocessor.katex]\nno-css = true\noutput = \"pdf\"\n").unwrap();
        assert!(
            Math::new(&output, Path::new("."))
                .err()
                .unwrap()
                .to_string()
                .contains("htmlAndMathml")
        );
    }
}
