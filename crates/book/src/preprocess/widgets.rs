//! Labs, worksheets and calculators as plain HTML: set-up and an empty form, which read, print and search without a
//! script. The script upgrades the custom element around them.

use super::{Cx, Page, inline};
use crate::html::{escape, json_script};
use designs::lab::{Knob, KnobKind};
use figures::number;
use models::{Input, Model};
use outline::manifest::Axis;

/// `{{lab 02}}`.
pub(super) fn lab(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let design = cx.catalogue.design(args)?;
    let lab = design.lab;
    let map = lab.map();
    let setup = page.text(cx, lab.setup(), false)?;
    let mut sets = String::new();
    for (kind, word, legend) in [
        (KnobKind::Setting, "setting", "Settings"),
        (KnobKind::Assumption, "assumption", "What is assumed"),
    ] {
        let knobs: String = lab
            .knobs()
            .iter()
            .filter(|k| k.kind == kind)
            .map(|k| knob(args, k))
            .collect();
        if !knobs.is_empty() {
            sets.push_str(&format!(
                "<fieldset class=\"knobs\" data-kind=\"{word}\"><legend>{legend}</legend>{knobs}</fieldset>"
            ));
        }
    }
    Ok(format!(
        "<div class=\"lab-frame\"><design-lab name=\"{args}\"><section class=\"lab\" aria-labelledby=\"lab-{args}-title\" data-map=\"{} {} {}\">\
         <h3 id=\"lab-{args}-title\">{}</h3><p class=\"lab-setup\">{setup}</p><form class=\"lab-form\">{sets}</form>\
         <p class=\"lab-note\">The lab runs in this page and needs JavaScript. The same runs in a terminal: <code>cargo learn lab {args}</code></p>\
         </section></design-lab></div>",
        map.across,
        map.down,
        map.result,
        escape(lab.title())
    ))
}

fn knob(design: &str, k: &Knob) -> String {
    let id = format!("lab-{design}-{}", k.name);
    let digits = k.step.to_string().split_once('.').map_or(0, |(_, d)| d.len());
    let say = |value: f64| match k.words.iter().find(|(v, _)| *v == value) {
        Some((_, word)) => (*word).to_string(),
        None => number(value, digits, k.unit),
    };
    // The script draws the range and takes this sentence out of the help: it knows it by its first and last words.
    let range = format!(
        "From {} to {}; {} to begin with.",
        say(k.min),
        say(k.max),
        say(k.default)
    );
    let words: Vec<String> = k.words.iter().map(|(v, word)| format!("{v}={word}")).collect();
    // The script reads the knob from these attributes: what it needs stands in the page once.
    let data = format!(
        "data-min=\"{}\" data-max=\"{}\" data-step=\"{}\" data-default=\"{}\" data-unit=\"{}\" data-words=\"{}\"",
        k.min,
        k.max,
        k.step,
        k.default,
        escape(k.unit),
        escape(&words.join("|")),
    );
    format!(
        "<div class=\"knob\" data-knob=\"{}\" {data}><label for=\"{id}\">{}</label> <span class=\"field\">\
         <input id=\"{id}\" name=\"{}\" type=\"text\" inputmode=\"decimal\" aria-describedby=\"{id}-help\" disabled>{}</span>\
         <p class=\"knob-help\" id=\"{id}-help\">{} {}</p></div>",
        k.name,
        escape(k.label),
        k.name,
        unit(k.unit),
        escape(k.help),
        escape(&range),
    )
}

fn unit(unit: &str) -> String {
    if unit.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"unit\">{}</span>", escape(unit))
    }
}

/// The free fields of a worksheet's verdict: key in `worksheet.toml`, and what they ask.
const VERDICT: [(&str, &str); 5] = [
    ("strongest", "Its strongest point, with axis and number"),
    ("weakest", "Its weakest point, with axis and number"),
    (
        "swap",
        "Swap one block for another: which promise of the whole changes?",
    ),
    ("decision", "Your verdict: would you build it so?"),
    ("reverses_when", "What would reverse your verdict?"),
];

