//! `{{agenda NAME}}`: a day of `days.toml` as a table, with the times worked out; and whether what is read in it can be read in time.

use super::site::Tab;
use super::{Cx, Page};
use crate::catalogue::Catalogue;
use crate::days::{FILE, Timed, What};
use crate::finding::Finding;
use crate::html::escape;
use std::ops::Range;
use std::path::Path;

/// The agenda of a day.
pub(super) fn agenda(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let day = cx.catalogue.days.day(args)?;
    let schedule = day
        .schedule(|number| cx.catalogue.design(number).map(|d| &d.manifest))
        .map_err(|e| format!("{FILE}: {e}"))?;
    let timed = day.begins.is_some();
    let (mut rows, mut work, mut pauses, mut sessions) = (String::new(), 0, 0, 0);
    for Timed { at, minutes, what } in &schedule {
        let time = at.map_or_else(String::new, |at| at.to_string());
        // Without times a design, or anything else that is not a part of one, is a session of its own.
        let mut session = || {
            sessions += 1;
            if timed {
                String::new()
            } else {
                format!("Session {sessions}: ")
            }
        };
        let (class, cells) = match what {
            What::Design { number, needs } => {
                let head = design(cx, page, number, *minutes, needs)?;
                let head = format!("<th scope=\"rowgroup\" colspan=\"3\">{}{head}</th>", session());
                ("group", head)
            }
            What::Part(text) => {
                work += minutes;
                ("part", cells(&time, *minutes, &page.text(cx, text, false)?))
            }
            What::Pause(name) => {
                pauses += minutes;
                ("pause", cells(&time, *minutes, &escape(name)))
            }
            What::Other(text, needs) => {
                work += minutes;
                let (text, ready) = (page.text(cx, text, false)?, ready(cx, page, needs)?);
                let text = format!("{}{text}{ready}", session());
                ("other", cells(&time, *minutes, &text))
            }
        };
        rows.push_str(&format!("<tr class=\"{class}\">{cells}</tr>"));
    }
    // Each block begins when the one before it ends.
    let over = schedule.last().and_then(|last| Some(last.at?.plus(last.minutes)));
    let total = match (over, day.ends) {
        (Some(over), Some(ends)) => {
            format!("{work} min of work and {pauses} min of pauses; over at {over}, to end at {ends}")
        }
        _ => format!("{work} min of work in {sessions} sessions"),
    };
    Ok(format!(
        "<div class=\"table-wrapper\"><table class=\"agenda\"><caption>{}</caption>\
         <thead><tr><th scope=\"col\">{}</th><th scope=\"col\">Minutes</th><th scope=\"col\">What, and what lies ready</th></tr></thead>\
         <tbody>{rows}</tbody><tfoot><tr><td colspan=\"3\">{total}</td></tr></tfoot></table></div>",
        escape(&day.title),
        if timed { "Time" } else { "Session" },
    ))
}

fn cells(time: &str, minutes: u32, what: &str) -> String {
    format!("<td class=\"time\">{time}</td><td class=\"minutes\">{minutes}</td><td>{what}</td>")
}

/// What has to lie ready, behind a block.
fn ready(cx: &Cx<'_>, page: &mut Page, needs: &str) -> Result<String, String> {
    match needs {
        "" => Ok(String::new()),
        needs => Ok(format!(
            " <span class=\"ready\">{}</span>",
            page.text(cx, needs, false)?
        )),
    }
}

/// A design's name and minutes, with links to what is handed out, shown and said, and what else has to lie ready.
fn design(cx: &Cx<'_>, page: &mut Page, number: &str, minutes: u32, needs: &str) -> Result<String, String> {
    let design = cx.catalogue.design(number)?;
    let folder = design.manifest.folder();
    let link = |tab: Tab, word: &str| {
        let target = cx.site.page(&format!("designs/{folder}/{}", tab.file()))?;
        Some(format!("<a href=\"{}\">{word}</a>", page.href(target)))
    };
    let mut links: Vec<String> = [
        (Tab::Read, "brief"),
        (Tab::Evaluate, "sheet"),
        (Tab::Discuss, "prompts"),
        (Tab::Facilitate, "notes"),
    ]
    .into_iter()
    .filter_map(|(tab, word)| link(tab, word))
    .collect();
    if !needs.is_empty() {
        links.push(page.text(cx, needs, false)?);
    }
    Ok(format!(
        "{number} {} · {minutes} min <span class=\"ready\">{}</span>",
        escape(&design.manifest.title),
        links.join(" · ")
    ))
}

/// Words a minute that nobody is asked to read faster than: half the pace of ordinary prose, since a brief is read with a pencil.
const PACE: usize = 120;

