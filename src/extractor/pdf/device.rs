//! Collects the glyphs and the straight lines of a page; draws nothing.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, Name};
use hayro_interpret::hayro_syntax::page::Resources;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterSettings, SoftMask,
};

use super::font::{Style, Styles};

/// More glyphs than any printed page holds: what comes after is not recorded.
const MAX_GLYPHS: usize = 200_000;
/// Lines of a page that are recorded.
const MAX_RULES: usize = 20_000;
/// A filled shape no thicker than this is a line, in points.
const RULE_THICKNESS: f64 = 2.0;
/// Shorter lines are parts of drawings, in points.
const RULE_LENGTH: f64 = 20.0;

/// A glyph on the page. Coordinates are in points from the upper left corner, `y` at the base line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Its characters in `PageInk::text`.
    pub start: u32,
    pub len: u8,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub style: Style,
    /// Marked by the file as a running head or foot.
    pub artifact: bool,
}

/// A straight line, horizontal or vertical.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl Rule {
    pub fn is_horizontal(&self) -> bool {
        self.x1 - self.x0 > self.y1 - self.y0
    }
}

/// Everything printed on a page that reading needs.
#[derive(Debug, Default)]
pub(super) struct PageInk {
    pub width: f32,
    pub height: f32,
    pub text: String,
    /// Glyphs set in the main direction of the page, in the order of the file.
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Text set across the main direction (stamps, bar codes' captions).
    pub askew: String,
    /// Printed glyphs without a character.
    pub unknown: usize,
    pub images: usize,
}

impl PageInk {
    pub fn glyph_text(&self, glyph: &Glyph) -> &str {
        let start = glyph.start as usize;
        self.text.get(start..start + usize::from(glyph.len)).unwrap_or("")
    }
}

/// The device that a page is drawn on.
pub(super) struct Collector<'s, 'a> {
    styles: &'s mut Styles<'a>,
    resources: Resources<'a>,
    learned: bool,
    ink: PageInk,
    /// Glyphs by quarter turns of their base line.
    turned: [Vec<Glyph>; 4],
    /// Open marked content, innermost last, and how many of them are running heads.
    marked: Vec<bool>,
    running: usize,
}

impl<'s, 'a> Collector<'s, 'a> {
    pub fn new(styles: &'s mut Styles<'a>, resources: Resources<'a>, width: f32, height: f32) -> Collector<'s, 'a> {
        let ink = PageInk { width, height, ..PageInk::default() };
        Collector { styles, resources, learned: false, ink, turned: Default::default(), marked: Vec::new(), running: 0 }
    }

    /// Returns the ink of the page, turned so that most of its text is upright.
    pub fn finish(mut self) -> PageInk {
        let main = (0..4).max_by_key(|&turn| (self.turned[turn].len(), 4 - turn)).unwrap_or(0);
        for (turn, glyphs) in self.turned.into_iter().enumerate() {
            if turn == main {
                self.ink.glyphs = glyphs;
            } else {
                for glyph in glyphs {
                    let text = self.ink.text.get(glyph.start as usize..glyph.start as usize + usize::from(glyph.len));
                    self.ink.askew.push_str(text.unwrap_or(""));
                }
            }
        }
        if main % 2 == 1 {
            std::mem::swap(&mut self.ink.width, &mut self.ink.height);
        }
        let (width, height) = (self.ink.width, self.ink.height);
        if main != 0 {
            for rule in &mut self.ink.rules {
                let (x0, y0) = turn_point(rule.x0, rule.y0, main, width, height);
                let (x1, y1) = turn_point(rule.x1, rule.y1, main, width, height);
                *rule = Rule { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) };
            }
        }
        self.ink
    }

    fn style_of(&mut self, glyph: &Drawn<'a>) -> Style {
        let Drawn::Outline(outline) = glyph else { return Style::default() };
        if let Some(style) = self.styles.style(outline) {
            return style;
        }
        if !self.learned {
            self.learned = true;
            let resources = self.resources.clone();
            self.styles.learn(&resources);
        }
        self.styles.style(outline).unwrap_or_default()
    }

