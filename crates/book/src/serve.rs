//! Serves the book on the loopback address, builds it again when something changes, and tells open pages.

use crate::build::{self, Built};
use crate::config;
use crate::finding::{Findings, count};
use crate::http::{self, Target};
use crate::watch;
use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, RwLock, mpsc};
use std::time::{Duration, SystemTime};

/// Where a book is served unless `--port` says otherwise.
pub const PORT: u16 = 3000;

/// How many ports after [`PORT`] are tried.
const TRIES: u16 = 20;

/// Connections at once; a reader's browser needs six and one more for each open page.
const CONNECTIONS: usize = 200;

/// Takes the port asked for, or the first free one from [`PORT`] on.
///
/// # Errors
/// Which port is taken, and what to do.
pub fn listen(port: Option<u16>) -> Result<TcpListener> {
    let on = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return on(port).map_err(|e| match e.kind() {
            ErrorKind::AddrInUse => anyhow::anyhow!(
                "port {port} is taken by another program: choose another one with --port, or leave --port out for the next free one"
            ),
            ErrorKind::PermissionDenied => anyhow::anyhow!("port {port} is reserved by the system: choose one from 1024 on"),
            _ => anyhow::anyhow!("cannot listen on port {port}: {e}"),
        });
    }
    for port in PORT..=PORT + TRIES {
        match on(port) {
            Ok(listener) => {
                if port != PORT {
                    println!("Port {PORT} is taken; using {port}.");
                }
                return Ok(listener);
            }
            Err(e) if e.kind() == ErrorKind::AddrInUse => {}
            Err(e) => return Err(e).with_context(|| format!("cannot listen on port {port}")),
        }
    }
    bail!(
        "ports {PORT} to {} are all taken: choose another one with --port",
        PORT + TRIES
    )
}

/// What open pages are told.
struct State {
    /// Changes with every build that succeeded.
    book: u64,
    /// Changes with every build.
    seen: u64,
    error: Option<String>,
}

/// The book being served.
pub struct Shared {
    /// Tells this run of the server from an earlier one on the same port.
    run: u128,
    folder: PathBuf,
    /// Held for writing while one book replaces another.
    swap: RwLock<()>,
    state: Mutex<State>,
    changed: Condvar,
    connections: AtomicUsize,
}

impl Shared {
    /// A server's view of the book in a folder.
    pub fn new(folder: PathBuf) -> Self {
        let run = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |d| d.as_nanos());
        Self {
            run,
            folder,
            swap: RwLock::default(),
            state: Mutex::new(State { book: 0, seen: 0, error: None }),
            changed: Condvar::new(),
            connections: AtomicUsize::new(0),
        }
    }

    /// Tells open pages how a build ended.
    pub fn tell(&self, error: Option<String>) {
        if let Ok(mut state) = self.state.lock() {
            state.seen += 1;
            if error.is_none() {
                state.book += 1;
            }
            state.error = error;
        }
        self.changed.notify_all();
    }

    /// The state as JSON; waits up to `patience` while it is the one that the page has seen.
    fn wait(&self, seen: &str, patience: Duration) -> String {
        let Ok(state) = self.state.lock() else {
            return "{}".into();
        };
        let name = |s: &State| format!("{}.{}", self.run, s.seen);
        let known = |s: &mut State| name(s) == seen;
        let Ok((state, _)) = self.changed.wait_timeout_while(state, patience, known) else {
            return "{}".into();
        };
        serde_json::json!({"seen": name(&state), "book": format!("{}.{}", self.run, state.book), "error": state.error})
            .to_string()
    }
}

/// Builds and serves the book of a folder until the program is interrupted.
///
/// # Errors
/// When no port can be had or files cannot be watched; a book that does not build is no reason to stop.
pub fn serve(root: &Path, port: Option<u16>, open: bool) -> Result<()> {
    let folder = build::default_folder(root)?;
    let src = config::read(root)?.book.src;
    let listener = listen(port)?;
    let url = format!("http://{}/", listener.local_addr()?);
    let shared = Arc::new(Shared::new(folder.clone()));
    // From here on changes are noted, so that one made during the first build is not lost.
    let (tx, rx) = mpsc::channel();
    let _watcher = watch::start(root, &src, tx)?;

    println!("Building the book …");
    rebuild(root, &shared);
    accept(listener, shared.clone())?;
    println!("Serving {url}  (Ctrl-C stops)");
    if open {
        open_browser(&url);
    }
    while let Some(path) = watch::next(&rx) {
        println!("{} changed, building …", path.display());
        rebuild(root, &shared);
    }
    Ok(())
}

