//! Folders as tantivy writes and reads them here.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

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

/// A folder that is written. tantivy itself gives the files that it replaces (`meta.json`) to their owner only and all
/// others the usual mode, so that an index in a shared folder could be opened by nobody else.
#[derive(Debug, Clone)]
pub(super) struct Writable {
    inner: MmapDirectory,
    root: Arc<Path>,
}

impl Writable {
    pub fn open(dir: &Path) -> tantivy::Result<Writable> {
        Ok(Writable { inner: MmapDirectory::open(dir)?, root: dir.into() })
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
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        replace_file(&self.root, path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
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
