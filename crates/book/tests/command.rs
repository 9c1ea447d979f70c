//! `cargo book` from outside: the program run on a small book in a temporary folder.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn write(root: &Path, name: &str, text: &str) {
    let file = root.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// A book of two pages and a sub-folder, with a source, a formula and a calculator of the real registry's kind.
fn small_book() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(
        root,
        "book.toml",
        "[book]\ntitle = \"Small\"\nlanguage = \"en\"\n[build]\nbuild-dir = \"target/book\"\ncreate-missing = false\n\
         [preprocessor.workbook]\ncommand = \"cargo book preprocess workbook\"\nbefore = [\"katex\", \"links\"]\nas-of = \"2026-11\"\n\
         [preprocessor.katex]\ncommand = \"cargo book preprocess katex\"\nbefore = [\"links\"]\nno-css = true\noutput = \"htmlAndMathml\"\n\
         [output.html]\nplayground = { runnable = false }\n",
    );
    write(
        root,
        "theme/index.hbs",
        "<!DOCTYPE html><html lang=\"en\"><head><title>{{ title }}</title></head><body><main>{{{ content }}}</main></body></html>",
    );
    write(
        root,
        "sources.toml",
        "[dean2013]\nauthors = [\"Dean, Jeffrey\"]\ntitle = \"Tail\"\nvenue = \"CACM\"\nyear = 2013\n",
    );
    write(
        root,
        "src/SUMMARY.md",
        "# Summary\n\n- [One](one.md)\n- [Sub](sub/README.md)\n",
    );
    write(
        root,
        "src/one.md",
        "# One\n\n$x^2$ says [@dean2013 p. 77], see [sub](sub/README.md#part).\n",
    );
    write(root, "src/sub/README.md", "# Sub\n\n## Part\n\n[one](../one.md)\n");
    dir
}

fn book(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.arg("--root").arg(root).args(args);
    command
}

