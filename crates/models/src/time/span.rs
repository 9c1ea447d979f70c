//! Lengths of incidents, from the times that reports give.

use crate::{Model, count, exactly, out, real};

/// Hours from one time of day to another, `midnights` midnights later.
///
/// # Errors
/// When the end is before the beginning.
pub fn hours_between(from: f64, to: f64, midnights: u32) -> Result<f64, String> {
    let hours = to - from + 24.0 * f64::from(midnights);
    if hours < 0.0 {
        return Err("it would end before it began: is there a midnight between the two?".into());
    }
    Ok(hours)
}

/// `time.between`
pub static BETWEEN: Model = Model {
    id: "time.between",
    title: "How long did it last?",
    tex: r"T = t_2 - t_1 + 24\,n",
    source: "arithmetic",
    inputs: &[
        real("from", "t_1", "Began, after midnight by", "h", (0.0, 9.25, 24.0)),
        real("to", "t_2", "Ended, after midnight by", "h", (0.0, 13.5, 24.0)),
        count("midnights", "n", "Midnights between the two", (0.0, 0.0, 366.0)),
    ],
    outputs: &[
        out("hours", "It lasted", "h", 2),
        out("minutes", "In minutes", "min", 0),
    ],
    run: |values| {
        let [from, to, midnights] = exactly(values)?;
        let hours = hours_between(from, to, midnights as u32)?;
        Ok(vec![hours, hours * 60.0])
    },
};

/// `time.outlasted`
pub static OUTLASTED: Model = Model {
    id: "time.outlasted",
    title: "How much longer than its cause did it last?",
    tex: r"A = \frac{T}{C}",
    source: "arithmetic",
    inputs: &[
        real("cause", "C", "The cause lasted", "s", (0.001, 90.0, 1e8)),
        real("effect", "T", "Users felt it for", "h", (0.0, 4.0, 1e6)),
    ],
    outputs: &[out("times", "As long as its cause", "×", 0)],
    run: |values| {
        let [cause, effect] = exactly(values)?;
        Ok(vec![effect * 3600.0 / cause])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_eleven_minutes() {
        let hours = hours_between(22.0 + 52.0 / 60.0, 23.0 + 3.0 / 60.0, 1).unwrap();
        assert!((hours * 60.0 - 1451.0).abs() < 1e-9);
        let times = OUTLASTED.call(&[43.0, hours]).unwrap()[0];
        assert_eq!(times.round(), 2025.0);
    }

    #[test]
    fn without_the_midnight_it_would_end_before_it_began() {
        assert!(hours_between(23.0, 1.0, 0).unwrap_err().contains("midnight"));
        assert_eq!(hours_between(23.0, 1.0, 1), Ok(2.0));
        assert_eq!(hours_between(7.0, 7.0, 0), Ok(0.0));
    }
}
