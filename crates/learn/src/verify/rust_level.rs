//! The Rust that a step asks of a learner: struct literals, enums, `match`, `if`, arithmetic, loops, fields of `self`.
//!
//! What a learner writes is what the solution has and the starter has not. Those lines are checked textually: comments and
//! literals are blanked first, so that prose about `dyn` offends nobody.

/// Most lines of a step's reference answer, blank lines and comments not counted.
pub(super) const MOST_LINES: usize = 25;

/// Lines of the solution that a learner has to write: those without a counterpart in the starter, counted from 0.
pub(super) fn written(starter: &str, solution: &str) -> Vec<usize> {
    let trim = |text: &str| text.lines().map(|l| l.trim().to_owned()).collect::<Vec<_>>();
    let (a, b) = (trim(starter), trim(solution));
    // Longest common subsequence, from the end.
    let mut common = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] = if a[i] == b[j] {
                1 + common[i + 1][j + 1]
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut new) = (0, 0, Vec::new());
    while j < b.len() {
        if i < a.len() && a[i] == b[j] {
            i += 1;
            j += 1;
        } else if i < a.len() && common[i + 1][j] >= common[i][j + 1] {
            i += 1;
        } else {
            new.push(j);
            j += 1;
        }
    }
    new
}

/// Of those lines, the ones that hold code, counted from 0.
pub(super) fn written_code(starter: &str, solution: &str) -> Vec<usize> {
    let blank = blanked(solution);
    let lines: Vec<&str> = blank.lines().collect();
    written(starter, solution)
        .into_iter()
        .filter(|i| lines.get(*i).is_some_and(|l| !l.trim().is_empty()))
        .collect()
}

