//! Growth curves as an SVG: four panels with logarithmic axes.

use std::fmt::Write as _;

use crate::measure::{Figures, Indexing, Latency};

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 300.0;
/// Room for the labels of an axis.
const MARGIN: f64 = 58.0;
const COLOURS: [&str; 6] = ["#0b5394", "#cc4125", "#6aa84f", "#8e63ce", "#b45f06", "#45818e"];

/// A line of a panel.
struct Curve {
    name: String,
    /// Paragraphs, and the figure for them.
    points: Vec<(f64, f64)>,
}

/// Returns the picture.
pub fn svg(figures: &[Figures]) -> String {
    let panels = [
        ("seconds to index", indexing(figures, |run| run.seconds)),
        (
            "peak memory while indexing, MB (without mapped files)",
            indexing(figures, |run| run.own_memory.unwrap_or(0) as f64 / 1e6),
        ),
        ("median of a query, ms", medians(figures)),
        ("99th percentile in Pincite, ms", slowest(figures)),
    ];
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        2.0 * WIDTH,
        2.0 * HEIGHT
    );
    for (at, (title, curves)) in panels.into_iter().enumerate() {
        let (column, row) = ((at % 2) as f64, (at / 2) as f64);
        let _ = writeln!(out, "<g transform=\"translate({},{})\">", column * WIDTH, row * HEIGHT);
        panel(title, &curves, &mut out);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// A figure of every program that indexes.
fn indexing(figures: &[Figures], of: fn(&Indexing) -> f64) -> Vec<Curve> {
    let mut curves: Vec<Curve> = Vec::new();
    for scale in figures {
        for run in &scale.indexing {
            add(&mut curves, &run.program, scale.paragraphs, of(run));
        }
    }
    curves
}

fn add(curves: &mut Vec<Curve>, name: &str, paragraphs: usize, figure: f64) {
    if figure <= 0.0 {
        return;
    }
    let point = (paragraphs as f64, figure);
    match curves.iter_mut().find(|curve| curve.name == name) {
        Some(curve) => curve.points.push(point),
        None => curves.push(Curve { name: name.to_owned(), points: vec![point] }),
    }
}

fn medians(figures: &[Figures]) -> Vec<Curve> {
    let mut curves = Vec::new();
    for scale in figures {
        for class in scale.classes.iter().filter(|class| ["word", "common words"].contains(&class.name.as_str())) {
            let of: [(&str, Option<Latency>); 3] =
                [("Pincite", Some(class.pincite)), ("bare tantivy", class.tantivy), ("SQLite FTS5", class.sqlite)];
            for (program, latency) in of {
                let figure = latency.map_or(0.0, |latency| latency.median);
                add(&mut curves, &format!("{program}, {}", class.name), scale.paragraphs, figure);
            }
        }
        if let Some(&millis) = scale.processes.get("rg") {
            add(&mut curves, "rg, whole process", scale.paragraphs, millis);
        }
    }
    curves
}

fn slowest(figures: &[Figures]) -> Vec<Curve> {
    const SHOWN: [&str; 6] = ["word", "question", "phrase", "facet", "typo", "cross-language"];
    let mut curves = Vec::new();
    for scale in figures {
        for class in scale.classes.iter().filter(|class| SHOWN.contains(&class.name.as_str())) {
            add(&mut curves, &class.name, scale.paragraphs, class.pincite.p99);
        }
    }
    curves
}

/// The powers of ten around some figures.
fn range(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let least = values.clone().fold(f64::INFINITY, f64::min).log10().floor();
    let most = values.fold(f64::NEG_INFINITY, f64::max).log10().ceil();
    if least.is_finite() && most.is_finite() { (least, most.max(least + 1.0)) } else { (0.0, 1.0) }
}

fn panel(title: &str, curves: &[Curve], out: &mut String) {
    let points = curves.iter().flat_map(|curve| &curve.points);
    let (left, right) = range(points.clone().map(|(x, _)| *x));
    let (low, high) = range(points.map(|(_, y)| *y));
    let across = |x: f64| MARGIN + (x.log10() - left) / (right - left) * (WIDTH - MARGIN - 16.0);
    let up = |y: f64| HEIGHT - 40.0 - (y.log10() - low) / (high - low) * (HEIGHT - 70.0);
    let _ = writeln!(out, "<text x=\"{MARGIN}\" y=\"18\" font-weight=\"bold\">{title}</text>");
    for power in low as i32..=high as i32 {
        let y = up(10f64.powi(power));
        let _ = writeln!(
            out,
            "<line x1=\"{MARGIN}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#dddddd\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - 16.0,
            MARGIN - 6.0,
            y + 4.0,
            10f64.powi(power)
        );
    }
    for power in left as i32..=right as i32 {
        let x = across(10f64.powi(power));
        let _ = writeln!(
            out,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"#dddddd\"/>\
             <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            up(10f64.powf(low)),
            up(10f64.powf(high)),
            HEIGHT - 24.0,
            10f64.powi(power)
        );
    }
    let _ = writeln!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">paragraphs</text>", WIDTH - 16.0, HEIGHT - 8.0);
    for (curve, colour) in curves.iter().zip(COLOURS.iter().cycle()) {
        let line: Vec<String> = curve.points.iter().map(|(x, y)| format!("{:.1},{:.1}", across(*x), up(*y))).collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            line.join(" ")
        );
        for (x, y) in &curve.points {
            let _ = writeln!(out, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>", across(*x), up(*y));
        }
    }
    for (at, (curve, colour)) in curves.iter().zip(COLOURS.iter().cycle()).enumerate() {
        let y = 36.0 + 14.0 * at as f64;
        let _ = writeln!(
            out,
            "<circle cx=\"{}\" cy=\"{:.1}\" r=\"4\" fill=\"{colour}\"/><text x=\"{}\" y=\"{y:.1}\">{}</text>",
            MARGIN + 10.0,
            y - 4.0,
            MARGIN + 20.0,
            curve.name
        );
    }
}
