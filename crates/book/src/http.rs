//! The part of HTTP that serving a book to one reader on the same machine needs.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A request, reduced to what matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `HEAD` or something else.
    pub method: String,
    /// Path and query as sent.
    pub url: String,
    /// Did the `Host` header name this machine? A page elsewhere whose name was pointed here does not (DNS rebinding).
    pub local: bool,
}

/// Reads the head of a request, at most 16 KiB of it.
///
/// # Errors
/// When the connection breaks, or sends nothing for 10 s.
pub fn read(conn: &TcpStream) -> io::Result<Request> {
    conn.set_read_timeout(Some(Duration::from_secs(10)))?;
    conn.set_write_timeout(Some(Duration::from_secs(30)))?;
    parse(BufReader::new(conn.take(16 * 1024)))
}

fn parse(mut head: impl BufRead) -> io::Result<Request> {
    let (mut first, mut line, mut local) = (String::new(), String::new(), false);
    head.read_line(&mut first)?;
    loop {
        line.clear();
        if head.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, host)) = line.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            local = is_local(host.trim());
        }
    }
    let mut words = first.split_whitespace();
    let mut word = || words.next().unwrap_or("").to_string();
    Ok(Request { method: word(), url: word(), local })
}

fn is_local(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        let rest = host
            .get(..name.len())
            .filter(|h| h.eq_ignore_ascii_case(name))
            .map(|_| &host[name.len()..]);
        rest.is_some_and(|r| {
            r.is_empty()
                || r.strip_prefix(':')
                    .is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()))
        })
    })
}

/// Sends an answer and ends the connection.
///
/// # Errors
/// When the connection breaks.
pub fn send(conn: &TcpStream, head_only: bool, status: &str, kind: &str, extra: &str, body: &[u8]) -> io::Result<()> {
    let mut out = conn;
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\n{extra}Connection: close\r\n\r\n",
        body.len()
    )?;
    if head_only { Ok(()) } else { out.write_all(body) }
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file of the book.
    File(PathBuf),
    /// A folder asked for without its slash: relative links would lead astray, so the browser is sent on.
    Folder,
}

/// The file of the book that a URL asks for; nothing outside the book's folder.
pub fn resolve(root: &Path, url: &str) -> Option<Target> {
    let path = url.split(['?', '#']).next().unwrap_or("/");
    let mut file = root.to_path_buf();
    for part in path.split('/').filter(|p| !p.is_empty()) {
        let part = percent_decode(part)?;
        if part == "." || part == ".." || part.contains(['/', '\\', ':', '\0']) {
            return None;
        }
        file.push(part);
    }
    if file.is_dir() {
        if !path.ends_with('/') {
            return Some(Target::Folder);
        }
        file.push("index.html");
    }
    // A link on the disk must not lead out either.
    let real = file.canonicalize().ok().filter(|f| f.is_file())?;
    real.starts_with(root.canonicalize().ok()?)
        .then_some(Target::File(file))
}

/// `%20` and its kin; `None` where the text is cut off, not hexadecimal, or not UTF-8.
pub fn percent_decode(text: &str) -> Option<String> {
    let (bytes, mut out, mut i) = (text.as_bytes(), Vec::new(), 0);
    while i < bytes.len() {
        if bytes[i] == b'%' {
            let digits = bytes.get(i + 1..i + 3)?;
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            out.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(out).ok()
}

/// The media type of a file, by its name.
pub fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "toml" | "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "ico" => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("book/a b")).unwrap();
        for file in ["secret.txt", "book/index.html", "book/a b/index.html", "book/x.html"] {
            std::fs::write(dir.path().join(file), file).unwrap();
        }
        dir
    }

    #[test]
    fn urls_lead_to_files_of_the_book() {
        let dir = book();
        let root = dir.path().join("book");
        let file = |name: &str| Some(Target::File(root.join(name)));
        assert_eq!(resolve(&root, "/"), file("index.html"));
        assert_eq!(resolve(&root, "/x.html?q=1#y"), file("x.html"));
        assert_eq!(resolve(&root, "//x.html"), file("x.html"));
        assert_eq!(resolve(&root, "/a%20b/"), file("a b/index.html"));
        assert_eq!(resolve(&root, "/a%20b"), Some(Target::Folder));
        assert_eq!(resolve(&root, "/none.html"), None);
    }

    #[test]
    fn nothing_leads_out_of_the_book() {
        let dir = book();
        let root = dir.path().join("book");
        for url in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/a%20b/../../secret.txt",
            "/..%2fsecret.txt",
            "/..\\secret.txt",
            "/C:/x",
            "/%00",
            "/./x.html",
        ] {
            assert_eq!(resolve(&root, url), None, "{url}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path().join("secret.txt"), root.join("link.txt")).unwrap();
            assert_eq!(resolve(&root, "/link.txt"), None);
        }
    }

    #[test]
    fn percent_signs_are_decoded_or_refused() {
        assert_eq!(percent_decode("a%20b%C3%A9").unwrap(), "a bé");
        for bad in ["%", "%2", "%zz", "%+1", "%ff", "%é"] {
            assert_eq!(percent_decode(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_loopback_names_are_local() {
        for host in ["localhost", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000", "[::1]"] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:3000.evil.example",
            "é",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn a_request_is_read_whatever_follows() {
        let r = parse(&b"GET /x HTTP/1.1\r\nhost: localhost:1\r\nA: b\r\n\r\nbody"[..]).unwrap();
        assert_eq!(r, Request { method: "GET".into(), url: "/x".into(), local: true });
        assert!(!parse(&b"GET /x HTTP/1.1\r\n\r\n"[..]).unwrap().local);
        assert_eq!(parse(&b""[..]).unwrap().method, "");
    }
}
