//! `{{ledger}}`: published numbers beside what our models make of the same inputs, recomputed while the book is built.

use super::{Cx, Page, inline, site};
use crate::finding::suggest;
use crate::html::escape;
use ledger::{Compared, Entry, Outcome, Recomputed, Seen, State, Verdict};

/// `{{ledger}}` shows every entry; `{{ledger 04}}` and `{{ledger queues-and-tails}}` list those that a page uses.
pub(super) fn ledger(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    if args.is_empty() {
        whole(cx, page)
    } else {
        list(cx, page, args)
    }
}

fn whole(cx: &Cx<'_>, page: &mut Page) -> Result<String, String> {
    let entries = &cx.catalogue.ledger.entries;
    if entries.is_empty() {
        return Err("the ledger has no entries: put a TOML file with [[entry]] into ledger/".into());
    }
    let report = cx
        .catalogue
        .ledger
        .recompute(|model, values| cx.facts.call(model, values));
    if let Some((entry, _)) = entries
        .iter()
        .zip(&report.entries)
        .find(|(_, o)| o.state == State::Wrong)
    {
        return Err(format!(
            "the ledger’s entry {} ({}:{}) is out of tolerance; `cargo run -p ledger -- --id {0}` shows it",
            entry.id,
            entry.file.display(),
            entry.line
        ));
    }
    // Each entry stands once, with the page that uses it first.
    let mut homes: Vec<&str> = entries
        .iter()
        .filter_map(|e| e.used_by.first())
        .map(String::as_str)
        .collect();
    homes.sort_by_key(|home| {
        (
            target(cx, home)
                .and_then(|p| cx.site.find(&p.source))
                .unwrap_or(usize::MAX),
            *home,
        )
    });
    homes.dedup();
    let mut out = summary(&report);
    for home in homes {
        let name = escape(&title(cx, home));
        let heading = match target(cx, home) {
            Some(target) => format!("<a href=\"{}\">{name}</a>", page.href(target)),
            None => name.clone(),
        };
        out.push_str(&format!("<h2 id=\"of-{}\">{heading}</h2>", home.replace('/', "-")));
        let here: Vec<(&Entry, &Outcome)> = entries
            .iter()
            .zip(&report.entries)
            .filter(|(e, _)| e.used_by.first().is_some_and(|p| p == home))
            .collect();
        for (entry, outcome) in here.iter().filter(|(e, _)| e.after.is_none()) {
            out.push_str(&show(cx, page, entry, outcome)?);
        }
        let mut gates: Vec<&str> = here.iter().filter_map(|(e, _)| e.after.as_deref()).collect();
        gates.dedup();
        for number in gates {
            let held: Vec<_> = here
                .iter()
                .filter(|(e, _)| e.after.as_deref() == Some(number))
                .collect();
            let (many, them) = if held.len() == 1 {
                ("One entry", "it")
            } else {
                ("More entries", "they")
            };
            out.push_str(&format!(
                "<p class=\"gate-note\" data-design=\"{number}\">{many} of {name}: {them} could answer a question of design {number} and \
                 will show once you have committed its worksheet.</p>\
                 <details class=\"gate\" data-design=\"{number}\"><summary>Show anyway</summary>"
            ));
            for (entry, outcome) in held {
                out.push_str(&show(cx, page, entry, outcome)?);
            }
            out.push_str("</details>");
        }
    }
    Ok(format!("<div class=\"ledger\">{out}</div>"))
}

fn summary(report: &ledger::Report) -> String {
    let (all, missed) = (report.entries.len(), report.count(State::NotReproduced));
    let unseen = report.entries.iter().filter(|e| e.seen == Seen::NotSeen).count();
    let not = match missed {
        0 => "All of them are reproduced".to_string(),
        1 => "One of them is not reproduced, and says why".to_string(),
        n => format!("{n} of them are not reproduced, and say why"),
    };
    format!(
        "<p>{all} entries. {not}. Of {unseen}, the published figures were not seen in their source: they are marked, and no page prints them as facts.</p>"
    )
}

fn show(cx: &Cx<'_>, page: &mut Page, entry: &Entry, outcome: &Outcome) -> Result<String, String> {
    let id = &entry.id;
    let at = |e: String| format!("{}:{}: {e}", entry.file.display(), entry.line);
    let cited = inline::citation(cx, page, &[(entry.source.clone(), entry.place.clone())]).map_err(at)?;
    let quoted = entry
        .quoted_by
        .as_ref()
        .map(|by| format!(" ({})", escape(by)))
        .unwrap_or_default();
    let mark = match outcome.state {
        State::Reproduced => "",
        _ => "<strong>Not reproduced.</strong> ",
    };
    let mut out = format!(
        "<section class=\"ledger-entry\" id=\"{id}\" aria-labelledby=\"{id}-title\"><h3 id=\"{id}-title\">{}</h3>\
         <p>{mark}{cited} <span class=\"seen\">{}{quoted}.</span></p>",
        escape(&entry.title),
        capital(entry.seen.sentence()),
    );
    for run in &outcome.runs {
        out.push_str(&table(cx, page, entry, run));
    }
    if let Some(note) = &entry.note {
        out.push_str(&format!("<p>{}</p>", escape(note)));
    }
    let used: Vec<String> = entry.used_by.iter().map(|p| link(cx, page, p)).collect();
    out.push_str(&format!(
        "<p>Against the belief: <em>{}</em>. Used by {}. To recompute it: <code>cargo run -p ledger -- --id {id}</code></p></section>",
        escape(&entry.against),
        used.join(", "),
    ));
    Ok(out)
}

