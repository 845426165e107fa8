//! A folder to run the programs in, and what is true of every run.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// No run may take longer; a FIFO that is waited for would.
const PATIENCE: Duration = Duration::from_secs(120);

/// A temporary folder with a corpus, in which both programs run.
pub struct Env {
    dir: TempDir,
}

/// What a run left behind.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Env {
    /// Returns a folder without corpus or index.
    pub fn empty() -> Env {
        Env { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Returns a folder whose corpus has these files, not yet indexed.
    pub fn with_files(files: &[(&str, &[u8])]) -> Env {
        let env = Env::empty();
        fs::create_dir(env.path("corpus")).expect("a corpus folder");
        for (name, bytes) in files {
            env.write(&format!("corpus/{name}"), bytes);
        }
        env
    }

    /// Returns the folder with the five documents of the project, indexed. It is shared: only read it.
    pub fn of_corpus() -> &'static Env {
        static ENV: OnceLock<Env> = OnceLock::new();
        ENV.get_or_init(|| {
            let env = Env::with_corpus();
            env.index([]).assert_code(0);
            env
        })
    }

    /// Returns a folder of its own with the five documents, not yet indexed.
    pub fn with_corpus() -> Env {
        let env = Env::empty();
        copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &env.path("corpus"));
        env
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, below: &str, bytes: &[u8]) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder above the file")).expect("folders above the file");
        fs::write(path, bytes).expect("a written file");
    }

    /// Returns `pincite` ready to run here, with nothing of the surrounding environment that matters to it.
    pub fn command(&self, program: &str) -> assert_cmd::Command {
        let path = match program {
            "pincite" => env!("CARGO_BIN_EXE_pincite"),
            _ => env!("CARGO_BIN_EXE_pincite-index"),
        };
        let mut command = assert_cmd::Command::new(path);
        command.current_dir(self.dir.path()).timeout(PATIENCE);
        for variable in ["PINCITE_INDEX", "NO_COLOR", "COLUMNS", "TERM", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs `pincite`.
    pub fn pincite<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, args: I) -> Run {
        Run::of(self.command("pincite").args(args))
    }

    /// Runs `pincite-index`.
    pub fn index<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Run {
        Run::of(self.command("pincite-index").args(args))
    }

    /// Runs `pincite` and returns its results, which must be one JSON object a line.
    pub fn lines<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Vec<Value> {
        let run = self.pincite(args.into_iter().chain(["--format", "jsonl"]));
        run.assert_code(0);
        run.json_lines()
    }

    /// Asserts what a run of `pincite` prints to the last character.
    pub fn assert_output(&self, args: &[&str], expected: &str) {
        let run = self.pincite(args);
        assert_eq!(run.out, expected, "pincite {args:?}\n{}", run.err);
    }

    /// Asserts that `pincite` ends with a code and says these words in one line.
    pub fn assert_refused(&self, args: &[&str], code: i32, words: &[&str]) {
        self.pincite(args).assert_code(code).assert_one_line(words);
    }
}

impl Run {
    pub fn of(command: &mut assert_cmd::Command) -> Run {
        let output = command.output().expect("the program runs");
        let run = Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("results are UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        };
        run.assert_decent();
        run
    }

    /// Whatever is asked for, no run panics and none sends a control character to the terminal (colours aside).
    fn assert_decent(&self) {
        let panicked = ["panicked", "an error of the program"].iter().any(|words| self.err.contains(words));
        assert!(self.code != 101 && !panicked, "a panic: {}", self.err);
        assert!(self.code >= 0, "killed or out of time: {}", self.err);
        for text in [&self.out, &self.err] {
            let plain = anstream::adapter::strip_str(text).to_string();
            let steering = |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c);
            assert_eq!(plain.chars().find(steering), None, "{text:?}");
        }
    }

    pub fn assert_code(&self, code: i32) -> &Run {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Asserts that nothing is on stdout and one line on stderr, with all the words.
    pub fn assert_one_line(&self, words: &[&str]) -> &Run {
        assert_eq!(self.out, "", "nothing but messages: {}", self.err);
        assert_eq!(self.err.lines().count(), 1, "one line: {}", self.err);
        self.assert_says(words)
    }

    /// Asserts that stderr holds all the words.
    pub fn assert_says(&self, words: &[&str]) -> &Run {
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing in {:?}", self.err);
        }
        self
    }

    pub fn json_lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the corpus") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copied file");
        }
    }
}
