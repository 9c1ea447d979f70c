//! Facts, givens and citations: the three ways in which a number may enter a sentence.

use super::scan::{Found, Kind};
use super::{Cx, Page};
use crate::facts::Range;
use crate::finding::suggest;
use crate::html::escape;
use outline::manifest::Given;

/// `{{fact 02.p90_wait 600..700 ms}}`. What answers a question of the worksheet is printed in the debrief and for the
/// instructor only.
pub(super) fn fact(cx: &Cx<'_>, page: &Page, args: &str) -> Result<String, String> {
    let (name, range) = args.split_once(' ').ok_or_else(|| {
        format!("{{{{fact {args}}}}} has no range; write the one that the text is written for, for example {{{{fact 02.p90_wait 600..700 ms}}}}")
    })?;
    let (design, key) = dotted(cx, name)?;
    let asked = design.manifest.questions.iter().find(|q| q.fact == key);
    if asked.is_some() && !cx.site.pages[page.index()].left_out() {
        return Err(format!(
            "{name} answers a question of the worksheet: it belongs in the debrief, no answer before a judgement"
        ));
    }
    let fact = cx.facts.get(design, key, &Range::parse(range)?)?;
    // In the debrief the script holds it against the reader's interval.
    let asked = asked
        .filter(|_| cx.site.pages[page.index()].is_debrief())
        .map_or(String::new(), |q| {
            format!(" data-question=\"{}\" data-unit=\"{}\"", escape(&q.id), escape(&q.unit))
        });
    Ok(format!(
        "<data class=\"fact\" data-fact=\"{}\"{asked} value=\"{}\">{}</data>",
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

/// Where a sentence, or a row of a table, both marks a number as given and cites a source: then a reader cannot tell which
/// of the two the number is.
pub(super) fn given_as_cited(text: &str, found: &[Found]) -> Vec<usize> {
    let givens = found
        .iter()
        .filter(|f| matches!(f.kind, Kind::Directive { name: "given", .. }));
    let cited = |given: &&Found| {
        found
            .iter()
            .filter(|f| matches!(f.kind, Kind::Citation(_)))
            .any(|cite| {
                let (first, second) = if cite.range.start < given.range.start {
                    (cite, *given)
                } else {
                    (*given, cite)
                };
                !ends_between(&text[first.range.end..second.range.start])
            })
    };
    givens.filter(cited).map(|f| f.range.start).collect()
}

/// Does a sentence, a paragraph, an item or a row end in this text?
fn ends_between(text: &str) -> bool {
    let sentence = |(i, c): (usize, char)| {
        matches!(c, '.' | '?' | '!' | ':')
            && text[i + 1..]
                .trim_start_matches(['*', '_', '"', '”', ')'])
                .starts_with(char::is_whitespace)
    };
    let line = |l: &str| l.trim().is_empty() || l.trim_start().starts_with(['|', '-', '#', '>']);
    text.char_indices().any(sentence) || text.lines().skip(1).any(line)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::scan;

    fn wrong(text: &str) -> usize {
        given_as_cited(text, &scan::scan(text).0).len()
    }

    #[test]
    fn a_number_is_given_or_cited_and_not_both() {
        assert_eq!(wrong("Back after {{given 02.cut}} [@dean2013 p. 7]."), 1);
        assert_eq!(wrong("| For {{given 02.cut}} | the real evening [@dean2013] |"), 1);
        assert_eq!(
            wrong("As in [@dean2013 p. 7], wrapped\nhere, {{given 02.cut}} and {{given 02.lag}}."),
            2
        );
    }

    #[test]
    fn a_given_may_stand_beside_a_citation_of_something_else() {
        assert_eq!(wrong("Ours is {{given 02.cut}}. Theirs is 5 s [@dean2013]."), 0);
        assert_eq!(wrong("Theirs is 5 s [@dean2013 p. 7]. Is ours *{{given 02.cut}}?*"), 0);
        assert_eq!(wrong("| {{given 02.cut}} | ours |\n| 5 s | theirs [@dean2013] |"), 0);
        assert_eq!(
            wrong("- {{given 02.cut}}\n- 5 s [@dean2013]\n\nAnd {{given 02.lag}}"),
            0
        );
    }
}
