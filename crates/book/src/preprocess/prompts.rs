//! The prompts of a discuss page. They are written as plain Markdown, `## N. Title` with text, question and tension, and
//! `## Change one thing` with its variations; each becomes a section that a room can be shown one at a time.

use super::{Cx, Page};
use crate::finding::Finding;
use crate::html::escape;
use crate::markdown::{self, OPTIONS};
use outline::manifest::Axis;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use std::ops::Range;

/// The heading above the variations.
const VARIATIONS: &str = "Change one thing";

/// How a tension line begins.
const TENSION: &str = "Tension:";

/// The axes, and the classes that mark them as everywhere in the book.
const AXES: [(Axis, &str); 3] = [
    (Axis::Cost, "cost"),
    (Axis::Performance, "perf"),
    (Axis::Failure, "fail"),
];

/// What stands at the left edge of a page.
struct Block {
    range: Range<usize>,
    kind: Kind,
}

enum Kind {
    Heading(HeadingLevel),
    Paragraph {
        /// Places of what is emphasised, its marks included.
        emphasised: Vec<Range<usize>>,
        /// What the paragraph begins with, when that is bold.
        lead: Option<Range<usize>>,
    },
    Other,
}

/// An expanded discuss page with its prompts laid out.
///
/// # Errors
/// Every prompt that lacks its question or its tension, or is out of order.
pub(super) fn lay_out(cx: &Cx<'_>, page: &Page, text: &str) -> Result<String, Vec<Finding>> {
    let blocks = blocks(text);
    let starts: Vec<usize> = (0..blocks.len()).filter(|i| opens(&blocks[*i])).collect();
    let numbered = |i: &usize| number(&text[blocks[*i].range.clone()]).is_some();
    let prompts: Vec<usize> = starts.iter().copied().filter(numbered).collect();
    let section = |i: usize| {
        let end = starts.iter().copied().find(|s| *s > i).unwrap_or(blocks.len());
        (&blocks[i..end], blocks.get(end).map_or(text.len(), |b| b.range.start))
    };

    let (mut changes, mut wrong) = (Vec::new(), Vec::new());
    if let Some(first) = prompts.first() {
        changes.push(insert(text, blocks[*first].range.start, &room(cx, page)));
    }
    for (n, i) in prompts.iter().enumerate() {
        let (blocks, end) = section(*i);
        match prompt(cx, text, blocks, n + 1, prompts.len()) {
            Ok(more) => changes.extend(more),
            Err((at, what)) => wrong.push(Finding::at(page.file(), markdown::line_of(text, at), what)),
        }
        changes.push(insert(text, end, "</section>\n\n"));
    }
    for &i in &starts {
        let (blocks, end) = section(i);
        if heading(&text[blocks[0].range.clone()]) == VARIATIONS {
            changes.extend(variations(text, blocks, end));
        }
    }
    if wrong.is_empty() {
        Ok(apply(text, changes))
    } else {
        Err(wrong)
    }
}

