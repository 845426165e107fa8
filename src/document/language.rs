//! The language of a text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language as a BCP 47 primary tag: "en", "ru", or another where the text is in neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 2]);

impl Language {
    pub const ENGLISH: Language = Language(*b"en");
    pub const RUSSIAN: Language = Language(*b"ru");
    /// The text has too little to tell, and so has its document ("und" of ISO 639-2, printed "un").
    pub const UNKNOWN: Language = Language(*b"un");

    /// Returns the language of a two-letter ISO 639-1 code in any case, or `None` where it is not two letters.
    pub fn from_code(code: &str) -> Option<Language> {
        let bytes = code.as_bytes();
        let [first, second] = bytes else { return None };
        (first.is_ascii_alphabetic() && second.is_ascii_alphabetic())
            .then(|| Language([first.to_ascii_lowercase(), second.to_ascii_lowercase()]))
    }

    /// Whether ISO 639-1 gives its code to a language.
    pub fn is_known(&self) -> bool {
        const CODES: &str = "\
            aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
            el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
            it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
            mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si \
            sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh \
            yi yo za zh zu";
        CODES.split(' ').any(|code| code == self.code())
    }

    /// Returns the two-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("un")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
        let code = String::deserialize(deserializer)?;
        Language::from_code(&code).ok_or_else(|| serde::de::Error::custom("not a two-letter language code"))
    }
}
