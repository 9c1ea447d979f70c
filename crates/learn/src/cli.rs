//! The command line.
//!
//! Built by hand and not derived: clap's derive would have other features of `syn` than an exercise has, and so the first
//! `cargo learn check` would compile serde, and all that derives from it, a second time.

use crate::Outcome;
use crate::check::{self, Session};
use crate::near::near;
use crate::place::Place;
use crate::steps::{At, Catalogue, Target};
use crate::verify::{self, Wanted};
use crate::{
    board, calibration, dispute, doctor, export, lab, list, new_design, replay, report, reset, show, solution, watch,
    worksheet,
};
use anyhow::{Result, bail};
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  cargo learn                    the task that is next; in a terminal it then checks each save
  cargo learn check 02/operate   one step, once
  cargo learn check --help       more about one command

A step is named by design and kind: 02/operate. 02/4 and fan-out-search/operate mean the same.
Signs: ✓ it holds, ✗ it was judged and does not hold, ○ nothing was judged yet.
Exit codes: 0 it holds, or was done; 1 not yet; 2 wrong usage, or something stands in the way.
Plain `cargo test -p fan-out-search` judges just as well, and records nothing.";

/// The whole command line.
fn command() -> Command {
    Command::new("cargo learn")
        .bin_name("cargo learn")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The guided path through the exercises. Without a command it shows the task that is next, and checks each save.")
        .after_help(AFTER)
        .arg(
            Arg::new("once")
                .long("once")
                .action(ArgAction::SetTrue)
                .help("Show the task, check it once, and end"),
        )
        .subcommand(
            verb(
                "list",
                "All designs and steps: their minutes, and what is solved",
                "cargo learn list\n  cargo learn list --out progress.json",
            )
            .arg(format(&["human", "json"]))
            .arg(
                Arg::new("out")
                    .long("out")
                    .value_name("FILE")
                    .help("Write the list as JSON to a file; the book, under “How to use this workbook”, imports it"),
            ),
        )
        .subcommand(verb(
            "next",
            "The task that is next: what to do, the file to open, the command that checks it",
            "cargo learn next",
        ))
        .subcommand(
            verb(
                "check",
                "Check a step and show one verdict; of a design, its steps in order until one does not hold",
                "cargo learn check\n  cargo learn check 02/operate\n  cargo learn check 02\n  cargo learn check --all --format junit",
            )
            .arg(target())
            .arg(
                Arg::new("all")
                    .long("all")
                    .action(ArgAction::SetTrue)
                    .help("Every step of the design, or of all designs: one line each, and nothing is committed"),
            )
            .arg(format(&["human", "json", "junit"])),
        )
        .subcommand(
            verb(
                "hint",
                "A hint: first a question; asked again, the idea; asked again, nearly the answer",
                "cargo learn hint\n  cargo learn hint 02/operate",
            )
            .arg(target()),
        )
        .subcommand(
            verb(
                "watch",
                "Check on every save, and go on to the next step after a pass",
                "cargo learn watch\n  cargo learn watch 02/operate\n\nKeys: h hint, n next, t task, l list, a all steps of the design, o open the page, q quit; Enter checks again.\nOn Windows, and without a terminal, each needs Enter.",
            )
            .arg(target()),
        )
        .subcommand(
            results(verb(
                "lab",
                "Run a design's lab in the terminal: the same knobs, seed and numbers as in the page",
                "cargo learn lab 02\n  cargo learn lab 02 --knobs\n  cargo learn lab 02 hedge_after=30 --seed 8",
            ))
            .arg(
                Arg::new("list")
                    .long("knobs")
                    .action(ArgAction::SetTrue)
                    .conflicts_with_all(["knobs", "seed", "anyway"])
                    .help("List the knobs, and run nothing"),
            ),
        )
        .subcommand(
            verb(
                "replay",
                "Your answer's run beside a built-in policy's, on the same arrivals, as a page",
                "cargo learn replay 02/operate --open\n  cargo learn replay 02/operate --test keeps_extra_work_within_the_limit_in_a_storm --seed 7",
            )
            .arg(step())
            .arg(
                Arg::new("test")
                    .long("test")
                    .value_name("NAME")
                    .help("The test whose situation is run; without it, the first that does not hold"),
            )
            .arg(
                Arg::new("seed")
                    .long("seed")
                    .value_name("N")
                    .value_parser(value_parser!(u64))
                    .help("Seed of the run; without it, the first of those that the verdict rests on"),
            )
            .arg(anyway("Show results even before the predictions are committed"))
            .arg(
                Arg::new("open")
                    .long("open")
                    .action(ArgAction::SetTrue)
                    .help("Open the page in the browser"),
            ),
        )
        .subcommand(
            verb(
                "solution",
                "The difference from your answer to ours, with the reasons; asks first if the step is not solved",
                "cargo learn solution 02/operate",
            )
            .arg(step())
            .arg(anyway("Show it even before the step is solved")),
        )
        .subcommand(
            verb(
                "reset",
                "Put the starter back as it was; your version is kept in the exercise's folder kept/",
                "cargo learn reset 02/operate\n  cargo learn reset 02",
            )
            .arg(step()),
        )
        .subcommand(
            verb(
                "worksheet",
                "What is answered and committed on a design's worksheet; or take over one that the page exported",
                "cargo learn worksheet 02\n  cargo learn worksheet 02 --import worksheet-02.toml",
            )
            .arg(design())
            .arg(
                Arg::new("import")
                    .long("import")
                    .value_name("FILE")
                    .help("Take over this sheet; a first commit that is here already stays"),
            ),
        )
        .subcommand(
            verb(
                "calibration",
                "How often your 90 % intervals held, over all designs, and their score (lower is better)",
                "cargo learn calibration\n  cargo learn calibration --svg calibration.svg",
            )
            .arg(
                Arg::new("svg")
                    .long("svg")
                    .value_name("FILE")
                    .help("Also write the picture to this file"),
            ),
        )
        .subcommand(
            verb(
                "board",
                "A group's page from its worksheets, most disagreement first",
                "cargo learn board sheets/\n  cargo learn board a.toml b.toml --out board.html\n  cargo learn board sheets/ --reveal",
            )
            .arg(
                Arg::new("sheets")
                    .value_name("SHEET")
                    .required(true)
                    .num_args(1..)
                    .help("Worksheets, or folders of them, however deep"),
            )
            .arg(
                Arg::new("out")
                    .long("out")
                    .value_name("FILE")
                    .default_value("board.html")
                    .help("The page; the same in Markdown stands beside it"),
            )
            .arg(
                Arg::new("reveal")
                    .long("reveal")
                    .action(ArgAction::SetTrue)
                    .help("Show what the simulator gives, too"),
            )
            .arg(
                Arg::new("names")
                    .long("names")
                    .action(ArgAction::SetTrue)
                    .help("Call each sheet by its file's name; without this, by a letter"),
            ),
        )
        .subcommand(
            verb(
                "report",
                "Points for a course, from the record alone: one for each planned minute of a solved step",
                "cargo learn report\n  cargo learn report --format csv > points.csv",
            )
            .arg(format(&["human", "json", "csv"])),
        )
        .subcommand(
            verb(
                "dispute",
                "A file for an issue, when you hold a verdict to be wrong: the verdict, your answer, the versions",
                "cargo learn dispute 02/operate",
            )
            .arg(step()),
        )
        .subcommand(
            verb(
                "export",
                "Answers, worksheets and progress as one zip",
                "cargo learn export\n  cargo learn export my-answers.zip",
            )
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .default_value("my-answers.zip")
                    .help("The zip; a file that is there already is left alone"),
            ),
        )
        .subcommand(
            verb(
                "doctor",
                "What could stand in the way (Rust, room on the disk, editor), and how to mend it",
                "cargo learn doctor\n  cargo learn doctor --branch my-answers",
            )
            .arg(
                Arg::new("branch")
                    .long("branch")
                    .value_name("NAME")
                    .help("Also begin a git branch of that name for your answers, or go to it"),
            ),
        )
        .subcommand(
            verb(
                "verify",
                "For authors: prove starters, solutions, misconceptions, styles, hints and texts",
                "cargo learn verify\n  cargo learn verify 02 --pools 50\n  cargo learn verify --shard 2/4\n  cargo learn verify 02 --accept-starters",
            )
            .arg(Arg::new("design").value_name("NN").help("Design; without it, all"))
            .arg(
                Arg::new("pools")
                    .long("pools")
                    .value_name("N")
                    .value_parser(value_parser!(u64).range(1..=1000))
                    .default_value("1")
                    .visible_alias("seeds")
                    .help("Independent pools of seeds that solutions and wrong answers are judged on"),
            )
            .arg(
                Arg::new("shard")
                    .long("shard")
                    .value_name("I/N")
                    .help("Only every N-th part of the work, the I-th of them: for several machines"),
            )
            .arg(
                Arg::new("texts")
                    .long("texts")
                    .action(ArgAction::SetTrue)
                    .help("Only what can be told from the files, without compiling"),
            )
            .arg(
                Arg::new("accept")
                    .long("accept-starters")
                    .action(ArgAction::SetTrue)
                    .help("Make what stands in exercises/ the pristine starters"),
            ),
        )
        .subcommand(
            verb(
                "new-design",
                "For authors: the four places of a design, from a template that builds and fails properly",
                "cargo learn new-design 09-quorum-store",
            )
            .hide(true)
            .arg(
                Arg::new("folder")
                    .value_name("NN-slug")
                    .required(true)
                    .help("Number and name; both stay for good"),
            ),
        )
}

