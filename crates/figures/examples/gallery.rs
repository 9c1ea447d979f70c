//! Writes a page with every sample figure, light and dark, narrow and wide, to look at before golden files are renewed:
//! `cargo run -p figures --example gallery > gallery.html`, or one part of it with `-- dark 340`.

#[path = "../tests/samples/mod.rs"]
mod samples;

const LIGHT: &str = "--paper:#fdfcf9;--panel:#f4f1ea;--rule:#d9d3c7;--ink:#1d2227;--ink-2:#545b63;--cost:#8a5a00;\
    --perf:#005b96;--fail:#a8321e;--good:#21683f;--a:#005b96;--b:#b4540a;\
    --heat-low:#f7f4e5;--heat-high:#175a94;color-scheme:light";
const DARK: &str = "--paper:#15191e;--panel:#1e242b;--rule:#39424c;--ink:#e6e3dc;--ink-2:#a9b1b9;--cost:#e5b45b;\
    --perf:#7dbdf0;--fail:#f2937f;--good:#7fce9f;--a:#7dbdf0;--b:#f0a868;\
    --heat-low:#1e2f44;--heat-high:#f1e09f;color-scheme:dark";

fn main() {
    println!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Figures</title><style>{}",
        figures::CSS
    );
    println!(
        "body{{margin:0;--font-ui:Inter,system-ui,sans-serif}}section{{background:var(--paper);padding:20px;display:grid;gap:28px}}</style>"
    );
    let only: Vec<String> = std::env::args().skip(1).collect();
    for (theme, tokens) in [("light", LIGHT), ("dark", DARK)] {
        for width in [340.0, 720.0, 900.0] {
            if let [only_theme, only_width] = &only[..]
                && (only_theme != theme || *only_width != width.to_string())
            {
                continue;
            }
            println!("<section id=\"{theme}-{width}\" style=\"{tokens}\">");
            for (_, svg) in samples::all(width) {
                print!("{}", svg.0);
            }
            println!("</section>");
        }
    }
}