/// Answers connections on threads of their own.
///
/// # Errors
/// When no thread can be started.
pub fn accept(listener: TcpListener, shared: Arc<Shared>) -> Result<()> {
    std::thread::Builder::new().name("accept".into()).spawn(move || {
        for conn in listener.incoming().flatten() {
            let shared = shared.clone();
            if shared.connections.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
                shared.connections.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            std::thread::spawn(move || {
                // A browser that goes away in mid-answer is nobody's mistake.
                let _ = answer(&conn, &shared);
                shared.connections.fetch_sub(1, Ordering::Relaxed);
            });
        }
    })?;
    Ok(())
}

/// Builds, and says how it went here and in open pages.
fn rebuild(root: &Path, shared: &Shared) {
    let result = build::build_then(root, &shared.folder, |swap| {
        let _no_reader = shared.swap.write();
        swap()
    });
    match result {
        Ok(built) => {
            println!("{}", summary(&built));
            shared.tell(None);
        }
        Err(e) => {
            let text = error_text(&e);
            eprintln!("{text}");
            let kept = if shared.folder.join("index.html").is_file() {
                "The last good book stays."
            } else {
                "There is no earlier book to show."
            };
            eprintln!("The book was not built. {kept}");
            shared.tell(Some(text));
        }
    }
}

/// `Built 31 pages in 0.42 s.`
pub fn summary(built: &Built) -> String {
    format!(
        "Built {} in {:.2} s.",
        count(built.pages, "page", "pages"),
        built.took.as_secs_f64()
    )
}

/// An error for people: the list of mistakes if it is one, otherwise the chain of causes.
pub fn error_text(e: &anyhow::Error) -> String {
    match e.chain().find_map(|c| c.downcast_ref::<Findings>()) {
        Some(all) => format!("{all}\n{}", count(all.len(), "mistake", "mistakes")),
        None => format!("{e:#}"),
    }
}

fn answer(conn: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    let request = http::read(conn)?;
    let head = request.method == "HEAD";
    let send = |status: &str, kind: &str, extra: &str, body: &[u8]| http::send(conn, head, status, kind, extra, body);
    let plain = "text/plain; charset=utf-8";
    if !request.local {
        return send(
            "403 Forbidden",
            plain,
            "",
            b"This book is served to this machine only.\n",
        );
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return send(
            "405 Method Not Allowed",
            plain,
            "Allow: GET, HEAD\r\n",
            b"Pages can only be read.\n",
        );
    }
    let path = request.url.split(['?', '#']).next().unwrap_or("/");
    match path {
        "/__book/reload.js" => {
            return send(
                "200 OK",
                "text/javascript; charset=utf-8",
                "",
                include_bytes!("reload.js"),
            );
        }
        "/__book/state" => {
            let seen = request.url.split_once("?seen=").map_or("", |(_, s)| s);
            return send(
                "200 OK",
                "application/json",
                "",
                shared.wait(seen, Duration::from_secs(25)).as_bytes(),
            );
        }
        _ => {}
    }
    let _no_swap = shared.swap.read();
    let (status, file) = match http::resolve(&shared.folder, &request.url) {
        Some(Target::File(file)) => ("200 OK", file),
        Some(Target::Folder) => {
            return send(
                "301 Moved Permanently",
                plain,
                &format!("Location: {}/\r\n", path.replace(['\r', '\n'], "")),
                b"",
            );
        }
        None => ("404 Not Found", shared.folder.join("404.html")),
    };
    match std::fs::read(&file) {
        Ok(body) if http::media_type(&file).starts_with("text/html") => {
            send(status, http::media_type(&file), "", &with_reload(&body))
        }
        Ok(body) => send(status, http::media_type(&file), "", &body),
        Err(_) => send(
            "503 Service Unavailable",
            "text/html; charset=utf-8",
            "",
            &with_reload(NO_BOOK.as_bytes()),
        ),
    }
}

/// Shown while there is no book at all: the notice on it says why.
const NO_BOOK: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>No book yet</title></head>\
    <body><main><h1>No book yet</h1><p>It does not build. The terminal says why, and so does the notice on this page. \
    The page comes by itself once the mistake is mended.</p></main></body></html>";

/// The page with the reload script. It is a file of the same origin, so that a strict content security policy holds.
fn with_reload(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let at = page.rfind("</body>").unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    format!("{before}<script src=\"/__book/reload.js\" defer></script>{after}").into_bytes()
}

fn open_browser(url: &str) {
    let (program, args): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = std::process::Command::new(program);
    command
        .args(args)
        .arg(url)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    if command.spawn().is_err() {
        println!("No browser could be opened: go to {url} yourself.");
    }
}

#[cfg(test)]
#[path = "serve_tests.rs"]
mod tests;
