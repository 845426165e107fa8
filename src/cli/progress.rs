//! A progress bar for the indexing of files, on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};

use crate::pipeline::{FileReport, FileStatus, Progress};
use crate::printer::sanitize;

/// Follows an indexing run: draws the bar, and says which files were left out.
pub struct Progressing {
    bar: ProgressBar,
}

impl Progressing {
    /// Draws on the given bar, which may be hidden.
    pub fn new(bar: ProgressBar) -> Progressing {
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files  {wide_msg}") {
            bar.set_style(style);
        }
        Progressing { bar }
    }

    /// Moves the bar. Returns a line for the user where a file was left out.
    pub fn observe(&self, event: &Progress) -> Option<String> {
        match event {
            Progress::Started { files } => self.bar.set_length(*files as u64),
            Progress::Note(note) => return Some(note.clone()),
            Progress::Committing => self.bar.set_message("writing the index"),
            Progress::File(report) => {
                self.bar.inc(u64::from(report.status != FileStatus::Removed));
                self.bar.set_message(sanitize::name(&report.file).into_owned());
                return left_out(report);
            }
        }
        None
    }

    /// Calls `print` with the bar out of the way.
    pub fn suspend(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Clears the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn left_out(report: &FileReport) -> Option<String> {
    let verb = match report.status {
        FileStatus::Skipped => "skipped",
        FileStatus::Failed => "failed",
        // What could not be read of a file that was: pages, lines, files of an archive.
        FileStatus::Indexed => {
            return report.reason.as_ref().map(|reason| format!("{}: {reason}", sanitize::name(&report.file)));
        }
        FileStatus::Unchanged | FileStatus::Removed => return None,
    };
    let reason = report.reason.as_deref().unwrap_or("no reason given");
    Some(format!("{verb} {}: {reason}", sanitize::name(&report.file)))
}
