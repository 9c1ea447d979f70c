//! What surrounds a page's text: kicker, tabs and gate of a design's pages, sources, date, and the way on.

use super::site::Tab;
use super::{Cx, Page};
use crate::finding::Finding;
use crate::html::escape;
use crate::markdown;

/// Puts the frame around an expanded text.
///
/// # Errors
/// What the page lacks.
pub(super) fn frame(cx: &Cx<'_>, page: &Page, text: &str) -> Result<String, Finding> {
    let here = &cx.site.pages[page.index()];
    let Some((folder, tab)) = &here.design else {
        let out = format!("{}\n\n{}", text.trim_end(), foot(cx, page, cx.as_of, ""));
        return Ok(match here.left_out() {
            true => format!(
                "<div class=\"not-in-print\">\n\n{}{out}</div>\n",
                markdown::line_mark(1)
            ),
            false => out,
        });
    };
    let wrong = |line, what: String| Finding::at(page.file(), line, what);
    let design = cx.catalogue.by_folder(folder).ok_or_else(|| {
        let known: Vec<String> = cx.catalogue.designs.iter().map(|d| d.manifest.folder()).collect();
        wrong(
            1,
            format!(
                "no design has the folder {folder}; {}",
                crate::finding::suggest(folder, known.iter().map(String::as_str))
            ),
        )
    })?;
    let title = markdown::title(text).ok_or_else(|| wrong(1, "a design’s page begins with its title, `# …`".into()))?;
    let end = title.start + text[title].trim_end().len();
    let (head, body) = (text[..end].trim_start(), text[end..].trim_start_matches('\n'));
    let body_line = markdown::line_of(text, text.len() - body.len());

    let mut out = String::new();
    if here.left_out() {
        out.push_str("<div class=\"not-in-print\">\n\n");
    }
    if *tab != Tab::Facilitate {
        out.push_str(&kicker(cx, page, design));
        out.push_str("\n\n");
    }
    out.push_str(&markdown::line_mark(1));
    out.push_str(head);
    out.push_str("\n\n");
    if *tab == Tab::Read {
        out.push_str(&format!(
            "<p class=\"promise\">{}</p>\n\n",
            escape(&design.manifest.promise)
        ));
    }
    if *tab != Tab::Facilitate {
        out.push_str(&tabs(cx, page, folder, *tab));
        out.push_str("\n\n");
    }
    let number = design.number();
    let sheet = cx.site.page(&format!("designs/{folder}/evaluate.md"));
    let sheet = sheet.map_or("worksheet".into(), |p| {
        format!("<a href=\"{}\">worksheet</a>", page.href(p))
    });
    if *tab == Tab::Facilitate {
        // No gate: who leads the room needs the page at a glance.
        out.push_str(&format!(
            "<p class=\"gate-note\" data-design=\"{number}\">For whoever leads the room. It tells what rooms answer and where they go wrong: if you work on the design yourself, commit your {sheet} first.</p>\n\n"
        ));
    }
    if here.is_debrief() {
        out.push_str(&format!(
            "<p class=\"gate-note\" data-design=\"{number}\">This page opens once you have committed your {sheet}.</p>\n\n\
             <details class=\"gate\" data-design=\"{number}\">\n<summary>Show anyway</summary>\n\n"
        ));
    }
    out.push_str(&markdown::line_mark(body_line));
    match dossier(body).filter(|_| *tab == Tab::Read) {
        Some(at) => {
            out.push_str(&body[..at]);
            out.push_str(BRIEF_ENDS);
            out.push_str(&markdown::line_mark(body_line + body[..at].matches('\n').count()));
            out.push_str(body[at..].trim_end());
        }
        None => out.push_str(body.trim_end()),
    }
    out.push_str("\n\n");
    let close = if here.is_debrief() { "</details>\n\n" } else { "" };
    out.push_str(&foot(cx, page, Some(&design.manifest.as_of), close));
    if here.left_out() {
        out.push_str("</div>\n");
    }
    Ok(out)
}

/// Where the dossier begins.
fn dossier(body: &str) -> Option<usize> {
    let code = markdown::protected(body);
    let starts = body.match_indices("## The dossier\n").map(|(at, _)| at);
    let mut starts = starts.filter(|at| (*at == 0 || body[..*at].ends_with("\n\n")) && !markdown::inside(&code, *at));
    starts.next()
}

/// Between brief and dossier: that the second can wait.
const BRIEF_ENDS: &str = "<p class=\"brief-end\">Here the brief ends, and it is enough for a class; the <a href=\"#the-dossier\">dossier</a>, \
     which begins below and has the details, the sources and every assumption, can wait.</p>\n\n";

