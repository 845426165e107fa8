//! The parts that indexing and searching spend their time in, one by one. `cargo bench --bench micro`.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pincite::analyzer::analyze;
use pincite::document::{Block, BlockKind, Format};
use pincite::index::open::{Reader, open};
use pincite::pipeline::{self, IndexOptions};
use pincite::search::{Request, search};
use pincite::{citation, normalizer, segmenter};

/// The documents of the project, which are there in every clone.
fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
}

/// The texts of all paragraphs of the corpus.
fn paragraphs() -> Vec<String> {
    let read = pipeline::explain(corpus(), None).expect("the corpus can be read");
    read.into_iter().flat_map(|explained| explained.document.paragraphs).map(|unit| unit.text).collect()
}

fn stages(criterion: &mut Criterion) {
    let texts = paragraphs();
    let bytes = texts.iter().map(|text| text.len() as u64).sum();
    let blocks: Vec<Block> = texts.iter().map(|text| Block::new(BlockKind::Paragraph, text.as_str())).collect();
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("analyzer", |bencher| {
        bencher.iter(|| texts.iter().map(|text| analyze(black_box(text)).len()).sum::<usize>());
    });
    group.bench_function("normalizer", |bencher| {
        bencher.iter_batched_ref(
            || blocks.clone(),
            |blocks| normalizer::normalize(blocks),
            criterion::BatchSize::LargeInput,
        );
    });
    group.bench_function("segmenter", |bencher| {
        bencher.iter_batched(
            || blocks.clone(),
            |blocks| segmenter::segment(blocks, Format::Text).paragraphs.len(),
            criterion::BatchSize::LargeInput,
        );
    });
    group.bench_function("references", |bencher| {
        bencher.iter(|| texts.iter().map(|text| citation::read_text(black_box(text)).len()).sum::<usize>());
    });
    group.finish();
}

/// An index of the corpus in a folder of its own.
fn index() -> (tempfile::TempDir, Reader) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = IndexOptions {
        roots: vec![corpus().to_owned()],
        index: folder.path().join("index"),
        rebuild: false,
        dry_run: false,
        worker: None,
    };
    pipeline::index(&options, &mut |_| {}, &AtomicBool::new(false)).expect("the corpus can be indexed");
    let reader = open(&options.index).expect("the index was just made");
    (folder, reader)
}

fn searches(criterion: &mut Criterion) {
    let (_folder, reader) = index();
    let mut group = criterion.benchmark_group("search");
    for (class, query) in [
        ("word", "trafficking"),
        ("words", "birth registration of children"),
        ("phrase", "\"sale of children\""),
        ("boolean", "(school OR education) -university"),
        ("prefix", "discrim*"),
        ("filter", "children section:legislation lang:en"),
        ("typo", "registraton of brith"),
        ("cross-language", "регистрация рождений"),
        ("citation", "article 7 of the Convention on the Rights of the Child"),
    ] {
        let request = Request { text: query.to_owned(), limit: 10, cross: true, ..Request::default() };
        group.bench_function(class, |bencher| {
            bencher.iter(|| search(&reader, black_box(&request)).expect("a whole index"));
        });
    }
    let request = Request { text: "children".to_owned(), limit: 10, facets: true, ..Request::default() };
    group.bench_function("facets", |bencher| {
        bencher.iter(|| search(&reader, black_box(&request)).expect("a whole index"));
    });
    group.finish();
}

criterion_group!(benches, stages, searches);
criterion_main!(benches);