/// Top-level blocks, in order.
fn blocks(text: &str) -> Vec<Block> {
    let (mut out, mut depth) = (Vec::<Block>::new(), 0);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match (&event, depth) {
            (Event::Start(tag), 0) => {
                let kind = match tag {
                    Tag::Heading { level, .. } => Kind::Heading(*level),
                    Tag::Paragraph => Kind::Paragraph { emphasised: Vec::new(), lead: None },
                    _ => Kind::Other,
                };
                out.push(Block { range: range.clone(), kind });
            }
            (Event::Start(Tag::Emphasis), 1) => {
                if let Some(Block { kind: Kind::Paragraph { emphasised, .. }, .. }) = out.last_mut() {
                    emphasised.push(range.clone());
                }
            }
            (Event::Start(Tag::Strong), 1) => {
                if let Some(Block { kind: Kind::Paragraph { lead, .. }, range: whole }) = out.last_mut()
                    && range.start == whole.start
                {
                    *lead = Some(range.clone());
                }
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    out
}

/// Does a prompt, or whatever follows the last one, begin here?
fn opens(block: &Block) -> bool {
    matches!(block.kind, Kind::Heading(HeadingLevel::H1 | HeadingLevel::H2))
}

/// A heading's text as written.
fn heading(source: &str) -> &str {
    source.trim_start_matches('#').trim()
}

/// `## 4. Answer, or wait?` is number 4, and where its title begins.
fn number(source: &str) -> Option<(usize, usize)> {
    let (digits, title) = source.strip_prefix("## ")?.split_once(". ")?;
    Some((digits.trim().parse().ok()?, source.len() - title.len()))
}

type Change = (Range<usize>, String);

/// HTML in place of a range; what follows keeps its line number.
fn replace(text: &str, range: Range<usize>, html: &str) -> Change {
    let gap = if text[..range.start].ends_with("\n\n") {
        ""
    } else {
        "\n\n"
    };
    let mark = markdown::line_mark(markdown::line_of(text, range.end));
    (range, format!("{gap}{html}{mark}"))
}

/// HTML before a block.
fn insert(text: &str, at: usize, html: &str) -> Change {
    replace(text, at..at, html)
}

fn open(class: &str, number: &str) -> String {
    format!("<section class=\"{class}\">\n<p class=\"prompt-number\">{number}</p>\n\n")
}

/// One prompt without its end: number, title, question and tension.
fn prompt(cx: &Cx<'_>, text: &str, blocks: &[Block], n: usize, of: usize) -> Result<Vec<Change>, (usize, String)> {
    let start = blocks[0].range.start;
    let wrong = |what: String| (start, what);
    let (written, title) = number(&text[blocks[0].range.clone()]).unwrap_or((n, 0));
    if written != n {
        return Err(wrong(format!("prompt {written} stands where prompt {n} belongs")));
    }
    let mut changes = vec![
        insert(text, start, &open("prompt", &format!("Prompt {n} of {of}"))),
        (start + "## ".len()..start + title, String::new()),
    ];
    let (mut questions, mut tensions) = (0, 0);
    for block in &blocks[1..] {
        let Kind::Paragraph { emphasised, .. } = &block.kind else {
            continue;
        };
        if text[block.range.clone()].starts_with(TENSION) {
            let range = block.range.start..block.range.start + text[block.range.clone()].trim_end().len();
            let html =
                tension(cx, &text[range.clone()]).map_err(|what| (range.start, format!("prompt {n}: {what}")))?;
            changes.push((range, html));
            tensions += 1;
            continue;
        }
        for e in emphasised.iter().filter(|e| is_question(&text[(*e).clone()])) {
            changes.push((e.start..e.start + 1, "<em class=\"asked\">".into()));
            changes.push((e.end - 1..e.end, "</em>".into()));
            questions += 1;
        }
    }
    if questions == 0 {
        return Err(wrong(format!(
            "prompt {n} asks nothing; put its question between stars: *Who …?*"
        )));
    }
    if tensions != 1 {
        return Err(wrong(format!(
            "prompt {n} has {}; end it with one line: {TENSION} **Performance** for … against **Cost** for ….",
            if tensions == 0 {
                "no tension".into()
            } else {
                format!("{tensions} tensions")
            }
        )));
    }
    Ok(changes)
}

/// A question is an emphasised sentence, not an emphasised word before the sentence's mark.
fn is_question(source: &str) -> bool {
    let inner = &source[1..source.len() - 1];
    inner.ends_with('?') && inner.contains(char::is_whitespace)
}

/// A tension line as HTML on as many lines as before: what is bold in it is an axis, and a tension has two ends.
fn tension(cx: &Cx<'_>, source: &str) -> Result<String, String> {
    let mut html = markdown::to_html(source, false, |tex, display| cx.math.tex(tex, display))?;
    let mut ends = 0;
    for (axis, class) in AXES {
        let bold = format!("<strong>{}</strong>", axis.words());
        ends += html.matches(&bold).count();
        html = html.replace(&bold, &format!("<span class=\"axis {class}\">{}</span>", axis.words()));
    }
    let how = "the axes are **Cost**, **Performance** and **Behaviour under failure**";
    if let Some((_, rest)) = html.split_once("<strong>") {
        let word = rest.split("</strong>").next().unwrap_or(rest);
        return Err(format!("“{word}” in its tension is no axis; {how}"));
    }
    if ends < 2 {
        return Err(format!("its tension needs two ends, each an axis in bold; {how}"));
    }
    let lines = source.matches('\n').count();
    Ok(format!(
        "<p class=\"tension\">{}</p>{}",
        html.trim(),
        "\n".repeat(lines)
    ))
}

/// The variations of a section, each of which begins with its name in bold.
fn variations(text: &str, blocks: &[Block], end: usize) -> Vec<Change> {
    let leads: Vec<(usize, &Range<usize>)> = blocks
        .iter()
        .filter_map(|b| match &b.kind {
            Kind::Paragraph { lead: Some(lead), .. } => Some((b.range.start, lead)),
            _ => None,
        })
        .collect();
    let mut changes = Vec::new();
    for (n, (start, lead)) in leads.iter().enumerate() {
        let close = if n > 0 { "</section>\n\n" } else { "" };
        let number = format!("{VARIATIONS} · {} of {}", n + 1, leads.len());
        let name = text[lead.start + 2..lead.end - 2]
            .trim_end_matches('.')
            .replace('\n', " ");
        let after = &text[lead.end..];
        let rest = lead.end + after.len() - after.trim_start().len();
        let top = format!("{close}{}### {name}\n\n", open("prompt variation", &number));
        changes.push(replace(text, *start..rest, &top));
    }
    if !leads.is_empty() {
        changes.push(insert(text, end, "</section>\n\n"));
    }
    changes
}

/// Minutes that a group has for one prompt.
const PROMPT: u32 = 5;

/// Seconds that a group has to report.
const REPORT: u32 = 90;

/// How long a room has, and what the page says to whoever leads it. The script adds its buttons and reads here the design and
/// what its clock can count, so the wall and the page say the same.
fn room(cx: &Cx<'_>, page: &Page) -> String {
    let folder = cx.site.pages[page.index()].design.as_ref().map(|(folder, _)| folder);
    let Some((folder, design)) = folder.and_then(|f| Some((f, cx.catalogue.by_folder(f)?))) else {
        return String::new();
    };
    let Some(notes) = cx.site.page(&format!("designs/{folder}/facilitate.md")) else {
        return String::new();
    };
    let block = design
        .manifest
        .day
        .iter()
        .find(|b| b.what.to_lowercase().starts_with("discuss"));
    let (data, all) = block.map_or((String::new(), String::new()), |b| {
        (
            format!(" data-all=\"{}\"", b.minutes * 60),
            format!("; {} min for all of it in the taught day", b.minutes),
        )
    });
    format!(
        "<p class=\"room\" data-design=\"{}\" data-prompt=\"{}\" data-report=\"{REPORT}\"{data}>{PROMPT} min for a prompt, then {REPORT} s for each report{all}. \
         For whoever leads the room: <a class=\"room-notes\" href=\"{}\">notes</a>, which say what rooms answer.</p>\n\n",
        design.number(),
        PROMPT * 60,
        escape(&page.href(notes)),
    )
}

/// The text with its changes made, in order; those at one place keep the order in which they were found.
fn apply(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut out, mut at) = (String::with_capacity(text.len() * 2), 0);
    for (range, html) in changes {
        out.push_str(&text[at..range.start]);
        out.push_str(&html);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use crate::markdown;
    use crate::preprocess::tests::book;

    const DISCUSS: &str = "designs/02-fixture-search/discuss.md";
    const NOTES: (&str, &str) = ("designs/02-fixture-search/facilitate.md", "# F\n");
    const TEXT: &str = "# Discuss\n\nFor groups.\n\n## 1. Who pays?\n\nTeams differ. *Who pays\nfor it?* What of *both*?\n\n\
                        Tension: **Performance** for one against **Cost**\nfor another.\n\n## 2. Wait?\n\n*Answer now,\nor later?*\n\n\
                        Tension: **Cost** against **Behaviour under failure**.\n\n## Change one thing\n\n**Ten times\nthe leaves.** What now?\n\n\
                        More.\n\n**Half.** And now?\n";

    #[test]
    fn prompts_and_variations_are_sections_with_number_question_and_tension() {
        let out = book(&[(DISCUSS, TEXT), NOTES]).unwrap();
        for part in [
            "<section class=\"prompt\">\n<p class=\"prompt-number\">Prompt 1 of 2</p>",
            "\n## Who pays?\n",
            "Teams differ. <em class=\"asked\">Who pays\nfor it?</em> What of *both*?",
            "<p class=\"tension\">Tension: <span class=\"axis perf\">Performance</span> for one against <span class=\"axis cost\">Cost</span> for another.</p>",
            "<p class=\"prompt-number\">Prompt 2 of 2</p>",
            "against <span class=\"axis fail\">Behaviour under failure</span>.</p>",
            "<p class=\"prompt-number\">Change one thing · 1 of 2</p>",
            "### Ten times the leaves\n",
            "<p class=\"prompt-number\">Change one thing · 2 of 2</p>",
        ] {
            assert!(out.contains(part), "{part}\n{out}");
        }
        assert_eq!(out.matches("<section class=\"prompt\">").count(), 2, "{out}");
        assert_eq!(out.matches("<section class=\"prompt variation\">").count(), 2, "{out}");
        let second = out.split("Change one thing · 1 of 2").nth(1).unwrap();
        assert!(second.find("More.") < second.find("</section>"), "{out}");
    }

    #[test]
    fn the_room_has_its_notes_and_the_minutes_of_the_day() {
        let out = book(&[(DISCUSS, TEXT), NOTES]).unwrap();
        let data = "<p class=\"room\" data-design=\"02\" data-prompt=\"300\" data-report=\"90\">5 min for a prompt, then 90 s for each report. For";
        let room = out.find(data).unwrap_or_else(|| panic!("{out}"));
        assert!(
            room < out.find("Prompt 1 of 2").unwrap() && room > out.find("For groups").unwrap(),
            "{out}"
        );
        assert!(
            out.contains("<a class=\"room-notes\" href=\"facilitate.html\">"),
            "{out}"
        );
        assert!(!book(&[(DISCUSS, TEXT)]).unwrap().contains("class=\"room\""));
    }

    #[test]
    fn lines_keep_their_numbers() {
        let out = book(&[(DISCUSS, TEXT), NOTES]).unwrap();
        for (word, line) in [
            ("Teams", 7),
            ("What of", 8),
            ("## Wait", 13),
            ("or later", 16),
            ("What now", 23),
            ("More", 25),
            ("And now", 27),
        ] {
            let at = out.find(word).unwrap();
            assert_eq!(markdown::line_of(&out, at), line, "{word} in\n{out}");
        }
    }

    #[test]
    fn a_prompt_without_tension_question_or_order_says_how_to_mend_it() {
        let wrong = |from: &str, to: &str| book(&[(DISCUSS, &TEXT.replace(from, to)), NOTES]).unwrap_err();
        let tension = "Tension: **Cost** against **Behaviour under failure**.";
        let e = wrong(tension, "");
        assert!(
            e.starts_with(&format!(
                "src/{DISCUSS}:13: prompt 2 has no tension; end it with one line: Tension: **"
            )),
            "{e}"
        );
        let e = wrong(tension, "Tension: **Cost** against nothing.");
        assert!(
            e.starts_with(&format!("src/{DISCUSS}:18: prompt 2: its tension needs two ends")),
            "{e}"
        );
        let e = wrong(tension, "Tension: **Cost** against **Speed**.");
        assert!(
            e.contains(":18: prompt 2: “Speed” in its tension is no axis; the axes are **Cost**"),
            "{e}"
        );
        let e = wrong("*Answer now,\nor later?*", "Answer.\n");
        assert!(e.contains(":13: prompt 2 asks nothing"), "{e}");
        let e = wrong("## 2.", "## 3.");
        assert!(e.contains(":13: prompt 3 stands where prompt 2 belongs"), "{e}");
    }
}