    fn add_glyph(&mut self, glyph: &Drawn<'a>, transform: Affine, style: Style) {
        let mut text = match glyph.as_unicode() {
            Some(BfString::Char(single)) => single.to_string(),
            Some(BfString::String(several)) => several,
            None => String::new(),
        };
        text.retain(|c| c == '\u{ad}' || !c.is_control() || c == '\t');
        if text.is_empty() {
            self.ink.unknown += 1;
            return;
        }
        text.truncate(text.floor_char_boundary(usize::from(u8::MAX)));
        let advance = match glyph {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(drawing) => drawing.advance_width(),
        };
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let end = origin + along * f64::from(advance.unwrap_or(500.0)) / 1000.0;
        let Some(turn) = quarter_turns(along) else {
            self.ink.askew.push_str(&text);
            return;
        };
        let (width, height) =
            if turn % 2 == 1 { (self.ink.height, self.ink.width) } else { (self.ink.width, self.ink.height) };
        let (x0, y) = turn_point(origin.x as f32, origin.y as f32, turn, width, height);
        let (x1, _) = turn_point(end.x as f32, end.y as f32, turn, width, height);
        let size = up.hypot() as f32;
        let sane = [x0, x1, y, size].iter().all(|value| value.is_finite()) && size > 0.5 && size < 500.0;
        let seen = x0 > -size && x0 < width + size && y > -size && y < height + size;
        if !sane || !seen || self.ink.text.len() > u32::MAX as usize / 2 {
            return;
        }
        let start = self.ink.text.len() as u32;
        self.ink.text.push_str(&text);
        let artifact = self.running > 0;
        let len = text.len() as u8;
        self.turned[turn].push(Glyph { start, len, x0, x1: x1.max(x0), y, size, style, artifact });
    }

    fn add_rule(&mut self, from: Point, to: Point, transform: Affine) {
        let (from, to) = (transform * from, transform * to);
        let rect = Rect::from_points(from, to);
        let long = rect.width().max(rect.height());
        let thin = rect.width().min(rect.height());
        if thin <= RULE_THICKNESS && long >= RULE_LENGTH && long.is_finite() && self.ink.rules.len() < MAX_RULES {
            let rule = Rule { x0: rect.x0 as f32, y0: rect.y0 as f32, x1: rect.x1 as f32, y1: rect.y1 as f32 };
            self.ink.rules.push(rule);
        }
    }
}

/// Returns how many quarter turns clockwise the base line has, or `None` where it is aslant.
fn quarter_turns(along: Vec2) -> Option<usize> {
    let turns = along.atan2() / std::f64::consts::FRAC_PI_2;
    let nearest = turns.round();
    ((turns - nearest).abs() < 0.06 && along.hypot() > 0.0).then(|| (nearest as i32).rem_euclid(4) as usize)
}

/// Turns a point back so that text with `turn` quarter turns is upright; width and height are those of the upright page.
fn turn_point(x: f32, y: f32, turn: usize, width: f32, height: f32) -> (f32, f32) {
    match turn {
        1 => (y, height - x),
        2 => (width - x, height - y),
        3 => (width - y, x),
        _ => (x, y),
    }
}

impl<'a> Device<'a> for Collector<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if let DrawMode::Fill(_) = mode {
            let bounds = path.bounding_box();
            self.add_rule(Point::new(bounds.x0, bounds.y0), Point::new(bounds.x1, bounds.y1), props.transform);
            return;
        }
        let mut last = Point::ZERO;
        for element in path.elements().iter().take(MAX_RULES) {
            match *element {
                PathEl::MoveTo(to) => last = to,
                PathEl::LineTo(to) => {
                    self.add_rule(last, to, props.transform);
                    last = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
                PathEl::ClosePath => {}
            }
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let corners =
            [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1), (rect.x0, rect.y0)];
        if let DrawMode::Fill(_) = mode {
            self.add_rule(rect.origin(), Point::new(rect.x1, rect.y1), props.transform);
            return;
        }
        for pair in corners.windows(2) {
            if let [from, to] = pair {
                self.add_rule((*from).into(), (*to).into(), props.transform);
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        // One run is set in one font.
        let style = self.style_of(first);
        for glyph in run.glyphs() {
            if self.turned.iter().map(Vec::len).sum::<usize>() >= MAX_GLYPHS {
                return;
            }
            self.add_glyph(glyph, props.transform * glyph.transform(), style);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.ink.images += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        // Only running heads and feet: some programs mark everything else as an artifact of another type.
        let running = tag == b"Artifact"
            && properties
                .and_then(|dict| dict.get::<Name<'_>>(b"Type"))
                .is_some_and(|kind| kind.as_str() == "Pagination");
        self.running += usize::from(running);
        self.marked.push(running);
    }

    fn end_marked_content(&mut self) {
        if self.marked.pop() == Some(true) {
            self.running -= 1;
        }
    }
}

/// Returns the settings of the interpreter: no annotations, nothing fetched, warnings dropped.
pub(super) fn settings() -> InterpreterSettings {
    InterpreterSettings { render_content: hayro_interpret::RenderContent::PAGE, ..InterpreterSettings::default() }
}
