use pincite::{document::Format, extractor, normalizer, segmenter};
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let text = extractor::decode::decode(&bytes).unwrap();
        let md = text.lines().filter(|l| l.starts_with('#')).count() > 1 || path.ends_with(".md");
        let (f, e) = if extractor::wiki::looks_like_wiki(&text) {
            (Format::Wiki, extractor::wiki::extract(&bytes))
        } else if md {
            (Format::Markdown, extractor::markdown::extract(&bytes))
        } else {
            (Format::Text, extractor::text::extract(&bytes))
        };
        let mut blocks = e.unwrap().blocks;
        normalizer::normalize(&mut blocks);
        let s = segmenter::segment(blocks, f);
        println!("FRONT {:?}", s.front);
        for p in &s.paragraphs {
            let mut path = vec![];
            let mut n = p.section;
            while let Some(i) = n {
                path.push(s.sections[i].heading.clone());
                n = s.sections[i].parent;
            }
            path.reverse();
            println!(
                "{} {:?} [{}] par={:?} mark={:?} pos={} <{}>\n    {}",
                p.ordinal,
                p.kind,
                p.label.as_ref().map(|l| l.to_string()).unwrap_or_default(),
                p.parent,
                p.mark,
                p.position,
                path.join(" > "),
                p.text
            );
        }
        for l in &s.left_out {
            println!("LEFT {:?} {}", l.reason, l.text);
        }
    }
}
