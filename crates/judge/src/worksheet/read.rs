//! Reading `worksheet.toml`: everything that is wrong with it is said at once, each with its line.

use super::slips::{self, PAIR, Slip, line_of};
use super::{Answer, FreeText, Interval, Question, SCHEMA, Sheet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Value<'a> = Spanned<DeValue<'a>>;

/// Reads a sheet and holds it against the design's questions.
pub(super) fn sheet(text: &str, design: &str, questions: &[Question]) -> Result<Sheet, String> {
    let (rest, broken) = match DeTable::parse(text) {
        Ok(_) => (text.to_owned(), Vec::new()),
        Err(error) => {
            let (slips, rest) = slips::syntax(text, &error);
            (rest, slips)
        }
    };
    let Ok(file) = DeTable::parse(&rest) else {
        return Err(slips::told(broken));
    };
    let whole = broken.is_empty();
    let mut reader = Reader { text, slips: broken };
    reader.head(file.get_ref(), design, whole)?;
    let sheet = reader.body(file.get_ref(), design, questions);
    if reader.slips.is_empty() {
        Ok(sheet)
    } else {
        Err(slips::told(reader.slips))
    }
}

struct Reader<'t> {
    text: &'t str,
    slips: Vec<Slip>,
}

/// What a question's table holds.
#[derive(Default)]
struct Row {
    answer: Option<Interval>,
    first: Option<Interval>,
    reason: String,
    mechanism: String,
    /// Where the mechanism stands, in bytes.
    at: usize,
}