fn run(root: &Path, args: &[&str]) -> (bool, String, String) {
    let Output { status, stdout, stderr } = book(root, args).output().unwrap();
    (
        status.success(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

#[test]
fn a_book_is_built_and_checked() {
    let dir = small_book();
    let (ok, out, err) = run(dir.path(), &["check"]);
    assert!(ok, "{out}{err}");
    assert!(out.starts_with("Building the book …\nBuilt 2 pages in "), "{out}");
    assert!(out.contains(": all in order."), "{out}");
    let page = std::fs::read_to_string(dir.path().join("target/book/one.html")).unwrap();
    for part in [
        "<math",
        "Dean 2013, p.&nbsp;77",
        "id=\"source-dean2013\"",
        "href=\"sub/index.html#part\"",
        "Figures as of November 2026.",
    ] {
        assert!(
            page.contains(part) || page.contains(&part.replace("&nbsp;", "\u{a0}")),
            "{part} in\n{page}"
        );
    }
}

#[test]
fn mistakes_come_with_file_and_line_and_a_failing_exit_code() {
    let dir = small_book();
    write(dir.path(), "src/one.md", "# One\n\n[gone](gone.md)\n");
    let (ok, _, err) = run(dir.path(), &["check"]);
    assert!(!ok);
    assert!(
        err.contains("src/one.md:3: dead link gone.html: there is no gone.html"),
        "{err}"
    );
    write(
        dir.path(),
        "src/one.md",
        "# One\n\n$\\frac{1}{$ and\n[@nobody]\n{{lab 99}}\n",
    );
    let (ok, _, err) = run(dir.path(), &["build"]);
    assert!(!ok);
    for line in [
        "src/one.md:4: sources.toml has no source “nobody”; there is dean2013",
        "src/one.md:5: unknown design “99”",
    ] {
        assert!(err.contains(line), "{err}");
    }
    assert!(err.contains("src/one.md:3: "), "{err}");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let dir = small_book();
    write(dir.path(), "mine/thesis.txt", "years of work");
    let dest = dir.path().join("mine");
    let (ok, _, err) = run(dir.path(), &["build", "--dest", dest.to_str().unwrap()]);
    assert!(!ok && err.contains("not a book of ours"), "{err}");
    assert_eq!(
        std::fs::read_to_string(dest.join("thesis.txt")).unwrap(),
        "years of work"
    );
    let dest = dir.path().join("new/deep");
    assert!(run(dir.path(), &["build", "--dest", dest.to_str().unwrap()]).0);
    assert!(dest.join("index.html").is_file());
}

#[test]
fn a_bad_port_or_folder_is_explained() {
    let dir = small_book();
    let (ok, _, err) = run(dir.path(), &["--port", "70000"]);
    assert!(
        !ok && err.contains("port 70000 is out of range: a port is a number from 0 to 65535"),
        "{err}"
    );
    let (ok, _, err) = run(&dir.path().join("src"), &["build"]);
    assert!(!ok && err.contains("there is no book.toml in "), "{err}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (ok, _, err) = run(dir.path(), &["--port", &port]);
    assert!(!ok && err.contains(&format!("port {port} is taken")), "{err}");
}

#[test]
fn the_preprocessors_speak_mdbooks_protocol() {
    let dir = small_book();
    assert!(run(dir.path(), &["preprocess", "workbook", "supports", "html"]).0);
    assert!(!run(dir.path(), &["preprocess", "katex", "supports", "epub"]).0);
    let input = serde_json::json!([
        {
            "root": dir.path(),
            "config": {"book": {"src": "src"}, "preprocessor": {"katex": {"no-css": true, "output": "html"}, "workbook": {}}},
            "renderer": "html",
            "mdbook_version": "0.5.4"
        },
        {"items": [{"Chapter": {
            "name": "One", "content": "# One\n\n[@dean2013] $x$\n", "number": null, "sub_items": [],
            "path": "one.md", "source_path": "one.md", "parent_names": []
        }}]}
    ]);
    let mut command = book(dir.path(), &["preprocess", "workbook"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.to_string().as_bytes())
        .unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let out: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let content = out["items"][0]["Chapter"]["content"].as_str().unwrap();
    assert!(
        content.contains("#source-dean2013") && content.contains("$x$"),
        "{content}"
    );

    let other = input.to_string().replace("0.5.4", "0.4.52");
    let mut command = book(dir.path(), &["preprocess", "katex"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(other.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(!out.status.success() && String::from_utf8_lossy(&out.stderr).contains("this is mdBook 0.4.52"));
}

/// Serves, changes a page, sees it change, breaks it, sees the notice, and stops by the signal of Ctrl-C.
#[cfg(unix)]
#[test]
fn a_served_book_follows_its_text_and_stops_cleanly() {
    let dir = small_book();
    let mut child = book(dir.path(), &["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let serving = lines.find(|l| l.starts_with("Serving http://127.0.0.1:")).unwrap();
    let address = serving
        .trim_start_matches("Serving http://")
        .split('/')
        .next()
        .unwrap()
        .to_string();
    let get = |url: &str| {
        let mut conn = TcpStream::connect(&address).unwrap();
        write!(conn, "GET {url} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut out = String::new();
        conn.read_to_string(&mut out).unwrap();
        out
    };
    assert!(get("/one.html").contains("/__book/reload.js"));
    let on_disk = std::fs::read_to_string(dir.path().join("target/book/one.html")).unwrap();
    assert!(
        !on_disk.contains("reload.js"),
        "what is on the disk is what is published"
    );

    write(dir.path(), "src/one.md", "# One\n\nchanged\n");
    assert!(lines.any(|l| l.starts_with("src/one.md changed")));
    assert!(lines.any(|l| l.starts_with("Built 2 pages in ")));
    // On a busy machine the file may have been read half-written; then another build follows.
    let soon = |done: &dyn Fn() -> bool| {
        (0..250).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(20));
            done()
        })
    };
    assert!(soon(&|| get("/one.html").contains("changed")));

    write(dir.path(), "src/one.md", "# One\n\n{{nope}}\n");
    assert!(lines.any(|l| l.starts_with("src/one.md changed")));
    let mut errors = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(errors.any(|l| l.starts_with("src/one.md:3: unknown directive “nope”")));
    assert!(errors.any(|l| l.ends_with("The last good book stays.")));
    assert!(get("/one.html").contains("changed"), "the last good book stays");
    // The pages are told right after the terminal is.
    assert!(
        soon(&|| get("/__book/state").contains("unknown directive")),
        "the page is told"
    );

    let stopped = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(stopped.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(lines.any(|l| l == "Stopped."));
    let left: Vec<_> = std::fs::read_dir(dir.path().join("target"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(left, ["book"]);
}

/// Our template is written against mdBook's variables and scripts. When mdBook's own template changes, somebody has to
/// look whether `theme/index.hbs` must follow: then put the new hash here.
#[test]
fn mdbooks_own_template_is_the_one_that_ours_was_written_against() {
    let dir = tempfile::tempdir().unwrap();
    mdbook::MDBook::init(dir.path()).copy_theme(true).build().unwrap();
    let hash = |name: &str| book::hash::of_text(&std::fs::read_to_string(dir.path().join("theme").join(name)).unwrap());
    assert_eq!(
        hash("index.hbs"),
        "b2e94aabb3bf41b518b22a4c7c78aeac",
        "mdBook’s index.hbs changed: compare it with theme/index.hbs"
    );
}
