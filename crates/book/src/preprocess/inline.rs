//! Facts, givens and citations: the three ways in which a number may enter a sentence.

use super::{Cx, Page};
use crate::facts::Range;
use crate::finding::suggest;
use crate::html::escape;
use designs::manifest::Given;

/// `{{fact 02.p90_wait 600..700 ms}}`. What answers a question of the worksheet is printed in the debrief and for the
/// instructor only.
pub(super) fn fact(cx: &Cx<'_>, page: &Page, args: &str) -> Result<String, String> {
    let (name, range) = args.split_once(' ').ok_or_else(|| {
        format!("{{{{fact {args}}}}} has no range; write the one that the text is written for, for example {{{{fact 02.p90_wait 600..700 ms}}}}")
    })?;
    let (design, key) = dotted(cx, name)?;
    let answers = design.manifest.questions.iter().any(|q| q.fact == key);
    if answers && !cx.site.pages[page.index()].left_out() {
        return Err(format!(
            "{name} answers a question of the worksheet: it belongs in the debrief, no answer before a judgement"
        ));
    }
    let fact = cx.facts.get(design, key, &Range::parse(range)?)?;
    Ok(format!(
        "<data class=\"fact\" data-fact=\"{}\" value=\"{}\">{}</data>",
        escape(name),
        fact.value,
        escape(&fact.text)
    ))
}

/// `{{given 02.leaves}}`.
pub(super) fn given(cx: &Cx<'_>, page: &Page, args: &str) -> Result<String, String> {
    let (design, key) = dotted(cx, args)?;
    let number = design.number();
    let given = design.manifest.given.iter().find(|g| g.key == key).ok_or_else(|| {
        let keys = design.manifest.given.iter().map(|g| g.key.as_str());
        format!("design {number} takes no “{key}” as given; {}", suggest(key, keys))
    })?;
    let list = cx.site.givens(&number).ok_or_else(|| {
        format!("no page lists what design {number} takes as given: put {{{{givens {number}}}}} on one")
    })?;
    let list = if list.html == page.html {
        String::new()
    } else {
        page.href(list)
    };
    Ok(format!(
        "<span class=\"given\">{}<a class=\"given-mark\" href=\"{}#given-{number}-{}\" title=\"Assumption of the brief: {}\">given</a></span>",
        escape(&given_text(given)),
        list,
        escape(key),
        escape(given.what.trim()),
    ))
}

/// The value of a given as printed: as many decimals as it was written with.
pub(super) fn given_text(given: &Given) -> String {
    let digits = given.value.to_string().split_once('.').map_or(0, |(_, d)| d.len());
    figures::number(given.value, digits, &given.unit)
}

/// `[@dean2013 p. 77; @barroso2003]`: a short form in brackets, linked to the list at the page's foot.
pub(super) fn citation(cx: &Cx<'_>, page: &mut Page, cites: &[(String, String)]) -> Result<String, String> {
    let mut parts = Vec::new();
    for (key, place) in cites {
        let source = cx.catalogue.sources.get(key)?;
        page.cite(key);
        let place = if place.is_empty() {
            String::new()
        } else {
            format!(", {}", escape(place))
        };
        let short = escape(&source.short());
        parts.push(format!(
            "<a class=\"cite\" href=\"#source-{key}\">{short}{}</a>",
            place.replace("p. ", "p.&nbsp;")
        ));
    }
    Ok(format!("<span class=\"cites\">({})</span>", parts.join("; ")))
}

/// `02.key`: the design and the key.
pub(super) fn dotted<'a, 'b>(cx: &'a Cx<'_>, name: &'b str) -> Result<(&'a crate::catalogue::Entry, &'b str), String> {
    let (number, key) = name
        .split_once('.')
        .ok_or_else(|| format!("“{name}” is not of the form NN.key, for example 02.leaves"))?;
    Ok((cx.catalogue.design(number)?, key))
}
