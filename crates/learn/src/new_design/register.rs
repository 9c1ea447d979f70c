//! The lines that a design has outside its four places: in the registry and in the list of pages.
//!
//! Each function gives the whole file back, or nothing when the file does not look as expected.

/// The registry with a module and an entry more. `before` says how many designs have smaller numbers.
pub(super) fn registry(text: &str, name: &str, before: usize) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // `pub mod` lines stand in the order of the alphabet.
    let module = |l: &str| Some(l.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    let after = lines.iter().rposition(|l| module(l).is_some_and(|m| m.as_str() < name));
    let first = lines.iter().position(|l| module(l).is_some())?;
    lines.insert(after.map_or(first, |i| i + 1), format!("pub mod {name};"));
    let text = lines.join("\n") + "\n";

    let head = "pub static DESIGNS: &[&Design] = &[";
    let from = text.find(head)? + head.len();
    let to = from + text[from..].find("];")?;
    let entries = text[from..to].split(',').map(str::trim).filter(|e| !e.is_empty());
    let mut entries: Vec<String> = entries.map(str::to_owned).collect();
    if before > entries.len() || !entries.iter().all(|e| e.starts_with('&') && e.ends_with("::DESIGN")) {
        return None;
    }
    entries.insert(before, format!("&{name}::DESIGN"));
    let row = entries.join(", ");
    // As rustfmt writes it: one line up to 60 characters, else one entry a line.
    let list = if row.len() + 2 <= 60 {
        row
    } else {
        entries.iter().map(|e| format!("\n    {e},")).collect::<String>() + "\n"
    };
    Some(format!("{}{list}{}", &text[..from], &text[to..]))
}

/// The same lines for an author to add.
pub(super) fn lines_of_registry(name: &str) -> String {
    format!("pub mod {name};\nand, in the order of numbers, `&{name}::DESIGN` in DESIGNS\n")
}

/// The five lines of a design's pages, and the one for instructors.
pub(super) fn lines_of_summary(number: &str, title: &str, folder: &str) -> (String, String) {
    let mut pages = format!("- [{number} {title}](designs/{folder}/README.md)\n");
    for page in ["Evaluate", "Discuss", "Exercise", "Debrief"] {
        pages += &format!("  - [{page}](designs/{folder}/{}.md)\n", page.to_lowercase());
    }
    (
        pages,
        format!("- [Teaching {number} {title}](designs/{folder}/facilitate.md)\n"),
    )
}

/// The list of pages with a design more, in the order of numbers.
pub(super) fn summary(text: &str, number: u32, pages: &str, teaching: &str) -> Option<String> {
    let with_pages = insert(text, "# Designs", number, pages)?;
    insert(&with_pages, "# For instructors", number, teaching)
}

/// Puts lines into the section with this head: before the first design of a larger number, or at its end.
fn insert(text: &str, head: &str, number: u32, new: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let begin = lines.iter().position(|l| l.trim_end() == head)? + 1;
    let length = lines[begin..]
        .iter()
        .take_while(|l| !l.starts_with('#') && !l.starts_with("---"))
        .count();
    let end = begin + length;
    let larger = (begin..end).find(|i| number_of(lines[*i]).is_some_and(|n| n > number));
    // At the end: behind the last line that says something.
    let last = (begin..end).rev().find(|i| !lines[*i].trim().is_empty());
    let at = larger.or(last.map(|i| i + 1)).unwrap_or(begin);
    if at == begin && larger.is_none() {
        lines.insert(at, "");
        lines.insert(at + 1, new.trim_end_matches('\n'));
    } else {
        lines.insert(at, new.trim_end_matches('\n'));
    }
    Some(lines.join("\n") + "\n")
}