fn verb(name: &'static str, about: &'static str, examples: &'static str) -> Command {
    Command::new(name)
        .about(about)
        .after_help(format!("Examples:\n  {examples}"))
}

fn step() -> Arg {
    Arg::new("target")
        .value_name("NN[/step]")
        .required(true)
        .help("A design, or one of its steps")
}

fn design() -> Arg {
    Arg::new("target").value_name("NN").required(true).help("A design")
}

fn anyway(help: &'static str) -> Arg {
    Arg::new("anyway").long("anyway").action(ArgAction::SetTrue).help(help)
}

fn format(formats: &[&'static str]) -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(formats.to_vec())
        .default_value(formats[0])
        .help("For people, or for programs")
}

fn target() -> Arg {
    Arg::new("target")
        .value_name("NN[/step]")
        .help("A design, or one of its steps; without it, the step that is next")
}

/// The arguments of a command that shows results.
fn results(command: Command) -> Command {
    command
        .arg(
            Arg::new("target")
                .value_name("NN[/step]")
                .required(true)
                .help("A design, or one of its steps"),
        )
        .arg(
            Arg::new("knobs")
                .value_name("knob=value")
                .num_args(0..)
                .help("Knobs to turn; --knobs lists them"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("N")
                .value_parser(value_parser!(u64))
                .help(format!(
                    "Seed of the run; without it {}, with which the page opens",
                    lab::SEED
                )),
        )
        .arg(anyway("Show results even before the predictions are committed"))
}

/// Reads the command line and does what it says.
pub(crate) fn run() -> Result<Outcome> {
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => match unknown(&error) {
            Some(name) => bail!(no_command(&name)),
            None => error.exit(),
        },
    };
    let session = Session::open()?;
    let Some((verb, m)) = matches.subcommand() else {
        return watch::resume(&session, matches.get_flag("once"));
    };
    let text = |name: &str| m.get_one::<String>(name).map(String::as_str);
    let target = || text("target").map(|n| session.catalogue.target(n)).transpose();
    match verb {
        "list" if m.contains_id("out") => list::file(&session, Path::new(text("out").unwrap_or_default())),
        "list" if text("format") == Some("json") => list::json(&session),
        "list" => show::list(&session),
        "next" => show::next(&session),
        "check" => check::check(
            &session,
            target()?,
            m.get_flag("all"),
            text("format").unwrap_or("human"),
        ),
        "hint" => show::hint(&session, target()?),
        "watch" => watch::watch(&session, target()?),
        "lab" if m.get_flag("list") => lab::knobs(&session, text("target").unwrap_or_default()),
        "lab" => lab::lab(&session, &wish(m)),
        "replay" => {
            let wish = replay::Wish {
                test: text("test").map(str::to_owned),
                seed: m.get_one::<u64>("seed").copied(),
                anyway: m.get_flag("anyway"),
                open: m.get_flag("open"),
            };
            replay::replay(&session, the_step(&session, text("target"))?, &wish)
        }
        "solution" => solution::solution(&session, the_step(&session, text("target"))?, m.get_flag("anyway")),
        "reset" => reset::reset(&session, session.catalogue.target(text("target").unwrap_or_default())?),
        "worksheet" => {
            let design = session.catalogue.target(text("target").unwrap_or_default())?.design();
            worksheet::worksheet(&session, design, text("import").map(Path::new))
        }
        "calibration" => calibration::calibration(&session, text("svg").map(Path::new)),
        "board" => {
            let wish = board::Wish {
                sheets: m
                    .get_many::<String>("sheets")
                    .into_iter()
                    .flatten()
                    .map(PathBuf::from)
                    .collect(),
                out: PathBuf::from(text("out").unwrap_or("board.html")),
                reveal: m.get_flag("reveal"),
                names: m.get_flag("names"),
            };
            board::board(&session, &wish)
        }
        "report" => report::report(&session, text("format").unwrap_or("human")),
        "dispute" => dispute::dispute(&session, the_step(&session, text("target"))?),
        "export" => export::export(&session, Path::new(text("file").unwrap_or("my-answers.zip"))),
        "doctor" => doctor::doctor(&session, text("branch")),
        "verify" => {
            let design = text("design").map(|d| session.catalogue.design(d)).transpose()?;
            let wanted = Wanted {
                pools: m.get_one::<u64>("pools").copied().unwrap_or(1),
                texts: m.get_flag("texts"),
                accept_starters: m.get_flag("accept"),
                shard: text("shard").map(str::to_owned),
            };
            verify::verify(&session, design, &wanted)
        }
        "new-design" => new_design::new_design(&session, text("folder").unwrap_or_default()),
        other => unreachable!("clap knows no command {other}"),
    }
}

/// The word that stands where a command should.
fn unknown(error: &clap::Error) -> Option<String> {
    let word = error.get(ContextKind::InvalidSubcommand);
    let word = word.filter(|_| error.kind() == ErrorKind::InvalidSubcommand)?;
    Some(word.to_string())
}

/// What is said about a word that is no command: the one that is meant, or all.
fn no_command(name: &str) -> String {
    let catalogue = Place::find().and_then(|place| Catalogue::load(&place.root));
    if catalogue.is_ok_and(|c| c.target(name).is_ok()) {
        return format!("{name} is no command; to check it: cargo learn check {name}");
    }
    let line = command();
    let names = || {
        line.get_subcommands()
            .filter(|c| !c.is_hide_set())
            .map(Command::get_name)
    };
    if let Some(meant) = near(name, names()) {
        return format!("no command {name:?}; did you mean cargo learn {meant}?");
    }
    let all: Vec<&str> = names().collect();
    format!(
        "no command {name:?}; there is {}. `cargo learn --help` says what each does",
        all.join(", ")
    )
}

/// The step that a name means; a design alone stands for its first step that is not solved, or its last.
fn the_step(session: &Session, name: Option<&str>) -> Result<At> {
    Ok(match session.catalogue.target(name.unwrap_or_default())? {
        Target::Step(at) => at,
        Target::Design(design) => {
            let last = session.catalogue.of_design(design).last();
            session.current(Some(design))?.or(last).expect("a design has steps")
        }
    })
}

/// What `lab` is asked for.
fn wish(m: &ArgMatches) -> lab::Wish {
    lab::Wish {
        target: m.get_one::<String>("target").cloned().unwrap_or_default(),
        knobs: m.get_many::<String>("knobs").into_iter().flatten().cloned().collect(),
        seed: m.get_one::<u64>("seed").copied().unwrap_or(lab::SEED),
        anyway: m.get_flag("anyway"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent_and_every_command_has_an_example() {
        command().debug_assert();
        for verb in command().get_subcommands() {
            let help = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                help.contains(&format!("cargo learn {}", verb.get_name())),
                "{}",
                verb.get_name()
            );
        }
    }

    #[test]
    fn knobs_and_options_may_stand_in_any_order() {
        let m = command()
            .try_get_matches_from(["cargo learn", "lab", "02", "--seed", "9", "a=1", "--anyway", "b=2"])
            .unwrap();
        let wish = wish(m.subcommand().unwrap().1);
        assert_eq!((wish.target.as_str(), wish.seed, wish.anyway), ("02", 9, true));
        assert_eq!(wish.knobs, ["a=1", "b=2"]);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for bad in [
            &["lab"][..],
            &["lab", "02", "--seed", "-1"],
            &["lab", "02", "--knobs", "--seed", "1"],
            &["nope"],
            &["verify", "--pools", "0"],
        ] {
            let line = std::iter::once("cargo learn").chain(bad.iter().copied());
            assert!(command().try_get_matches_from(line).is_err(), "{bad:?}");
        }
    }
}
