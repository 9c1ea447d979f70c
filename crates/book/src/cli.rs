//! The command line of `cargo book`.

use crate::finding::count;
use crate::math::StrictKatex;
use crate::preprocess::Workbook;
use crate::{build, check, hash, serve};
use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use mdbook_preprocessor::{Preprocessor, parse_input};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Builds, serves and checks the book.
#[derive(Debug, Parser)]
#[command(
    name = "cargo book",
    bin_name = "cargo book",
    version,
    after_help = "Without a command the book is served: cargo book --open"
)]
pub struct Cli {
    /// Folder that holds book.toml [default: the nearest one upwards]
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
    #[command(flatten)]
    serve: ServeArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// Port on 127.0.0.1; 0 picks a free one [default: 3000, or the next free one]
    #[arg(long, value_name = "N", value_parser = port, allow_negative_numbers = true)]
    port: Option<u16>,
    /// Open the book in the browser
    #[arg(long)]
    open: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build, serve, and build again on every change (what `cargo book` does)
    #[command(after_help = "Example: cargo book serve --port 4000 --open")]
    Serve(ServeArgs),
    /// Build the book into a folder
    #[command(
        after_help = "Example: cargo book build --dest /tmp/book\n\nThe folder is replaced as a whole on success. One that holds anything but an earlier book is left alone."
    )]
    Build {
        /// Folder for the book [default: build-dir of book.toml, target/book]
        #[arg(long, value_name = "DIR")]
        dest: Option<PathBuf>,
    },
    /// Build the book and check links, anchors, titles, pictures, formulas, labs and what would be loaded from outside
    #[command(
        after_help = "Example: cargo book check\n\nEvery mistake is printed as FILE:LINE: what is wrong. The exit code is 1 if there is any."
    )]
    Check,
    /// Run one of our preprocessors for a plain `mdbook build` (mdBook calls this, people need not)
    #[command(
        after_help = "Example: cargo book preprocess workbook supports html\n\nWithout `supports`, the book is read as JSON from standard input and written to standard output."
    )]
    Preprocess {
        /// workbook or katex
        name: String,
        #[command(subcommand)]
        question: Option<Question>,
    },
    /// Print the hash of the sources that the labs' script is built from
    #[command(after_help = "Example: cargo book labs-hash")]
    LabsHash,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Exit with 0 if the preprocessor supports a renderer
    Supports {
        /// Name of the renderer
        renderer: String,
    },
}

/// A port, with a message that says what one is.
fn port(text: &str) -> Result<u16, String> {
    match text.parse::<i64>() {
        Ok(n) => u16::try_from(n).map_err(|_| format!("port {n} is out of range: a port is a number from 0 to 65535")),
        Err(_) => Err("a port is a number from 0 to 65535".into()),
    }
}

