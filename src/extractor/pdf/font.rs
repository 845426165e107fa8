//! Bold and italic of a glyph's font.
//!
//! Most files of the UN do not embed their fonts: the interpreter then draws with one of the fourteen standard fonts,
//! chosen by the name and flags of the missing one, so that the standard font tells the weight. Embedded fonts tell it
//! by their name; embedded Type 1 programs, whose name the interpreter keeps to itself, by the page's resources.

use std::collections::HashMap;
use std::sync::OnceLock;

use hayro_font::{FontCache, FontGlyph, GlyphId, StandardFont};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_syntax::object::{Dict, Name};
use hayro_interpret::hayro_syntax::page::Resources;

/// Weight and slope of a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub bold: bool,
    pub italic: bool,
}

impl Style {
    fn of_name(name: &str) -> Style {
        let name = name.to_ascii_lowercase();
        let bold = ["bold", "black", "heavy", "-semi", "demi"].iter().any(|word| name.contains(word));
        let italic = ["italic", "oblique"].iter().any(|word| name.contains(word)) || name.ends_with("-it");
        Style { bold, italic }
    }
}

/// The fourteen standard fonts (ISO 32000-1, 9.6.2.2).
const STANDARD_FONTS: [StandardFont; 14] = [
    StandardFont::Helvetica,
    StandardFont::HelveticaBold,
    StandardFont::HelveticaOblique,
    StandardFont::HelveticaBoldOblique,
    StandardFont::Courier,
    StandardFont::CourierBold,
    StandardFont::CourierOblique,
    StandardFont::CourierBoldOblique,
    StandardFont::TimesRoman,
    StandardFont::TimesBold,
    StandardFont::TimesItalic,
    StandardFont::TimesBoldItalic,
    StandardFont::ZapfDingBats,
    StandardFont::Symbol,
];

/// No standard font has more glyphs.
const STANDARD_GLYPHS: u32 = 600;

/// Forms within forms are followed so deep in search of fonts.
const FORM_DEPTH: u32 = 4;

/// Tells the style of glyphs, remembering what it has seen.
pub(super) struct Styles<'a> {
    fonts: FontCache<'a>,
    settings: InterpreterSettings,
    /// Styles of the glyphs of Type 1 programs, found in the resources of pages.
    embedded: HashMap<u128, Style>,
}

impl<'a> Styles<'a> {
    pub fn new(settings: InterpreterSettings) -> Styles<'a> {
        Styles { fonts: FontCache::new(), settings, embedded: HashMap::new() }
    }

    /// Returns the style of a glyph's font, or `None` where only `learn` can tell.
    pub fn style(&self, glyph: &OutlineGlyph) -> Option<Style> {
        if let Some(font) = glyph.font_data() {
            let named = font.postscript_name.as_deref().map(Style::of_name).unwrap_or_default();
            return Some(Style {
                bold: named.bold || font.weight.is_some_and(|weight| weight >= 600),
                italic: named.italic || font.is_italic,
            });
        }
        let key = glyph.identifier().cache_key();
        standard_styles().get(&key).or_else(|| self.embedded.get(&key)).copied()
    }

    /// Looks through the fonts of a page for embedded Type 1 programs.
    pub fn learn(&mut self, resources: &Resources<'a>) {
        self.learn_resources(resources, 0);
    }

    fn learn_resources(&mut self, resources: &Resources<'a>, depth: u32) {
        self.learn_fonts(&resources.fonts);
        if depth == FORM_DEPTH {
            return;
        }
        for name in resources.x_objects.keys() {
            let Some(form) = resources.get_x_object(&name) else { continue };
            if let Some(inner) = form.dict().get::<Dict<'a>>(b"Resources") {
                self.learn_resources(&Resources::new(inner), depth + 1);
            }
        }
    }

    fn learn_fonts(&mut self, fonts: &Dict<'a>) {
        for key in fonts.keys() {
            let Some(dict) = fonts.get::<Dict<'a>>(key.as_ref()) else { continue };
            let Some(name) = dict.get::<Name<'_>>(b"BaseFont") else { continue };
            let style = Style::of_name(name.as_str());
            let font = self.fonts.font(&dict, &self.settings.font_resolver, &self.settings.cmap_resolver);
            let Some(font) = font.filter(|_| is_simple(&dict)) else { continue };
            for code in 0..=u32::from(u8::MAX) {
                if let FontGlyph::Outline(glyph) = font.glyph(font.map_code(code), code) {
                    self.embedded.insert(glyph.identifier().cache_key(), style);
                }
            }
        }
    }
}

fn is_simple(font: &Dict<'_>) -> bool {
    font.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_str() != "Type0")
}

/// Returns the style of every glyph of the standard fonts by the key of its outline.
fn standard_styles() -> &'static HashMap<u128, Style> {
    static STYLES: OnceLock<HashMap<u128, Style>> = OnceLock::new();
    STYLES.get_or_init(|| {
        let settings = InterpreterSettings::default();
        let fonts = FontCache::new();
        let mut styles = HashMap::new();
        for standard in STANDARD_FONTS {
            let style = Style::of_name(standard.postscript_name());
            let Some(font) = fonts.standard_font(standard, &settings.font_resolver) else { continue };
            for id in 0..STANDARD_GLYPHS {
                if let FontGlyph::Outline(glyph) = font.glyph(GlyphId::new(id), 0) {
                    styles.insert(glyph.identifier().cache_key(), style);
                }
            }
        }
        styles
    })
}