fn table(cx: &Cx<'_>, page: &Page, entry: &Entry, run: &Recomputed) -> String {
    let rows: String = run.checks.iter().map(|c| row(entry, c)).collect();
    let inputs: Vec<String> = run
        .inputs
        .iter()
        .map(|i| {
            let ours = if i.assumed { " (ours)" } else { "" };
            format!(
                "{}: {}{ours}",
                escape(i.label),
                escape(&i.stated).replace(' ', "&nbsp;")
            )
        })
        .collect();
    let model = match cx.site.calculator(run.model) {
        Some(home) => {
            format!(
                "<a href=\"{}#calc-{}-title\">{}</a>",
                page.href(home),
                run.model.replace('.', "-"),
                escape(run.model)
            )
        }
        None => escape(run.model),
    };
    let what = run
        .what
        .as_ref()
        .map(|w| format!("{}. ", escape(w)))
        .unwrap_or_default();
    format!(
        "<div class=\"table-wrapper\"><table><caption>{what}Computed by {model} from: {}.</caption>\
         <thead><tr><th scope=\"col\">Value</th><th scope=\"col\">Published</th><th scope=\"col\">Recomputed</th></tr></thead>\
         <tbody>{rows}</tbody></table></div>",
        inputs.join("; ")
    )
}

fn row(entry: &Entry, c: &Compared) -> String {
    let seen = if c.published.is_some() && c.seen != entry.seen {
        format!("; {}", c.seen.sentence())
    } else {
        String::new()
    };
    let published = match &c.published {
        Some(p) => format!("{}<br>{}{seen}", escape(p).replace(' ', "&nbsp;"), within(&c.tolerance)),
        None => "–".into(),
    };
    let recomputed = c.recomputed.as_deref().map(|r| escape(r).replace(' ', "&nbsp;"));
    let verdict = match c.verdict {
        Verdict::Information => String::new(),
        Verdict::Agrees => "<br>✓ agrees".into(),
        Verdict::Differs => "<br>≠ differs, as it should".into(),
        _ => format!("<br><strong>✗ {}</strong>", escape(c.verdict.words())),
    };
    let reason = c
        .reason
        .as_ref()
        .map(|r| format!("<br>{}", escape(r)))
        .unwrap_or_default();
    format!(
        "<tr><th scope=\"row\">{}</th><td>{published}</td><td>{}{verdict}{reason}</td></tr>",
        escape(&c.what),
        recomputed.unwrap_or_else(|| "–".into()),
    )
}

/// A tolerance for a reader.
fn within(words: &str) -> String {
    match words.split_once(' ') {
        Some(("relative", share)) => format!("± {} of it", escape(share)),
        Some(("absolute", amount)) => match amount.strip_suffix('%') {
            Some(points) => format!("± {} points", escape(points.trim())),
            None => format!("± {}", escape(amount)),
        },
        Some(("contrast", share)) => {
            return format!("must be off by more than {}", escape(share).replace(' ', "&nbsp;"));
        }
        _ => match words {
            "exact" => "exactly".into(),
            other => escape(other),
        },
    }
    .replace(' ', "&nbsp;")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// The page that an entry names: `blocks/SLUG` or `designs/NN-SLUG`.
fn target<'a>(cx: &'a Cx<'_>, name: &str) -> Option<&'a site::Page> {
    cx.site
        .page(&format!("{name}.md"))
        .or_else(|| cx.site.page(&format!("{name}/README.md")))
}

fn title(cx: &Cx<'_>, name: &str) -> String {
    let (kind, slug) = name.split_once('/').unwrap_or(("", name));
    match cx.catalogue.by_folder(slug) {
        Some(design) if kind == "designs" => format!("{} {}", design.number(), design.manifest.title),
        _ => cx.site.block(slug).0,
    }
}

fn link(cx: &Cx<'_>, page: &Page, name: &str) -> String {
    let title = escape(&title(cx, name));
    match target(cx, name) {
        Some(target) => format!("<a href=\"{}\">{title}</a>", page.href(target)),
        None => title,
    }
}

fn list(cx: &Cx<'_>, page: &Page, args: &str) -> Result<String, String> {
    let home = cx
        .site
        .ledger()
        .ok_or("no page shows the ledger: put {{ledger}} on one")?;
    let name = match cx.catalogue.design(args) {
        Ok(design) => format!("designs/{}", design.manifest.folder()),
        Err(_) => format!("blocks/{args}"),
    };
    let open = cx.site.pages[page.index()].left_out();
    let uses = |e: &&Entry| e.used_by.contains(&name) && (open || e.after.is_none());
    let items: String = cx
        .catalogue
        .ledger
        .entries
        .iter()
        .filter(uses)
        .map(|e| {
            let source = cx
                .catalogue
                .sources
                .get(&e.source)
                .map(|s| s.short())
                .unwrap_or_default();
            format!(
                "<li><a href=\"{}#{}\">{}</a> ({})</li>",
                page.href(home),
                e.id,
                escape(&e.title),
                escape(&source)
            )
        })
        .collect();
    if items.is_empty() {
        let names = cx.catalogue.ledger.entries.iter().flat_map(|e| &e.used_by);
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        return Err(format!(
            "no entry of the ledger that may stand here is used by {name}; {}",
            suggest(&name, names)
        ));
    }
    Ok(format!("<ul class=\"ledger-list\">{items}</ul>"))
}
