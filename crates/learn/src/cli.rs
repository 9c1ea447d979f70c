//! The command line.
//!
//! Built by hand and not derived: clap's derive would have other features of `syn` than an exercise has, and so the first
//! `cargo learn check` would compile all designs a second time.

use crate::Outcome;
use crate::check::{self, Session};
use crate::verify::{self, Wanted};
use crate::{lab, new_design, show, watch};
use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

const AFTER: &str = "\
A step is named by design and kind: 02/operate (also 02/4, fan-out-search/operate).
Exit codes: 0 it holds, 1 not yet, 2 wrong usage or something in the way.
Everything is judged by plain `cargo test -p <design>` too, which records nothing.";

/// The whole command line.
fn command() -> Command {
    Command::new("cargo learn")
        .bin_name("cargo learn")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The guided path through the exercises. Without a command: the task that is next, and how to go on.")
        .after_help(AFTER)
        .subcommand(verb("list", "All designs and steps: minutes, kind, state", "cargo learn list"))
        .subcommand(verb(
            "next",
            "The task that is next: what, which file to open, which command checks it",
            "cargo learn next",
        ))
        .subcommand(
            verb(
                "check",
                "Check a step and show one verdict; a design's steps in order; without a name, the current step",
                "cargo learn check\n  cargo learn check 02/operate\n  cargo learn check 02",
            )
            .arg(target()),
        )
        .subcommand(
            verb(
                "hint",
                "A hint, one level at a time: a question, the idea, nearly the answer",
                "cargo learn hint 02/operate",
            )
            .arg(target()),
        )
        .subcommand(
            verb(
                "watch",
                "Check on every save, and go on to the next step after a pass",
                "cargo learn watch\n  cargo learn watch 02/operate\n\nWhile it watches: h, n, l or q and Enter; Enter alone checks again.",
            )
            .arg(target()),
        )
        .subcommand(
            results(verb(
                "lab",
                "Run a design's lab here: the same knobs, seed and numbers as in the page",
                "cargo learn lab 02 --knobs\n  cargo learn lab 02 hedge_after=18 --seed 7",
            ))
            .arg(
                Arg::new("list")
                    .long("knobs")
                    .action(ArgAction::SetTrue)
                    .conflicts_with_all(["knobs", "seed", "anyway"])
                    .help("List the knobs, and run nothing"),
            ),
        )
        .subcommand(results(verb(
            "replay",
            "Where to see a judged run again: the page's address and the terminal command",
            "cargo learn replay 02/operate --seed 7",
        )))
        .subcommand(
            verb(
                "verify",
                "For authors: prove starters, solutions, misconceptions, styles, hints and texts",
                "cargo learn verify\n  cargo learn verify 02 --pools 50\n  cargo learn verify 02 --accept-starters",
            )
            .arg(Arg::new("design").value_name("NN").help("Design; without it, all"))
            .arg(
                Arg::new("pools")
                    .long("pools")
                    .value_name("N")
                    .value_parser(value_parser!(u64).range(1..=1000))
                    .default_value("1")
                    .help("Independent pools of seeds that solutions and wrong answers are judged on"),
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

fn target() -> Arg {
    Arg::new("target")
        .value_name("NN[/step]")
        .help("Design or step; without it, the current step")
}

/// The arguments of a command that shows results.
fn results(command: Command) -> Command {
    command
        .arg(
            Arg::new("target")
                .value_name("NN[/step]")
                .required(true)
                .help("Design, or one of its steps"),
        )
        .arg(
            Arg::new("knobs")
                .value_name("knob=value")
                .num_args(0..)
                .help("Knobs to turn"),
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
        .arg(
            Arg::new("anyway")
                .long("anyway")
                .action(ArgAction::SetTrue)
                .help("Show results even before the predictions are committed"),
        )
}

/// Reads the command line and does what it says.
pub(crate) fn run() -> Result<Outcome> {
    let matches = command().get_matches();
    let session = Session::open()?;
    let Some((verb, m)) = matches.subcommand() else {
        return show::resume(&session);
    };
    let text = |name: &str| m.get_one::<String>(name).map(String::as_str);
    let target = || text("target").map(|n| session.catalogue.target(n)).transpose();
    match verb {
        "list" => show::list(&session),
        "next" => show::next(&session),
        "check" => check::check(&session, target()?),
        "hint" => show::hint(&session, target()?),
        "watch" => watch::watch(&session, target()?),
        "lab" if m.get_flag("list") => lab::knobs(&session, text("target").unwrap_or_default()),
        "lab" => lab::lab(&session, &wish(m)),
        "replay" => lab::replay(&session, &wish(m)),
        "verify" => {
            let design = text("design").map(|d| session.catalogue.design(d)).transpose()?;
            let wanted = Wanted {
                pools: m.get_one::<u64>("pools").copied().unwrap_or(1),
                texts: m.get_flag("texts"),
                accept_starters: m.get_flag("accept"),
            };
            verify::verify(&session, design, &wanted)
        }
        "new-design" => new_design::new_design(&session, text("folder").unwrap_or_default()),
        other => unreachable!("clap knows no command {other}"),
    }
}

/// What `lab` and `replay` are asked for.
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