/// The number of the design that a line of the list links to at its outermost level.
fn number_of(line: &str) -> Option<u32> {
    let rest = line.strip_prefix("- [")?;
    let (_, target) = rest.split_once("](designs/")?;
    target.get(..2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIB: &str = "//! Doc.\n\npub mod fan_out;\npub mod lab;\n\nuse x;\n\n/// All.\npub static DESIGNS: &[&Design] = &[&fan_out::DESIGN];\n\npub fn find() {}\n";
    const SUMMARY: &str = "# Summary\n\n# Designs\n\n- [02 Fan-out](designs/02-fan-out/README.md)\n  - [Debrief](designs/02-fan-out/debrief.md)\n- [08 Far](designs/08-far/README.md)\n\n# For instructors\n\n- [Teaching 02 Fan-out](designs/02-fan-out/facilitate.md)\n\n---\n\n[Errata](errata.md)\n";

    #[test]
    fn a_design_is_entered_in_the_order_of_names_and_of_numbers() {
        let out = registry(LIB, "example", 1).unwrap();
        assert!(
            out.contains("pub mod example;\npub mod fan_out;\npub mod lab;\n"),
            "{out}"
        );
        assert!(out.contains("= &[&fan_out::DESIGN, &example::DESIGN];\n"), "{out}");
        let out = registry(&out, "zebra", 0).unwrap();
        assert!(out.contains("pub mod lab;\npub mod zebra;\n\nuse x;"), "{out}");
        assert!(
            out.contains("= &[&zebra::DESIGN, &fan_out::DESIGN, &example::DESIGN];"),
            "{out}"
        );
        let out = registry(&out, "something_long", 3).unwrap();
        assert!(out.contains("&[\n    &zebra::DESIGN,\n    &fan_out::DESIGN,\n    &example::DESIGN,\n    &something_long::DESIGN,\n];\n"), "{out}");
        assert!(
            registry(&out, "again", 4)
                .unwrap()
                .contains("    &something_long::DESIGN,\n    &again::DESIGN,\n];")
        );
        assert!(out.ends_with("pub fn find() {}\n"));
    }

    #[test]
    fn a_registry_of_another_form_is_left_to_the_author() {
        assert_eq!(registry("pub mod a;\n", "b", 0), None);
        assert_eq!(registry(LIB, "b", 2), None);
        assert_eq!(
            registry(&LIB.replace("&fan_out::DESIGN", "fan_out::all()"), "b", 0),
            None
        );
    }

    #[test]
    fn pages_are_listed_in_the_order_of_numbers() {
        let (pages, teaching) = lines_of_summary("04", "Storm", "04-storm");
        let out = summary(SUMMARY, 4, &pages, &teaching).unwrap();
        let want = "  - [Debrief](designs/02-fan-out/debrief.md)\n- [04 Storm](designs/04-storm/README.md)\n  - [Evaluate](designs/04-storm/evaluate.md)\n  - [Discuss](designs/04-storm/discuss.md)\n  - [Exercise](designs/04-storm/exercise.md)\n  - [Debrief](designs/04-storm/debrief.md)\n- [08 Far]";
        assert!(out.contains(want), "{out}");
        assert!(
            out.contains("facilitate.md)\n- [Teaching 04 Storm](designs/04-storm/facilitate.md)\n\n---\n"),
            "{out}"
        );
        let (pages, teaching) = lines_of_summary("99", "Z", "99-z");
        let out = summary(SUMMARY, 99, &pages, &teaching).unwrap();
        assert!(
            out.contains("- [08 Far](designs/08-far/README.md)\n- [99 Z](designs/99-z/README.md)\n"),
            "{out}"
        );
        assert!(out.contains("debrief.md)\n\n# For instructors\n"), "{out}");
        assert_eq!(summary("# Summary\n", 4, &pages, &teaching), None);
        let empty = summary("# Designs\n\n# For instructors\n", 4, &pages, &teaching).unwrap();
        assert!(
            empty.starts_with("# Designs\n\n- [99 Z]") && empty.contains("# For instructors\n\n- [Teaching"),
            "{empty}"
        );
    }
}
