//! Blocks that are derived from the manifests: typed there once, shown wherever a page asks for them.

use super::site::Tab;
use super::{Cx, Page, inline};
use crate::catalogue::Entry;
use crate::facts::Figure;
use crate::html::{escape, one_line};
use outline::manifest::Role;

/// Widths, in CSS pixels, that a figure is drawn for: one for a page, one for a phone.
const WIDE: f64 = 720.0;
const NARROW: f64 = 340.0;

/// `{{figure 02.architecture Caption.}}`.
pub(super) fn figure(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let (name, caption) = args.split_once(' ').unwrap_or((args, ""));
    let (design, key) = inline::dotted(cx, name)?;
    let draw = |width| {
        let figure = cx.facts.figure(design, key, width);
        figure.ok_or_else(|| {
            let home = design
                .file
                .as_ref()
                .and_then(|f| f.parent())
                .map(|f| f.display().to_string());
            let home = home.unwrap_or_else(|| "its crate".into());
            format!(
                "design {} draws no figure “{key}”; `figure` in {home} lists those it draws",
                design.number()
            )
        })
    };
    // A drawing's ids hold its width, so that both can stand on one page.
    let figure = draw(WIDE)?;
    let (wide, narrow) = (one_line(&figure.svg), one_line(&draw(NARROW)?.svg));
    let caption = if caption.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{}</figcaption>", page.text(cx, caption, false)?)
    };
    Ok(format!(
        "<figure class=\"drawing\" data-figure=\"{}\"><div class=\"wide\">{wide}</div><div class=\"narrow\">{narrow}</div>{caption}{}</figure>",
        escape(name),
        as_table(&figure)
    ))
}

/// What a figure shows, for those who do not see it or want the numbers.
fn as_table(figure: &Figure) -> String {
    let cells = |tag: &str, row: &[String]| -> String {
        let cell = |(i, text): (usize, &String)| {
            let (name, scope) = match (tag, i) {
                // A heading without words is none.
                ("head", _) if text.is_empty() => ("td", ""),
                ("head", _) => ("th", " scope=\"col\""),
                (_, 0) => ("th", " scope=\"row\""),
                _ => ("td", ""),
            };
            format!("<{name}{scope}>{}</{name}>", escape(text))
        };
        row.iter().enumerate().map(cell).collect()
    };
    let rows: String = figure
        .rows
        .iter()
        .map(|r| format!("<tr>{}</tr>", cells("row", r)))
        .collect();
    format!(
        "<details class=\"figure-table\"><summary>As a table</summary><div class=\"scroll\"><table><thead><tr>{}</tr></thead><tbody>{rows}</tbody></table></div></details>",
        cells("head", &figure.head)
    )
}

/// `{{givens 02}}`.
pub(super) fn givens(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let design = cx.catalogue.design(args)?;
    let number = design.number();
    let mut rows = String::new();
    for g in &design.manifest.given {
        rows.push_str(&format!(
            "<tr id=\"given-{number}-{}\"><th scope=\"row\">{}</th><td>{}</td></tr>",
            escape(&g.key),
            page.text(cx, &g.what, false)?,
            escape(&inline::given_text(g)),
        ));
    }
    Ok(format!(
        "<div class=\"table-wrapper\"><table class=\"givens\"><caption>What the brief takes as given</caption>\
         <thead><tr><th scope=\"col\">Assumption</th><th scope=\"col\">Value</th></tr></thead><tbody>{rows}</tbody></table></div>"
    ))
}

/// `{{objectives 02}}`.
pub(super) fn objectives(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let mut items = String::new();
    for o in &cx.catalogue.design(args)?.manifest.objectives {
        items.push_str(&format!("<li>{}</li>", page.text(cx, o, false)?));
    }
    Ok(format!("<ul class=\"objectives\">{items}</ul>"))
}

