//! How wide a label is, so that labels can be kept apart without a browser.

/// Advance widths of the printable ASCII characters in the interface face, in thousandths of the font size.
/// Digits have their tabular width, since figures use tabular digits.
const ASCII: [u16; 95] = [
    281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 649, 649, 649, 649, 649, 649, 649,
    649, 649, 649, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903,
    753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612,
    583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426,
    333, 426, 662,
];

/// Width in pixels. A reserve of 4 % covers system faces that stand in for ours.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let units: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    f64::from(units) / 1000.0 * size * 1.04
}

/// Width in pixels of semi-bold text.
pub(crate) fn width_strong(text: &str, size: f64) -> f64 {
    width(text, size) * 1.035
}

fn advance(c: char) -> u16 {
    match c {
        ' '..='~' => ASCII[c as usize - 32],
        '\u{202f}' => 220,
        '\u{a0}' | '·' | '’' | '‘' => 290,
        '–' | '“' | '”' => 500,
        '…' | '—' => 900,
        _ => 680,
    }
}

/// Breaks a text into lines that are at most `room` pixels wide; a single longer word stays whole.
pub(crate) fn wrap(text: &str, room: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) if measure(&longer) <= room => *line = longer,
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// A text that is at most `room` pixels wide: what is too much is left out at its end, with an ellipsis.
pub(crate) fn clip(text: &str, room: f64, measure: impl Fn(&str) -> f64) -> String {
    if measure(text) <= room {
        return text.to_string();
    }
    let mut kept: String = text.to_string();
    while kept.pop().is_some() {
        let short = format!("{}…", kept.trim_end());
        if measure(&short) <= room {
            return short;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_add_up_and_grow_with_size() {
        let one = width("a", 12.0);
        assert!((width("aaa", 12.0) - 3.0 * one).abs() < 1e-9);
        assert!((width("a", 24.0) - 2.0 * one).abs() < 1e-9);
        assert!(width_strong("label", 12.0) > width("label", 12.0));
        assert_eq!(width("", 12.0), 0.0);
    }

    #[test]
    fn wrapping_keeps_every_word_and_the_room() {
        let text = "keeps the first answer of each pair";
        let lines = wrap(text, 80.0, |t| width(t, 12.0));
        assert_eq!(lines.join(" "), text);
        assert!(lines.len() > 2 && lines.iter().all(|l| width(l, 12.0) <= 80.0));
        assert_eq!(wrap("indivisible", 3.0, |t| width(t, 12.0)), ["indivisible"]);
        assert!(wrap("", 80.0, |t| width(t, 12.0)).is_empty());
    }

    #[test]
    fn a_text_is_clipped_only_when_it_must_be() {
        let measure = |t: &str| width(t, 12.0);
        assert_eq!(clip("takes writes", 200.0, measure), "takes writes");
        let short = clip("takes writes", 50.0, measure);
        assert!(
            short.ends_with('…') && short.starts_with("takes") && measure(&short) <= 50.0,
            "{short}"
        );
        assert_eq!(clip("takes writes", 2.0, measure), "");
    }
}