/// `{{worksheet 02}}`.
pub(super) fn worksheet(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let m = &cx.catalogue.design(args)?.manifest;
    let mut axes = String::new();
    for axis in [Axis::Cost, Axis::Performance, Axis::Failure] {
        let mut questions = String::new();
        for q in m.questions.iter().filter(|q| q.axis == axis) {
            let scale = serde_json::to_value(q.scale).map_err(|e| e.to_string())?;
            questions.push_str(&format!(
                "<fieldset class=\"question\" data-question=\"{id}\" data-unit=\"{}\" data-scale=\"{}\" data-fact=\"{args}.{}\">\
                 <legend>{}</legend><p class=\"interval\">{}</p>\
                 <label class=\"reason\">because <textarea name=\"answers.{id}.reason\" rows=\"2\"></textarea>{lines}</label></fieldset>",
                escape(&q.unit),
                scale.as_str().unwrap_or("ratio"),
                escape(&q.fact),
                page.text(cx, &q.text, false)?,
                interval(&q.id, &q.unit),
                id = escape(&q.id),
                lines = lines(4),
            ));
        }
        if !questions.is_empty() {
            let key = serde_json::to_value(axis).map_err(|e| e.to_string())?;
            axes.push_str(&format!(
                "<fieldset class=\"axis\" data-axis=\"{}\"><legend>{}</legend>{questions}</fieldset>",
                key.as_str().unwrap_or(""),
                axis.words()
            ));
        }
    }
    let verdict: String = VERDICT
        .iter()
        .map(|(key, label)| {
            let lines = lines(5);
            format!("<label>{label} <textarea name=\"verdict.{key}\" rows=\"2\"></textarea>{lines}</label>")
        })
        .collect();
    // Which mechanism is right stays out of the page: it would be one look at the source away.
    let questions: Vec<serde_json::Value> = m
        .questions
        .iter()
        .map(|q| {
            let mechanisms: Vec<_> = q
                .mechanisms
                .iter()
                .map(|x| serde_json::json!({"key": x.key, "text": x.text}))
                .collect();
            serde_json::json!({
                "id": q.id, "axis": q.axis, "text": q.text, "unit": q.unit, "scale": q.scale, "fact": q.fact,
                "mechanisms": mechanisms,
            })
        })
        .collect();
    let data = serde_json::json!({"design": m.folder(), "schema": 1, "questions": questions});
    Ok(format!(
        "<div class=\"worksheet-frame\"><design-worksheet name=\"{args}\">\
         <p class=\"worksheet-title\"><b>{args} {title}</b> <span>Worksheet. Each answer is an interval that you are 90 % sure of: at most a factor \
         of ten from its low end to its high end, or 40 points for a share. Ink freezes it.</span></p>\
         <form class=\"worksheet\" data-design=\"{folder}\" data-schema=\"1\" autocomplete=\"off\">{axes}\
         <fieldset class=\"verdict\"><legend>Verdict</legend>{verdict}</fieldset>\
         <script type=\"application/json\" class=\"worksheet-data\">{}</script></form>\
         <p class=\"worksheet-note\">Each answer is an interval that you are 90 % sure of, and says something: its high end is at most ten times its low \
         end, or 40 points above it for a share. Fill the sheet in here, on paper, or in \
         <code>exercises/{folder}/worksheet.toml</code>.</p></design-worksheet></div>",
        json_script(&data),
        title = escape(&m.title),
        folder = escape(&m.folder()),
    ))
}

/// Lines for a pen, shown on paper where nothing was typed. They are borders, since browsers do not print backgrounds.
fn lines(n: usize) -> String {
    format!(
        "<span class=\"lines\" aria-hidden=\"true\">{}</span>",
        "<i></i>".repeat(n)
    )
}

/// Two fields with the unit behind them, or before them where it reads so: "1 in 20 to 40". The unit stays with its field.
fn interval(id: &str, of: &str) -> String {
    let field = |word: &str, end: &str| {
        let name = escape(id);
        format!("<label>{word} <input name=\"answers.{name}.{end}\" type=\"text\" inputmode=\"decimal\"></label>")
    };
    let together = |what: String| format!("<span class=\"end\">{what}</span>");
    let (low, high, unit) = (field("from", "low"), field("to", "high"), unit(of));
    if of.split(' ').next_back() == Some("in") {
        format!("{} {high}", together(format!("{} {low}", unit.trim())))
    } else {
        format!("{low} {}", together(high + &unit))
    }
}