/// `{{moral 02}}`: in that design's debrief and nowhere else.
pub(super) fn moral(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let design = cx.catalogue.design(args)?;
    let here = &cx.site.pages[page.index()];
    match &here.design {
        Some((folder, Tab::Debrief)) if *folder == design.manifest.folder() => {}
        _ => {
            return Err(format!(
                "the moral of design {args} belongs in designs/{}/debrief.md and nowhere else: no answer before a judgement",
                design.manifest.folder()
            ));
        }
    }
    Ok(format!(
        "<p class=\"moral\">{}</p>",
        page.text(cx, &design.manifest.moral, false)?
    ))
}

/// `{{steps 02}}`.
pub(super) fn steps(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let design = cx.catalogue.design(args)?;
    let mut items = String::new();
    for (i, step) in design.manifest.steps.iter().enumerate() {
        let (n, word) = (i + 1, step.kind.word());
        // In a clinic the day evaluates the design aloud; its exercise is for afterwards.
        let in_the_day = design.manifest.role != Role::Clinic;
        let day = if in_the_day && step.kind == design.manifest.day_step {
            " <span class=\"day-step\">the day’s step</span>"
        } else {
            ""
        };
        items.push_str(&format!(
            "<li class=\"step\" data-step=\"{word}\" id=\"step-{n}-{word}\"><p class=\"step-head\"><b>Step {n} · {word}</b> · {} min{day}</p>\
             {}<p class=\"step-run\"><code>cargo learn check {args}/{word}</code></p></li>",
            step.minutes,
            page.text(cx, &step.task, true)?,
        ));
    }
    Ok(format!("<ol class=\"steps\">{items}</ol>"))
}

/// `{{day 02}}`.
pub(super) fn day(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let m = &cx.catalogue.design(args)?.manifest;
    let mut rows = String::new();
    for block in &m.day {
        let what = page.text(cx, &block.what, false)?;
        rows.push_str(&format!(
            "<tr><th scope=\"row\">{what}</th><td>{} min</td></tr>",
            block.minutes
        ));
    }
    if rows.is_empty() {
        return Err(format!("design {args} has no blocks of the day in its manifest"));
    }
    Ok(format!(
        "<div class=\"table-wrapper\"><table class=\"day\"><caption>Design {args} in the day</caption>\
         <thead><tr><th scope=\"col\">What</th><th scope=\"col\">Minutes</th></tr></thead><tbody>{rows}</tbody>\
         <tfoot><tr><th scope=\"row\">Together</th><td>{} min</td></tr></tfoot></table></div>",
        m.day_minutes()
    ))
}

/// What a design is used for, in the map's words, and what that means.
fn role(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Day => (
            "in the taught day",
            "a group works on it, and it has its minutes on the agenda",
        ),
        Role::Alternate => ("alternate", "can take the place of another design in the taught day"),
        Role::Clinic => ("clinic", "evaluated aloud by whoever leads the room"),
        Role::SelfStudy => ("self-study", "for one reader, with no place in the taught day"),
    }
}

/// What the columns *Minutes* and *Use* of the map mean, for the uses that occur in it.
fn map_note(designs: &[Entry]) -> String {
    const USES: [Role; 4] = [Role::Day, Role::Alternate, Role::Clinic, Role::SelfStudy];
    let used = USES
        .into_iter()
        .filter(|use_| designs.iter().any(|d| d.manifest.role == *use_));
    let meanings: Vec<String> = used
        .map(|use_| {
            let (word, meaning) = role(use_);
            format!("<b>{word}</b>, {meaning}")
        })
        .collect();
    let alone = || designs.iter().map(|d| d.manifest.self_study_minutes);
    let (least, most) = (alone().min().unwrap_or(0), alone().max().unwrap_or(0));
    let alone = if least == most {
        format!("{most}")
    } else {
        format!("{least} to {most}")
    };
    format!(
        "<p class=\"map-note\">Use: {}. Minutes are those with a group; alone, exercise included, a design takes {alone} min.</p>",
        meanings.join("; ")
    )
}

