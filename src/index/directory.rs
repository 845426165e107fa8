//! Folders as tantivy writes and reads them here.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback, WatchHandle,
    WritePtr,
};

/// Replaces a file in one rename. It gets the mode that new files get here, as all other files of an index do: whoever
/// may read some of them may read all.
pub(super) fn replace_file(dir: &Path, name: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = dir.join(format!(".{}.{}.part", name.display(), std::process::id()));
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let write = || -> io::Result<()> {
        let mut file = fs::File::create_new(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, dir.join(name))
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}

/// What the disk has refused. tantivy writes in threads of its own and says of a failed one only that it was killed.
#[derive(Debug, Clone, Default)]
pub(super) struct Refusal(Arc<Mutex<Option<io::Error>>>);

impl Refusal {
    /// Returns the first error since it was asked for last.
    pub fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn note(&self, error: &io::Error) {
        // The same error again: `io::Error` has no copies.
        let again = error
            .raw_os_error()
            .map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from_raw_os_error);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(again);
    }
}

/// A file being written, whose errors are kept.
struct Watched {
    inner: Box<dyn TerminatingWrite + Send + Sync>,
    refusal: Refusal,
    /// Bytes that the process may still write to it: one more would not be refused but end the process.
    room: u64,
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match u64::try_from(bytes.len()) {
            Ok(length) if length <= self.room => self.inner.write(bytes),
            _ => Err(io::ErrorKind::FileTooLarge.into()),
        };
        let written = written.inspect_err(|error| self.refusal.note(error))?;
        self.room -= u64::try_from(written).unwrap_or(0);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().inspect_err(|error| self.refusal.note(error))
    }
}

impl TerminatingWrite for Watched {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.inner.terminate_ref(token).inspect_err(|error| self.refusal.note(error))
    }
}

/// Returns how many bytes a file of this process may have.
fn largest_file() -> u64 {
    #[cfg(unix)]
    return rlimit::Resource::FSIZE.get_soft().unwrap_or(u64::MAX);
    #[cfg(not(unix))]
    u64::MAX
}

/// A folder that is written. tantivy itself gives the files that it replaces (`meta.json`) to their owner only and all
/// others the usual mode, so that an index in a shared folder could be opened by nobody else.
#[derive(Debug, Clone)]
pub(super) struct Writable {
    inner: MmapDirectory,
    root: Arc<Path>,
    refusal: Refusal,
}

impl Writable {
    /// Opens a folder; what its disk refuses is noted in `refusal`.
    pub fn open(dir: &Path, refusal: Refusal) -> tantivy::Result<Writable> {
        Ok(Writable { inner: MmapDirectory::open(dir)?, root: dir.into(), refusal })
    }
}

impl Directory for Writable {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = self.inner.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.refusal.note(io_error);
            }
        })?;
        let inner =
            opened.into_inner().map_err(|error| OpenWriteError::wrap_io_error(error.into(), path.to_owned()))?;
        let watched = Watched { inner, refusal: self.refusal.clone(), room: largest_file() };
        Ok(WritePtr::new(Box::new(watched)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        replace_file(&self.root, path, data).inspect_err(|error| self.refusal.note(error))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory().inspect_err(|error| self.refusal.note(error))
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(watch_callback)
    }
}

/// A folder that is only read: nothing is created in it, not even a lock, so that a folder without write permission
/// serves as well. Whoever opens it tries again when a commit of another process removed a file meanwhile.
#[derive(Debug, Clone)]
pub(super) struct ReadOnly(pub MmapDirectory);

fn refuse() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "opened for reading")
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refuse()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refuse(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(refuse())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
