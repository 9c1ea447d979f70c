//! The editor's settings that come with the project.

use super::{Line, get_back};
use crate::check::Session;
use crate::files;

/// Settings that matter, each with what it is good for.
const WANTED: &[(&str, &str, &str)] = &[
    (
        "rust-analyzer.check.workspace",
        "false",
        "opening the folder must not compile the whole book",
    ),
    (
        "rust-analyzer.cargo.targetDir",
        "true",
        "editor and `cargo learn` must not wait for each other",
    ),
    ("files.eol", "\"\\n\"", "line ends are the same on every system"),
];

/// `.vscode/settings.json`: is it there, and does it still say what matters?
pub(super) fn settings(session: &Session) -> Line {
    let about = "editor";
    let name = ".vscode/settings.json";
    let mend = get_back(session, name);
    let text = match files::read_if_there(&session.place.root.join(name)) {
        Ok(Some(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Ok(None) => return Line::note(about, format!("{name} is missing; VS Code needs it"), mend),
        Err(e) => return Line::note(about, format!("{e:#}"), mend),
    };
    match problems(&text) {
        Err(why) => Line::note(about, format!("{name} cannot be read: {why}"), mend),
        Ok(problems) if problems.is_empty() => Line::good(about, format!("{name} is as it should be")),
        Ok(problems) => Line::note(about, format!("{name}: {}", problems.join("; ")), mend),
    }
}

/// What differs from what matters.
fn problems(text: &str) -> Result<Vec<String>, String> {
    let settings: serde_json::Value = serde_json::from_str(&plain_json(text)).map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    for (key, wanted, why) in WANTED {
        let found = settings.get(key).map(ToString::to_string);
        if found.as_deref() != Some(wanted) {
            let found = found.map_or("is missing".into(), |f| format!("is {f}"));
            out.push(format!("{key} {found} and should be {wanted} ({why})"));
        }
    }
    if settings["search.exclude"]["solutions/**"] != true {
        out.push("search.exclude lacks solutions/** (a search should not show answers)".into());
    }
    Ok(out)
}

/// An editor's JSON without its comments and its last commas.
fn plain_json(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some(_)) if in_string => {
                out.push(c);
                out.extend(rest.next());
            }
            ('"', _) => {
                in_string = !in_string;
                out.push(c);
            }
            ('/', Some('/')) if !in_string => {
                while rest.peek().is_some_and(|c| *c != '\n') {
                    rest.next();
                }
            }
            ('/', Some('*')) if !in_string => {
                let mut last = ' ';
                while let Some(c) = rest.next().filter(|c| !(last == '*' && *c == '/')) {
                    last = c;
                }
            }
            ('}' | ']', _) if !in_string => {
                if out.trim_end().ends_with(',') {
                    out.truncate(out.trim_end().len() - 1);
                }
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../../.vscode/settings.json");

    #[test]
    fn what_is_shipped_is_as_it_should_be() {
        assert_eq!(problems(SHIPPED), Ok(Vec::new()));
    }

    #[test]
    fn what_is_changed_is_named() {
        let changed = SHIPPED.replace("\"rust-analyzer.cargo.targetDir\": true,", "");
        assert!(problems(&changed).unwrap()[0].starts_with("rust-analyzer.cargo.targetDir is missing"));
        let changed = SHIPPED.replace("check.workspace\": false", "check.workspace\": true");
        assert!(problems(&changed).unwrap()[0].contains("is true and should be false"));
        let changed = SHIPPED.replace("\"solutions/**\": true,", "");
        assert!(problems(&changed).unwrap()[0].contains("solutions/**"));
        assert!(problems("{").is_err());
    }

    #[test]
    fn comments_go_and_strings_stay() {
        let text = "{ // one\n \"a\": \"http://x/*y*/ \\\" // z\", /* two, */ \"b\": [1, 2,],\n}";
        let value: serde_json::Value = serde_json::from_str(&plain_json(text)).unwrap();
        assert_eq!(value, serde_json::json!({"a": "http://x/*y*/ \" // z", "b": [1, 2]}));
    }
}