/// `{{calculator tails.any_slow}}`.
pub(super) fn calculator(cx: &Cx<'_>, page: &mut Page, args: &str) -> Result<String, String> {
    let model = cx.catalogue.model(args)?;
    let id = format!("calc-{}", model.id.replace('.', "-"));
    let formula = cx
        .math
        .tex(model.tex, true)
        .map_err(|e| format!("calculator {args}: {e}"))?;
    let mut inputs = String::new();
    for i in model.inputs {
        inputs.push_str(&input(cx, &id, i)?);
    }
    let outputs: String = model
        .outputs
        .iter()
        .map(|o| {
            format!(
                "<div data-output=\"{0}\"><dt>{1}</dt><dd><output name=\"{0}\"></output>{2}</dd></div>",
                o.name,
                escape(o.label),
                unit(o.unit)
            )
        })
        .collect();
    let source = source(cx, page, model)?;
    Ok(format!(
        "<div class=\"calculator-frame\"><block-calculator name=\"{args}\"><section class=\"calculator\" aria-labelledby=\"{id}-title\">\
         <h3 id=\"{id}-title\">{}</h3><p class=\"formula\">{formula}</p><form class=\"calculator-form\">{inputs}\
         <dl class=\"outputs\">{outputs}</dl></form>{source}</section></block-calculator></div>",
        escape(model.title)
    ))
}

fn input(cx: &Cx<'_>, id: &str, i: &Input) -> Result<String, String> {
    let symbol = match i.symbol {
        "" => String::new(),
        tex => format!(" <span class=\"symbol\">{}</span>", cx.math.tex(tex, false)?),
    };
    Ok(format!(
        "<div class=\"input\" data-input=\"{name}\"><label for=\"{id}-{name}\">{}{symbol}</label> <span class=\"field\">\
         <input id=\"{id}-{name}\" name=\"{name}\" type=\"text\" inputmode=\"decimal\" value=\"{}\" data-min=\"{}\" data-max=\"{}\" data-whole=\"{}\">{}</span></div>",
        escape(i.label),
        i.default,
        i.min,
        i.max,
        i.whole,
        unit(i.unit),
        name = i.name,
    ))
}

/// The keys and places in a model's source: `"dean2013 p. 75; kleinrock1975"`. A formula that is plain arithmetic has
/// no source to cite.
pub(crate) fn cited_by(model: &Model) -> Vec<(String, String)> {
    if model.source.trim().is_empty() || model.source.trim() == ARITHMETIC {
        return Vec::new();
    }
    let parts = model
        .source
        .split(';')
        .map(|part| part.trim().split_once(' ').unwrap_or((part.trim(), "")));
    parts
        .map(|(key, place)| (key.trim_end_matches(',').to_string(), place.trim().to_string()))
        .collect()
}

/// What a model says of a formula that anyone can derive.
const ARITHMETIC: &str = "arithmetic";

fn source(cx: &Cx<'_>, page: &mut Page, model: &Model) -> Result<String, String> {
    let cites = cited_by(model);
    if cites.is_empty() {
        return Ok(format!("<p class=\"calculator-source\">Source: {ARITHMETIC}</p>"));
    }
    let cited = inline::citation(cx, page, &cites).map_err(|e| format!("calculator {}: {e}", model.id))?;
    Ok(format!("<p class=\"calculator-source\">Source: {cited}</p>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_where_it_is_read() {
        let last = interval("busy", "%");
        assert!(last.contains("</label> <span class=\"end\"><label>to "), "{last}");
        assert!(
            last.ends_with("</label> <span class=\"unit\">%</span></span>"),
            "{last}"
        );
        let first = interval("busy", "1 in");
        assert!(
            first.starts_with("<span class=\"end\"><span class=\"unit\">1 in</span> <label>from "),
            "{first}"
        );
        assert!(
            first.contains("</label></span> <label>to ") && first.ends_with("</label>"),
            "{first}"
        );
        assert!(interval("busy", "").ends_with("</label></span>"));
    }

    #[test]
    fn a_models_source_is_keys_with_places_or_arithmetic() {
        let cited = |source: &'static str| cited_by(&Model { source, ..crate::fixture::MODELS[0].clone() });
        let pair = |key: &str, place: &str| (key.to_string(), place.to_string());
        assert_eq!(
            cited("dean2013 p. 75; little1961"),
            [pair("dean2013", "p. 75"), pair("little1961", "")]
        );
        assert_eq!(cited("arithmetic"), []);
        assert_eq!(cited(""), []);
    }
}