/// What is beyond the level, as (line from 0, what).
pub(super) fn beyond(source: &str) -> Vec<(usize, &'static str)> {
    let text: Vec<char> = blanked(source).chars().collect();
    let mut found = Vec::new();
    let mut line = 0;
    let mut last_word = String::new();
    let mut before = '\n'; // the last character that is no space
    let mut i = 0;
    while i < text.len() {
        let c = text[i];
        if is_word(c) {
            let word: String = text[i..].iter().take_while(|c| is_word(**c)).collect();
            let after = text[i + word.chars().count()..].iter().collect::<String>();
            if let Some(what) = word_beyond(&word, &last_word, &after) {
                found.push((line, what));
            }
            i += word.chars().count();
            before = 'w';
            last_word = word;
            continue;
        }
        match c {
            '\n' => line += 1,
            '\'' => found.push((line, "a lifetime or a loop label")),
            '<' if before == ':' => found.push((line, "generics")),
            '|' => {
                let starts = matches!(before, '(' | ',' | '=' | '{' | ';' | '>' | '\n')
                    || (before == 'w' && matches!(last_word.as_str(), "move" | "return"));
                if starts {
                    found.push((line, "a closure"));
                    // The bar that closes its arguments.
                    while i + 1 < text.len() && text[i + 1] != '|' && text[i + 1] != '\n' {
                        i += 1;
                    }
                    i += 1;
                }
            }
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
        i += 1;
    }
    found.dedup();
    found
}

fn word_beyond(word: &str, last: &str, after: &str) -> Option<&'static str> {
    match word {
        "dyn" => Some("dyn"),
        "unsafe" => Some("unsafe"),
        "async" | "await" => Some("async"),
        "where" => Some("generics"),
        "impl" if after.starts_with('<') => Some("generics"),
        "impl" if !matches!(last, "" | "pub") && after.trim_start().starts_with("Fn") => Some("a closure"),
        _ if matches!(last, "fn" | "struct" | "enum" | "trait" | "type") && after.starts_with('<') => Some("generics"),
        _ if word != "todo"
            && after.starts_with('!')
            && after[1..].trim_start().starts_with(['(', '[', '{'])
            && !word.chars().all(|c| c.is_ascii_digit()) =>
        {
            Some("a macro other than todo!")
        }
        _ => None,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The source with comments and literals blanked; the lines stay where they are.
fn blanked(source: &str) -> String {
    let text: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    let mut depth = 0; // block comments nest
    while i < text.len() {
        let (c, next) = (text[i], text.get(i + 1).copied().unwrap_or('\0'));
        if depth > 0 {
            if c == '/' && next == '*' {
                depth += 1;
                i += 1;
            } else if c == '*' && next == '/' {
                depth -= 1;
                i += 1;
            }
            out.push(if c == '\n' { '\n' } else { ' ' });
            i += 1;
        } else if c == '/' && next == '/' {
            while i < text.len() && text[i] != '\n' {
                i += 1;
            }
        } else if c == '/' && next == '*' {
            depth = 1;
            i += 2;
        } else if c == '"' {
            i += 1;
            while i < text.len() && text[i] != '"' {
                if text[i] == '\n' {
                    out.push('\n');
                }
                i += if text[i] == '\\' { 2 } else { 1 };
            }
            i += 1;
            out.push('"');
        } else if c == '\'' && (next == '\\' || text.get(i + 2) == Some(&'\'')) {
            // A character, not a lifetime.
            i += if next == '\\' { 2 } else { 1 };
            while i < text.len() && text[i] != '\'' {
                i += 1;
            }
            i += 1;
            out.push('"');
        } else {
            out.push(c);
            i += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(source: &str) -> Vec<&'static str> {
        beyond(source).into_iter().map(|(_, w)| w).collect()
    }

    #[test]
    fn plain_rust_is_within_the_level() {
        let fine = r#"
            // a closure |x| and a dyn Trait, said in prose; don't mind
            impl Policy for Mine {
                fn next(&mut self, seen: &Observation) -> Action {
                    let late = seen.waited > ms(18) || self.sent != 0;
                    match seen.kind {
                        Kind::A | Kind::B => Action::Wait,
                        Kind::C
                        | Kind::D => todo!("don't |x|"),
                    }
                    let c = '|';
                    let flag = a | b;
                    for leaf in seen.leaves.iter() { if leaf.busy < 3 { self.n += 1; } }
                    let x: Option<f64> = None;
                    Action::Send { after: self.after * 2.0 }
                }
            }"#;
        assert_eq!(what(fine), Vec::<&str>::new());
    }

    #[test]
    fn each_thing_beyond_is_named_with_its_line() {
        assert_eq!(beyond("let a = 1;\nlet b = xs.map(|x| x + 1);"), [(1, "a closure")]);
        assert_eq!(what("run(|| 3)"), ["a closure"]);
        assert_eq!(what("spawn(move |x| x)"), ["a closure"]);
        assert_eq!(what("fn f<T>(t: T) {}"), ["generics"]);
        assert_eq!(what("impl<T> X for Y {}"), ["generics"]);
        assert_eq!(what("let v = parse::<f64>();"), ["generics"]);
        assert_eq!(what("fn f(x: &'a str) {}"), ["a lifetime or a loop label"]);
        assert_eq!(what("let p: Box<dyn P> = q;"), ["dyn"]);
        assert_eq!(what("let v = vec![1];"), ["a macro other than todo!"]);
        assert_eq!(what("unsafe { x }"), ["unsafe"]);
    }

    #[test]
    fn what_a_learner_writes_is_the_difference() {
        let starter = "//! Doc.\nfn a() -> u32 {\n    todo!(\"x\")\n}\nfn given() {}\n";
        let solution = "//! Doc.\nfn a() -> u32 {\n    // why\n    let x = 1;\n\n    x + 1\n}\nfn given() {}\n";
        assert_eq!(written_code(starter, solution), [3, 5]);
        assert_eq!(written(starter, starter), Vec::<usize>::new());
    }

    #[test]
    fn blanking_keeps_lines() {
        let text = "a /* x\n y */ b \"s\n\\\"t\" // c\n'\\n' 'x' d";
        assert_eq!(blanked(text).lines().count(), text.lines().count());
        assert!(!blanked(text).contains('x') && blanked(text).contains('d'));
    }
}