/// `Design 02 · 45 min in the day · 110 min alone · Queues and tails, …`.
fn kicker(cx: &Cx<'_>, page: &Page, design: &crate::catalogue::Entry) -> String {
    let m = &design.manifest;
    let mut parts = vec![format!("<b>Design {}</b>", design.number())];
    if m.day_minutes() > 0 {
        parts.push(format!("{} min in the day", m.day_minutes()));
    }
    parts.push(format!("{} min alone", m.self_study_minutes));
    if !m.blocks.is_empty() {
        let blocks: Vec<String> = m.blocks.iter().map(|slug| page.block_link(cx, slug)).collect();
        parts.push(blocks.join(", "));
    }
    format!("<p class=\"kicker\">{}</p>", parts.join(" · "))
}

fn tabs(cx: &Cx<'_>, page: &Page, folder: &str, current: Tab) -> String {
    let items: String = Tab::SHOWN
        .iter()
        .filter_map(|tab| {
            let target = cx.site.page(&format!("designs/{folder}/{}", tab.file()))?;
            let now = if *tab == current { " aria-current=\"page\"" } else { "" };
            Some(format!(
                "<li><a href=\"{}\"{now}>{}</a></li>",
                page.href(target),
                tab.word()
            ))
        })
        .collect();
    let number = folder.split('-').next().unwrap_or(folder);
    format!("<nav class=\"tabs\" aria-label=\"Pages of design {number}\"><ul>{items}</ul></nav>")
}

/// Sources, then whatever closes before the date (the gate), date, and the reading path.
fn foot(cx: &Cx<'_>, page: &Page, as_of: Option<&str>, close: &str) -> String {
    let mut out = String::new();
    if !page.cited().is_empty() {
        let mut items = String::new();
        for key in page.cited() {
            if let Ok(source) = cx.catalogue.sources.get(key) {
                items.push_str(&format!("<li id=\"source-{key}\">{}</li>", source.entry()));
            }
        }
        out.push_str(&format!(
            "<section class=\"sources\" aria-labelledby=\"sources-on-this-page\"><h2 id=\"sources-on-this-page\">Sources on this page</h2>\
             <ol class=\"source-list\">{items}</ol></section>\n\n"
        ));
    }
    out.push_str(close);
    let mut line = as_of
        .and_then(date)
        .map(|d| format!("Figures as of {d}."))
        .unwrap_or_default();
    if let Some(errata) = cx.site.page("errata.md") {
        line.push_str(&format!(" <a href=\"{}\">Report an error</a>", page.href(errata)));
    }
    if !line.is_empty() {
        out.push_str(&format!("<p class=\"as-of\">{}</p>\n\n", line.trim()));
    }
    out.push_str(&path(cx, page));
    out
}

fn path(cx: &Cx<'_>, page: &Page) -> String {
    let here = &cx.site.pages[page.index()];
    let (previous, next) = cx.site.neighbours(page.index());
    let link = |target: Option<&super::site::Page>, rel: &str, way: &str| {
        let Some(target) = target else { return String::new() };
        let folder = |p: &super::site::Page| p.design.as_ref().map(|(f, _)| f.clone());
        // "Evaluate" says enough within a design; from elsewhere it needs the design's title.
        let where_to = match &target.design {
            Some((f, tab)) if folder(here).as_ref() != Some(f) && *tab != Tab::Read => {
                let title = cx
                    .catalogue
                    .by_folder(f)
                    .map(|d| d.manifest.title.as_str())
                    .unwrap_or(f);
                format!("{title}: {}", target.title)
            }
            _ => target.title.clone(),
        };
        format!(
            "<a rel=\"{rel}\" href=\"{}\"><span class=\"way\">{way}</span> <span class=\"where\">{}</span></a>",
            page.href(target),
            escape(&where_to)
        )
    };
    let (previous, next) = (link(previous, "prev", "Previous"), link(next, "next", "Next"));
    if previous.is_empty() && next.is_empty() {
        return String::new();
    }
    format!("<nav class=\"reading-path\" aria-label=\"Reading path\">{previous} {next}</nav>\n\n")
}

/// `2026-11` in words; `None` if it is not a month.
pub(super) fn date(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month) = text.split_once('-')?;
    let n: usize = month.parse().ok()?;
    let year: u32 = (year.len() == 4).then(|| year.parse().ok())??;
    Some(format!("{} {year}", MONTHS.get(n.checked_sub(1)?)?))
}
