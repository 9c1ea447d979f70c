//! A branch for one's own answers.

use super::Line;
use crate::check::Session;
use crate::git::{git, is_clone};
use anyhow::{Result, bail};

const ABOUT: &str = "git";
/// How answers are kept where there is no git.
const WITHOUT: &str = "`cargo learn export` packs your answers into one file, now and then";

/// Refuses a name that no branch can have, before anything is done.
pub(super) fn check_name(name: &str) -> Result<()> {
    // The rules of `git check-ref-format`, so that they hold without git, too.
    let odd = |c: char| c.is_control() || c.is_whitespace() || "~^:?*[\\".contains(c);
    let part = |p: &str| !p.is_empty() && !p.starts_with('.') && !p.ends_with(".lock");
    let good = !name.starts_with('-')
        && !name.ends_with('.')
        && !["..", "@{"].iter().any(|p| name.contains(p))
        && !["@", "HEAD"].contains(&name)
        && !name.contains(odd)
        && name.split('/').all(part);
    if !good {
        bail!("{name:?} cannot be the name of a branch; take letters, digits and hyphens, for example my-answers");
    }
    Ok(())
}

/// Is this a clone, and where are the answers kept?
pub(super) fn state(session: &Session) -> Line {
    let root = &session.place.root;
    if !is_clone(root) {
        return Line::good(ABOUT, format!("an archive without git, which is fine; {WITHOUT}"));
    }
    match git(root, &["branch", "--show-current"]) {
        Ok(name) if ["main", "master"].contains(&name.as_str()) => Line::note(
            ABOUT,
            format!("a clone, on its branch {name}"),
            "cargo learn doctor --branch my-answers begins a branch for your answers, so that news from the project come in easily",
        ),
        Ok(name) if name.is_empty() => Line::note(
            ABOUT,
            "a clone, on no branch",
            "cargo learn doctor --branch my-answers begins a branch for your answers",
        ),
        Ok(name) => Line::good(ABOUT, format!("a clone, on the branch {name}")),
        Err(why) => Line::note(ABOUT, why, format!("everything but git works; {WITHOUT}")),
    }
}

/// Begins the branch, or goes to it.
pub(super) fn begin(session: &Session, name: &str) -> Line {
    let root = &session.place.root;
    if !is_clone(root) {
        let mut line = Line::note(
            ABOUT,
            format!(
                "no branch {name:?}: this is an archive, not a clone. Nothing is lost by that: everything here works"
            ),
            WITHOUT,
        );
        line.mend
            .push("for branches: `git clone` the project, and unpack the export there".into());
        return line;
    }
    let mend = "mend what git says, and try again; nothing was changed";
    match switch(session, name) {
        Ok(line) => line,
        Err(why) => Line::bad(ABOUT, format!("no branch {name:?}: {why}"), mend),
    }
}

fn switch(session: &Session, name: &str) -> Result<Line, String> {
    let root = &session.place.root;
    let head = format!("refs/heads/{name}");
    // Files that git does not know yet stay where they are, on whatever branch.
    let changed = git(root, &["status", "--porcelain", "--untracked-files=no"])?
        .lines()
        .count();
    let changes = if changed == 1 {
        "1 uncommitted change".to_owned()
    } else {
        format!("{changed} uncommitted changes")
    };
    if git(root, &["branch", "--show-current"])? == name {
        return Ok(Line::good(ABOUT, format!("on the branch {name} already")));
    }
    if git(root, &["show-ref", "--verify", "--quiet", &head]).is_err() {
        git(root, &["switch", "--quiet", "--create", name])?;
        let along = match changed {
            0 => String::new(),
            _ => format!("; {changes} came along"),
        };
        let mut line = Line::good(ABOUT, format!("the new branch {name}{along}"));
        line.mend = vec![
            "keep an answer:  git add exercises && git commit -m \"02/operate\"".into(),
            "get news:        git fetch origin && git merge origin/main".into(),
        ];
        return Ok(line);
    }
    if changed > 0 {
        return Ok(Line::bad(
            ABOUT,
            format!("the branch {name} is there already, and here are {changes}: nothing was switched"),
            format!("git add --all && git commit -m \"my answers\", then: git switch {name}"),
        ));
    }
    git(root, &["switch", "--quiet", name])?;
    Ok(Line::good(
        ABOUT,
        format!("on the branch {name}, which was there already"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_git_takes() {
        for good in ["my-answers", "ada/02", "größe", "a.b", "@a"] {
            check_name(good).unwrap_or_else(|e| panic!("{e}"));
        }
        for bad in [
            "", "-d", "a b", "a..b", "a.", "/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a~1", "@", "@{-1}", "HEAD",
            "a\nb", "a:b",
        ] {
            assert!(check_name(bad).is_err(), "{bad:?}");
        }
    }
}
