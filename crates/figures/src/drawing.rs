//! What every figure can do.

use crate::{Architecture, Bars, Columns, Distribution, Heatmap, Lanes, Scatter, SpaceTime, Svg, TimeSeries};

/// A figure: it can be drawn for any width, and told as a table to those who do not see it or want the numbers.
pub trait Drawing {
    /// Draws it for a width in CSS pixels.
    fn draw(&self, width: f64) -> Svg;
    /// The heads of the table's columns.
    fn head(&self) -> Vec<String>;
    /// The table's rows; the first cell of each is its head.
    fn rows(&self) -> Vec<Vec<String>>;
}

macro_rules! drawing {
    ($figure:ty, $head:expr, $rows:expr) => {
        impl Drawing for $figure {
            fn draw(&self, width: f64) -> Svg {
                <$figure>::draw(self, width)
            }

            fn head(&self) -> Vec<String> {
                let head: fn(&$figure) -> Vec<String> = $head;
                head(self)
            }

            fn rows(&self) -> Vec<Vec<String>> {
                let rows: fn(&$figure) -> Vec<Vec<String>> = $rows;
                rows(self)
            }
        }
    };
}

drawing!(Architecture, |_| Architecture::HEAD.map(String::from).to_vec(), |f| {
    f.rows().into_iter().map(Vec::from).collect()
});
drawing!(Bars, Bars::head, Bars::rows);
drawing!(Columns, Columns::head, Columns::rows);
drawing!(Distribution, Distribution::head, Distribution::rows);
drawing!(Heatmap, Heatmap::head, Heatmap::rows);
drawing!(Scatter, Scatter::head, Scatter::rows);
drawing!(TimeSeries, TimeSeries::head, TimeSeries::rows);
drawing!(Lanes, |_| Lanes::HEAD.map(String::from).to_vec(), |f| {
    f.rows().into_iter().map(Vec::from).collect()
});
drawing!(SpaceTime, |_| SpaceTime::HEAD.map(String::from).to_vec(), |f| {
    f.rows().into_iter().map(Vec::from).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{About, Series, Span, Tone};

    fn about() -> About {
        About::new("x", "t", "d")
    }

    fn told(figure: &dyn Drawing) -> Vec<String> {
        assert!(figure.draw(320.0).0.starts_with("<svg"));
        let head = figure.head();
        let rows = figure.rows();
        assert!(rows.iter().all(|r| r.len() == head.len()), "a cell for each column");
        std::iter::once(head).chain(rows).map(|r| r.join(" | ")).collect()
    }

    #[test]
    fn bars_tell_their_amounts_and_the_limit() {
        let bars = Bars::new(about(), "%").bar("yours", 12.5).limit("allowed", 8.0);
        assert_eq!(
            told(&bars),
            [" | amount", "yours | 12.5\u{202f}%", "allowed | 8\u{202f}%"]
        );
    }

    #[test]
    fn lines_that_lack_a_moment_leave_its_cell_empty() {
        let lines = TimeSeries::new(about(), "p90", "ms")
            .line("a", [(0.5, 20.0), (1.5, 30.0)])
            .line("b", [(1.5, 7.25)]);
        assert_eq!(
            told(&lines),
            [
                "time, s | a: p90 | b: p90",
                "0.5 | 20\u{202f}ms | ",
                "1.5 | 30\u{202f}ms | 7.25\u{202f}ms"
            ]
        );
    }

    #[test]
    fn a_distribution_tells_its_percentiles() {
        let a = Series::new("a", [(10.0, 0.5), (20.0, 1.0)]).percentiles([(50.0, 10.0), (99.0, 20.0)]);
        let b = Series::new("b", []);
        let figure = Distribution::new(about(), a).and(b);
        assert_eq!(
            told(&figure),
            [
                "time to answer | a | b",
                "50 of 100 within | 10\u{202f}ms | ",
                "99 of 100 within | 20\u{202f}ms | "
            ]
        );
    }

    #[test]
    fn a_heat_map_tells_every_cell() {
        let names = |a: &str, b: &str| vec![a.to_string(), b.to_string()];
        let map = Heatmap::new(about(), ("p99", "ms"), ("x", names("1", "2")), ("y", names("a", "b"))).values([
            Some(1.5),
            Some(20.0),
            None,
            Some(1310.0),
        ]);
        assert_eq!(
            told(&map),
            [
                "y ↓, x → | 1 | 2",
                "a | 1.5\u{202f}ms | 20\u{202f}ms",
                "b | – | 1,310\u{202f}ms"
            ]
        );
    }

    #[test]
    fn what_happens_on_lanes_is_told_in_order() {
        let lanes = Lanes::new(about()).lane("East").bar(0, 1.0, 2.0, Tone::A, "leads");
        assert_eq!(told(&lanes), ["time, s | where | what", "1 | East | leads until 2 s"]);
        let said = SpaceTime::new(about(), &["East"])
            .span(0, 0.0, 2.0, Span::Leads, "leads")
            .mark(0, 1.0, "stops");
        assert_eq!(told(&said).len(), 3);
    }
}
