//! The server from outside: over real connections on the loopback address.

use super::*;
use std::io::{Read, Write};

fn get(address: std::net::SocketAddr, url: &str, host: &str) -> String {
    request(address, &format!("GET {url} HTTP/1.1\r\nHost: {host}\r\n\r\n"))
}

fn request(address: std::net::SocketAddr, text: &str) -> String {
    let mut conn = TcpStream::connect(address).unwrap();
    conn.write_all(text.as_bytes()).unwrap();
    let mut out = String::new();
    conn.read_to_string(&mut out).unwrap();
    out
}

fn served() -> (tempfile::TempDir, Arc<Shared>, std::net::SocketAddr) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("sub")).unwrap();
    std::fs::write(dir.path().join("index.html"), "<html><body>one</body></html>").unwrap();
    std::fs::write(dir.path().join("sub/index.html"), "sub").unwrap();
    std::fs::write(dir.path().join("404.html"), "<body>not here</body>").unwrap();
    std::fs::write(dir.path().join("x.css"), "body{}").unwrap();
    let listener = listen(Some(0)).unwrap();
    let address = listener.local_addr().unwrap();
    let shared = Arc::new(Shared::new(dir.path().to_path_buf()));
    accept(listener, shared.clone()).unwrap();
    (dir, shared, address)
}

#[test]
fn pages_come_with_the_reload_script_and_files_without() {
    let (_dir, _shared, address) = served();
    let page = get(address, "/", "localhost:3000");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(
        page.ends_with("one<script src=\"/__book/reload.js\" defer></script></body></html>"),
        "{page}"
    );
    let css = get(address, "/x.css", "localhost");
    assert!(
        css.contains("Content-Type: text/css") && css.ends_with("body{}"),
        "{css}"
    );
    assert!(get(address, "/__book/reload.js", "localhost").contains("/__book/state"));
}

#[test]
fn what_is_not_there_or_not_allowed_is_refused() {
    let (_dir, _shared, address) = served();
    let none = get(address, "/none.html", "localhost");
    assert!(none.starts_with("HTTP/1.1 404") && none.contains("not here"), "{none}");
    assert!(get(address, "/../Cargo.toml", "localhost").starts_with("HTTP/1.1 404"));
    assert!(get(address, "/", "evil.example").starts_with("HTTP/1.1 403"));
    assert!(request(address, "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n").starts_with("HTTP/1.1 405"));
    assert!(get(address, "/sub", "localhost").contains("\r\nLocation: /sub/\r\n"));
    let head = request(address, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn a_page_hears_of_a_new_book_and_of_a_failure() {
    let (_dir, shared, address) = served();
    let ask = |seen: &str| -> serde_json::Value {
        let text = get(address, &format!("/__book/state?seen={seen}"), "localhost");
        serde_json::from_str(text.split("\r\n\r\n").nth(1).unwrap()).unwrap()
    };
    let first = ask("");
    assert_eq!(first["error"], serde_json::Value::Null);
    let seen = first["seen"].as_str().unwrap().to_string();
    let teller = shared.clone();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        teller.tell(Some("src/a.md:1: no".into()));
    });
    let second = ask(&seen);
    thread.join().unwrap();
    assert_eq!(second["error"], "src/a.md:1: no");
    assert_eq!(second["book"], first["book"], "a failed build is no new book");
    shared.tell(None);
    let third = ask(second["seen"].as_str().unwrap());
    assert_eq!(third["error"], serde_json::Value::Null);
    assert_ne!(third["book"], first["book"]);
}

#[test]
fn without_any_book_a_page_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let listener = listen(Some(0)).unwrap();
    let address = listener.local_addr().unwrap();
    accept(listener, Arc::new(Shared::new(dir.path().join("none")))).unwrap();
    let page = get(address, "/", "localhost");
    assert!(
        page.starts_with("HTTP/1.1 503") && page.contains("No book yet") && page.contains("reload.js"),
        "{page}"
    );
}

#[test]
fn a_taken_port_is_named_when_asked_for_and_passed_over_when_not() {
    let first = listen(None).unwrap();
    let second = listen(None).unwrap();
    let (a, b) = (first.local_addr().unwrap().port(), second.local_addr().unwrap().port());
    assert!(a >= PORT && b > a && b <= PORT + TRIES, "{a} {b}");
    let e = listen(Some(a)).unwrap_err().to_string();
    assert!(e.contains(&format!("port {a} is taken")), "{e}");
}

#[test]
fn a_failed_rebuild_keeps_the_book_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("src")).unwrap();
    std::fs::write(dir.path().join("book.toml"), "[build]\nbuild-dir = \"out\"\n[preprocessor.katex]\ncommand = \"x\"\nno-css = true\n[preprocessor.workbook]\ncommand = \"x\"\nbefore = [\"katex\"]\n").unwrap();
    std::fs::write(dir.path().join("src/SUMMARY.md"), "- [One](one.md)\n").unwrap();
    std::fs::write(dir.path().join("src/one.md"), "# One\n").unwrap();
    let shared = Shared::new(dir.path().join("out"));
    rebuild(dir.path(), &shared);
    assert!(shared.folder.join("one.html").is_file());
    std::fs::write(dir.path().join("src/one.md"), "# One\n\n{{nope}}\n").unwrap();
    rebuild(dir.path(), &shared);
    let state = shared.state.lock().unwrap();
    assert_eq!((state.book, state.seen), (1, 2));
    assert!(
        state
            .error
            .as_ref()
            .unwrap()
            .starts_with("src/one.md:3: unknown directive “nope”")
    );
    assert!(shared.folder.join("one.html").is_file());
}
