//! Each kind of figure is compared with the drawing in `tests/golden/` at a wide and a narrow width.
//!
//! After a wanted change, look at the gallery (`cargo run -p figures --example gallery > gallery.html`), then write the
//! files anew with `FIGURES_RENEW=1 cargo test -p figures --test golden`.

mod samples;

use std::{env, fs, path::Path};

#[test]
fn figures_are_drawn_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let renew = env::var_os("FIGURES_RENEW").is_some();
    let mut changed = Vec::new();
    for width in [320.0, 720.0] {
        for (name, svg) in samples::all(width) {
            let file = folder.join(format!("{name}-{width}.svg"));
            if renew {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&file, &svg.0).unwrap();
            } else if fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n") != svg.0 {
                changed.push(file.file_name().unwrap().to_owned());
            }
        }
    }
    assert!(
        changed.is_empty(),
        "drawn differently from tests/golden (FIGURES_RENEW=1 writes them anew): {changed:?}"
    );
}

#[test]
fn every_figure_is_self_described_and_follows_the_theme() {
    for width in [200.0, 320.0, 500.0, 720.0, 992.0] {
        for (name, svg) in samples::all(width) {
            let text = &svg.0;
            assert!(
                text.contains("role=\"img\"") && text.contains("<title id=") && text.contains("<desc id="),
                "{name}"
            );
            assert!(
                text.contains(&format!("width=\"{width}\"")) && text.contains(&format!("viewBox=\"0 0 {width} ")),
                "{name}"
            );
            assert!(
                !text.contains("rgb(") && !text.contains("style=") && !text.contains("fill=\""),
                "{name}"
            );
            assert!(!text.contains('#'), "{name} holds a colour or a reference");
            assert!(text.lines().all(|l| !l.trim().is_empty()), "{name} holds a blank line");
            assert!(!text.contains("NaN") && !text.contains("inf"), "{name}");
        }
    }
}

#[test]
fn ids_differ_between_figures_and_widths() {
    let mut ids = Vec::new();
    for width in [320.0, 720.0] {
        for (_, svg) in samples::all(width) {
            ids.extend(
                svg.0
                    .split(" id=\"")
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next().map(str::to_owned)),
            );
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), count > 30), (count, true));
}

#[test]
fn classes_are_all_in_the_style_sheet() {
    for (name, svg) in samples::all(320.0) {
        for class in svg
            .0
            .split("class=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .flat_map(|c| c.split(' '))
        {
            assert!(
                figures::CSS.contains(&format!(".{class}")),
                "{name}: class {class} has no rule"
            );
        }
    }
}
