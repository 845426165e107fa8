//! The quick test of words by which an index is walked for names.

use crate::index::words::Letters;

/// A quick test by which most words of an index are passed over before their skeletons are made.
///
/// Every letter is taken for whatever it may stand for in any group of letters, so that no word is passed over that has
/// one of the skeletons, nor one of which a longer half has it (a stem that lost its ending).
#[derive(Debug)]
pub struct Sounds {
    /// For each skeleton the places of each class in it, as bits, and the bit of its end.
    wanted: Vec<([u64; CLASSES.len()], u64)>,
    /// Letters of the longest word that is wanted.
    longest: usize,
}

/// The classes of consonants.
const CLASSES: [u8; 12] = *b"BCDKLMNPRSTV";

impl Sounds {
    /// Returns the test for some skeletons.
    pub fn new(skeletons: &[String]) -> Sounds {
        let places = |skeleton: &String| {
            let mut places = [0u64; CLASSES.len()];
            for (at, class) in skeleton.bytes().enumerate().take(63) {
                for (bits, _) in places.iter_mut().zip(CLASSES).filter(|(_, known)| *known == class) {
                    *bits |= 1 << at;
                }
            }
            (places, 1u64 << skeleton.len().min(63))
        };
        Sounds { wanted: skeletons.iter().map(places).collect(), longest: usize::MAX }
    }

    /// Returns the test for words of so many letters at most.
    pub fn up_to(self, longest: usize) -> Sounds {
        Sounds { longest, ..self }
    }

    /// Whether the word may have one of the skeletons.
    pub fn admit(&self, word: &str) -> bool {
        let mut heard = self.silence();
        for letter in word.chars() {
            heard = self.hear(&heard, letter);
            if !self.may_admit(&heard) {
                return false;
            }
        }
        self.admits(&heard)
    }
}

impl Letters for Sounds {
    type Heard = Heard;

    fn silence(&self) -> Heard {
        Heard { reached: vec![1; self.wanted.len()], letters: 0, whole: None, foreign: false }
    }

    fn hear(&self, heard: &Heard, letter: char) -> Heard {
        let mut next = heard.clone();
        next.letters += 1;
        next.foreign |= !(letter.is_ascii_lowercase() || matches!(letter, 'а'..='я'));
        if next.foreign {
            return next;
        }
        let (classes, silent) = loosely(letter);
        for ((places, end), reached) in self.wanted.iter().zip(&mut next.reached) {
            let stands: u64 =
                places.iter().zip(CLASSES).filter(|(_, class)| classes.contains(class)).map(|(bits, _)| bits).sum();
            // The next place, the same place doubled, and for letters of two sounds the place after it.
            let step = (*reached & stands) << 1;
            let mut after = if silent { *reached } else { 0 };
            after |= step | (*reached & (stands << 1));
            if letter == 'x' {
                after |= (step & stands) << 1;
            }
            *reached = after;
            if after & end != 0 {
                next.whole = Some(next.letters);
            }
        }
        next
    }

    fn admits(&self, heard: &Heard) -> bool {
        let whole = || heard.whole.is_some_and(|whole| whole * 2 >= heard.letters);
        heard.letters <= self.longest && (heard.foreign || whole())
    }

    fn may_admit(&self, heard: &Heard) -> bool {
        let goes_on = || heard.reached.iter().any(|reached| *reached != 0);
        self.admits(heard) || (heard.letters < self.longest && goes_on())
    }
}

/// What the letters so far may sound like.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    /// For each skeleton a bit for every beginning of it that the letters may stand for.
    reached: Vec<u64>,
    letters: usize,
    /// Letters after which a skeleton was last complete.
    whole: Option<usize>,
    /// Whether a letter of neither alphabet is among them: such a word may sound like anything from there on.
    foreign: bool,
}

/// Returns the classes that a letter may stand for, and whether it may be silent or part of another's group.
fn loosely(letter: char) -> (&'static [u8], bool) {
    match letter {
        'b' | 'б' => (b"B", false),
        'c' => (b"CKS", true),
        'd' | 'д' => (b"CDST", true),
        'f' | 'v' | 'в' | 'ф' => (b"V", false),
        'g' => (b"CK", true),
        'h' | 'х' => (b"K", true),
        'j' => (b"CK", true),
        'k' | 'q' => (b"K", true),
        'г' | 'к' => (b"K", false),
        'l' | 'л' => (b"L", false),
        'm' | 'м' => (b"M", false),
        'n' | 'н' => (b"N", false),
        'p' => (b"PV", false),
        'п' => (b"P", false),
        'r' | 'р' => (b"R", false),
        's' | 'z' => (b"CS", true),
        'з' | 'с' | 'ц' => (b"S", true),
        't' | 'т' => (b"CST", true),
        'u' => (b"V", true),
        'w' => (b"V", true),
        'x' => (b"CKS", false),
        'ж' | 'ч' | 'ш' | 'щ' => (b"C", true),
        _ => (b"", true),
    }
}
