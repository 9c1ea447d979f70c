//! The name that a mistyped one was meant to be.

/// The one name that is so near that it must be meant: a letter or two differ, or it begins so. `None` when none or several are.
pub(crate) fn near<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let names: Vec<&str> = names.into_iter().collect();
    let letters = typed.chars().count();
    // A third of the letters may be wrong; of a number or of two letters none, since every other one is as near.
    let most = letters / 3;
    let distances = names
        .iter()
        .map(|n| (strsim::damerau_levenshtein(&typed, &n.to_lowercase()), *n));
    let mut close: Vec<(usize, &str)> = distances.filter(|(d, _)| *d <= most).collect();
    close.sort();
    match close[..] {
        [(_, only)] => return Some(only),
        [(nearest, best), (next, _), ..] if nearest < next => return Some(best),
        [_, _, ..] => return None,
        [] => {}
    }
    let mut begun = names
        .iter()
        .filter(|n| letters > 1 && n.to_lowercase().starts_with(&typed));
    match (begun.next(), begun.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_slip_of_the_hand_is_understood_and_a_riddle_is_not() {
        let steps = ["predict", "calculate", "choose", "operate", "attack"];
        for (typed, meant) in [
            ("operat", Some("operate")),
            ("oeprate", Some("operate")),
            ("Operate", Some("operate")),
            ("op", Some("operate")),
            ("calcualte", Some("calculate")),
            ("chosse", Some("choose")),
            ("dance", None),
            ("", None),
            ("o", None),
            ("7", None),
        ] {
            assert_eq!(near(typed, steps), meant, "{typed:?}");
        }
        // Two names are equally near: the list says more than a guess.
        assert_eq!(near("leave_", ["leaves", "leaved"]), None);
        assert_eq!(near("hedge_", ["hedge_after", "hedge_budget"]), None);
    }
}