/// Briefs that cannot be read in the minutes that their manifests give for it. What a design hands out besides its brief stands
/// between the brief and the worksheet, and is read with it.
pub(super) fn too_long(catalogue: &Catalogue, pages: &[(&Path, &str)]) -> Vec<Finding> {
    let mut all = Vec::new();
    for d in &catalogue.designs {
        let folder = Path::new("designs").join(d.manifest.folder());
        let Some(reading) = d.manifest.day.iter().find(|b| b.what.starts_with("Read")) else {
            continue;
        };
        let own = pages.iter().filter(|(source, _)| source.starts_with(&folder));
        let handed_out = own.take_while(|(source, _)| !source.ends_with(Tab::Evaluate.file()));
        let words: usize = handed_out
            .map(|(source, text)| match source.ends_with(Tab::Read.file()) {
                true => words(&text[brief(text)]),
                false => words(text),
            })
            .sum();
        if words > PACE * reading.minutes as usize {
            let file = d.file.clone().unwrap_or_else(|| "design.toml".into());
            all.push(Finding::of(
                file,
                format!(
                    "“{}” gives {} min for {words} words; that is faster than {PACE} words a minute: shorten the brief or give it time",
                    reading.what, reading.minutes
                ),
            ));
        }
    }
    all
}

/// Where the brief stands on its page: up to the dossier.
fn brief(text: &str) -> Range<usize> {
    0..text.find("\n## The dossier").unwrap_or(text.len())
}

/// Words that are read: no markup, no directives.
fn words(text: &str) -> usize {
    let spoken = |w: &&str| w.chars().any(char::is_alphanumeric) && !w.starts_with("{{") && !w.ends_with("}}");
    text.split_whitespace().filter(spoken).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{days::Days, fixture};

    fn catalogue() -> Catalogue {
        Catalogue::from_parts(Path::new("/nonexistent"), fixture::DESIGNS, fixture::MODELS).unwrap()
    }

    const README: &str = "designs/02-fixture-search/README.md";

    #[test]
    fn a_brief_is_read_in_its_minutes_and_the_dossier_is_not_counted() {
        let text = |n: usize| {
            format!(
                "# T\n\n{}\n\n## The dossier\n\n{}",
                "word ".repeat(n),
                "more ".repeat(5_000)
            )
        };
        let found = |n: usize, also: &str| {
            too_long(
                &catalogue(),
                &[
                    (Path::new(README), &text(n)),
                    (Path::new("designs/02-fixture-search/plan.md"), also),
                    (
                        Path::new("designs/02-fixture-search/evaluate.md"),
                        &"far ".repeat(9_000),
                    ),
                ],
            )
        };
        // Ten minutes, and the title is a word too.
        assert_eq!(found(1_199, ""), []);
        let long = found(1_199, "another");
        assert_eq!(long.len(), 1);
        assert!(long[0].what.contains("gives 10 min for 1201 words"), "{}", long[0].what);
    }

    #[test]
    fn an_agenda_shows_times_links_and_sums() {
        let day = "[[day]]\nname = \"x\"\ntitle = \"A morning\"\nbegins = \"09:00\"\nends = \"10:00\"\nblocks = [\n\
                   { what = \"Open\", minutes = 5, needs = \"a clock\" },\n{ design = \"02\" },\n{ pause = \"Tea\", minutes = 10 },\n]\n";
        let mut catalogue = catalogue();
        catalogue.days = Days::parse(day).unwrap();
        let pages = [
            ("instructor/day.md", "# D\n\n{{agenda x}}\n"),
            (README, "# R\n\n{{givens 02}}\n"),
        ];
        let out = super::super::tests::book_of(&catalogue, &pages).unwrap();
        for part in [
            "<caption>A morning</caption>",
            "<td class=\"time\">09:00</td><td class=\"minutes\">5</td><td>Open <span class=\"ready\">a clock</span></td>",
            "02 Fixture search · 45 min <span class=\"ready\"><a href=\"../designs/02-fixture-search/index.html\">brief</a></span></th>",
            "<td class=\"time\">09:05</td><td class=\"minutes\">10</td><td>Read</td>",
            "<td class=\"time\">09:50</td><td class=\"minutes\">10</td><td>Tea</td>",
            "50 min of work and 10 min of pauses; over at 10:00, to end at 10:00",
        ] {
            assert!(out.contains(part), "{part} in {out}");
        }
        let wrong = super::super::tests::book_of(&catalogue, &[("a.md", "# A\n\n{{agenda y}}\n")]).unwrap_err();
        assert!(
            wrong.contains("src/a.md:3: days.toml has no day “y”; there is x"),
            "{wrong}"
        );
    }

    #[test]
    fn sessions_of_a_week_are_counted_and_have_no_times() {
        let day = "[[day]]\nname = \"w\"\ntitle = \"Weeks\"\nblocks = [{ design = \"02\" }, { what = \"Own system\", minutes = 60 }]\n";
        let mut catalogue = catalogue();
        catalogue.days = Days::parse(day).unwrap();
        let out = super::super::tests::book_of(&catalogue, &[("a.md", "# A\n\n{{agenda w}}\n")]).unwrap();
        assert!(out.contains("Session 1: 02 Fixture search"), "{out}");
        assert!(out.contains("Session 2: Own system"), "{out}");
        assert!(out.contains("105 min of work in 2 sessions"), "{out}");
    }
}
