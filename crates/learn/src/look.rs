//! The book's colours, for pictures and pages that stand alone.

use figures::Svg;

/// The book's vocabulary of type, space and colour: custom properties only.
pub(crate) const TOKENS: &str = include_str!("../../../theme/css/tokens.css");

/// Room around a picture that stands alone, and the height of a line above it.
const MARGIN: f64 = 18.0;
const LINE: f64 = 20.0;

/// A figure as a file of its own: with its style, light and dark, a ground, and lines of text above it.
///
/// The colours are written out, since many programs that show SVG know no custom properties.
pub(crate) fn alone(svg: &Svg, mark: &str, above: &[String]) -> String {
    let size = |name: &str| -> f64 {
        let value = svg
            .0
            .split(&format!(" {name}=\""))
            .nth(1)
            .and_then(|t| t.split('"').next());
        value.and_then(|v| v.parse().ok()).unwrap_or(720.0)
    };
    let (w, h) = (size("width"), size("height"));
    let head = above.len() as f64 * LINE;
    let (wide, high, top) = (w + 2.0 * MARGIN, h + head + 2.0 * MARGIN, MARGIN + head);
    let old = format!("width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\"");
    let new = format!("width=\"{wide}\" height=\"{high}\" viewBox=\"-{MARGIN} -{top} {wide} {high}\"");
    let style = format!(
        "<style>\n{}@media (prefers-color-scheme: dark) {{\n{}}}\n</style>\n<rect class=\"f-ground\" x=\"-{MARGIN}\" y=\"-{top}\" width=\"{wide}\" height=\"{high}\"/>\n",
        coloured(false),
        coloured(true)
    );
    let mut lines = String::new();
    for (i, line) in above.iter().enumerate() {
        let class = if i == 0 { "f-strong" } else { "f-minor" };
        let y = i as f64 * LINE + 12.0 - head - 4.0;
        lines += &format!(
            "<text class=\"{class}\" x=\"0\" y=\"{y}\">{}</text>\n",
            crate::words::html(line)
        );
    }
    let drawn = svg
        .0
        .replacen(&old, &new, 1)
        .replacen("</desc>\n", &format!("</desc>\n{style}{lines}"), 1);
    format!("{mark}\n{drawn}")
}

/// The figures' style sheet with the colours of one scheme in place of their names.
fn coloured(dark: bool) -> String {
    let rules = figures::CSS.rsplit("*/").next().unwrap_or_default().trim_start();
    let mut css = rules
        .replace("var(--fig-ground, var(--paper))", "var(--paper)")
        .replace("var(--font-ui, system-ui, sans-serif)", "system-ui, sans-serif");
    for declaration in TOKENS.split("--").skip(1) {
        let Some((name, (light, night))) = declaration.split_once(": light-dark(").and_then(|(name, rest)| {
            let (pair, _) = rest.split_once(')')?;
            Some((name, pair.split_once(", ")?))
        }) else {
            continue;
        };
        css = css.replace(&format!("var(--{name})"), if dark { night } else { light });
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;
    use figures::{About, Intervals};

    #[test]
    fn a_picture_alone_has_every_colour_written_out() {
        for dark in [false, true] {
            let css = coloured(dark);
            assert!(
                !css.contains("var(") && !css.contains('<') && css.contains("#"),
                "{css}"
            );
        }
        assert_ne!(coloured(true), coloured(false));
    }

    #[test]
    fn a_picture_alone_is_larger_by_its_margin_and_says_what_it_is() {
        let about = About::new("x", "A title", "What it shows.");
        let svg = Intervals::new(about, "ms").row("A", 1.0, 2.0).draw(340.0);
        let file = alone(&svg, "<!-- mark -->", &["one < two".into(), "three".into()]);
        assert!(file.starts_with("<!-- mark -->\n<svg class=\"fig\" xmlns="), "{file}");
        assert!(
            file.contains("width=\"376\"") && file.contains("viewBox=\"-18 -58 376 "),
            "{file}"
        );
        assert!(file.contains(">one &lt; two</text>") && file.contains("<title id=") && file.contains("<style>"));
    }
}