/// Does what the command line asks for.
///
/// # Errors
/// What went wrong, for [`report`].
pub fn run(cli: Cli) -> Result<ExitCode> {
    let root = || find_root(cli.root.as_deref());
    if cli.command.is_some() && (cli.serve.open || cli.serve.port.is_some()) {
        bail!("--port and --open are for serving: write them after `serve`, or leave the command out");
    }
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => {
            on_interrupt("\nStopped.", 0)?;
            serve::serve(&root()?, args.port, args.open)?;
        }
        Command::Build { dest } => {
            on_interrupt("\nStopped; the book is as it was.", 130)?;
            build_to(&root()?, dest)?;
        }
        Command::Check => {
            on_interrupt("\nStopped; the book is as it was.", 130)?;
            return run_check(&root()?);
        }
        Command::Preprocess { name, question } => return preprocess(&name, question),
        Command::LabsHash => {
            let root = root()?;
            let hash = hash::of_crates(&root, hash::LABS)
                .with_context(|| format!("the crates of the labs cannot be read below {}", root.display()))?;
            println!("{hash}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints an error for people.
pub fn report(e: &anyhow::Error) {
    eprintln!("{}", serve::error_text(e));
}

fn build_to(root: &Path, dest: Option<PathBuf>) -> Result<build::Built> {
    let dest = match dest {
        Some(dest) => dest,
        None => build::default_folder(root)?,
    };
    println!("Building the book …");
    let built = build::build(root, &dest).inspect_err(|_| eprintln!("The book was not built:"))?;
    println!("{} It is in {}", serve::summary(&built), built.folder.display());
    Ok(built)
}

fn run_check(root: &Path) -> Result<ExitCode> {
    let built = build_to(root, None)?;
    let report = check::check(root, &built.folder)?;
    for finding in report.findings.iter() {
        eprintln!("{finding}");
    }
    let looked = format!(
        "{} and {}",
        count(report.pages, "page", "pages"),
        count(report.links, "link", "links")
    );
    if report.findings.is_empty() {
        println!("Checked {looked}: all in order.");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "Checked {looked}: {}.",
        count(report.findings.len(), "mistake", "mistakes")
    );
    Ok(ExitCode::FAILURE)
}

/// mdBook's protocol: `supports RENDERER` answers by exit code; otherwise JSON comes in and goes out.
fn preprocess(name: &str, question: Option<Question>) -> Result<ExitCode> {
    let preprocessor: &dyn Preprocessor = match name {
        "workbook" => &Workbook,
        "katex" => &StrictKatex,
        _ => bail!("there is no preprocessor “{name}”: it is workbook or katex"),
    };
    if let Some(Question::Supports { renderer }) = question {
        return Ok(if renderer == "html" {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    let (ctx, book) =
        parse_input(std::io::stdin().lock()).context("standard input is not what mdBook 0.5 sends a preprocessor")?;
    let ours = mdbook_preprocessor::MDBOOK_VERSION;
    let line = |v: &str| v.split('.').take(2).map(str::to_string).collect::<Vec<_>>();
    if line(&ctx.mdbook_version) != line(ours) {
        bail!("this is mdBook {}; the book is made for {ours}", ctx.mdbook_version);
    }
    let book = preprocessor.run(&ctx, book)?;
    serde_json::to_writer(std::io::stdout().lock(), &book)?;
    Ok(ExitCode::SUCCESS)
}

/// On Ctrl-C: removes what is half-built, says so, and ends.
fn on_interrupt(say: &'static str, code: i32) -> Result<()> {
    ctrlc::set_handler(move || {
        build::clean_up();
        println!("{say}");
        std::process::exit(code);
    })
    .context("cannot listen for Ctrl-C")
}

/// The folder with `book.toml`: the one named, else the nearest one upwards, else that of the workspace.
fn find_root(named: Option<&Path>) -> Result<PathBuf> {
    let has_book = |folder: &Path| folder.join("book.toml").is_file();
    if let Some(named) = named {
        if !has_book(named) {
            bail!("there is no book.toml in {}", named.display());
        }
        return Ok(named.canonicalize()?);
    }
    let here = std::env::current_dir()?;
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let found = here.ancestors().chain(workspace).find(|f| has_book(f));
    found
        .map(Path::to_path_buf)
        .with_context(|| format!("there is no book.toml in {} or above it", here.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(args: &[&str]) -> Result<Cli, String> {
        Cli::try_parse_from(std::iter::once(&"cargo book").chain(args)).map_err(|e| e.to_string())
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with("Example: cargo book "), "{}", command.get_name());
        }
    }

    #[test]
    fn a_port_out_of_range_is_explained() {
        assert_eq!(parse(&["--port", "65535"]).unwrap().serve.port, Some(65535));
        assert_eq!(parse(&["--port", "0"]).unwrap().serve.port, Some(0));
        assert!(
            parse(&["--port", "-5"])
                .unwrap_err()
                .contains("port -5 is out of range")
        );
        for bad in ["65536", "70000", "--1", "http"] {
            let e = parse(&[&format!("--port={bad}")]).unwrap_err();
            assert!(e.contains("a number from 0 to 65535"), "{e}");
        }
    }

    #[test]
    fn serving_needs_no_word() {
        assert!(parse(&["--open"]).unwrap().serve.open);
        assert!(
            matches!(parse(&["serve", "--port", "1"]).unwrap().command, Some(Command::Serve(a)) if a.port == Some(1))
        );
        assert!(parse(&["build", "--port", "1"]).is_err());
        let e = run(parse(&["--port", "1", "build"]).unwrap()).unwrap_err().to_string();
        assert!(e.contains("are for serving"), "{e}");
    }

    #[test]
    fn an_unknown_preprocessor_is_named() {
        assert!(
            preprocess("mermaid", None)
                .unwrap_err()
                .to_string()
                .contains("workbook or katex")
        );
        let supports = |r: &str| {
            format!(
                "{:?}",
                preprocess("katex", Some(Question::Supports { renderer: r.into() })).unwrap()
            )
        };
        assert_eq!(supports("html"), format!("{:?}", ExitCode::SUCCESS));
        assert_eq!(supports("epub"), format!("{:?}", ExitCode::FAILURE));
    }

    #[test]
    fn a_folder_without_a_book_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let e = find_root(Some(dir.path())).unwrap_err().to_string();
        assert!(e.starts_with("there is no book.toml in "), "{e}");
    }
}
