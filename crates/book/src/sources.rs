//! `sources.toml`: every cited source once, by key.

use crate::finding::{Finding, Findings, suggest};
use crate::html::escape;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// One source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// `"Family, Given"`; an organisation has no comma.
    pub authors: Vec<String>,
    /// Title.
    pub title: String,
    /// Journal and volume, conference, publisher, or site.
    pub venue: String,
    /// Year of publication; none where the source bears no date.
    pub year: Option<u32>,
    /// Pages in the venue.
    pub pages: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// What a reader should know about it.
    pub note: Option<String>,
}

/// What stands in a list of authors for those that are not named.
const OTHERS: &str = "and others";

impl Source {
    /// The short form of a citation: `Dean & Barroso 2013`.
    pub fn short(&self) -> String {
        let family = |a: &String| {
            a.split_once(',')
                .map_or(a.as_str(), |(family, _)| family)
                .trim()
                .to_string()
        };
        let who = match self.authors.as_slice() {
            [] => self.title.clone(),
            [one] => family(one),
            [one, others] if others == OTHERS => format!("{} et al.", family(one)),
            [one, two] => format!("{} & {}", family(one), family(two)),
            [first, ..] => format!("{} et al.", family(first)),
        };
        format!("{who} {}", self.when())
    }

    /// The year, or the word for none.
    fn when(&self) -> String {
        self.year.map_or_else(|| "undated".into(), |year| year.to_string())
    }

    /// The entry in a page's list, as HTML on one line.
    pub fn entry(&self) -> String {
        let people: Vec<String> = self
            .authors
            .iter()
            .map(|a| match a.split_once(',') {
                Some((family, given)) => format!("{} {}", escape(given.trim()), escape(family.trim())),
                None => escape(a),
            })
            .collect();
        let who = match people.as_slice() {
            [] => String::new(),
            [one] => format!("{one} "),
            [rest @ .., last] if last == OTHERS => format!("{} {last} ", rest.join(", ")),
            [rest @ .., last] => format!("{} and {last} ", rest.join(", ")),
        };
        let mut out = format!(
            "{who}({}). <cite>{}</cite>. {}",
            self.when(),
            escape(&self.title),
            escape(&self.venue)
        );
        if let Some(pages) = &self.pages {
            let word = if pages.contains(['–', '-', ',']) { "pp." } else { "p." };
            out.push_str(&format!(", {word}&nbsp;{}", escape(pages)));
        }
        out.push('.');
        if let Some(url) = &self.url {
            out.push_str(&format!(" <a href=\"{}\">{}</a>", escape(url), escape(shown(url))));
        }
        if let Some(note) = &self.note {
            out.push_str(&format!(" <span class=\"source-note\">{}</span>", escape(note.trim())));
        }
        out
    }
}

/// An address without its scheme and trailing slash.
fn shown(url: &str) -> &str {
    url.trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/')
}

/// All the sources.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<String, Source>);

impl Sources {
    /// Name of the file beside `book.toml`.
    pub const FILE: &str = "sources.toml";

