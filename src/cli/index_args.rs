//! The command line of `pincite-index`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Reads a folder of documents and keeps the index in step with it.
#[derive(Debug, Parser)]
#[command(name = "pincite-index", version, term_width = 80, after_help = AFTER_HELP)]
pub struct IndexCli {
    /// Folders or files to read [default: corpus; to teach an index that there is, none]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Folder of the index [default: $PINCITE_INDEX, else index]
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// Read every file anew
    #[arg(long)]
    pub rebuild: bool,
    /// Say what would be done and leave the index as it is
    #[arg(long)]
    pub dry_run: bool,
    /// Print how one file is read: sections, paragraphs, and everything left out with the reason
    #[arg(long, value_name = "FILE", conflicts_with_all = ["verify", "rebuild", "dry_run"])]
    pub explain: Option<PathBuf>,
    /// Check that the index is whole
    #[arg(long, conflicts_with_all = ["rebuild", "dry_run"])]
    pub verify: bool,
    /// Keep terms of your own with the index, for every search: TSV ("english; forms TAB russian; forms") or SKOS (.ttl).
    /// They take the place of those given before; repeat it for several files
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "explain", "verify"])]
    pub terms: Vec<PathBuf>,
    /// Learn translations from documents that the index holds in English and Russian under one symbol
    #[arg(long, conflicts_with_all = ["dry_run", "explain", "verify"])]
    pub learn: bool,
    /// Forget the terms and translations that the index was given
    #[arg(long, conflicts_with_all = ["dry_run", "explain", "verify", "terms", "learn"])]
    pub forget: bool,
    /// Form of the report
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: ReportFormat,
    /// Print nothing but skipped files and errors
    #[arg(long)]
    pub quiet: bool,
}

const AFTER_HELP: &str = "\
Exit codes: 0 done, 2 bad request, 3 index unusable, 4 finished with skipped
files, 5 I/O failure, 6 index locked by another writer, 130 interrupted.";

/// Form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReportFormat {
    /// A summary for people
    #[default]
    Text,
    /// One object per file and a summary
    Jsonl,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        IndexCli::command().debug_assert();
    }
}