impl Reader<'_> {
    fn says(&mut self, byte: usize, says: String) {
        self.slips.push(Slip { line: line_of(self.text, byte), says });
    }

    /// Whose sheet it is, and of which format. When that is wrong nothing else is worth saying.
    fn head(&self, file: &DeTable<'_>, design: &str, whole: bool) -> Result<(), String> {
        let line = |v: &Value<'_>| line_of(self.text, v.span().start);
        match file.get("schema") {
            Some(v) if number(v.get_ref()) == Some(f64::from(SCHEMA)) => {}
            Some(v) => {
                let found = self.text.get(v.span()).unwrap_or_default();
                return Err(format!(
                    "line {}: it has schema = {found}, this version reads {SCHEMA}: export it again from the page of this version, or set it by hand",
                    line(v)
                ));
            }
            None if whole => {
                return Err(format!(
                    "it has no line `schema = {SCHEMA}`, which stands above the first question"
                ));
            }
            None => {}
        }
        match file.get("design") {
            Some(v) if v.get_ref().as_str() == Some(design) => Ok(()),
            Some(v) => Err(format!(
                "line {}: it is the sheet of {}; here belongs the sheet of {design:?}",
                line(v),
                self.text.get(v.span()).unwrap_or_default()
            )),
            None if whole => Err(format!(
                "it has no line `design = {design:?}`, which stands above the first question"
            )),
            None => Ok(()),
        }
    }

    fn body(&mut self, file: &DeTable<'_>, design: &str, questions: &[Question]) -> Sheet {
        for (key, value) in file {
            match key.get_ref().as_ref() {
                "design" | "schema" | "answers" | "verdict" => {}
                other => self.says(
                    value.span().start,
                    format!("no {other:?} in a worksheet; it has design, schema, [answers.…] and [verdict]"),
                ),
            }
        }
        let empty = DeTable::new();
        let answers = self
            .table(file.get("answers"), "answers", "[answers.…]")
            .unwrap_or(&empty);
        for (id, row) in answers {
            if !questions.iter().any(|q| q.id == *id.get_ref()) {
                let ids: Vec<_> = questions.iter().map(|q| q.id.as_str()).collect();
                let says = format!(
                    "no question {:?} in this design; it asks {}",
                    id.get_ref(),
                    ids.join(", ")
                );
                // The table's own place: that of its head.
                self.says(usize::min(id.span().start, row.span().start), says);
            }
        }
        let rows: Vec<Row> = questions.iter().map(|q| self.row(answers, &q.id)).collect();
        // Before the commit nobody is told the mechanisms: they are half of the answer.
        let committed = rows.iter().all(|r| r.first.is_some());
        for (q, row) in questions.iter().zip(&rows) {
            if row.mechanism.is_empty() || q.mechanisms.iter().any(|m| m.key == row.mechanism) {
                continue;
            }
            let unknown = format!("[answers.{}] has no mechanism {:?}", q.id, row.mechanism);
            self.says(
                row.at,
                if committed {
                    let keys: Vec<_> = q.mechanisms.iter().map(|m| m.key.as_str()).collect();
                    format!("{unknown}; it is one of {}", keys.join(", "))
                } else {
                    format!("{unknown}; mechanisms are picked after the commit, which names them: leave it `mechanism = \"\"` until then")
                },
            );
        }
        let verdict = self.verdict(file.get("verdict"));
        let answers = questions
            .iter()
            .zip(rows)
            .map(|(q, row)| Answer {
                id: q.id.clone(),
                answer: row.answer,
                first: row.first,
                reason: row.reason,
                mechanism: row.mechanism,
            })
            .collect();
        Sheet { design: design.into(), answers, verdict }
    }

    fn table<'v, 'a>(&mut self, value: Option<&'v Value<'a>>, name: &str, head: &str) -> Option<&'v DeTable<'a>> {
        let value = value?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.says(
                value.span().start,
                format!("{name} is a head with lines below it: `{head}`"),
            );
        }
        table
    }

    fn row(&mut self, answers: &DeTable<'_>, id: &str) -> Row {
        let mut row = Row::default();
        let Some(table) = self.table(answers.get(id), id, &format!("[answers.{id}]")) else {
            return row;
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "answer" => row.answer = self.pair(id, "answer", value),
                "first" => row.first = self.pair(id, "first", value),
                "reason" => row.reason = self.words(id, "reason", value),
                "mechanism" => (row.mechanism, row.at) = (self.words(id, "mechanism", value), value.span().start),
                other => self.says(
                    value.span().start,
                    format!("[answers.{id}] has no {other:?}; it has answer, reason, mechanism and first"),
                ),
            }
        }
        row
    }

    fn pair(&mut self, id: &str, what: &str, value: &Value<'_>) -> Option<Interval> {
        let numbers: Option<Vec<Option<f64>>> = value
            .get_ref()
            .as_array()
            .map(|list| list.iter().map(|v| number(v.get_ref())).collect());
        let wrong = match numbers.as_deref() {
            Some([]) => return None,
            Some([Some(low), Some(high)]) => return Some(Interval { low: *low, high: *high }),
            Some([Some(_)]) => "holds one number; it holds two, low and high".to_owned(),
            Some(all) if all.iter().all(Option::is_some) => format!(
                "holds {} numbers; it holds two, low and high (a decimal number has a point: 1.5)",
                all.len()
            ),
            Some(_) => "holds what is no number; numbers stand without quotation marks".to_owned(),
            None => "is no list; it holds two numbers in brackets, low and high".to_owned(),
        };
        let like = if what == "answer" {
            format!("`{PAIR}`")
        } else {
            "`first = []`, which a commit fills in by itself".into()
        };
        self.says(value.span().start, format!("[answers.{id}] {what} {wrong}: {like}"));
        None
    }

    fn words(&mut self, of: &str, what: &str, value: &Value<'_>) -> String {
        if let Some(text) = value.get_ref().as_str() {
            return text.to_owned();
        }
        let head = if of == "verdict" {
            "[verdict]".to_owned()
        } else {
            format!("[answers.{of}]")
        };
        let like = if what == "mechanism" { "" } else { "because …" };
        self.says(
            value.span().start,
            format!("{head} {what} is no text; a text stands in quotation marks: `{what} = \"{like}\"`"),
        );
        String::new()
    }

    fn verdict(&mut self, value: Option<&Value<'_>>) -> FreeText {
        let mut text = FreeText::default();
        let Some(table) = self.table(value, "verdict", "[verdict]") else {
            return text;
        };
        for (key, value) in table {
            let place = match key.get_ref().as_ref() {
                "strongest" => &mut text.strongest,
                "weakest" => &mut text.weakest,
                "swap" => &mut text.swap,
                "decision" => &mut text.decision,
                "reverses_when" => &mut text.reverses_when,
                other => {
                    let says = format!(
                        "[verdict] has no {other:?}; it has strongest, weakest, swap, decision and reverses_when"
                    );
                    self.says(value.span().start, says);
                    continue;
                }
            };
            *place = self.words("verdict", key.get_ref(), value);
        }
        text
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(n) if n.radix() == 10 => n.as_str().parse().ok(),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok().map(|n| n as f64),
        DeValue::Float(n) => n.as_str().parse().ok(),
        _ => None,
    }
}