    /// Reads the file in a folder; a book without one cites nothing.
    ///
    /// # Errors
    /// Every entry that is wrong, with its line.
    pub fn load(root: &Path) -> Result<Self, Findings> {
        match std::fs::read_to_string(root.join(Self::FILE)) {
            Ok(text) => Self::parse(&text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => {
                let mut all = Findings::default();
                all.push(Finding::of(Self::FILE, format!("cannot be read: {e}")));
                Err(all)
            }
        }
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    /// Every entry that is wrong, with its line.
    pub fn parse(text: &str) -> Result<Self, Findings> {
        let mut all = Findings::default();
        let parsed: BTreeMap<String, Source> = match toml::from_str(text) {
            Ok(parsed) => parsed,
            Err(e) => {
                let line = e.span().map_or(1, |s| text[..s.start].matches('\n').count() + 1);
                all.push(Finding::at(Self::FILE, line, e.message().trim()));
                return Err(all);
            }
        };
        for (key, source) in &parsed {
            let mut wrong = |what: &str| {
                let head = format!("[{key}]");
                let line = text
                    .lines()
                    .position(|l| l.trim_start().starts_with(&head))
                    .map_or(1, |i| i + 1);
                all.push(Finding::at(Self::FILE, line, format!("{key}: {what}")));
            };
            if !is_key(key) {
                wrong("a key has lower-case letters, digits and hyphens only");
            }
            if source.authors.is_empty() || source.authors.iter().any(|a| a.trim().is_empty()) {
                wrong("authors is empty; an organisation can be an author");
            }
            match source.year {
                Some(year) if !(1900..=2100).contains(&year) => wrong("the year is not between 1900 and 2100"),
                None if source.note.is_none() => wrong("a source without a year needs a note that says why"),
                _ => {}
            }
            if source
                .url
                .as_ref()
                .is_some_and(|u| !u.starts_with("https://") && !u.starts_with("http://"))
            {
                wrong("the url does not start with https://");
            }
        }
        all.into_result().map(|()| Self(parsed))
    }

    /// The source of a key.
    ///
    /// # Errors
    /// The keys that come nearest.
    pub fn get(&self, key: &str) -> Result<&Source, String> {
        self.0.get(key).ok_or_else(|| {
            format!(
                "{} has no source “{key}”; {}",
                Self::FILE,
                suggest(key, self.0.keys().map(String::as_str))
            )
        })
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Can this be a key?
pub fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"
[dean2013]
authors = ["Dean, Jeffrey", "Barroso, Luiz André"]
title = "The Tail at Scale"
venue = "CACM 56(2)"
year = 2013
pages = "74–80"
url = "https://example.org/tail/"

[acme2020]
authors = ["Acme Web Services"]
title = "A post-mortem"
venue = "acme.example"
year = 2020
note = "Read in 2024."
"#;

    #[test]
    fn authors_who_are_not_named_are_others() {
        let mut some = Sources::parse(TWO).unwrap().get("dean2013").unwrap().clone();
        some.authors = vec!["Pan, Satadru".into(), OTHERS.into()];
        assert_eq!(some.short(), "Pan et al. 2013");
        assert!(
            some.entry().starts_with("Satadru Pan and others (2013)"),
            "{}",
            some.entry()
        );
    }

    #[test]
    fn the_short_form_has_family_names_and_year() {
        let s = Sources::parse(TWO).unwrap();
        assert_eq!(s.get("dean2013").unwrap().short(), "Dean & Barroso 2013");
        assert_eq!(s.get("acme2020").unwrap().short(), "Acme Web Services 2020");
        let mut many = s.get("dean2013").unwrap().clone();
        many.authors.push("Third, Person".into());
        assert_eq!(many.short(), "Dean et al. 2013");
    }

    #[test]
    fn a_source_without_a_date_says_so_and_why() {
        let undated = TWO.replace("year = 2020\n", "");
        let s = Sources::parse(&undated).unwrap();
        let acme = s.get("acme2020").unwrap();
        assert_eq!(acme.short(), "Acme Web Services undated");
        assert!(
            acme.entry().starts_with("Acme Web Services (undated)."),
            "{}",
            acme.entry()
        );
        let unexplained = undated.replace("note = \"Read in 2024.\"\n", "");
        assert_eq!(
            Sources::parse(&unexplained).unwrap_err().to_string(),
            "sources.toml:10: acme2020: a source without a year needs a note that says why"
        );
    }

    #[test]
    fn the_entry_names_everything_once() {
        let s = Sources::parse(TWO).unwrap();
        assert_eq!(
            s.get("dean2013").unwrap().entry(),
            "Jeffrey Dean and Luiz André Barroso (2013). <cite>The Tail at Scale</cite>. CACM 56(2), pp.&nbsp;74–80. \
             <a href=\"https://example.org/tail/\">example.org/tail</a>"
        );
        assert!(
            s.get("acme2020")
                .unwrap()
                .entry()
                .ends_with("<span class=\"source-note\">Read in 2024.</span>")
        );
    }

    #[test]
    fn an_unknown_key_suggests_the_nearest() {
        let e = Sources::parse(TWO).unwrap().get("dean2031").unwrap_err();
        assert!(
            e.starts_with("sources.toml has no source “dean2031”; there is dean2013"),
            "{e}"
        );
    }

    #[test]
    fn mistakes_name_their_line() {
        let bad = TWO.replace("year = 2020", "year = 20");
        assert_eq!(
            Sources::parse(&bad).unwrap_err().to_string(),
            "sources.toml:10: acme2020: the year is not between 1900 and 2100"
        );
        let unknown = TWO.replace("note =", "nota =");
        let e = Sources::parse(&unknown).unwrap_err().to_string();
        assert!(e.starts_with("sources.toml:15: unknown field `nota`"), "{e}");
        let key = TWO.replace("[acme2020]", "[Acme_2020]");
        assert!(
            Sources::parse(&key)
                .unwrap_err()
                .to_string()
                .contains("sources.toml:10")
        );
    }
}