/// `{{map}}`: designs and the building blocks they are made of.
pub(super) fn map(cx: &Cx<'_>, page: &Page) -> String {
    let designs = &cx.catalogue.designs;
    let mut blocks: Vec<&str> = Vec::new();
    for slug in designs.iter().flat_map(|d| &d.manifest.blocks) {
        if !blocks.contains(&slug.as_str()) {
            blocks.push(slug);
        }
    }
    // In the book's own order; those without a page come last, in the order of their first use.
    let order = |slug: &str| {
        cx.site
            .find(std::path::Path::new(&format!("blocks/{slug}.md")))
            .unwrap_or(usize::MAX)
    };
    blocks.sort_by_key(|slug| order(slug));

    let heads: String = blocks
        .iter()
        .map(|slug| {
            format!(
                "<th scope=\"col\" class=\"block\"><span>{}</span></th>",
                page.block_link(cx, slug)
            )
        })
        .collect();
    let (mut rows, mut list) = (String::new(), String::new());
    for d in designs {
        let (title, minutes) = (title(cx, page, d), minutes(d));
        // For the script that shows how far the reader is.
        let data = format!(
            "data-design=\"{}\" data-steps=\"{}\"",
            d.number(),
            steps_of(d).join(" ")
        );
        let dots: String = blocks
            .iter()
            .map(|slug| match d.manifest.blocks.iter().any(|b| b == slug) {
                true => "<td class=\"dot\"><span class=\"uses\" role=\"img\" aria-label=\"uses\">●</span></td>",
                false => "<td class=\"dot\"></td>",
            })
            .collect();
        rows.push_str(&format!(
            "<tr {data}><th scope=\"row\">{title}</th><td class=\"minutes\">{minutes}</td>{dots}<td class=\"role\">{}</td></tr>",
            role(d.manifest.role).0
        ));
        let names: Vec<String> = d.manifest.blocks.iter().map(|b| escape(&cx.site.block(b).0)).collect();
        list.push_str(&format!(
            "<li {data}>{title} · {minutes} min · {} · {}</li>",
            role(d.manifest.role).0,
            names.join(", ")
        ));
    }
    format!(
        "<div class=\"table-wrapper map-wrapper\"><table class=\"map\"><caption>Designs and the building blocks they are made of</caption>\
         <thead><tr><th scope=\"col\">Design</th><th scope=\"col\" class=\"minutes\">Minutes</th>{heads}<th scope=\"col\" class=\"role\">Use</th></tr></thead>\
         <tbody>{rows}</tbody></table></div><ul class=\"map-list\">{list}</ul>{}",
        map_note(designs)
    )
}

/// The words of a design's steps, in order.
fn steps_of(d: &Entry) -> Vec<&'static str> {
    d.manifest.steps.iter().map(|s| s.kind.word()).collect()
}

/// `{{progress}}`: the place of the panel in which a reader imports, saves and forgets what the browser keeps. The script
/// fills it, and checks imported steps against those that stand here.
pub(super) fn progress(cx: &Cx<'_>) -> String {
    let designs = cx.catalogue.designs.iter();
    let steps: Vec<String> = designs
        .flat_map(|d| steps_of(d).into_iter().map(|word| format!("{}/{word}", d.number())))
        .collect();
    format!(
        "<div class=\"kept needs-script\" data-steps=\"{}\"></div>",
        steps.join(" ")
    )
}

/// A design's title, linked to its page if it has one.
fn title(cx: &Cx<'_>, page: &Page, d: &Entry) -> String {
    let text = format!("<b>{}</b> {}", d.number(), escape(&d.manifest.title));
    match cx.site.page(&format!("designs/{}/README.md", d.manifest.folder())) {
        Some(target) => format!("<a href=\"{}\">{text}</a>", page.href(target)),
        None => text,
    }
}

/// Minutes in the day, or alone where it has no place in the day.
fn minutes(d: &Entry) -> u32 {
    match d.manifest.day_minutes() {
        0 => d.manifest.self_study_minutes,
        n => n,
    }
}
