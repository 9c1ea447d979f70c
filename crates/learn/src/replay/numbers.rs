//! The numbers of both runs, each said once: what was counted, and the facts that are not among it.

use outline::replay::Table;
use std::collections::BTreeSet;

/// The facts that `table` does not say already, in other words or the same.
///
/// A fact is there already when a row has its values and speaks of the same thing. Each row speaks for one fact at most.
pub(super) fn besides(table: &Table, facts: &Table) -> Table {
    if table.rows.is_empty() || table.head != facts.head {
        return facts.clone();
    }
    let mut spoken = BTreeSet::new();
    let mut left = Vec::new();
    for fact in &facts.rows {
        let same = table
            .rows
            .iter()
            .enumerate()
            .filter(|(i, row)| !spoken.contains(i) && row.get(1..) == fact.get(1..));
        let nearest = same
            .map(|(i, row)| (shared(fact, row), std::cmp::Reverse(i)))
            .max()
            // Two values that differ are hardly there by chance; two zeros may be, and then a word must be the same.
            .filter(|(words, _)| *words > 0 || fact.get(1) != fact.get(2));
        match nearest {
            Some((_, std::cmp::Reverse(i))) => drop(spoken.insert(i)),
            None => left.push(fact.clone()),
        }
    }
    let caption = if spoken.is_empty() {
        facts.caption.clone()
    } else {
        "Besides, of both runs".into()
    };
    Table { caption, head: facts.head.clone(), rows: left }
}

/// How many words the names of two rows have in common; short ones say nothing.
fn shared(one: &[String], other: &[String]) -> usize {
    let words = |row: &[String]| -> BTreeSet<String> {
        let name = row.first().map(|n| n.to_lowercase()).unwrap_or_default();
        let all = name.split(|c: char| !c.is_alphanumeric());
        all.filter(|w| w.len() > 3).map(str::to_owned).collect()
    };
    words(one).intersection(&words(other)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]]) -> Table {
        Table {
            caption: "c".into(),
            head: ["", "a", "b"].map(str::to_owned).into(),
            rows: rows.iter().map(|r| r.map(str::to_owned).into()).collect(),
        }
    }

    fn names(t: &Table) -> Vec<&str> {
        t.rows.iter().map(|r| r[0].as_str()).collect()
    }

    #[test]
    fn what_was_counted_is_not_said_again_as_a_fact() {
        let counted = table(&[
            ["queries", "1,987", "1,987"],
            ["half of the users within", "78 ms", "32 ms"],
            ["stranded writes", "0", "0"],
            ["writes lost in a crash", "0", "0"],
        ]);
        let facts = table(&[
            ["Users' p50", "78 ms", "32 ms"],
            ["Writes acknowledged and lost in a crash", "0", "0"],
            ["Stranded writes", "0", "0"],
            ["Changes of the primary", "0", "0"],
            ["The mean page", "321 ms", "321 ms"],
        ]);
        let left = besides(&counted, &facts);
        assert_eq!(names(&left), ["Changes of the primary", "The mean page"]);
        assert_eq!(left.caption, "Besides, of both runs");
    }

    #[test]
    fn what_cannot_be_compared_stays() {
        let facts = table(&[["Users' p50", "78 ms", "32 ms"]]);
        assert_eq!(besides(&table(&[]), &facts), facts);
        let mut other = table(&[["half of the users within", "78 ms", "32 ms"]]);
        other.head[1] = "x".into();
        assert_eq!(besides(&other, &facts), facts);
        let strangers = table(&[["users", "0", "0"]]);
        let zero = table(&[["Retries", "0", "0"]]);
        assert_eq!(besides(&strangers, &zero), zero);
    }
}
