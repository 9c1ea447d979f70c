//! Takes folders and the user's name out of a text that is meant for others.

use std::env;
use std::path::Path;

/// The text without folders of this machine: paths are relative to the clone, the home folder is `~`.
pub(super) fn scrub(text: &str, root: &Path) -> String {
    let variable = |name: &str| env::var(name).ok().filter(|v| !v.is_empty());
    // The clone's folder comes first: it usually lies in the home folder.
    let mut folders = vec![(root.to_string_lossy().into_owned(), ".")];
    if let Ok(real) = root.canonicalize() {
        folders.push((real.to_string_lossy().into_owned(), "."));
    }
    for (name, with) in [
        ("CARGO_TARGET_DIR", "target"),
        ("CARGO_HOME", "~/.cargo"),
        ("HOME", "~"),
        ("USERPROFILE", "~"),
    ] {
        folders.extend(variable(name).map(|folder| (folder, with)));
    }
    let user = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(variable);
    without(text, &folders, user.as_deref())
}

fn without(text: &str, folders: &[(String, &str)], user: Option<&str>) -> String {
    let mut out = text.to_owned();
    for (folder, with) in folders {
        let folder = folder.trim_end_matches(['/', '\\']);
        // As it is; with slashes, as a panic may show it; and as it stands in JSON.
        let mut forms = vec![
            folder.replace('\\', "\\\\"),
            folder.to_owned(),
            folder.replace('\\', "/"),
        ];
        forms.dedup();
        for form in forms {
            out = replaced(&out, &form, with);
        }
    }
    // A name that is part of a path elsewhere: /scratch/name/target.
    if let Some(user) = user.filter(|u| *u != "root") {
        for separator in ["/", "\\"] {
            out = out.replace(
                &format!("{separator}{user}{separator}"),
                &format!("{separator}…{separator}"),
            );
        }
    }
    out
}

/// Replaces a folder where it stands as one, and not as the end or the beginning of a longer name.
fn replaced(text: &str, folder: &str, with: &str) -> String {
    if folder.len() < 2 {
        return text.to_owned();
    }
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(folder) {
        let (before, after) = (&rest[..at], &rest[at + folder.len()..]);
        let before_ends = before.chars().next_back().or(out.chars().next_back());
        // A full stop may end the sentence.
        let longer = after.starts_with(in_name) && !after.starts_with(". ") && !after.starts_with(".\n");
        let apart = !before_ends.is_some_and(in_name) && !longer;
        out.push_str(before);
        out.push_str(if apart { with } else { folder });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> String {
        let folders = [
            ("/home/ada/clone".to_owned(), "."),
            ("/home/ada".to_owned(), "~"),
            ("C:\\Users\\Ada".to_owned(), "~"),
            ("/".to_owned(), "~"),
        ];
        without(text, &folders, Some("ada"))
    }

    #[test]
    fn folders_and_names_go() {
        for (text, want) in [
            ("at /home/ada/clone/src/a.rs:3", "at ./src/a.rs:3"),
            ("/home/ada/.cargo/x and (/home/ada)", "~/.cargo/x and (~)"),
            ("in /home/ada. Then", "in ~. Then"),
            ("{\"p\": \"C:\\\\Users\\\\Ada\\\\x\"}", "{\"p\": \"~\\\\x\"}"),
            ("C:\\Users\\Ada\\x, C:/Users/Ada/x", "~\\x, ~/x"),
            ("/scratch/ada/target/x", "/scratch/…/target/x"),
        ] {
            assert_eq!(clean(text), want);
        }
    }

    #[test]
    fn what_only_looks_alike_stays() {
        for text in ["/home/adam/x", "x/home/ada", "ada wrote it", "leaf/root", "1 / 2"] {
            assert_eq!(clean(text), text);
        }
    }
}
